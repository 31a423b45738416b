import { FastPath, type FastPathLimits } from '../fastpath/fast-path.ts';
import { SystemCallError } from '../linux/libc.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { LARGEST_WITHOUT_DF } from '../translator/rfc7915/header-writer.ts';
import type { FastPathRequest } from './instance-options.ts';
import { monotonicMs } from './shared-state.ts';
import { keepsSessions } from './session-translator.ts';
import type { Translator } from '../translator/translator.ts';
import { WorkerCounter } from './worker-counters.ts';

/** Beats of the worker between two looks whether interfaces have come or gone. */
const BEATS_BETWEEN_LOOKS = 20;

/** The fast path of one worker, or the reason why there is none: the worker does all of it alone then. */
export class WorkerFastPath {
  /** As `InstanceSummary.fastPath` has it. */
  readonly state: string;
  readonly #path: FastPath | undefined;
  readonly #counters: Float64Array;
  #beats = 0;

  constructor(
    request: FastPathRequest | undefined,
    options: TranslatorOptions,
    translator: Translator,
    counters: Float64Array,
  ) {
    this.#counters = counters;
    if (request === undefined) this.state = '';
    else if (!keepsSessions(translator)) this.state = 'off: only for instances that keep sessions';
    else {
      try {
        this.#path = FastPath.open({
          ...request,
          limits: limitsOf(options),
          monotonicMs,
          clockOffsetMs: monotonicMs() - performance.now(),
        });
        translator.useFlowOffload(this.#path);
        const { interfaces } = this.#path;
        const missing = request.interfaces.filter((name) => !interfaces.includes(name));
        this.state = [`on ${interfaces.join(', ')}`, ...missing.map((name) => `no ${name} yet`)].join('; ');
      } catch (error) {
        this.state = `off: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  }

  beat(): void {
    const path = this.#path;
    if (path === undefined) return;
    path.beat();
    this.#counters[WorkerCounter.fastPackets6to4] = path.counts.packets6to4;
    this.#counters[WorkerCounter.fastBytes6to4] = path.counts.bytes6to4;
    this.#counters[WorkerCounter.fastPackets4to6] = path.counts.packets4to6;
    this.#counters[WorkerCounter.fastBytes4to6] = path.counts.bytes4to6;
    this.#beats = (this.#beats + 1) % BEATS_BETWEEN_LOOKS;
    if (this.#beats === 0) this.#attach(path);
  }

  /** An interface that cannot be attached to now can perhaps at the next look; its packets go the slow path. */
  #attach(path: FastPath): void {
    try {
      path.attachAll();
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error;
      this.#counters[WorkerCounter.fastAttachFailures] += 1;
    }
  }

  configure(options: TranslatorOptions): void {
    this.#path?.configure(limitsOf(options));
  }

  close(): void {
    this.#path?.close();
  }
}

function limitsOf({ mtu4, mtu6, lowestIpv6Mtu, tos, trafficClass }: TranslatorOptions): FastPathLimits {
  return {
    largest4: Math.max(mtu4, LARGEST_WITHOUT_DF),
    largest6: mtu6,
    largest6Cut: Math.min(mtu6, lowestIpv6Mtu),
    tos,
    trafficClass,
  };
}
