import type { Answer, Coordinator } from '../cluster/coordinator/coordinator.ts';
import type { Clock } from '../replication/clock.ts';
import type { EventLog } from './event-log.ts';

/** Another node, as far as slices are concerned. */
export interface SlicePeer {
  readonly slot: number;
  readonly alive: boolean;
  /** Slots in whose slices it takes ports for new mappings, by its own word; undefined: it has not said so yet. */
  readonly works: readonly number[] | undefined;
}

export interface SliceSituation {
  readonly peers: readonly SlicePeer[];
  /** This node holds the others' sessions. */
  readonly joined: boolean;
  /** Whether this node is the one to follow a node that is gone. */
  readonly follows: (slot: number) => boolean;
}

/** After another node has stopped to work in our slice, its last mappings come by replication: they are waited for. */
const SETTLE_MS = 1000;
/** Between two tries to take or hand back a slice. */
const RETRY_MS = 5000;

/**
 * In whose slices this node takes ports for new mappings. The order is what keeps two nodes from ever working in one slice:
 *
 *     take:       the node is not heard, the coordinator agrees → our translators begin
 *     hand back:  the node is heard → our translators stop → we say so to all → the coordinator forgets it
 *     its node:   nobody says that he works there, and the coordinator neither → a second later its translators begin
 */
export class SliceDuty {
  readonly #own: number;
  readonly #coordinator: Coordinator;
  readonly #apply: (slots: readonly number[]) => Promise<void>;
  readonly #clock: Clock;
  readonly #events: EventLog;
  #works: readonly number[];
  /** By the last look; the translators follow a moment later. */
  #mayOwn = true;
  #clearMs = Number.NEGATIVE_INFINITY;
  #triedMs = Number.NEGATIVE_INFINITY;
  #busy = false;

  constructor(
    own: number,
    coordinator: Coordinator,
    apply: (slots: readonly number[]) => Promise<void>,
    { clock, events }: { readonly clock: Clock; readonly events: EventLog },
  ) {
    this.#own = own;
    this.#coordinator = coordinator;
    this.#apply = apply;
    this.#clock = clock;
    this.#events = events;
    this.#works = [own];
  }

  /** Slots in whose slices the translators work by now; the others are told. */
  get works(): readonly number[] {
    return this.#works;
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
  async take(slot: number, peers: readonly SlicePeer[]): Promise<Answer> {
    return this.#coordinator.takeSlice(
      slot,
      peers.some((peer) => peer.slot === slot && peer.alive),
    );
  }

  #mayUseOwn({ peers, joined }: SliceSituation): boolean {
    const { slices } = this.#coordinator.view();
    const byOther = slices.some(({ slot, by }) => slot === this.#own && by !== this.#own);
    const taken = peers.some(
      ({ alive, works }) => alive && (works === undefined ? !joined : works.includes(this.#own)),
    );
    if (byOther || taken) {
      this.#clearMs = this.#clock.now();
      return false;
    }
    return this.#clock.now() - this.#clearMs >= SETTLE_MS;
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
    await this.#apply(wanted);
    const from = this.#works.join(', ');
    this.#works = wanted;
    const reason = 'ports for new mappings are taken from the slices of these slots';
    const name = `slot ${this.#own}`;
    this.#events.add({ severity: 'info', subject: 'slices', name, from, to: wanted.join(', ') || 'none', reason });
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
        this.#events.add({ severity: 'error', subject: 'slices', name, to: 'not changed', reason });
        this.#triedMs = this.#clock.now();
      })
      .finally(() => {
        this.#busy = false;
      });
  }
}
