import type { Answer, Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { Clock } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';

const FENCED =
  'no ports for new mappings: the store has not confirmed that this node is present, and no other node acknowledges it';

/** Another node, with respect to slices. */
export interface SlicePeer {
  readonly slot: number;
  readonly alive: boolean;
  /** Slots from whose slices it allocates, as reported by it; undefined: not reported yet. */
  readonly works: readonly number[] | undefined;
  /** Slots from whose slices it has allocated since its start, as reported by it; empty: not reported. */
  readonly worked: readonly number[];
  /** It acknowledges this node's frames. */
  readonly acknowledges: boolean;
  /** Slots of the nodes whose frames it acknowledges. */
  readonly receivesFrom: readonly number[];
}

export interface SliceSituation {
  readonly peers: readonly SlicePeer[];
  /** This node holds the others' sessions. */
  readonly joined: boolean;
  /** Whether this node is the successor of a node that is gone. */
  readonly follows: (slot: number) => boolean;
}

export interface SliceWorld {
  readonly clock: Clock;
  /** The node of a slot, this one too. */
  readonly nodeOf: (slot: number) => string;
  readonly events: EventLog;
  /** Whether the node is paused: then it takes no slice automatically. */
  readonly pausing: { readonly reason: string | undefined };
  /** Called when the translators allocate from other slices. */
  readonly onChange: () => void;
}

/** After another node has stopped using our slice, time for its last mappings to arrive by replication. */
const SETTLE_MS = 1000;
/**
 * A node that nobody acknowledges stops allocating ports this long before its lease expires; another one takes its
 * slice this long after it was last seen. Translators stop within both times together, however busy the machine is.
 */
const FENCE_MS = 2000;
const TAKE_MS = 5000;
/** Retry interval of taking or handing back a slice. */
const RETRY_MS = 5000;

/**
 * Decides from which slices this node allocates ports for new mappings. The order of steps ensures that two nodes never
 * use one slice at the same time:
 *
 *     take:       the node is not heard, the coordinator agrees → our translators begin
 *     hand back:  the node is heard → our translators stop → we say so to all → the coordinator forgets it
 *     its node:   nobody says that he works there, and the coordinator neither → a second later its translators begin
 *
 *
 * The node itself may be cut off from all others and from the store while it continues to translate:
 *
 *     fence:      the lease is nearly over, and no node acknowledges us → our translators stop to give out ports
 *     take:       its node has been neither heard, by us or by a node that we hear, nor present for TAKE_MS, and
 *                 every other node is heard (one that is not may be where that node is)
 *
 * A starting node need not wait that second if every reachable node reports never having used its slice.
 */
export class SliceDuty {
  readonly #own: number;
  readonly #coordinator: Coordinator;
  readonly #apply: (slots: readonly number[]) => Promise<void>;
  readonly #clock: Clock;
  readonly #nodeOf: SliceWorld['nodeOf'];
  readonly #events: EventLog;
  readonly #onChange: () => void;
  readonly #pausing: SliceWorld['pausing'];
  #works: readonly number[];
  /** As of the last update; the translators follow a moment later. */
  #mayOwn = true;
  /** When another node was last known to use our slice. */
  #takenMs = Number.NEGATIVE_INFINITY;
  /** When a node with unknown slices was last received. */
  #unknownMs = Number.NEGATIVE_INFINITY;
  readonly #worked: Set<number>;
  #triedMs = Number.NEGATIVE_INFINITY;
  #changing = false;
  #asking = false;
  /** The slice being handed back: no more ports from it, whatever the store still shows. */
  #handedBack = 0;
  #fenced = false;
  /** The operator has confirmed that no other node uses our slice; valid until the next lease. */
  #allowed = false;
  /** When each node was last received by any node, or present. */
  readonly #seenMs = new Map<number, number>();

  constructor(
    own: number,
    coordinator: Coordinator,
    apply: (slots: readonly number[]) => Promise<void>,
    { clock, nodeOf, events, pausing, onChange }: SliceWorld,
  ) {
    this.#nodeOf = nodeOf;
    this.#own = own;
    this.#coordinator = coordinator;
    this.#apply = apply;
    this.#clock = clock;
    this.#events = events;
    this.#onChange = onChange;
    this.#pausing = pausing;
    this.#works = [own];
    this.#worked = new Set(this.#works);
  }

  /** Slots from whose slices the translators allocate; reported to the others. */
  get works(): readonly number[] {
    return this.#works;
  }

  /**
   * Slots from whose slices they have allocated so far. Empty until the store has reported which ones it holds for us,
   * because it would be incomplete.
   */
  get worked(): readonly number[] {
    return this.#coordinator.view().reachable ? [...this.#worked] : [];
  }

  /** Why our translators do not allocate from our own slice, a sentence; undefined: they do. */
  get withoutPorts(): string | undefined {
    if (this.#fenced) return FENCED;
    if (this.#mayOwn && this.#works.includes(this.#own)) return undefined;
    return 'waits until it is sure that no other node gives out ports of its slice';
  }

  /** No ports are allocated for new mappings: another node may have taken the slice, or may soon. */
  get fenced(): boolean {
    return this.#fenced;
  }

  /** Inexpensive; to be called in each iteration. Slow operations run asynchronously. */
  update(situation: SliceSituation): void {
    this.#fenced = this.#isCutOff(situation);
    this.#mayOwn = this.#mayUseOwn(situation);
    this.#notePresence(situation);
    const { slices } = this.#coordinator.view();
    const alive = new Set(situation.peers.filter((peer) => peer.alive).map(({ slot }) => slot));
    const held = slices.filter(({ by }) => by === this.#own).map(({ slot }) => slot);
    const foreign = this.#fenced ? [] : held.filter((slot) => !alive.has(slot) && slot !== this.#handedBack);
    const wanted = [...(this.#mayOwn ? [this.#own] : []), ...foreign].sort((one, other) => one - other);
    if (wanted.join() !== this.#works.join()) {
      this.#change(wanted);
      return;
    }
    if (this.#asking || this.#changing || this.#clock.now() - this.#triedMs < RETRY_MS) return;
    const back = held.find((slot) => alive.has(slot));
    const mayTake = back === undefined && this.#pausing.reason === undefined;
    const gone = mayTake ? this.#toTake(situation, alive) : undefined;
    if (back !== undefined) this.#handBack(back);
    else if (gone !== undefined) this.#ask(() => this.#coordinator.takeSlice(gone, false));
  }

  /** At the operator's request. */
  async take(slot: number, peers: readonly SlicePeer[]): Promise<Outcome> {
    const alive = peers.some((peer) => peer.slot === slot && peer.alive);
    const { done, text } = await (slot === this.#own && this.#fenced
      ? this.#useOwn()
      : this.#coordinator.takeSlice(slot, alive));
    return { done, code: done ? 'slice-taken' : 'slice-refused', text };
  }

  async #useOwn(): Promise<Answer> {
    this.#allowed = true;
    return { done: true, text: 'this node allocates ports from its own slice again, without the store' };
  }

  #mayUseOwn({ peers, joined }: SliceSituation): boolean {
    const { slices } = this.#coordinator.view();
    const byOther = slices.some(({ slot, by }) => slot === this.#own && by !== this.#own);
    const living = peers.filter(({ alive }) => alive);
    const taken = byOther || living.some(({ works }) => works?.includes(this.#own));
    const unknown = !joined && living.some(({ works }) => works === undefined);
    const nowMs = this.#clock.now();
    // Earlier reports of the others do not show what they have taken since.
    if (taken || this.#fenced) this.#takenMs = nowMs;
    if (unknown) this.#unknownMs = nowMs;
    if (taken || unknown || this.#fenced) return false;
    const never = living.every(({ worked }) => worked.length > 0 && !worked.includes(this.#own));
    return nowMs - (never ? this.#takenMs : Math.max(this.#takenMs, this.#unknownMs)) >= SETTLE_MS;
  }

  /** No node acknowledges this one, and the store may soon assign its slice to another one. */
  #isCutOff({ peers }: SliceSituation): boolean {
    const isLeased = this.#clock.now() < this.#coordinator.leasedUntilMs() - FENCE_MS;
    if (isLeased) this.#allowed = false;
    const isAcknowledged = peers.some(({ alive, acknowledges }) => alive && acknowledges);
    return !isLeased && !isAcknowledged && !this.#allowed && peers.length > 0;
  }

  #notePresence({ peers }: SliceSituation): void {
    const nowMs = this.#clock.now();
    const { members, reachable } = this.#coordinator.view();
    const present = new Set(members?.map(({ slot }) => slot));
    const living = peers.filter(({ alive }) => alive);
    const received = new Set([
      ...living.map(({ slot }) => slot),
      ...living.flatMap(({ receivesFrom }) => receivesFrom),
    ]);
    for (const { slot } of peers) {
      const seen = !reachable || present.has(slot) || received.has(slot) || !this.#seenMs.has(slot);
      if (seen) this.#seenMs.set(slot, nowMs);
    }
  }

  /** Only a coordinator that knows which nodes are present takes slices automatically. */
  #toTake({ peers, joined, follows }: SliceSituation, alive: ReadonlySet<number>): number | undefined {
    const { members, slices, reachable } = this.#coordinator.view();
    if (members === undefined || !reachable || !joined || this.#fenced) return undefined;
    const present = new Set(members.map(({ slot }) => slot));
    const isFree = (slot: number): boolean => {
      const by = slices.find((slice) => slice.slot === slot)?.by;
      return by === undefined || (by !== this.#own && this.#isGone(by, alive, present));
    };
    const missing = peers.filter(({ slot }) => !alive.has(slot));
    // Several unreachable nodes may reach each other without the store: then none of them stops allocating.
    if (missing.length > 1) return undefined;
    return missing.find(({ slot }) => this.#isGone(slot, alive, present) && isFree(slot) && follows(slot))?.slot;
  }

  #isGone(slot: number, alive: ReadonlySet<number>, present: ReadonlySet<number>): boolean {
    if (alive.has(slot) || present.has(slot)) return false;
    return this.#clock.now() - (this.#seenMs.get(slot) ?? Number.POSITIVE_INFINITY) >= TAKE_MS;
  }

  /** Does not wait for the store: a node that is cut off from it must stop in time. */
  #change(wanted: readonly number[]): void {
    if (this.#changing) return;
    this.#changing = true;
    void this.#reported(this.#applyWanted(wanted)).finally(() => {
      this.#changing = false;
    });
  }

  async #applyWanted(wanted: readonly number[]): Promise<void> {
    for (const slot of wanted) this.#worked.add(slot);
    await this.#apply(wanted);
    const from = this.#inWords(this.#works);
    this.#works = wanted;
    const name = this.#nodeOf(this.#own);
    const to = this.#inWords(wanted);
    const reason = this.#whyThese(wanted);
    const code = this.#fenced ? 'slices-fenced' : 'slices-changed';
    this.#events.add({ code, subject: 'slices', name, from, to, reason });
    this.#onChange();
  }

  /** Whose slices of pool4 they are: `own`, `own and that of gw2`, `none`. */
  #inWords(slots: readonly number[]): string {
    const others = slots.filter((slot) => slot !== this.#own).map((slot) => `that of ${this.#nodeOf(slot)}`);
    return [...(slots.includes(this.#own) ? ['own'] : []), ...others].join(' and ') || 'none';
  }

  #whyThese(wanted: readonly number[]): string {
    if (this.#fenced) return FENCED;
    const nodes = wanted.map((slot) => this.#nodeOf(slot)).join(' and ');
    if (!wanted.includes(this.#own)) {
      const other = nodes === '' ? '' : `, only of that of ${nodes}`;
      return `no ports of its own slice of pool4 for new mappings${other}, until no other node gives them out`;
    }
    return `new mappings get ports from the ${wanted.length === 1 ? 'slice' : 'slices'} of ${nodes} in pool4`;
  }

  #handBack(slot: number): void {
    this.#handedBack = slot;
    this.#ask(async () => {
      await this.#coordinator.handBack(slot);
      this.#handedBack = 0;
    });
  }

  #ask(action: () => Promise<unknown>): void {
    this.#triedMs = this.#clock.now();
    this.#asking = true;
    void this.#reported(action()).finally(() => {
      this.#asking = false;
    });
  }

  async #reported(action: Promise<unknown>): Promise<void> {
    try {
      await action;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const name = this.#nodeOf(this.#own);
      this.#events.add({ code: 'slices-not-changed', subject: 'slices', name, to: 'not changed', reason });
      this.#triedMs = this.#clock.now();
    }
  }
}
