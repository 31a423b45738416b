import { FastPath, type FastPathLimits } from '../fastpath/fast-path.ts';
import { type Count, COUNTS } from '../fastpath/layout.ts';
import { SystemCallError } from '../linux/libc.ts';
import { RouteChanges } from '../linux/route-changes.ts';
import { TCP_FIN, TCP_RST, TCP_SYN } from '../net/transport-headers.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { LARGEST_WITHOUT_DF } from '../translator/rfc7915/header-writer.ts';
import type { FastPathRequest } from './instance-options.ts';
import { monotonicMs } from './shared-state.ts';
import { keepsSessions, translatesPairs } from './session-translator.ts';
import type { Translator } from '../translator/translator.ts';
import { WorkerCounter } from './worker-counters.ts';

/** Beats of the worker between two looks whether interfaces have come or gone. */
const BEATS_BETWEEN_LOOKS = 20;
/**
 * Between two times that flows are told of changed routes, ms. On a link with thousands of neighbours some change their
 * state all the time, and each change costs each flow a look-up.
 */
const ROUTES_PAUSE_MS = 10;

/** The worker's counter for each of the program's. */
const COUNTERS = {
  packets6to4: WorkerCounter.fastPackets6to4,
  bytes6to4: WorkerCounter.fastBytes6to4,
  packets4to6: WorkerCounter.fastPackets4to6,
  bytes4to6: WorkerCounter.fastBytes4to6,
  broken: WorkerCounter.fastPathDropped,
  fence: WorkerCounter.fastExcludedFence,
  other: WorkerCounter.fastExcludedOther,
  protocol: WorkerCounter.fastExcludedProtocol,
  fragment: WorkerCounter.fastExcludedFragment,
  options: WorkerCounter.fastExcludedOptions,
  noFlow: WorkerCounter.fastExcludedNoFlow,
  tcpFlags: WorkerCounter.fastExcludedTcpFlags,
  hopLimit: WorkerCounter.fastExcludedHopLimit,
  length: WorkerCounter.fastExcludedLength,
  headerChecksum: WorkerCounter.fastExcludedHeaderChecksum,
  zeroChecksum: WorkerCounter.fastExcludedZeroChecksum,
  tooBig: WorkerCounter.fastExcludedTooBig,
  noRoute: WorkerCounter.fastExcludedNoRoute,
  refused: WorkerCounter.fastExcludedRefused,
} as const satisfies Record<Count, number>;

/** The fast path of one worker, or the reason why there is none: the worker does all of it alone then. */
export class WorkerFastPath {
  /** As `InstanceSummary.fastPath` has it. */
  readonly state: string;
  readonly #path: FastPath | undefined;
  readonly #routes: RouteChanges | undefined;
  readonly #counters: Float64Array;
  #routesChanged = false;
  #toldMs = 0;
  #beats = 0;

  constructor(
    request: FastPathRequest | undefined,
    options: TranslatorOptions,
    translator: Translator,
    counters: Float64Array,
  ) {
    this.#counters = counters;
    if (request === undefined) this.state = '';
    else {
      try {
        this.#routes = RouteChanges.open();
        this.#path = FastPath.open({
          ...request,
          kind: keepsSessions(translator) ? 'session' : 'pair',
          limits: limitsOf(options),
          monotonicMs,
          clockOffsetMs: monotonicMs() - performance.now(),
        });
        if (keepsSessions(translator)) translator.useFlowOffload(this.#path);
        else if (translatesPairs(translator)) translator.usePairOffload(this.#path);
        const { interfaces } = this.#path;
        const missing = request.interfaces.filter((name) => !interfaces.includes(name));
        this.state = [`on ${interfaces.join(', ')}`, ...missing.map((name) => `no ${name} yet`)].join('; ');
      } catch (error) {
        this.state = `off: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  }

  /** What can be read when the kernel's routes have changed; undefined: there is no fast path. */
  get routesFd(): number | undefined {
    return this.#path === undefined ? undefined : this.#routes?.fd;
  }

  /** How long the worker may sleep, ms: the flows have to hear of a change soon. */
  mostSleepMs(wantedMs: number): number {
    return this.#routesChanged ? Math.min(wantedMs, ROUTES_PAUSE_MS) : wantedMs;
  }

  /** Has the flows ask for their next hops again, if anything has changed about routes. */
  followRoutes(): void {
    if (this.#path === undefined || this.#routes === undefined) return;
    if (this.#routes.changed()) this.#routesChanged = true;
    if (!this.#routesChanged || monotonicMs() - this.#toldMs < ROUTES_PAUSE_MS) return;
    this.#routesChanged = false;
    this.#toldMs = monotonicMs();
    this.#path.routesChanged();
  }

  beat(): void {
    const path = this.#path;
    if (path === undefined) return;
    path.beat();
    for (const count of COUNTS) this.#counters[COUNTERS[count]] = path.counts[count];
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
    this.#routes?.close();
  }
}

function limitsOf(options: TranslatorOptions): FastPathLimits {
  const { kind, clampMss, mtu4, mtu6, lowestIpv6Mtu, tos, trafficClass } = options;
  const maySyn = clampMss === false ? 0 : TCP_SYN;
  return {
    // A session's state changes with these; a stateless translator only looks into a SYN, for its MSS.
    excludedFlags: kind === 'nat64' ? TCP_SYN | TCP_FIN | TCP_RST : maySyn,
    largest4: Math.max(mtu4, LARGEST_WITHOUT_DF),
    largest6: mtu6,
    largest6Cut: Math.min(mtu6, lowestIpv6Mtu),
    tos,
    trafficClass,
  };
}
