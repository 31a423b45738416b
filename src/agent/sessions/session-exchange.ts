import type { Clock } from '../../replication/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { PeerChange, ReplicatorListener } from '../../replication/replicator-options.ts';
import type { Incarnation } from '../../replication/status.ts';
import type { InstancePart, ReplicationPart } from '../compose/parts.ts';
import { RecordPump } from './record-pump.ts';
import { countOf } from './hand-back.ts';
import { Inheritance } from './inheritance.ts';
import type { TakeoverCandidate } from './takeover.ts';

/** Interface of an instance for the exchange. */
export type ExchangedInstance = Pick<
  InstancePart,
  | 'name'
  | 'kind'
  | 'takeRecords'
  | 'onRecords'
  | 'offerRecords'
  | 'requestSnapshot'
  | 'takeOver'
  | 'setPeerAlive'
  | 'confirmRecords'
>;

export interface SessionExchangeWorld {
  readonly clock: Clock;
  readonly soon: (callback: () => void) => void;
  readonly events: EventLog;
  /** Current state of every node except the one in question, including this one. */
  readonly candidates: () => readonly TakeoverCandidate[];
  /** Sessions of a node that this one holds. */
  readonly heldOf: (slot: number) => number;
  /** Whether another living node receives the heartbeats of this incarnation. */
  readonly isReceivedByOthers: (gone: Incarnation) => boolean;
  /** Sessions of this node that have become those of another one since the instances started. */
  readonly yieldedTo: (slot: number) => number;
  /** A node silent for less time keeps its sessions; absent: RETURN_MS. */
  readonly returnMs?: number;
  readonly onInfo: (slot: number, info: Uint8Array) => void;
  /** After a peer has appeared, gone or restarted. */
  readonly onPeer: (change: PeerChange) => void;
  /** Another node uses this node's slot, and has replaced it in the cluster. */
  readonly onSlotRefused: (laterEpoch?: number) => void;
}

/**
 * Connects the instances with replication: outboxes to the log, the others' logs to the inboxes, and the state of peers
 * to the ownership of their sessions. Records are opaque to it.
 */
export class SessionExchange implements ReplicatorListener {
  readonly #instances = new Map<string, ExchangedInstance>();
  readonly #pumps = new Map<string, RecordPump>();
  #passes = 0;
  readonly #replication: Pick<ReplicationPart, 'publish'>;
  readonly #world: SessionExchangeWorld;
  readonly #inheritance: Inheritance;
  /** Batches for instances that this node does not have; replication reports the difference. */
  unknownSenders = 0;

  constructor(
    slot: number,
    instances: readonly ExchangedInstance[],
    replication: Pick<ReplicationPart, 'publish'>,
    world: SessionExchangeWorld,
  ) {
    this.#world = world;
    this.#replication = replication;
    this.#inheritance = new Inheritance(slot, { ...world, takeOver: (gone) => this.#takeOver(gone) });
    for (const instance of instances) this.add(instance, []);
  }

  /**
   * Adds an instance to be replicated.
   * @param alive slots of the living nodes
   */
  add(instance: ExchangedInstance, alive: readonly number[]): void {
    if (instance.kind !== 'nat64') return;
    const { soon } = this.#world;
    const publish = (name: string, records: Uint8Array, count: number): boolean =>
      this.#replication.publish(name, records, count);
    const pump = new RecordPump(instance, publish, soon);
    this.#instances.set(instance.name, instance);
    this.#pumps.set(instance.name, pump);
    instance.onRecords(() => pump.wake());
    for (const slot of alive) instance.setPeerAlive(slot, true);
  }

  /** Further records of this instance are dropped. */
  remove(name: string): void {
    this.#pumps.get(name)?.stop();
    this.#pumps.delete(name);
    this.#instances.delete(name);
  }

  /** Publishes the current content of the outboxes. */
  flush(): void {
    for (const pump of this.#pumps.values()) pump.flush();
  }

  stop(): void {
    this.#inheritance.stop();
    for (const pump of this.#pumps.values()) pump.stop();
  }

  onRecords(name: string, _senderSlot: number, records: Uint8Array, count: number): boolean {
    const instance = this.#instances.get(name);
    if (instance === undefined) {
      this.unknownSenders += 1;
      return true;
    }
    return instance.offerRecords(records, 0, count);
  }

  /** Starts with a different instance each time, because one alone could use all the capacity. */
  onSpace(): void {
    const pumps = [...this.#pumps.values()];
    this.#passes += 1;
    for (let count = 0; count < pumps.length; count++) pumps[(this.#passes + count) % pumps.length]?.wake();
  }

  onSnapshotWanted(name: string, _bySlot: number): void {
    this.#instances.get(name)?.requestSnapshot();
  }

  onConfirmed(name: string, records: number): void {
    this.#instances.get(name)?.confirmRecords(records);
  }

  onInfo(slot: number, info: Uint8Array): void {
    this.#world.onInfo(slot, info);
  }

  onSlotRefused(laterEpoch?: number): void {
    this.#world.onSlotRefused(laterEpoch);
  }

  onPeer(change: PeerChange): void {
    const { slot, name, event, epoch } = change;
    const { events, heldOf } = this.#world;
    const alive = event !== 'down';
    for (const instance of this.#instances.values()) instance.setPeerAlive(slot, alive);
    if (event === 'up') {
      events.add({ code: 'peer-up', subject: 'peer', name, to: 'up', reason: `heartbeats arrive, epoch ${epoch}` });
    } else {
      const down = event === 'down';
      const held = `this node answers for ${countOf(heldOf(slot))} of it while it is away`;
      const reason = down ? `its heartbeats no longer arrive; ${held}` : `its agent restarted, epoch ${epoch}`;
      events.add({ code: down ? 'peer-down' : 'peer-restarted', subject: 'peer', name, from: 'up', to: event, reason });
    }
    this.#inheritance.onPeer(change);
    this.#world.onPeer(change);
  }

  #takeOver(slot: number): boolean {
    for (const instance of this.#instances.values()) instance.takeOver(slot);
    return this.#instances.size > 0;
  }
}
