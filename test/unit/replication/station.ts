import type { PeerChange } from '../../../src/replication/replicator-options.ts';
import { Replicator } from '../../../src/replication/replicator.ts';
import { SimulatedClock, transportOver, Wire } from './simulated-network.ts';

export const SECRET = Buffer.from('a secret of the cluster of sufficient length');

/** A node that remembers all it was told. */
export class Station {
  readonly replicator: Replicator;
  readonly events: PeerChange[] = [];
  /** The number in each record, by sender. */
  readonly heard = new Map<number, number[]>();
  readonly snapshotsWanted: string[] = [];
  room = true;
  slotRefused = 0;
  laterEpoch: number | undefined;
  readonly confirmed: [string, number][] = [];

  constructor(
    clock: SimulatedClock,
    wires: readonly Wire[],
    {
      slot,
      epoch = 1000,
      slots = [1, 2],
      secret = SECRET,
      cluster = 'lab',
      pool6 = 'x',
      maxFrameBytes,
      confirmed = [],
    }: StationOptions,
  ) {
    const peers = slots.filter((other) => other !== slot).map((other) => ({ slot: other, name: `gw${other}` }));
    const identity = { cluster, secrets: [secret], node: `gw${slot}`, slot, epoch, software: 'test' };
    const instances = [{ instance: 'internet', fields: new Map([['pool6', pool6]]) }];
    this.replicator = new Replicator(
      { ...identity, peers, instances, confirmed },
      clock,
      transportOver(wires, maxFrameBytes),
    );
  }

  async start(): Promise<void> {
    await this.replicator.start({
      onRecords: (_instance, sender, records, count) => {
        if (!this.room) return false;
        const list = this.heard.get(sender) ?? [];
        for (let index = 0; index < count; index++) list.push(Buffer.from(records).readUInt32BE(64 * index));
        this.heard.set(sender, list);
        return true;
      },
      onSpace: () => undefined,
      onSnapshotWanted: (instance) => void this.snapshotsWanted.push(instance),
      onPeer: (event) => void this.events.push(event),
      onInfo: () => undefined,
      onConfirmed: (instance, records) => void this.confirmed.push([instance, records]),
      onSlotRefused: (laterEpoch) => {
        this.slotRefused += 1;
        this.laterEpoch = laterEpoch;
      },
    });
  }

  say(first: number, count: number): void {
    const records = Buffer.alloc(64 * count);
    for (let index = 0; index < count; index++) records.writeUInt32BE(first + index, 64 * index);
    if (!this.replicator.publish('internet', records, count)) throw new Error('no room to publish');
  }
}

export interface StationOptions {
  slot: number;
  epoch?: number;
  slots?: readonly number[];
  secret?: Uint8Array;
  cluster?: string;
  pool6?: string;
  maxFrameBytes?: number;
  confirmed?: readonly string[];
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

export async function pair(seed = 1): Promise<{ clock: SimulatedClock; wires: Wire[]; one: Station; two: Station }> {
  const clock = new SimulatedClock();
  const wires = [new Wire(clock, seed), new Wire(clock, seed + 1)];
  const one = new Station(clock, wires, { slot: 1 });
  const two = new Station(clock, wires, { slot: 2 });
  await one.start();
  await two.start();
  clock.advance(500);
  return { clock, wires, one, two };
}
