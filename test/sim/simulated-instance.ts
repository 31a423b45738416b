import type { ExchangedInstance } from '../../src/agent/sessions/session-exchange.ts';
import { type SyncState, syncStateOf } from '../../src/translator/nat64/records/replica-sets.ts';
import { RecordRing } from '../../src/dataplane/record-ring.ts';
import { PacketArena } from '../../src/net/packet-arena.ts';
import type { PacketOffload } from '../../src/net/offload.ts';
import { TranslatorCounters } from '../../src/translator/counters.ts';
import { Nat64Translator } from '../../src/translator/nat64/nat64-translator.ts';
import { SESSION_RECORD_SIZE } from '../../src/translator/nat64/records/session-record.ts';
import type { Nat64Options } from '../../src/translator/options.ts';
import { HEADROOM, TAILROOM, type Verdict } from '../../src/translator/translator.ts';
import type { NodeClock } from './virtual-time.ts';

const TICK_BUDGET = 16;
const SLEEP_MS = 50;
const BUSY_MS = 0.3;
const FACTS_MS = 50;
const MAX_PACKET = 2048;
const MAX_TURNS_OF_TICKS = 64;

/**
 * The record rings, and the bounds of a worker's turn (src/dataplane/worker-loop.ts); mostly smaller, so that short
 * runs meet them.
 */
export interface RingPlan {
  readonly records: number;
  /** Records that one turn applies, and that it writes. */
  readonly turn: number;
}

/** What is told of every record that an instance applies. */
export interface ApplyObserver {
  beforeApply(instance: SimulatedInstance, bytes: Uint8Array, offset: number): void;
  afterApply(instance: SimulatedInstance, bytes: Uint8Array, offset: number, result: number): void;
}

export interface PacketOutcome {
  readonly verdict: Verdict;
  readonly reason: number;
  readonly out: readonly Uint8Array[];
}

/**
 * One translator of one life of a node with its inbox and outbox, turned as a worker turns it: packets, inbox, journal,
 * timers, then messages. The rings and the translator are the real ones; the thread is not.
 */
export class SimulatedInstance implements ExchangedInstance {
  readonly name: string;
  readonly kind = 'nat64';
  readonly options: Nat64Options;
  readonly translator: Nat64Translator;
  readonly slot: number;
  readonly inbox: RecordRing;
  readonly outbox: RecordRing;
  readonly #clock: NodeClock;
  readonly #observer: ApplyObserver;
  readonly #arena = new PacketArena(HEADROOM + MAX_PACKET + TAILROOM);
  readonly #offload: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  readonly #messages: (() => void)[] = [];
  readonly #emitted: Uint8Array[] = [];
  readonly #summary = new Float64Array(4);
  readonly #facts: SyncState[] = [];
  #factsMs = Number.NEGATIVE_INFINITY;
  #onRecords: () => void = () => undefined;
  readonly #turnRecords: number;
  /** The log has more to say than the outbox is to hold, as in src/dataplane/worker-loop.ts and agent-rings.ts. */
  #roomWanted = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #stalledUntilMs = 0;

  constructor(name: string, options: Nat64Options, rings: RingPlan, clock: NodeClock, observer: ApplyObserver) {
    this.name = name;
    this.slot = options.slot;
    this.options = options;
    this.#clock = clock;
    this.#observer = observer;
    this.#turnRecords = rings.turn;
    this.inbox = new RecordRing(RecordRing.allocate(rings.records));
    this.outbox = new RecordRing(RecordRing.allocate(rings.records));
    const sink = {
      emit: (arena: PacketArena, offset: number, length: number): void => {
        this.#emitted.push(arena.bytes.slice(offset, offset + length));
      },
    };
    this.translator = new Nat64Translator(options, sink, new TranslatorCounters());
  }

  start(): void {
    this.#wakeIn(0);
  }

  get nowMs(): number {
    return Math.floor(this.#clock.now());
  }

  /** The worker does nothing for a while, as when the machine is busy elsewhere. */
  stall(ms: number): void {
    this.#stalledUntilMs = this.#clock.now() + ms;
  }

  send(packet: Uint8Array): PacketOutcome {
    this.#emitted.length = 0;
    this.#arena.bytes.set(packet, HEADROOM);
    this.#offload.partialChecksum = false;
    this.#offload.gsoType = 0;
    const verdict = this.translator.process(this.#arena, HEADROOM, packet.length, this.#offload, this.nowMs);
    this.#wakeIn(BUSY_MS);
    return { verdict, reason: this.translator.lastReason, out: [...this.#emitted] };
  }

  onRecords(callback: () => void): void {
    this.#onRecords = callback;
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const taken = this.outbox.take(out, offset, max);
    if (this.#roomWanted && this.outbox.length <= this.outbox.capacity / 4) this.#wakeIn(BUSY_MS);
    return taken;
  }

  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    if (!this.inbox.push(records, offset, count)) return false;
    this.#wakeIn(BUSY_MS);
    return true;
  }

  requestSnapshot(): void {
    this.#tell(() => this.translator.requestSnapshot());
  }

  confirmRecords(records: number): void {
    this.#tell(() => this.translator.confirmRecords(records | 0));
  }

  takeOver(slot: number): void {
    this.#tell(() => this.translator.takeOver(slot));
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#tell(() => this.translator.setPeerAlive(slot, alive));
  }

  /** Messages wait for the end of the turn: it does not know yet what the agent knows. */
  get hasMessages(): boolean {
    return this.#messages.length > 0;
  }

  /** As the agent last saw it. */
  syncOf(slot: number): SyncState {
    return this.#facts[slot] ?? 'unknown';
  }

  /** As it is at this moment. */
  syncNow(slot: number): SyncState {
    this.translator.ownerSummary(slot, this.#summary);
    return syncStateOf(this.#summary[3]);
  }

  #tell(message: () => void): void {
    this.#messages.push(message);
    this.#wakeIn(BUSY_MS);
  }

  #wakeIn(ms: number): void {
    const at = this.#clock.now() + ms;
    if (at >= this.#wakeAtMs) return;
    this.#wakeAtMs = at;
    this.#clock.after(ms, () => {
      if (this.#wakeAtMs === at) this.#turn();
    });
  }

  #turn(): void {
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    const left = this.#stalledUntilMs - this.#clock.now();
    if (left > 0) {
      this.#wakeIn(left);
      return;
    }
    const nowMs = this.nowMs;
    const busy = this.#apply(nowMs) + this.#write(nowMs) > 0;
    let more = true;
    for (let turn = 0; more && turn < MAX_TURNS_OF_TICKS; turn++) more = this.translator.tick(nowMs, TICK_BUDGET);
    for (const message of this.#messages.splice(0)) message();
    if (nowMs - this.#factsMs >= FACTS_MS) this.#publishFacts(nowMs);
    const markMs = Math.max(1, this.translator.nextMarkMs() - nowMs);
    this.#wakeIn(busy || more ? BUSY_MS : Math.min(SLEEP_MS, markMs));
  }

  #apply(nowMs: number): number {
    const { inbox, translator } = this;
    const count = Math.min(inbox.readable, this.#turnRecords);
    const from = inbox.readOffset;
    for (let index = 0; index < count; index++) {
      const offset = from + index * SESSION_RECORD_SIZE;
      this.#observer.beforeApply(this, inbox.bytes, offset);
      const result = translator.applyRecord(inbox.bytes, offset, nowMs);
      this.#observer.afterApply(this, inbox.bytes, offset, result);
    }
    inbox.release(count);
    return count;
  }

  #write(nowMs: number): number {
    const { outbox, translator } = this;
    const room = Math.min(outbox.writable, this.#turnRecords);
    this.#roomWanted = outbox.length >= outbox.capacity / 2;
    if (room === 0) return 0;
    const count = translator.takeRecords(outbox.bytes, outbox.writeOffset, room, nowMs, !this.#roomWanted);
    outbox.commit(count);
    if (count > 0) this.#onRecords();
    return count;
  }

  #publishFacts(nowMs: number): void {
    this.#factsMs = nowMs;
    for (let slot = 1; slot <= this.options.slots; slot++) this.#facts[slot] = this.syncNow(slot);
  }
}
