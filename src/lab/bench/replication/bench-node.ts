import { RecordPump } from '../../../agent/sessions/record-pump.ts';
import { AesGcm } from '../../../linux/aes-gcm.ts';
import { interfaceIndex } from '../../../linux/bpf.ts';
import { MulticastSocket } from '../../../linux/multicast-socket.ts';
import { provenCipher } from '../../../replication/frame-cipher.ts';
import { systemClock } from '../../../replication/clock.ts';
import { MulticastTransport } from '../../../replication/multicast-transport.ts';
import { Replicator } from '../../../replication/replicator.ts';
import type { ReplicatorListener } from '../../../replication/replicator-options.ts';
import { SyncCode } from '../../../translator/nat64/records/replica-sets.ts';
import { SESSION_RECORD_SIZE } from '../../../translator/nat64/records/session-record.ts';
import { pause } from '../../world/wait.ts';
import { BenchDataPlane } from './bench-data-plane.ts';

const INSTANCE = 'bench';
const SECRET = Buffer.alloc(32, 7);
/** Unreplicated records are discarded in batches, until none has come for this long, ms. */
const BATCH = 256;
const QUIET_MS = 100;
/** Without a further session for this long, the request is repeated. */
const ASK_AGAIN_MS = 3000;
/** Polling interval for the completion of a snapshot. */
const POLL_MS = 5;

/**
 * One of two nodes, structured like an agent: the replicator over one interface in this thread, the translator in
 * another.
 */
export class BenchNode {
  readonly #slot: number;
  readonly #interface: string;
  readonly #dataPlane: BenchDataPlane;
  readonly #batch = new Uint8Array(BATCH * SESSION_RECORD_SIZE);
  #replicator: Replicator | undefined;
  #pump: RecordPump | undefined;

  constructor(slot: number, link: string, sessions: number) {
    this.#slot = slot;
    this.#interface = link;
    this.#dataPlane = new BenchDataPlane(slot, sessions);
  }

  async ready(): Promise<void> {
    await this.#dataPlane.ready();
  }

  /** Creates sessions that are not replicated. */
  async make(count: number): Promise<void> {
    const plane = this.#dataPlane;
    const wanted = plane.made + count;
    plane.want(wanted);
    for (let quietMs = 0; plane.made < wanted || quietMs < QUIET_MS; quietMs += 1) {
      while (plane.takeRecords(this.#batch, 0, BATCH) > 0) quietMs = 0;
      await pause(1);
    }
  }

  /** From now on every change is replicated to the other node. */
  async join(): Promise<void> {
    const plane = this.#dataPlane;
    const slot = this.#slot;
    const other = 3 - slot;
    const transport = new MulticastTransport({
      openSocket: (options) => new MulticastSocket(options),
      indexOf: interfaceIndex,
      interfaces: [this.#interface],
      group: 'ff02::4953:5448',
      port: 4953,
    });
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
        cipher: provenCipher(() => new AesGcm()),
      },
      systemClock,
      transport,
    );
    const pump = new RecordPump(
      { name: INSTANCE, takeRecords: (out, offset, max) => plane.takeRecords(out, offset, max) },
      (instance, records, count) => replicator.publish(instance, records, count),
      setImmediate,
    );
    this.#pump = pump;
    await replicator.start(this.#listener());
    this.#replicator = replicator;
    plane.onRecords = () => pump.wake();
    pump.wake();
  }

  /**
   * Requests all sessions of the other node until a mark has verified them; repeated if no more arrive before that.
   * @returns number of sessions held
   */
  async snapshot(): Promise<number> {
    const other = 3 - this.#slot;
    const replicator = this.#joined();
    let [held, movedMs] = [0, Number.NEGATIVE_INFINITY];
    for (;;) {
      const { sessions, sync } = this.#dataPlane.ofOwner(other);
      if (sessions > 0 && sync === SyncCode.inSync) return sessions;
      const agreed = replicator
        .status()
        .peers.some(({ alive, instances }) => alive && instances.some(({ agrees }) => agrees));
      const again = agreed && performance.now() - movedMs > ASK_AGAIN_MS;
      if (again) replicator.requestSnapshot(INSTANCE, other);
      if (again || sessions !== held) movedMs = performance.now();
      held = sessions;
      await pause(POLL_MS);
    }
  }

  /** Creates sessions at a constant rate, all written at the end. @param replicated false: not written */
  async churn(perSecond: number, seconds: number, replicated: boolean): Promise<void> {
    const plane = this.#dataPlane;
    const [began, before] = [performance.now(), plane.made];
    const wanted = before + perSecond * seconds;
    while (plane.made < wanted) {
      const due = before + Math.floor(((performance.now() - began) / 1000) * perSecond);
      plane.want(Math.min(wanted, due));
      await pause(1);
    }
    if (replicated) while (this.#joined().status().framesQueued > 0) await pause(1);
  }

  /** Bytes sent on the link so far, without the headers of UDP and IPv6. */
  get bytesOut(): number {
    return this.#replicator?.status().links.reduce((sum, { bytesOut }) => sum + bytesOut, 0) ?? 0;
  }

  #joined(): Replicator {
    if (this.#replicator === undefined) throw new Error('the node has not joined');
    return this.#replicator;
  }

  #listener(): ReplicatorListener {
    const plane = this.#dataPlane;
    return {
      onRecords: (_instance, _sender, records, count) => plane.offerRecords(records, count),
      onSpace: () => this.#pump?.wake(),
      onSnapshotWanted: () => plane.ask({ snapshot: true }),
      onPeer: ({ slot, event }) => plane.ask({ peer: slot, alive: event !== 'down' }),
      onConfirmed: () => undefined,
      onSlotRefused: () => {
        throw new Error('another node has this slot');
      },
      onInfo: () => undefined,
    };
  }
}
