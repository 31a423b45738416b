import { GSO_NONE, type PacketOffload } from '../net/offload.ts';
import { PacketArena } from '../net/packet-arena.ts';
import { HEADROOM, type PacketProcessor, TAILROOM, type Translator } from '../translator/translator.ts';
import { storesSessions, type SessionTranslator } from './session-translator.ts';
import type { ShardExchange } from './shard-exchange.ts';
import type { TableWalks } from './table-walks.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { Fact, Flag, monotonicMs, SharedState } from './shared-state.ts';
import type { PacketSource, TunSink } from './tun-sink.ts';
import { readVirtioHeader } from './virtio-header.ts';
import { WorkerCounter } from './worker-counters.ts';

/*
 * One iteration of the loop, run to completion:
 *
 *     packets (at most BURST, and as many of each other shard) → inbox (at most INBOX_RECORDS) → journal to outbox → timers (at most TICK_BUDGET entries)
 *        → messages, if there are → a step of a query, if there is one → facts, every HEARTBEAT_MS → sleep, if there was nothing to do
 *
 * Each step is bounded, so none can starve another: a flood of packets delays records and timers by one burst, a
 * million expiring sessions delay packets by one budget.
 */
const BURST = 64;
const INBOX_RECORDS = 256;
const OUTBOX_RECORDS = 256;
const TICK_BUDGET = 512;
/** More than a burst of packets and a budget of timers can produce. */
const EVENTS = 1024;
const HEARTBEAT_MS = 50;
/** Maximum sleep: timers and the heartbeat run at least this often. */
const SLEEP_MS = 50;
const MAX_PACKET = 65_535;
/** Bytes for packets that stay in place until the burst ends: enough for a burst of full-sized ones. */
const KEPT_ROOM = 2 ** 17;

/** The memory that packets are read into. */
export function readingArena(): PacketArena {
  return new PacketArena(KEPT_ROOM + HEADROOM + MAX_PACKET + 1 + TAILROOM);
}

/** External interfaces of the loop. */
export interface WorkerWorld {
  readonly device: PacketSource;
  /** Receives the translator's packets. */
  readonly sink: TunSink;
  readonly arena: PacketArena;
  /** The kernel segments datagrams (USO), so that they may be joined. */
  readonly joinDatagrams: boolean;
  /** Monotonic milliseconds, as an integer; small integers are fastest. */
  readonly nowMs: () => number;
  /** Microseconds, for the adaptive spin. */
  readonly nowUs: () => number;
  /** Blocks until there is a packet, the worker is woken, or the timeout. */
  readonly sleep: (timeoutMs: number) => void;
  /** Called every HEARTBEAT_MS while the loop runs. */
  readonly beat: () => void;
  /** Called at most once per millisecond while the loop runs. */
  readonly eachMs?: () => void;
  /** Processes the messages at the port; called when the flag is set. */
  readonly readMessages: () => void;
  /** Receives the packets, if not the translator itself. */
  readonly processor?: PacketProcessor;
  /** Unanswered table queries. */
  readonly walks: Pick<TableWalks, 'isIdle' | 'step'>;
  /** Notifies the agent that the outbox has records. */
  readonly notifyRecords: () => void;
  readonly spinUs: number;
  /** With several workers only. */
  readonly shards: Pick<ShardExchange, 'divert' | 'isEmpty' | 'work'> | undefined;
  /** Origin of `nowMs`, milliseconds since 1970. */
  readonly originMs: number;
}

/** Copies the properties in a fixed order, so that all loops share one hidden class and its compiled code. */
function inOneShape(world: WorkerWorld): WorkerWorld {
  return {
    device: world.device,
    sink: world.sink,
    arena: world.arena,
    joinDatagrams: world.joinDatagrams,
    nowMs: world.nowMs,
    nowUs: world.nowUs,
    sleep: world.sleep,
    beat: world.beat,
    eachMs: world.eachMs ?? (() => undefined),
    readMessages: world.readMessages,
    walks: world.walks,
    notifyRecords: world.notifyRecords,
    spinUs: world.spinUs,
    shards: world.shards,
    originMs: world.originMs,
  };
}

export class WorkerLoop {
  readonly #translator: Translator;
  readonly #processor: PacketProcessor;
  readonly #sessions: SessionTranslator | undefined;
  readonly #shared: SharedState;
  readonly #world: WorkerWorld;
  readonly #counters: Float64Array;
  readonly #offload: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  readonly #owner = new Float64Array(5);
  #tickedMs = -1;
  #iteratedMs = -1;
  #confirmed = 0;
  #beatMs = -HEARTBEAT_MS;
  #stopped = false;

  constructor(translator: Translator, shared: SharedState, world: WorkerWorld) {
    this.#translator = translator;
    this.#processor = world.processor ?? translator;
    this.#sessions = storesSessions(translator) ? translator : undefined;
    this.#shared = shared;
    this.#world = inOneShape(world);
    this.#counters = shared.workerCounters;
  }

  /** Runs until `stop` is called (by a message). */
  run(): void {
    while (!this.#stopped) if (!this.iterate()) this.#rest();
    this.#publishFacts();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** @returns whether there was work, so that another iteration should follow immediately */
  iterate(): boolean {
    const nowMs = this.#world.nowMs();
    const { shards } = this.#world;
    let busy = this.#packets(nowMs);
    if (shards !== undefined && shards.work(this.#processor, nowMs)) busy = true;
    if (this.#sessions !== undefined && this.#records(this.#sessions, nowMs)) busy = true;
    if (nowMs !== this.#iteratedMs) {
      this.#iteratedMs = nowMs;
      this.#world.eachMs?.();
    }
    if (nowMs !== this.#tickedMs) {
      // Remaining work waits for the next millisecond's tick while there are packets, and continues immediately
      // otherwise.
      const left = this.#translator.tick(nowMs, TICK_BUDGET);
      if (!left || busy) this.#tickedMs = nowMs;
      if (left) busy = true;
    }
    if (Atomics.load(this.#shared.flags, Flag.messages) !== 0) {
      Atomics.store(this.#shared.flags, Flag.messages, 0);
      this.#world.readMessages();
      busy = true;
    }
    const { walks } = this.#world;
    if (!walks.isIdle && walks.step(nowMs)) busy = true;
    if (nowMs - this.#beatMs >= HEARTBEAT_MS) {
      this.#beatMs = nowMs;
      this.#world.beat();
      this.#publishFacts();
    }
    return busy;
  }

  #packets(nowMs: number): boolean {
    const { device, sink, arena } = this.#world;
    let place = HEADROOM;
    let count = 0;
    for (; count < BURST; count++) {
      const length = device.readPacket(arena.bytes.buffer, place, MAX_PACKET + 1);
      if (length <= 0) {
        if (length < 0) this.#counters[WorkerCounter.tunReadErrors] += 1;
        break;
      }
      this.#counters[WorkerCounter.tunPacketsRead] += 1;
      this.#counters[WorkerCounter.tunBytesRead] += length;
      if (length > MAX_PACKET) {
        this.#counters[WorkerCounter.tunTruncated] += 1;
        continue;
      }
      place = this.#packet(place, length, nowMs);
    }
    if (place !== HEADROOM) sink.flush();
    if (count === BURST) this.#counters[WorkerCounter.burstsFull] += 1;
    return count > 0;
  }

  /** Translates the packet at [place, place + length). @returns where to read the next one */
  #packet(place: number, length: number, nowMs: number): number {
    const { device, sink, arena, joinDatagrams, shards } = this.#world;
    readVirtioHeader(device.readHeader, this.#offload);
    if (shards?.divert(this.#processor, arena, place, length, this.#offload, nowMs) === true) return place;
    // Segments made from a longer packet overwrite each other in place, so they cannot be kept.
    sink.mayKeep = joinDatagrams && this.#offload.gsoType === GSO_NONE;
    this.#processor.process(arena, place, length, this.#offload, nowMs);
    sink.mayKeep = false;
    if (!sink.kept) return place;
    sink.kept = false;
    const next = place + length + TAILROOM + HEADROOM;
    if (next < KEPT_ROOM + HEADROOM) return next;
    sink.flush();
    return HEADROOM;
  }

  #records(sessions: SessionTranslator, nowMs: number): boolean {
    const { inbox, outbox, flags } = this.#shared;
    const incoming = Math.min(inbox.readable, INBOX_RECORDS);
    if (incoming > 0) {
      sessions.applyRecords(inbox.bytes, inbox.readOffset, incoming, nowMs);
      inbox.release(incoming);
      this.#counters[WorkerCounter.inboxRecords] += incoming;
    }
    this.#events(sessions);
    const confirmed = Atomics.load(flags, Flag.confirmed);
    if (confirmed !== this.#confirmed) {
      this.#confirmed = confirmed;
      sessions.confirmRecords(confirmed);
      // Packets held for that are sent in this iteration's tick.
      this.#tickedMs = -1;
    }
    const room = Math.min(outbox.writable, OUTBOX_RECORDS);
    const ahead = outbox.length >= SharedState.SNAPSHOT_AHEAD;
    if (ahead !== (Atomics.load(flags, Flag.roomWanted) === 1)) Atomics.store(flags, Flag.roomWanted, ahead ? 1 : 0);
    if (room === 0) {
      this.#counters[WorkerCounter.outboxStalls] += 1;
      return incoming > 0;
    }
    const outgoing = sessions.takeRecords(outbox.bytes, outbox.writeOffset, room, nowMs, !ahead);
    if (outgoing > 0) {
      outbox.commit(outgoing);
      if (Atomics.compareExchange(flags, Flag.outboxWatched, 1, 0) === 1) this.#world.notifyRecords();
    }
    return incoming > 0 || outgoing > 0;
  }

  /** The NAT log polls for these; nothing waits for them. */
  #events(sessions: SessionTranslator): void {
    const { events } = this.#shared;
    const room = Math.min(events.writable, EVENTS);
    if (room > 0) events.commit(sessions.takeEvents(events.bytes, events.writeOffset, room, this.#world.originMs));
  }

  /** Polls for packets a little longer if configured, then sleeps. */
  #rest(): void {
    const { spinUs, nowMs, nowUs, sleep, shards } = this.#world;
    if (spinUs > 0) {
      const until = nowUs() + spinUs;
      while (nowUs() < until) if (this.iterate() || this.#stopped) return;
    }
    const { flags, inbox, outbox } = this.#shared;
    // First the flag, then a last check: producers do it in the opposite order, so no wake-up is lost.
    Atomics.store(flags, Flag.asleep, 1);
    const confirmed = Atomics.load(flags, Flag.confirmed);
    const room = Atomics.load(flags, Flag.roomWanted) === 1 && outbox.length <= SharedState.REFILL_AT;
    const idle = inbox.length === 0 && !room && (shards === undefined || shards.isEmpty);
    if (idle && Atomics.load(flags, Flag.messages) === 0 && confirmed === this.#confirmed) {
      this.#counters[WorkerCounter.sleeps] += 1;
      const dueMs = Math.ceil(this.#nextDutyMs() - nowMs());
      sleep(Math.max(1, Math.min(SLEEP_MS, dueMs)));
    }
    Atomics.store(flags, Flag.asleep, 0);
  }

  /** When time-driven work is due. A mark that does not fit into the outbox waits for space there. */
  #nextDutyMs(): number {
    const emissionMs = this.#translator.nextEmissionMs();
    if (this.#sessions === undefined || this.#shared.outbox.writable === 0) return emissionMs;
    return Math.min(emissionMs, this.#sessions.nextMarkMs());
  }

  #publishFacts(): void {
    const { facts, slots, pool } = this.#shared;
    facts[Fact.heartbeat] = monotonicMs();
    const sessions = this.#sessions;
    if (sessions === undefined) return;
    facts[Fact.sessions] = sessions.sessionCount;
    facts[Fact.bibEntries] = sessions.bibCount;
    pool.write(sessions.poolSlices);
    for (let slot = 1; slot <= MAX_NODE_SLOT; slot++) {
      sessions.ownerSummary(slot, this.#owner);
      const index = SharedState.slotIndex(slot);
      slots[index] = this.#owner[0];
      slots[index + 1] = this.#owner[3];
      slots[index + 2] = this.#owner[4];
    }
  }
}
