import { EventLog, noEventStore } from '../../src/agent/events/event-log.ts';
import { isReceivedByOthers } from '../../src/agent/compose/peer-views.ts';
import { Joining, JOINING_TIMES } from '../../src/agent/sessions/joining.ts';
import type { PeerChange, ReplicatorListener } from '../../src/replication/replicator-options.ts';
import { type ExchangedInstance, SessionExchange } from '../../src/agent/sessions/session-exchange.ts';
import type { TakeoverCandidate } from '../../src/agent/sessions/takeover.ts';
import { portableCipher } from '../../src/replication/frame-cipher.ts';
import { Replicator } from '../../src/replication/replicator.ts';
import type { ReplicationStatus } from '../../src/replication/status.ts';
import type { Nat64Options } from '../../src/translator/options.ts';
import { type ApplyObserver, type RingPlan, SimulatedInstance } from './simulated-instance.ts';
import { SimulatedCipher } from './simulated-cipher.ts';
import type { SimulatedLinks, SimulatedTransport } from './simulated-links.ts';
import type { SocketPlan } from './simulated-sockets.ts';
import type { Trace } from './trace.ts';
import { NodeClock, type VirtualTime } from './virtual-time.ts';

const SECRET = Buffer.from('a secret of the simulated cluster, long enough');
const TURN_MS = 200;
const JOINED = 1;
/** As in the agent, but a node believes sooner that it is alone: runs are short. */
const JOINING = { ...JOINING_TIMES, listenMs: 900 };

/** What is told of records on their way from the replicator to the instances. */
export interface NodeObserver extends ApplyObserver {
  onRecords(node: SimulatedNode, instance: string, sender: number, records: Uint8Array, count: number): void;
  onPeer(node: SimulatedNode, change: PeerChange): void;
  /** It takes over what another one owned, of which nothing is heard, or another epoch. */
  onInherit(node: SimulatedNode, slot: number): void;
  /** The agent looks at replication. */
  onLook(node: SimulatedNode, status: ReplicationStatus): void;
}

export interface NodeOptions {
  readonly slot: number;
  readonly slots: readonly number[];
  readonly epoch: number;
  readonly clockAheadMs: number;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  readonly returnMs: number;
  readonly rings: RingPlan;
  readonly sockets: SocketPlan;
  readonly realCipher: boolean;
  readonly instances: readonly { readonly name: string; readonly options: Nat64Options }[];
  /** Called at the moment when the node begins to take traffic. */
  readonly onJoined: (node: SimulatedNode) => void;
}

/** One life of a node: the real replicator, exchange, joining and translators over simulated links and time. */
export class SimulatedNode {
  readonly slot: number;
  readonly epoch: number;
  readonly returnMs: number;
  readonly clock: NodeClock;
  readonly instances: readonly SimulatedInstance[];
  readonly replicator: Replicator;
  readonly exchange: SessionExchange;
  /** It holds what the others own, as far as it hears them, and so it takes traffic. */
  joined = false;
  alive = true;
  snapshotRequests = 0;
  readonly #joining: Joining;
  readonly #transport: SimulatedTransport;
  readonly #observer: NodeObserver;
  readonly #trace: Trace;
  readonly #onJoined: NodeOptions['onJoined'];
  readonly #peerJoined = new Set<number>();
  readonly #heard = new Set<number>();

  constructor(options: NodeOptions, time: VirtualTime, links: SimulatedLinks, observer: NodeObserver, trace: Trace) {
    const { slot, slots, epoch, heartbeatMs, silenceMs, rings, sockets } = options;
    this.#observer = observer;
    this.#trace = trace;
    this.#onJoined = options.onJoined;
    this.slot = slot;
    this.epoch = epoch;
    this.returnMs = options.returnMs;
    this.clock = new NodeClock(time, options.clockAheadMs);
    this.instances = options.instances.map(
      ({ name, options }) => new SimulatedInstance(name, options, rings, this.clock, observer),
    );
    this.#transport = links.transportOf(slot, sockets);
    this.replicator = new Replicator(
      {
        cluster: 'simulated',
        secrets: [SECRET],
        node: nameOf(slot),
        slot,
        epoch,
        software: 'simulated',
        peers: slots.filter((peer) => peer !== slot).map((peer) => ({ slot: peer, name: nameOf(peer) })),
        instances: options.instances.map(({ name }) => ({ instance: name, fields: new Map([['pool6', 'x']]) })),
        cipher: options.realCipher ? portableCipher : new SimulatedCipher(),
        heartbeatMs,
        silenceMs,
      },
      this.clock,
      this.#transport,
    );
    this.#joining = new Joining(this.clock.now(), JOINING);
    const exchanged = this.instances.map((instance) => this.#exchanged(instance));
    this.exchange = new SessionExchange(slot, exchanged, this.replicator, {
      clock: this.clock,
      returnMs: options.returnMs,
      soon: (callback) => void this.clock.after(0, callback),
      events: new EventLog(nameOf(slot), () => this.clock.now(), noEventStore),
      candidates: () => this.#candidates(),
      heldOf: () => 0,
      isReceivedByOthers: (gone) => isReceivedByOthers(this.status().peers, gone),
      yieldedTo: () => 0,
      onInfo: (peer, [state]) => void (state === JOINED ? this.#peerJoined.add(peer) : this.#peerJoined.delete(peer)),
      onPeer: (change) => this.#onPeer(change),
      onSlotRefused: () => {
        throw new Error(`node ${slot} has lost its slot, and nobody else has it`);
      },
    });
  }

  async start(): Promise<void> {
    for (const instance of this.instances) instance.start();
    await this.replicator.start(this.#listener());
    this.#turn();
  }

  /** The power goes off. */
  crash(): void {
    this.alive = false;
    this.clock.stop();
    this.#transport.stop();
  }

  /** The agent's loop reads nothing for a while. */
  stall(ms: number): void {
    this.#transport.stall(ms);
  }

  status(): ReplicationStatus {
    return this.replicator.status();
  }

  receivesFrom(slot: number): boolean {
    return this.#heard.has(slot);
  }

  /** An instance, with somebody watching what it takes over. */
  #exchanged(instance: SimulatedInstance): ExchangedInstance {
    return {
      name: instance.name,
      kind: instance.kind,
      takeRecords: (out, offset, max) => instance.takeRecords(out, offset, max),
      onRecords: (callback) => instance.onRecords(callback),
      offerRecords: (records, offset, count) => instance.offerRecords(records, offset, count),
      requestSnapshot: () => instance.requestSnapshot(),
      takeOver: (from) => {
        this.#observer.onInherit(this, from);
        instance.takeOver(from);
      },
      setPeerAlive: (of, alive) => instance.setPeerAlive(of, alive),
      confirmRecords: (records) => instance.confirmRecords(records),
    };
  }

  /** The exchange, with somebody looking over its shoulder. */
  #listener(): ReplicatorListener {
    const { exchange } = this;
    return {
      onRecords: (instance, sender, records, count) => {
        const taken = exchange.onRecords(instance, sender, records, count);
        if (taken) this.#observer.onRecords(this, instance, sender, records, count);
        return taken;
      },
      onSpace: () => exchange.onSpace(),
      onSnapshotWanted: (instance, by) => {
        this.#trace.note('snapshot wanted', this.slot, by);
        exchange.onSnapshotWanted(instance, by);
      },
      onPeer: (change) => {
        this.#trace.note(`peer ${change.event}`, this.slot, change.slot, change.epoch);
        if (change.event === 'down') this.#heard.delete(change.slot);
        else this.#heard.add(change.slot);
        this.#observer.onPeer(this, change);
        exchange.onPeer(change);
      },
      onConfirmed: (instance, records) => exchange.onConfirmed(instance, records),
      onSlotRefused: () => exchange.onSlotRefused(),
      onInfo: (slot, info) => exchange.onInfo(slot, info),
    };
  }

  #onPeer({ slot, event }: PeerChange): void {
    if (event !== 'down') this.#joining.forget(slot);
    this.#update();
  }

  #turn(): void {
    this.#update();
    this.clock.after(TURN_MS, () => this.#turn());
  }

  /** What the agent does about joining in each of its turns. */
  #update(): void {
    const status = this.status();
    this.#observer.onLook(this, status);
    const peers = status.peers.map(({ slot, name, alive, instances, applied, announced }) => ({
      slot,
      name,
      alive,
      lags: applied < announced,
      known: instances.length > 0,
      instances: instances.filter(({ agrees }) => agrees).map(({ instance }) => instance),
    }));
    const syncOf = (name: string, slot: number): ReturnType<SimulatedInstance['syncOf']> =>
      this.instances.find((instance) => instance.name === name)?.syncOf(slot) ?? 'unknown';
    const step = this.#joining.step({ nowMs: this.clock.now(), peers, syncOf });
    for (const { instance, slot } of step.requests) {
      this.#trace.note('snapshot asked', this.slot, slot);
      this.snapshotRequests += 1;
      this.replicator.requestSnapshot(instance, slot);
    }
    if (step.complete && !this.joined) {
      this.joined = true;
      this.#trace.note('joined', this.slot);
      this.#onJoined(this);
      this.replicator.setInfo(Uint8Array.of(JOINED));
    }
  }

  #candidates(): TakeoverCandidate[] {
    const { slot, joined } = this;
    const peers = this.status().peers.map((peer) => ({
      slot: peer.slot,
      alive: peer.alive,
      synced: this.#peerJoined.has(peer.slot),
    }));
    return [{ slot, alive: true, synced: joined }, ...peers];
  }
}

function nameOf(slot: number): string {
  return `gw${slot}`;
}
