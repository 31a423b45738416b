import type { SectionHashes } from '../../cluster/file-sections.ts';
import type { Clock } from '../../replication/clock.ts';
import type { AgentLog } from '../events/agent-log.ts';
import { complete, type NodeInfo, v1 } from '../control/messages.ts';
import { PeerClock } from './peer-clock.ts';

/** Interval of sending changed figures alone. */
const FIGURES_MS = 1000;
/** Maximum size of another node's status. */
const MAX_INFO_BYTES = 16 * 1024;

/** Exchanges the status of nodes between their agents, in the hello messages of replication. */
export class InfoExchange {
  readonly #send: (info: Uint8Array) => void;
  readonly #clock: Clock;
  readonly #log: AgentLog;
  readonly #now: () => number;
  readonly #received = new Map<number, NodeInfo>();
  readonly #clocks = new Map<number, PeerClock>();
  #sentMs = Number.NEGATIVE_INFINITY;
  #sentKey = '';

  /** @param now the time of day, milliseconds since 1970 */
  constructor(send: (info: Uint8Array) => void, clock: Clock, log: AgentLog, now: () => number) {
    this.#send = send;
    this.#clock = clock;
    this.#log = log;
    this.#now = now;
  }

  get received(): ReadonlyMap<number, NodeInfo> {
    return this.#received;
  }

  /** The status of another node. It is authenticated by replication, but may be from another version. */
  receive(slot: number, bytes: Uint8Array): void {
    if (bytes.byteLength === 0 || bytes.byteLength > MAX_INFO_BYTES) return;
    try {
      const info = complete(v1.NodeInfo.decode(bytes));
      this.#received.set(slot, info);
      this.#noteTime(slot, info.time);
    } catch (error) {
      this.#log.warn('the report of a node cannot be read', { slot, error: String(error) });
    }
  }

  #noteTime(slot: number, time: number): void {
    if (time === 0) return;
    const peer = this.#clocks.get(slot) ?? new PeerClock();
    this.#clocks.set(slot, peer);
    peer.note(time - this.#now());
  }

  /** Clock offsets of other nodes relative to ours, by slot, milliseconds. */
  clocksAhead(): Map<number, number> {
    return new Map([...this.#clocks].map(([slot, peer]) => [slot, peer.aheadMs]));
  }

  /**
   * Inexpensive, to be called in each iteration: notifies the others at once when the state has changed, and of figures
   * each second.
   */
  tell(info: NodeInfo): void {
    const key = keyOf(info);
    if (key === this.#sentKey && this.#clock.now() - this.#sentMs < FIGURES_MS) return;
    this.#sentKey = key;
    this.#sentMs = this.#clock.now();
    this.#send(
      v1.NodeInfo.encode({
        ...info,
        instances: info.instances.map((one) => ({ ...one, traffic: one.traffic ?? null })),
        failingShared: [...info.failingShared],
        works: [...info.works],
        worked: [...info.worked],
        sections: [...info.sections],
        links: info.links.map((link) => ({ ...link, peers: [...link.peers] })),
        announcements: [...info.announcements],
        replicas: [...info.replicas],
        takesRelayed: [...info.takesRelayed],
        checkedFrom: [...info.checkedFrom],
      }).finish(),
    );
  }

  /** Sends the same again in the next iteration. */
  repeat(): void {
    this.#sentMs = Number.NEGATIVE_INFINITY;
  }

  isAnnouncing(slot: number): boolean {
    return this.#received.get(slot)?.announcing === true;
  }

  /** Shared checks that fail there. */
  failingSharedOf(slot: number): readonly string[] {
    return this.#received.get(slot)?.failingShared ?? [];
  }

  /** Slots from whose slices it allocates; undefined: not reported yet. */
  worksOf(slot: number): readonly number[] | undefined {
    return this.#received.get(slot)?.works;
  }

  /** Slots from whose slices it has allocated since its start; empty: not reported. */
  workedOf(slot: number): readonly number[] {
    return this.#received.get(slot)?.worked ?? [];
  }

  /** Section hashes of living nodes with another revision. */
  sectionsBeside(revision: string, living: readonly number[]): SectionHashes[] {
    return living.flatMap((slot) => {
      const info = this.#received.get(slot);
      return info === undefined || info.revision === '' || info.revision === revision ? [] : [sectionsOf(info)];
    });
  }

  stateOf(slot: number): string {
    return this.#received.get(slot)?.state ?? 'unknown';
  }
}

/** Changes only when the others must be notified at once. */
function keyOf(info: NodeInfo): string {
  const paths = info.sections.map(({ path }) => path);
  const lists = [info.failingShared, info.works, info.worked, paths, info.takesRelayed];
  const links = info.links.map(({ name, health, peers }) => [name, health, ...peers.map((peer) => peer.health)]);
  const announcements = info.announcements.map(({ peer, state, observed }) => [peer, state, observed]);
  return JSON.stringify([info.state, info.reason, info.announcing, info.revision, lists, links, announcements]);
}

/** A node's section hashes; empty while all files are equal. */
export function sectionsOf({ sections }: NodeInfo): SectionHashes {
  return new Map(sections.map(({ path, hash }) => [path, hash]));
}
