import { TranslatorCounters } from '../translator/counters.ts';
import { PoolUse } from '../translator/nat64/ports/pool-use.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { RecordRing } from './record-ring.ts';
import { WORKER_COUNTERS } from './worker-counters.ts';

/** Flags that both threads read and write, each with Atomics. */
export const Flag = {
  /** The worker is about to sleep, or sleeps: whoever has work for it must write to its eventfd. */
  asleep: 0,
  /** Messages wait at the worker's port. */
  messages: 1,
  /** The agent has emptied the outbox and wants to be told of the next record. */
  outboxWatched: 2,
  /** Records of the own log that another node has, modulo 2^32 as a signed number. */
  confirmed: 3,
  /** The log had more to say than the outbox was to hold: the worker wants to be woken when there is room. */
  roomWanted: 4,
} as const;
/** An even number: numbers of 8 bytes follow. */
const FLAGS = 6;

/** Numbers that only the worker writes. */
export const Fact = {
  /** When the last iteration ended, on the machine's monotonic clock, milliseconds. */
  heartbeat: 0,
  sessions: 1,
  bibEntries: 2,
} as const;
const FACTS = 4;
/** Events that wait for the NAT log: more than a second of them at 50,000 new sessions a second, two events each. */
const EVENTS = 2 ** 17;
/** For each slot: its sessions and its sync state (a `SyncCode`). */
const PER_SLOT = 2;

/** The memory that an instance's worker shares with its agent; it travels to the worker as it is. */
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

/** Both threads' view of that memory. */
export class SharedState {
  /**
   * Records in the outbox with which no more of a snapshot is written into it: enough to keep the agent busy until the
   * worker runs its next iteration, and so few that the record of a session that changes now does not wait long behind
   * them.
   */
  static readonly SNAPSHOT_AHEAD = 4096;
  /**
   * The worker is told of room in the outbox when it holds no more than this: waking it costs as much as writing a
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
  /** From the worker: events for the NAT log, 64 bytes each as records are. */
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

  /** Where in `slots` the number of sessions of an owner is; the sync state follows it. */
  static slotIndex(slot: number): number {
    return slot * PER_SLOT;
  }
}

/** The machine's monotonic clock, milliseconds: the same in every thread. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
