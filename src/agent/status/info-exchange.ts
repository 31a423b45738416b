import type { SectionHashes } from '../../cluster/file-sections.ts';
import type { Clock } from '../../replication/clock.ts';
import type { AgentLog } from '../events/agent-log.ts';
import { complete, type NodeInfo, v1 } from '../control/messages.ts';
import { PeerClock } from './peer-clock.ts';

/** Nodes hear figures that have changed, and nothing else, this often. */
const FIGURES_MS = 1000;
/** What another node says of itself: more is not read. */
const MAX_INFO_BYTES = 16 * 1024;

/** What the nodes' agents tell each other about themselves, by way of replication's hello. */
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

  /**
   * Another node's words. They are authentic, since replication has opened them; but another version may have written
   * them.
   */
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

  /** How far the clocks of other nodes are ahead of ours, by slot, milliseconds. */
  clocksAhead(): Map<number, number> {
    return new Map([...this.#clocks].map(([slot, peer]) => [slot, peer.aheadMs]));
  }

  /**
   * Cheap, to be called in each iteration: notifies the others at once when the state has changed, and the figures each
   * second.
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
      }).finish(),
    );
  }

  /** Sends the same again with the next iteration. */
  repeat(): void {
    this.#sentMs = Number.NEGATIVE_INFINITY;
  }

  isAnnouncing(slot: number): boolean {
    return this.#received.get(slot)?.announcing === true;
  }

  /** Checks of what all nodes share that are bad there. */
  failingSharedOf(slot: number): readonly string[] {
    return this.#received.get(slot)?.failingShared ?? [];
  }

  /** Slots in whose slices it works; undefined: it has not said anything yet. */
  worksOf(slot: number): readonly number[] | undefined {
    return this.#received.get(slot)?.works;
  }

  /** Slots in whose slices it has worked since its start; empty: it has not said so. */
  workedOf(slot: number): readonly number[] {
    return this.#received.get(slot)?.worked ?? [];
  }

  /** What living nodes with another revision say of the parts of their files. */
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

/** Equal while nothing has changed that the others are to hear at once. */
function keyOf(info: NodeInfo): string {
  const paths = info.sections.map(({ path }) => path);
  const lists = [info.failingShared, info.works, info.worked, paths, info.takesRelayed];
  const links = info.links.map(({ name, health, peers }) => [name, health, ...peers.map((peer) => peer.health)]);
  const announcements = info.announcements.map(({ peer, state, observed }) => [peer, state, observed]);
  return JSON.stringify([info.state, info.reason, info.announcing, info.revision, lists, links, announcements]);
}

/** What a node says of the parts of its file; nothing while all files are equal. */
export function sectionsOf({ sections }: NodeInfo): SectionHashes {
  return new Map(sections.map(({ path, hash }) => [path, hash]));
}
