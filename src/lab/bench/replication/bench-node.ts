import { RecordPump } from '../../../agent/record-pump.ts';
import { RecordRing } from '../../../dataplane/record-ring.ts';
import { systemClock } from '../../../replication/clock.ts';
import { MulticastTransport } from '../../../replication/multicast-transport.ts';
import { Replicator } from '../../../replication/replicator.ts';
import type { ReplicatorListener } from '../../../replication/replicator-options.ts';
import { SyncState } from '../../../translator/nat64/replica-sets.ts';
import { SESSION_RECORD_SIZE } from '../../../translator/nat64/session-record.ts';
import { pause } from '../../world/wait.ts';
import { SessionMaker } from './session-maker.ts';

const INSTANCE = 'bench';
const SECRET = Buffer.alloc(32, 7);
const BATCH = 256;
const INBOX_RECORDS = 65_536;
/** The turns of a worker: timers, and records that wait to be written. */
const TURN_MS = 2;
const TICK_BUDGET = 4096;
/** When no session has come for so long, what was asked for is over. */
const ASK_AGAIN_MS = 3000;
/** Between two looks whether a snapshot is complete. */
const LOOK_MS = 5;

/** One of two nodes: a translator and its replicator over one interface, in one thread. */
export class BenchNode {
  readonly maker: SessionMaker;
  readonly #slot: number;
  readonly #interface: string;
  readonly #summary = new Float64Array(4);
  readonly #batch = new Uint8Array(BATCH * SESSION_RECORD_SIZE);
  readonly #inbox = new RecordRing(RecordRing.allocate(INBOX_RECORDS));
  #applying = false;
  #replicator: Replicator | undefined;

  constructor(slot: number, link: string, sessions: number) {
    this.#slot = slot;
    this.#interface = link;
    this.maker = new SessionMaker(slot, sessions);
  }

  /** Writes what waits in the log, for nobody. */
  drain(): void {
    while (this.maker.translator.takeRecords(this.#batch, 0, BATCH, this.#now()) === BATCH);
  }

  /** From now on the other node hears of every change. */
  async join(): Promise<void> {
    const { translator } = this.maker;
    const slot = this.#slot;
    const other = 3 - slot;
    const transport = new MulticastTransport({ interfaces: [this.#interface], group: 'ff02::4953:5448', port: 4953 });
    const replicator = new Replicator(
      {
        cluster: 'bench',
        secrets: [SECRET],
        node: `gw${slot}`,
        slot,
        epoch: Date.now(),
        software: 'bench',
        peers: [{ slot: other, name: `gw${other}` }],
        instances: [{ instance: INSTANCE, fields: new Map() }],
      },
      systemClock,
      transport,
    );
    const pump = new RecordPump(
      { name: INSTANCE, takeRecords: (out, offset, max) => translator.takeRecords(out, offset, max, this.#now()) },
      (instance, records, count) => replicator.publish(instance, records, count),
      { soon: setImmediate, later: setTimeoutLater },
    );
    await replicator.start(this.#listener());
    this.#replicator = replicator;
    setInterval(() => {
      translator.tick(this.#now(), TICK_BUDGET);
      pump.wake();
    }, TURN_MS);
  }

  /** Has the other send all that it owns until a mark has proven it; asks again when nothing more comes before that. @returns sessions held */
  async snapshot(): Promise<number> {
    const other = 3 - this.#slot;
    const replicator = this.#joined();
    let [held, movedMs] = [0, Number.NEGATIVE_INFINITY];
    for (;;) {
      this.maker.translator.ownerSummary(other, this.#summary);
      const [sessions = 0, , , sync] = this.#summary;
      if (sessions > 0 && sync === SyncState.inSync) return sessions;
      const agreed = replicator
        .status()
        .peers.some(({ alive, instances }) => alive && instances.some(({ agrees }) => agrees));
      const again = agreed && this.#now() - movedMs > ASK_AGAIN_MS;
      if (again) replicator.requestSnapshot(INSTANCE, other);
      if (again || sessions !== held) movedMs = this.#now();
      held = sessions;
      await pause(LOOK_MS);
    }
  }

  /** Sessions at a steady rate, all written by the end. @param replicated false: nobody writes them */
  async churn(perSecond: number, seconds: number, replicated: boolean): Promise<void> {
    const began = performance.now();
    const wanted = perSecond * seconds;
    for (let made = 0; made < wanted;) {
      const due = Math.min(wanted, Math.floor(((performance.now() - began) / 1000) * perSecond)) - made;
      this.maker.make(due, this.#now());
      made += due;
      await pause(1);
    }
    if (replicated) while (this.#joined().status().framesQueued > 0) await pause(1);
  }

  /** Bytes that were put on the link so far, the headers of UDP and IPv6 not counted. */
  get bytesOut(): number {
    return this.#replicator?.status().links.reduce((sum, { bytesOut }) => sum + bytesOut, 0) ?? 0;
  }

  /** A batch at a time, so that the socket is read in between: in an agent the table is another thread's. */
  #applySoon(): void {
    if (this.#applying) return;
    this.#applying = true;
    setImmediate(() => {
      this.#applying = false;
      const inbox = this.#inbox;
      const count = Math.min(inbox.readable, BATCH);
      const [from, now] = [inbox.readOffset, this.#now()];
      this.maker.translator.applyRecords(inbox.bytes, from, count, now);
      inbox.release(count);
      if (inbox.length > 0) this.#applySoon();
    });
  }

  #joined(): Replicator {
    if (this.#replicator === undefined) throw new Error('the node has not joined');
    return this.#replicator;
  }

  #now(): number {
    return Math.floor(performance.now());
  }

  #listener(): ReplicatorListener {
    const { translator } = this.maker;
    return {
      onRecords: (_instance, _sender, records, count) => {
        if (!this.#inbox.push(records, 0, count)) return false;
        this.#applySoon();
        return true;
      },
      onSnapshotWanted: () => translator.requestSnapshot(),
      onPeer: ({ slot, event }) => translator.setPeerAlive(slot, event !== 'down'),
      onConfirmed: () => undefined,
      onSlotRefused: () => {
        throw new Error('another node has this slot');
      },
      onInfo: () => undefined,
    };
  }
}

function setTimeoutLater(ms: number, callback: () => void): void {
  setTimeout(callback, ms);
}
