import { TranslatorCounters } from '../translator/counters.ts';
import { PoolUse } from '../translator/nat64/ports/pool-use.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { RecordRing } from './record-ring.ts';
import { WORKER_COUNTERS } from './worker-counters.ts';

/** Flags that both threads access with Atomics. */
export const Flag = {
  /** The worker is about to sleep, or sleeps: threads with work for it must write to its eventfd. */
  asleep: 0,
  /** Messages are pending at the worker's port. */
  messages: 1,
  /** The agent has emptied the outbox and wants a notification of the next record. */
  outboxWatched: 2,
  /** Records of the own log that another node has confirmed, modulo 2^32 as a signed number. */
  confirmed: 3,
  /** The log had more than fitted into the outbox: the worker wants to be woken when there is space. */
  roomWanted: 4,
} as const;
/** An even number, because 8-byte numbers follow. */
const FLAGS = 6;

/** Numbers written by the worker only. */
export const Fact = {
  /** End of the last iteration, on the machine's monotonic clock, milliseconds. */
  heartbeat: 0,
  sessions: 1,
  bibEntries: 2,
} as const;
const FACTS = 4;
/** Capacity of the NAT log ring: more than a second at 50,000 new sessions per second, two events each. */
const EVENTS = 2 ** 17;
/** Values per slot: number of sessions, sync state (a `SyncCode`), sessions of this node that have become its own. */
const PER_SLOT = 3;

/** The memory that a worker shares with its agent, in the form passed to the worker. */
export interface SharedMemory {
  readonly state: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
  readonly outbox: SharedArrayBuffer;
  readonly inbox: SharedArrayBuffer;
  readonly events: SharedArrayBuffer;
  readonly pool: SharedArrayBuffer;
}

export function allocateSharedMemory(ringRecords: number): SharedMemory {
  return {
    state: new SharedArrayBuffer(FLAGS * 4 + (FACTS + (MAX_NODE_SLOT + 1) * PER_SLOT + WORKER_COUNTERS.length) * 8),
    counters: new SharedArrayBuffer(TranslatorCounters.BYTES),
    outbox: RecordRing.allocate(ringRecords),
    inbox: RecordRing.allocate(ringRecords),
    events: RecordRing.allocate(EVENTS),
    pool: new SharedArrayBuffer(PoolUse.BYTES),
  };
}

/** View of that memory, for both threads. */
export class SharedState {
  /**
   * Number of records in the outbox above which no snapshot records are added: enough to keep the agent busy until the
   * worker's next iteration, and few enough that the record of a session that changes now is not delayed.
   */
  static readonly SNAPSHOT_AHEAD = 4096;
  /**
   * The worker is notified of space in the outbox when it holds no more than this: waking it costs as much as writing a
   * hundred records.
   */
  static readonly REFILL_AT = SharedState.SNAPSHOT_AHEAD / 2;
  readonly flags: Int32Array;
  readonly facts: Float64Array;
  /** See `slotIndex`. */
  readonly slots: Float64Array;
  readonly workerCounters: Float64Array;
  readonly translatorCounters: TranslatorCounters;
  readonly outbox: RecordRing;
  readonly inbox: RecordRing;
  /** Events for the NAT log from the worker, 64 bytes each like records. */
  readonly events: RecordRing;
  readonly pool: PoolUse;

  constructor(memory: SharedMemory) {
    let at = FLAGS * 4;
    const numbers = (count: number): Float64Array => {
      const view = new Float64Array(memory.state, at, count);
      at += count * 8;
      return view;
    };
    this.flags = new Int32Array(memory.state, 0, FLAGS);
    this.facts = numbers(FACTS);
    this.slots = numbers((MAX_NODE_SLOT + 1) * PER_SLOT);
    this.workerCounters = numbers(WORKER_COUNTERS.length);
    this.translatorCounters = new TranslatorCounters(memory.counters);
    this.outbox = new RecordRing(memory.outbox);
    this.inbox = new RecordRing(memory.inbox);
    this.events = new RecordRing(memory.events);
    this.pool = new PoolUse(memory.pool);
  }

  /** Index in `slots` of the number of sessions of an owner; the other values follow it. */
  static slotIndex(slot: number): number {
    return slot * PER_SLOT;
  }
}

/** The machine's monotonic clock, milliseconds: the same in every thread. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
