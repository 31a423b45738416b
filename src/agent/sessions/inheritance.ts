import type { Clock } from '../../replication/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { PeerChange } from '../../replication/replicator-options.ts';
import type { Incarnation } from '../../replication/status.ts';
import { countOf, HandBack } from './hand-back.ts';
import { successorOf, type TakeoverCandidate } from './takeover.ts';

/** Time for which a silent node keeps its sessions, if the same epoch returns. */
export const RETURN_MS = 5000;
/**
 * The same for a node whose heartbeats another one receives, so that only a path between two nodes has failed: it speaks for its
 * sessions itself, and where two nodes do, a third one has no set that agrees with both. Less than an idle session
 * lives, because nobody tells the owner of packets that have moved here.
 */
export const OTHERS_RECEIVE_MS = 30_000;
const POLL_MS = 1000;

export interface InheritanceWorld {
  readonly clock: Clock;
  readonly events: EventLog;
  /** Current state of every node except the one in question, including this one. */
  readonly candidates: () => readonly TakeoverCandidate[];
  /** Sessions of a node that this one holds. */
  readonly heldOf: (slot: number) => number;
  /** Whether another living node receives the heartbeats of this incarnation. */
  readonly isReceivedByOthers: (gone: Incarnation) => boolean;
  /** Sessions of this node that have become those of another one since the instances started. */
  readonly yieldedTo: (slot: number) => number;
  /** @returns false: there is no stateful instance */
  readonly takeOver: (slot: number) => boolean;
  /** Absent: RETURN_MS. */
  readonly returnMs?: number;
}

/** A silent node. */
interface Absence {
  readonly change: PeerChange;
  readonly sinceMs: number;
  cancel: () => void;
  isOver: boolean;
  taken: boolean;
}

/**
 * Decides which node takes over the sessions of a node that is gone. Replicas translate meanwhile without owning them:
 * a takeover costs a record per session, and so does its reversal, so a short silence causes none.
 *
 *     heard ─silence→ absent ─the same epoch within RETURN_MS→ heard
 *       │               ├─RETURN_MS, or OTHERS_RECEIVE_MS while another node receives it→ its successor takes over
 *       │               └─another epoch→ its successor takes over
 *       └─another epoch→ its successor takes over
 */
export class Inheritance {
  readonly #slot: number;
  readonly #world: InheritanceWorld;
  readonly #absent = new Map<number, Absence>();
  readonly #handBack: HandBack;

  constructor(slot: number, world: InheritanceWorld) {
    this.#slot = slot;
    this.#world = world;
    this.#handBack = new HandBack(world);
  }

  onPeer(change: PeerChange): void {
    const { slot, event, epoch } = change;
    if (event === 'restarted') this.#takeOver(change, `${change.name} has started again`);
    else if (event === 'down') {
      this.#handBack.gone(slot);
      this.#wait(change);
    } else {
      const absence = this.#absent.get(slot);
      this.#absent.delete(slot);
      absence?.cancel();
      this.#handBack.returned(slot);
      // Sessions of its previous incarnation are without owner.
      if (absence !== undefined && absence.change.epoch !== epoch && !absence.taken) {
        this.#takeOver(change, `${change.name} has started again, ${this.#silence(absence)}`);
      }
    }
  }

  stop(): void {
    for (const { cancel } of this.#absent.values()) cancel();
    this.#absent.clear();
    this.#handBack.stop();
  }

  #wait(change: PeerChange): void {
    const { clock, returnMs = RETURN_MS } = this.#world;
    this.#absent.get(change.slot)?.cancel();
    const cancel = clock.after(returnMs, () => this.#end(change.slot));
    this.#absent.set(change.slot, { change, sinceMs: clock.now(), cancel, isOver: false, taken: false });
  }

  /** If a node does not return, neither will it take over what it should have. */
  #end(slot: number): void {
    const ended = this.#absent.get(slot);
    if (ended === undefined) return;
    const { clock, isReceivedByOthers } = this.#world;
    const { epoch } = ended.change;
    if (clock.now() - ended.sinceMs < OTHERS_RECEIVE_MS && isReceivedByOthers({ slot, epoch })) {
      ended.cancel = clock.after(POLL_MS, () => this.#end(slot));
      return;
    }
    ended.isOver = true;
    for (const absence of this.#absent.values()) {
      if (!absence.isOver || absence.taken) continue;
      absence.taken = this.#takeOver(absence.change, `${absence.change.name} is away, ${this.#silence(absence)}`);
    }
  }

  /** Since its last heartbeat: before it counted as silent, it was already away. */
  #silence({ sinceMs, change: { silentMs = 0 } }: Absence): string {
    return `${((this.#world.clock.now() - sinceMs + silentMs) / 1000).toFixed(1)} s after its last heartbeat here`;
  }

  /** Exactly one node finds itself to be the successor. */
  #takeOver({ slot, name, event }: PeerChange, cause: string): boolean {
    const { candidates, heldOf, takeOver, events } = this.#world;
    if (successorOf(slot, candidates()) !== this.#slot) return false;
    const sessions = heldOf(slot);
    if (!takeOver(slot)) return false;
    const to = `${countOf(sessions)} taken over`;
    const reason =
      `${cause}; this node, which has the lowest slot of the live nodes that hold the sessions of its previous run, ` +
      'owns them now; those whose packets pass only another node go to it within about a minute, which is an event ' +
      `where it is ${name}`;
    events.add({ code: 'sessions-taken-over', subject: 'peer', name, to, reason });
    this.#handBack.takenOver(slot, name, sessions, event !== 'down');
    return true;
  }
}
