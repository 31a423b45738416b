import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { Replicator } from '../../../src/replication/replicator.ts';
import { SimulatedClock, transportOver, Wire } from './simulated-network.ts';

const SECRET = Buffer.from('a secret of the cluster of sufficient length');
/** Protobuf: field 99, three bytes; field 98, the number 7. */
const UNKNOWN_FIELDS = Buffer.from('9a0603010203900607', 'hex');
const UNKNOWN_KIND = 77;
const EPOCHS = { ours: 1000, theirs: 2000 };
const { HeartbeatBody, HelloBody, LogBody } = isthmus.v1;

/** A node, and beside it one of a later version, whose frames are put together here. */
class Beside {
  readonly clock = new SimulatedClock();
  readonly heard: [string, number][] = [];
  readonly replicator: Replicator;
  readonly #send: (frame: Uint8Array) => void;
  readonly #seal = new FrameSeal('lab', [SECRET], { slot: 2, epoch: EPOCHS.theirs });
  #control = 0;
  #log = 0;

  constructor() {
    const wire = new Wire(this.clock, 1);
    const identity = { cluster: 'lab', secrets: [SECRET], node: 'gw1', slot: 1, epoch: EPOCHS.ours, software: 'test' };
    const instances = [{ instance: 'internet', fields: new Map([['pool6', 'x']]) }];
    const options = { ...identity, peers: [{ slot: 2, name: 'gw2' }], instances };
    this.replicator = new Replicator(options, this.clock, transportOver([wire]));
    this.#send = wire.join(() => undefined);
  }

  async start(): Promise<void> {
    await this.replicator.start({
      onRecords: (instance, _sender, _records, count) => {
        this.heard.push([instance, count]);
        return true;
      },
      onSpace: () => undefined,
      onSnapshotWanted: () => undefined,
      onPeer: () => undefined,
      onConfirmed: () => undefined,
      onSlotRefused: () => undefined,
      onInfo: () => undefined,
    });
  }

  says(kind: number, body: Uint8Array, flags = 0): void {
    const log = kind === FrameKind.log;
    const sequence = log ? ++this.#log : ++this.#control;
    this.#send(this.#seal.seal(kind, flags, sequence, Buffer.concat([body, UNKNOWN_FIELDS])));
    this.clock.advance(20);
  }

  introduces(): void {
    const heard = [{ slot: 1, epoch: EPOCHS.ours, applied: 0 }];
    this.says(FrameKind.heartbeat, HeartbeatBody.encode({ highest: 0, oldest: 1, heard }).finish());
    const fields = [{ field: 'pool6', hash: 'x' }];
    const instances = [{ instance: 'internet', fields }];
    const about = { node: 'gw2', software: 'a later one', heartbeatMs: 100, revision: 9 };
    this.says(FrameKind.hello, HelloBody.encode({ ...about, instances, info: new Uint8Array() }).finish());
  }

  refused(): Readonly<Record<string, number>> {
    const [{ refused }] = this.replicator.status().links;
    return Object.fromEntries(Object.entries(refused).filter(([, count]) => count > 0));
  }
}

describe('a node beside one of a later version', () => {
  it('believes it, and reads what it knows of messages with more in them', async () => {
    const beside = new Beside();
    await beside.start();
    beside.introduces();
    const records = Buffer.alloc(64 * 3);
    beside.says(
      FrameKind.log,
      LogBody.encode({ batches: [{ instance: 'internet', layout: 1, records }] }).finish(),
      0xfe,
    );
    expect(beside.heard).toEqual([['internet', 3]]);
    expect(beside.refused()).toEqual({});
    const [peer] = beside.replicator.status().peers;
    expect(peer).toMatchObject({ alive: true, software: 'a later one', applied: 1, lost: 0 });
  });

  it('passes over layouts of records that it does not know, and over nothing else', async () => {
    const beside = new Beside();
    await beside.start();
    beside.introduces();
    const batch = (layout: number, count: number): isthmus.v1.RecordBatch.$Properties => {
      return { instance: 'internet', layout, records: Buffer.alloc(64 * count) };
    };
    beside.says(FrameKind.log, LogBody.encode({ batches: [batch(1, 1), batch(2, 5), batch(1, 2)] }).finish());
    beside.says(FrameKind.log, LogBody.encode({ batches: [batch(3, 4)] }).finish());
    beside.says(FrameKind.log, LogBody.encode({ batches: [batch(1, 6)] }).finish());
    expect(beside.heard.map(([, count]) => count)).toEqual([1, 2, 6]);
    expect(beside.replicator.status().peers[0]).toMatchObject({ applied: 3, waiting: 0, lost: 0 });
  });

  it('counts frames of kinds that it does not know, and goes on', async () => {
    const beside = new Beside();
    await beside.start();
    beside.introduces();
    beside.says(UNKNOWN_KIND, Buffer.from('anything'));
    beside.says(
      FrameKind.log,
      LogBody.encode({ batches: [{ instance: 'internet', layout: 1, records: Buffer.alloc(64) }] }).finish(),
    );
    expect(beside.refused()).toEqual({ kind: 1 });
    expect(beside.heard).toEqual([['internet', 1]]);
  });
});
