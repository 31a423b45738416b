import { FastPath, type FastPathLimits } from '../fastpath/fast-path.ts';
import { type Count, COUNTS } from '../fastpath/layout.ts';
import { ETHERNET } from '../fastpath/program-layout.ts';
import { interfaceIndex } from '../linux/bpf.ts';
import { RouteChanges } from '../linux/route-changes.ts';
import { TCP_FIN, TCP_RST, TCP_SYN } from '../net/transport-headers.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { EmbeddingPrefix } from '../translator/rfc6052.ts';
import { LARGEST_WITHOUT_DF } from '../translator/rfc7915/header-writer.ts';
import { type InterfaceReport, offFor } from './interface-follower.ts';
import { InterfaceThread } from './interface-thread.ts';
import { monotonicMs } from './shared-state.ts';
import { storesSessions, translatesPairs } from './session-translator.ts';
import type { Translator } from '../translator/translator.ts';
import { WorkerCounter } from './worker-counters.ts';
import type { WorkerStart } from './worker-messages.ts';

/**
 * Minimum interval between route change notifications to flows, ms. On a link with thousands of neighbours some change
 * state continuously, and each change costs every flow a look-up.
 */
const ROUTES_PAUSE_MS = 10;

/** The worker's counter for each of the program's counters. */
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

/** The fast path of one worker, or the reason why there is none. */
export class WorkerFastPath {
  readonly #path: FastPath | undefined;
  readonly #routes: RouteChanges | undefined;
  readonly #counters: Float64Array;
  readonly #tunName: string;
  #routesChanged = false;
  #reportedMs = 0;
  readonly #onState: (state: string) => void;
  readonly #interfaces: InterfaceThread | undefined;
  #state = '';

  /** @param onState called on each change of `state` */
  constructor(
    { fastPath: request, translator: options, tunName }: Pick<WorkerStart, 'fastPath' | 'translator' | 'tunName'>,
    translator: Translator,
    counters: Float64Array,
    onState: (state: string) => void,
  ) {
    this.#counters = counters;
    this.#tunName = tunName;
    this.#onState = onState;
    if (request === undefined) return;
    try {
      this.#routes = RouteChanges.open();
      const path = FastPath.open({
        flows: request.flows,
        ...(options.kind === 'nat64' ? { pool6: new EmbeddingPrefix(options.pool6[0]).prefix } : {}),
        limits: limitsOf(options),
        monotonicMs,
        clockOffsetMs: monotonicMs() - performance.now(),
      });
      this.#path = path;
      path.incoming = interfaceIndex(tunName);
      if (storesSessions(translator) && path.sessions !== undefined) translator.useFlowOffload(path.sessions);
      else if (translatesPairs(translator)) translator.usePairOffload(path);
      this.#interfaces = new InterfaceThread(request, path.program.fd);
      const first = this.#interfaces.first();
      if (first === undefined) this.#state = offFor(request, 'the kernel has not reported its interfaces yet');
      else this.#take(path, first);
    } catch (error) {
      this.#state = offFor(request, error instanceof Error ? error.message : String(error));
    }
  }

  /** As `InstanceSummary.fastPath` has it. */
  get state(): string {
    return this.#state;
  }

  /** Descriptor that is readable when the kernel's routes have changed; undefined: there is no fast path. */
  get routesFd(): number | undefined {
    return this.#path === undefined ? undefined : this.#routes?.fd;
  }

  /** Maximum time to sleep, ms, so that flows learn of a route change in time. */
  mostSleepMs(wantedMs: number): number {
    return this.#routesChanged ? Math.min(wantedMs, ROUTES_PAUSE_MS) : wantedMs;
  }

  /** Invalidates the next hops of all flows if routes have changed. */
  followRoutes(): void {
    if (this.#path === undefined || this.#routes === undefined) return;
    if (this.#routes.changed()) {
      this.#routesChanged = true;
      this.#interfaces?.noteNews();
    }
    if (!this.#routesChanged || monotonicMs() - this.#reportedMs < ROUTES_PAUSE_MS) return;
    this.#routesChanged = false;
    this.#reportedMs = monotonicMs();
    // A device that was deleted and made again has another index.
    this.#path.incoming = interfaceIndex(this.#tunName);
    this.#path.routesChanged();
  }

  beat(): void {
    const path = this.#path;
    if (path === undefined) return;
    path.beat();
    for (const count of COUNTS) this.#counters[COUNTERS[count]] = ipCount(path.counts, count);
    const report = this.#interfaces?.latest();
    if (report === undefined) return;
    const before = this.#state;
    this.#take(path, report);
    if (this.#state !== before) this.#onState(this.#state);
  }

  #take(path: FastPath, { state, attached, failures }: InterfaceReport): void {
    path.isAttached = attached;
    this.#counters[WorkerCounter.fastAttachFailures] = failures;
    this.#state = state;
  }

  configure(options: TranslatorOptions): void {
    this.#path?.configure(limitsOf(options));
  }

  close(): void {
    this.#interfaces?.end();
    this.#path?.close();
    this.#routes?.close();
  }
}

function limitsOf(options: TranslatorOptions): FastPathLimits {
  const { kind, clampMss, mtu4, mtu6, lowestIpv6Mtu, tos, trafficClass } = options;
  const maySyn = clampMss === false ? 0 : TCP_SYN;
  return {
    // Flags that change a session's state; a stateless translator only needs SYN, for the MSS option.
    excludedFlags: kind === 'nat64' ? TCP_SYN | TCP_FIN | TCP_RST : maySyn,
    largest4: Math.max(mtu4, LARGEST_WITHOUT_DF),
    largest6: mtu6,
    largest6Cut: Math.min(mtu6, lowestIpv6Mtu),
    tos,
    trafficClass,
  };
}

/** A counter of the program. It counts bytes with the MAC header of each packet; everybody else those of IP packets. */
export function ipCount(counts: Readonly<Record<Count, number>>, count: Count): number {
  if (count === 'bytes6to4') return counts.bytes6to4 - ETHERNET * counts.packets6to4;
  return count === 'bytes4to6' ? counts.bytes4to6 - ETHERNET * counts.packets4to6 : counts[count];
}
