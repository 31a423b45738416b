import type { Event, CheckStatus } from '../../../../src/agent/control/messages.ts';
import type { RelayPeer } from '../../../../src/agent/relay/relay-decision.ts';
import { RelayDuty } from '../../../../src/agent/relay/relay-duty.ts';
import type { RelayDevice, RelayPlace } from '../../../../src/dataplane/relay/relay-device.ts';
import { Replicator } from '../../../../src/replication/replicator.ts';
import type { ReplicationTransport } from '../../../../src/replication/transport.ts';
import { SimulatedClock, transportOver, Wire } from '../../replication/simulated-network.ts';
import { PREFIXES } from './packets.ts';
import { ACCEPTS_ALL } from '../accepting-listener.ts';

/** A device without a kernel: packets that a test puts in are read, and what is written is kept. */
export class SimulatedDevice implements RelayDevice {
  readonly place: RelayPlace;
  readonly arriving: Uint8Array[] = [];
  readonly written: Uint8Array[] = [];
  closed = false;
  takes = true;

  constructor(place: RelayPlace) {
    this.place = place;
  }

  read(into: Uint8Array): number {
    const packet = this.arriving.shift();
    if (packet === undefined) return 0;
    into.set(packet.subarray(0, into.length));
    return Math.min(packet.length, into.length);
  }

  write(packet: Uint8Array): boolean {
    if (this.takes) this.written.push(Uint8Array.from(packet));
    return this.takes;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

const INSTANCES = [{ name: 'internet', namespace: 'nat64', prefixes: PREFIXES, clients: [] }];
const FAILING: CheckStatus = {
  name: 'worker internet',
  ok: false,
  result: 'failed',
  effect: 'withdraw',
  text: 'worker heartbeat is 900 ms old',
};

/** A node with everything but a kernel and a translator. */
export class RelayNode {
  readonly devices: SimulatedDevice[] = [];
  readonly events: Pick<Event, 'code' | 'to' | 'reason'>[] = [];
  readonly replicator: Replicator;
  readonly duty: RelayDuty;
  state = 'active';
  works = true;
  /** Why devices cannot be opened. */
  refusal: string | undefined;
  /** An older release: it has no such duty, and says so of itself. */
  readonly isOld: boolean;
  readonly #slot: number;
  readonly #epoch: number;
  readonly #clock: SimulatedClock;

  constructor(
    slot: number,
    slots: readonly number[],
    clock: SimulatedClock,
    transport: ReplicationTransport,
    isOld = false,
  ) {
    [this.#slot, this.#epoch, this.#clock, this.isOld] = [slot, 1000 + slot, clock, isOld];
    const identity = { cluster: 'lab', secrets: [Buffer.alloc(32, 1)], node: `gw${slot}`, slot, epoch: this.#epoch };
    const peers = slots.filter((other) => other !== slot).map((other) => ({ slot: other, name: `gw${other}` }));
    const instances = [{ instance: 'internet', fields: new Map([['pool6', 'x']]) }];
    const onRelay = (from: number, epoch: number, body: Buffer): void => this.duty.receive(from, epoch, body);
    const options = { ...identity, software: 'test', peers, instances };
    this.replicator = new Replicator(isOld ? options : { ...options, onRelay }, clock, transport);
    this.duty = new RelayDuty({
      self: { slot, epoch: this.#epoch },
      clock,
      now: () => clock.now(),
      events: { add: ({ code, to, reason }) => void this.events.push({ code, to, reason }) },
      instances: () => INSTANCES,
      open: async (place) => {
        if (this.refusal !== undefined) throw new Error(this.refusal);
        const device = new SimulatedDevice(place);
        this.devices.push(device);
        return device;
      },
      send: (to, body) => this.replicator.sendRelay(to, body),
      tidy: async () => undefined,
    });
  }

  /** Its only device of this direction that is open. */
  device(direction: RelayPlace['direction']): SimulatedDevice | undefined {
    return this.devices.find(({ place, closed }) => place.direction === direction && !closed);
  }

  count(name: string): number {
    return this.duty.status().counters.find((counter) => counter.name === name)?.value ?? 0;
  }

  /** As the agent does ten times a second. */
  update(nodes: readonly RelayNode[]): void {
    const peers = this.replicator.status().peers.map(({ slot, name, epoch, alive, oneWay, instances }): RelayPeer => {
      const node = nodes.find((one) => one.#slot === slot);
      const agreeing = instances.filter(({ agrees }) => agrees).map(({ instance }) => instance);
      const takes = node === undefined || node.isOld ? [] : node.duty.takes;
      const state = node?.state ?? 'unknown';
      const announcing = state === 'active';
      return { slot, name, epoch, alive, oneWay, agreeing, takes, state, announcing, upstreamDown: false };
    });
    const checks = this.works ? [] : [FAILING];
    this.duty.update({ state: this.state, instances: ['internet'], checks, peers });
  }

  fail(): void {
    [this.state, this.works] = ['failed', false];
  }

  recover(): void {
    [this.state, this.works] = ['active', true];
  }

  async start(): Promise<void> {
    await this.replicator.start(ACCEPTS_ALL);
  }

  get nowMs(): number {
    return this.#clock.now();
  }
}

/** Nodes on the same two wires. */
export class RelayCluster {
  readonly clock = new SimulatedClock();
  readonly wires = [new Wire(this.clock, 3), new Wire(this.clock, 4)] as const;
  readonly nodes: readonly RelayNode[];

  private constructor(count: number, old: readonly number[]) {
    const slots = Array.from({ length: count }, (_, index) => index + 1);
    this.nodes = slots.map((slot) => {
      return new RelayNode(slot, slots, this.clock, transportOver(this.wires), old.includes(slot));
    });
  }

  /** @param old slots of nodes of an older release */
  static async of(count: number, old: readonly number[] = []): Promise<RelayCluster> {
    const cluster = new RelayCluster(count, old);
    for (const node of cluster.nodes) await node.start();
    await cluster.pass(2500);
    return cluster;
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      for (const node of this.nodes) node.update(this.nodes);
      // What is opened or closed has its turn.
      for (let step = 0; step < 4; step++) await new Promise(setImmediate);
      this.clock.advance(100);
    }
  }
}
