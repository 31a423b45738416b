import type { Answer, Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { Clock } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';

/** Another node, as far as slices are concerned. */
export interface SlicePeer {
  readonly slot: number;
  readonly alive: boolean;
  /** Slots in whose slices it takes ports for new mappings, by its own word; undefined: it has not said so yet. */
  readonly works: readonly number[] | undefined;
  /** Slots in whose slices it has worked since its start, by its own word; empty: it has not said so. */
  readonly worked: readonly number[];
}

export interface SliceSituation {
  readonly peers: readonly SlicePeer[];
  /** This node holds the others' sessions. */
  readonly joined: boolean;
  /** Whether this node is the one to follow a node that is gone. */
  readonly follows: (slot: number) => boolean;
}

export interface SliceWorld {
  readonly clock: Clock;
  readonly events: EventLog;
  /** Hears that the translators work in other slices now. */
  readonly onChange: () => void;
}

/** After another node has stopped to work in our slice, its last mappings come by replication: they are waited for. */
const SETTLE_MS = 1000;
/** Between two tries to take or hand back a slice. */
const RETRY_MS = 5000;

/**
 * In whose slices this node takes ports for new mappings. The order is what keeps two nodes from ever working in one
 * slice:
 *
 *     take:       the node is not heard, the coordinator agrees → our translators begin
 *     hand back:  the node is heard → our translators stop → we say so to all → the coordinator forgets it
 *     its node:   nobody says that he works there, and the coordinator neither → a second later its translators begin
 *
 * A node that was started need not wait that second where every node that it hears says that it has never worked there.
 */
export class SliceDuty {
  readonly #own: number;
  readonly #coordinator: Coordinator;
  readonly #apply: (slots: readonly number[]) => Promise<void>;
  readonly #clock: Clock;
  readonly #events: EventLog;
  readonly #onChange: () => void;
  #works: readonly number[];
  /** By the last look; the translators follow a moment later. */
  #mayOwn = true;
  /** When another node was last known to work in our slice. */
  #takenMs = Number.NEGATIVE_INFINITY;
  /** When a node was last heard of which nobody knows where it works. */
  #unknownMs = Number.NEGATIVE_INFINITY;
  readonly #worked: Set<number>;
  #triedMs = Number.NEGATIVE_INFINITY;
  #busy = false;

  constructor(
    own: number,
    coordinator: Coordinator,
    apply: (slots: readonly number[]) => Promise<void>,
    { clock, events, onChange }: SliceWorld,
  ) {
    this.#own = own;
    this.#coordinator = coordinator;
    this.#apply = apply;
    this.#clock = clock;
    this.#events = events;
    this.#onChange = onChange;
    this.#works = [own];
    this.#worked = new Set(this.#works);
  }

  /** Slots in whose slices the translators work by now; the others are told. */
  get works(): readonly number[] {
    return this.#works;
  }

  /**
   * Slots in whose slices they have worked by now. None while the store has not told which it holds for us: then that
   * is not all.
   */
  get worked(): readonly number[] {
    return this.#coordinator.view().reachable ? [...this.#worked] : [];
  }

  /** Why our translators give out no ports of our own slice, in a sentence; undefined: they do. */
  get withoutPorts(): string | undefined {
    if (this.#mayOwn && this.#works.includes(this.#own)) return undefined;
    return 'waits until it is sure that no other node gives out ports of its slice';
  }

  /** Cheap; to be called in each turn. What takes time goes on by itself, one step at a time. */
  look(situation: SliceSituation): void {
    this.#mayOwn = this.#mayUseOwn(situation);
    if (this.#busy) return;
    const { slices } = this.#coordinator.view();
    const alive = new Set(situation.peers.filter((peer) => peer.alive).map(({ slot }) => slot));
    const held = slices.filter(({ by }) => by === this.#own).map(({ slot }) => slot);
    const foreign = held.filter((slot) => !alive.has(slot));
    const wanted = [...(this.#mayOwn ? [this.#own] : []), ...foreign].sort((one, other) => one - other);
    if (wanted.join() !== this.#works.join()) {
      this.#step(() => this.#change(wanted));
      return;
    }
    if (this.#clock.now() - this.#triedMs < RETRY_MS) return;
    const back = held.find((slot) => alive.has(slot));
    const gone = back === undefined ? this.#toTake(situation, alive) : undefined;
    if (back !== undefined) this.#try(() => this.#coordinator.handBack(back));
    else if (gone !== undefined) this.#try(() => this.#coordinator.takeSlice(gone, false));
  }

  /** By the operator's word. */
  async take(slot: number, peers: readonly SlicePeer[]): Promise<Outcome> {
    const alive = peers.some((peer) => peer.slot === slot && peer.alive);
    const { done, text } = await this.#coordinator.takeSlice(slot, alive);
    return { done, code: done ? 'slice-taken' : 'slice-refused', text };
  }

  #mayUseOwn({ peers, joined }: SliceSituation): boolean {
    const { slices } = this.#coordinator.view();
    const byOther = slices.some(({ slot, by }) => slot === this.#own && by !== this.#own);
    const living = peers.filter(({ alive }) => alive);
    const taken = byOther || living.some(({ works }) => works?.includes(this.#own));
    const unknown = !joined && living.some(({ works }) => works === undefined);
    const nowMs = this.#clock.now();
    if (taken) this.#takenMs = nowMs;
    if (unknown) this.#unknownMs = nowMs;
    if (taken || unknown) return false;
    const never = living.every(({ worked }) => worked.length > 0 && !worked.includes(this.#own));
    return nowMs - (never ? this.#takenMs : Math.max(this.#takenMs, this.#unknownMs)) >= SETTLE_MS;
  }

  /** Only a coordinator that knows who is present takes slices by itself. */
  #toTake({ peers, joined, follows }: SliceSituation, alive: ReadonlySet<number>): number | undefined {
    const { members, slices, reachable } = this.#coordinator.view();
    if (members === undefined || !reachable || !joined) return undefined;
    const present = new Set(members.map(({ slot }) => slot));
    const isFree = (slot: number): boolean => {
      const by = slices.find((slice) => slice.slot === slot)?.by;
      return by === undefined || (by !== this.#own && !alive.has(by) && !present.has(by));
    };
    return peers.find(({ slot }) => !alive.has(slot) && !present.has(slot) && isFree(slot) && follows(slot))?.slot;
  }

  async #change(wanted: readonly number[]): Promise<void> {
    for (const slot of wanted) this.#worked.add(slot);
    await this.#apply(wanted);
    const from = this.#works.join(', ');
    this.#works = wanted;
    const reason = 'new mappings use ports from the slices of these slots';
    const name = `slot ${this.#own}`;
    const to = wanted.join(', ') || 'none';
    this.#events.add({ code: 'slices-changed', subject: 'slices', name, from, to, reason });
    this.#onChange();
  }

  #try(action: () => Promise<Answer>): void {
    this.#triedMs = this.#clock.now();
    this.#step(action);
  }

  #step(action: () => Promise<unknown>): void {
    this.#busy = true;
    action()
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        const name = `slot ${this.#own}`;
        this.#events.add({ code: 'slices-not-changed', subject: 'slices', name, to: 'not changed', reason });
        this.#triedMs = this.#clock.now();
      })
      .finally(() => {
        this.#busy = false;
      });
  }
}
