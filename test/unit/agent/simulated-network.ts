import type { PeerChange, ReplicatorListener } from '../../../src/replication/replicator-options.ts';
import type { ReplicationPart } from '../../../src/agent/compose/parts.ts';
import type { ReplicationStatus } from '../../../src/replication/status.ts';
import { link, peer, replication } from './status-fixture.ts';
import type { SimulatedClock } from './simulated-clock.ts';

const DELAY_MS = 1;
const DETECTION_MS = 300;

/** Replication without frames: what one node publishes comes to every other one a millisecond later, in order. */
export class SimulatedNetwork {
  readonly clock: SimulatedClock;
  readonly nodes = new Map<number, SimulatedReplication>();

  constructor(clock: SimulatedClock) {
    this.clock = clock;
  }

  join(node: SimulatedReplication): void {
    const former = this.nodes.get(node.slot);
    this.nodes.set(node.slot, node);
    for (const other of this.others(node.slot)) {
      other.meet(node, former === undefined || former.lost ? 'up' : 'restarted');
      node.meet(other, 'up');
    }
  }

  /** The node is cut off without a word, as by SIGKILL. */
  kill(slot: number): void {
    const gone = this.nodes.get(slot);
    if (gone === undefined) return;
    gone.dead = true;
    this.clock.after(DETECTION_MS, () => {
      gone.lost = true;
      for (const other of this.others(slot)) other.miss(gone);
    });
  }

  others(slot: number): SimulatedReplication[] {
    return [...this.nodes.values()].filter((node) => node.slot !== slot && !node.dead);
  }

  deliver(from: number, action: (to: SimulatedReplication) => void): void {
    if (this.nodes.get(from)?.dead === true) return;
    this.clock.after(DELAY_MS, () => {
      for (const node of this.others(from)) action(node);
    });
  }
}

export class SimulatedReplication implements ReplicationPart {
  readonly slot: number;
  readonly name: string;
  readonly epoch: number;
  dead = false;
  lost = false;
  readonly #network: SimulatedNetwork;
  readonly #instances: readonly string[];
  readonly #alive = new Map<number, boolean>();
  #listener: ReplicatorListener | undefined;
  #info: Uint8Array = new Uint8Array();

  constructor(network: SimulatedNetwork, slot: number, instances: readonly string[]) {
    this.#network = network;
    this.#instances = instances;
    this.slot = slot;
    this.name = `gw${slot}`;
    this.epoch = 1000 * slot + network.clock.now() + 1;
  }

  async start(listener: ReplicatorListener): Promise<void> {
    this.#listener = listener;
    this.#network.join(this);
  }

  async stop(): Promise<void> {
    this.#network.kill(this.slot);
  }

  publish(instance: string, records: Uint8Array, count: number): boolean {
    const copy = records.slice();
    this.#network.deliver(this.slot, (to) => to.#listener?.onRecords(instance, this.slot, copy, count));
    return true;
  }

  requestSnapshot(instance: string, slot: number): void {
    this.#network.deliver(this.slot, (to) => {
      if (to.slot === slot) to.#listener?.onSnapshotWanted(instance, this.slot);
    });
  }

  setInfo(info: Uint8Array): void {
    this.#info = info;
    this.#network.deliver(this.slot, (to) => to.#listener?.onInfo(this.slot, info));
  }

  status(): ReplicationStatus {
    const instances = this.#instances.map((instance) => {
      return { instance, agrees: true, differs: [], recordsApplied: 0, recordsRefused: 0 };
    });
    const slots = new Set([...this.#alive.keys(), 1, 2].filter((slot) => slot !== this.slot));
    return replication({
      slot: this.slot,
      epoch: this.epoch,
      peers: [...slots].map((slot) => {
        const alive = this.#alive.get(slot) === true;
        return peer({ slot, name: `gw${slot}`, alive, instances: alive ? instances : [] });
      }),
      links: [link('ring0')],
    });
  }

  refuseSlot(laterEpoch?: number): void {
    this.#listener?.onSlotRefused(laterEpoch);
  }

  meet(other: SimulatedReplication, event: PeerChange['event']): void {
    this.#alive.set(other.slot, true);
    this.#listener?.onPeer({ slot: other.slot, name: other.name, event, epoch: other.epoch });
    if (other.#info.byteLength > 0) this.#listener?.onInfo(other.slot, other.#info);
  }

  miss(other: SimulatedReplication): void {
    this.#alive.set(other.slot, false);
    this.#listener?.onPeer({ slot: other.slot, name: other.name, event: 'down', epoch: other.epoch });
  }
}
