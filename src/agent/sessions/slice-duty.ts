import type { Answer, Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { Clock } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';

const FENCED =
  'no ports for new mappings: the store has not confirmed that this node is present, and no other node acknowledges it';

/** Another node, as far as slices are concerned. */
export interface SlicePeer {
  readonly slot: number;
  readonly alive: boolean;
  /** Slots in whose slices it takes ports for new mappings, by its own word; undefined: it has not said so yet. */
  readonly works: readonly number[] | undefined;
  /** Slots in whose slices it has worked since its start, by its own word; empty: it has not said so. */
  readonly worked: readonly number[];
  /** It says that it hears this node. */
  readonly acknowledges: boolean;
  /** Slots of the nodes that it says it hears. */
  readonly receivesFrom: readonly number[];
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
  /** The node of a slot, this one too. */
  readonly nodeOf: (slot: number) => string;
  readonly events: EventLog;
  /** Whether the operator has paused the node: then it takes no slice by itself. */
  readonly pausing: { readonly reason: string | undefined };
  /** Hears that the translators work in other slices now. */
  readonly onChange: () => void;
}

/** After another node has stopped to work in our slice, its last mappings come by replication: they are waited for. */
const SETTLE_MS = 1000;
/**
 * A node that nobody acknowledges gives out no ports any more so long before its lease is over; another one takes its
 * slice so long after it was last seen. In both times together translators stop, however busy the machine is.
 */
const FENCE_MS = 2000;
const TAKE_MS = 5000;
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
 *
 * The node itself may be cut off from all others and from the store while it goes on to translate:
 *
 *     fence:      the lease is nearly over, and no node acknowledges us → our translators stop to give out ports
 *     take:       its node has been neither heard, by us or by a node that we hear, nor present for TAKE_MS, and
 *                 every other node is heard (one that is not may be where that node is)
 *
 * A node that was started need not wait that second where every node that it hears says that it has never worked there.
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
  /** By the last look; the translators follow a moment later. */
  #mayOwn = true;
  /** When another node was last known to work in our slice. */
  #takenMs = Number.NEGATIVE_INFINITY;
  /** When a node was last heard of which nobody knows where it works. */
  #unknownMs = Number.NEGATIVE_INFINITY;
  readonly #worked: Set<number>;
  #triedMs = Number.NEGATIVE_INFINITY;
  #changing = false;
  #asking = false;
  /** What is being handed back: no more ports from there, whatever the store still shows. */
  #handedBack = 0;
  #fenced = false;
  /** The operator has said that no other node works in our slice, until the next lease. */
  #allowed = false;
  /** When a node was last heard, by anybody, or present. */
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
    if (this.#fenced) return FENCED;
    if (this.#mayOwn && this.#works.includes(this.#own)) return undefined;
    return 'waits until it is sure that no other node gives out ports of its slice';
  }

  /** No ports for new mappings are given out: another node may have taken the slice by now, or may soon. */
  get fenced(): boolean {
    return this.#fenced;
  }

  /** Cheap; to be called in each iteration. What takes time goes on by itself. */
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

  /** By the operator's word. */
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
    // What was heard of the others before says nothing of what they have taken since.
    if (taken || this.#fenced) this.#takenMs = nowMs;
    if (unknown) this.#unknownMs = nowMs;
    if (taken || unknown || this.#fenced) return false;
    const never = living.every(({ worked }) => worked.length > 0 && !worked.includes(this.#own));
    return nowMs - (never ? this.#takenMs : Math.max(this.#takenMs, this.#unknownMs)) >= SETTLE_MS;
  }

  /** Nobody says that it hears this node, and the store may soon let another one take its slice. */
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

  /** Only a coordinator that knows who is present takes slices by itself. */
  #toTake({ peers, joined, follows }: SliceSituation, alive: ReadonlySet<number>): number | undefined {
    const { members, slices, reachable } = this.#coordinator.view();
    if (members === undefined || !reachable || !joined || this.#fenced) return undefined;
    const present = new Set(members.map(({ slot }) => slot));
    const isFree = (slot: number): boolean => {
      const by = slices.find((slice) => slice.slot === slot)?.by;
      return by === undefined || (by !== this.#own && this.#isGone(by, alive, present));
    };
    const missing = peers.filter(({ slot }) => !alive.has(slot));
    // Nodes that are not heard may hear each other, without the store: then none of them stops to give out ports.
    if (missing.length > 1) return undefined;
    return missing.find(({ slot }) => this.#isGone(slot, alive, present) && isFree(slot) && follows(slot))?.slot;
  }

  #isGone(slot: number, alive: ReadonlySet<number>, present: ReadonlySet<number>): boolean {
    if (alive.has(slot) || present.has(slot)) return false;
    return this.#clock.now() - (this.#seenMs.get(slot) ?? Number.POSITIVE_INFINITY) >= TAKE_MS;
  }

  /** Waits for no answer of the store: a node that is cut off from it must stop in time. */
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
