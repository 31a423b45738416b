import type { PeerStatus } from '../../replication/status.ts';
import type { AnnouncementStatus, SessionChanges } from '../control/messages.ts';

interface Observed {
  readonly state: string;
  readonly changes: SessionChanges;
}

/**
 * Derived from consecutive observations: how often the session with an upstream has changed its state, and for how long
 * records of a peer have been missing. The resolution is the call interval.
 */
export class ObservedChanges {
  #sessions = new Map<string, Observed>();
  /** When a peer's log was last complete, by slot. */
  #complete = new Map<number, number>();
  #lagMs: ReadonlyMap<number, number> = new Map();

  /** @param nowMs monotonic milliseconds */
  note(
    nowMs: number,
    announcements: readonly AnnouncementStatus[],
    peers: readonly Pick<PeerStatus, 'slot' | 'alive' | 'applied' | 'announced'>[],
  ): void {
    this.#sessions = new Map(announcements.map((one) => [keyOf(one), this.#observe(one)]));
    this.#complete = new Map(
      peers.map(({ slot, alive, applied, announced }) => {
        const missing = alive && applied < announced;
        return [slot, missing ? (this.#complete.get(slot) ?? nowMs) : nowMs];
      }),
    );
    this.#lagMs = new Map([...this.#complete].map(([slot, completeMs]) => [slot, nowMs - completeMs]));
  }

  get sessionChanges(): readonly SessionChanges[] {
    return [...this.#sessions.values()].map(({ changes }) => changes);
  }

  /** For how long records had been missing at the last call, milliseconds, by slot. */
  get lagMs(): ReadonlyMap<number, number> {
    return this.#lagMs;
  }

  #observe(announcement: AnnouncementStatus): Observed {
    const { upstream, peer, kind, state } = announcement;
    const before = this.#sessions.get(keyOf(announcement));
    const changed = before !== undefined && before.state !== state;
    const count = (before?.changes.changes ?? 0) + (changed ? 1 : 0);
    return { state, changes: { upstream, peer, kind, changes: count } };
  }
}

function keyOf({ upstream, peer, kind }: AnnouncementStatus): string {
  return `${upstream} ${peer} ${kind}`;
}
