import { availableParallelism } from 'node:os';
import { AnnouncementDriver } from '../state/announcement-driver.ts';
import { isCovered } from '../state/cover.ts';
import { ChangeWatch } from '../status/change-watch.ts';
import { ConfirmedByAll } from '../sessions/confirmed-by-all.ts';
import type { Outcome, StatusReply } from '../control/messages.ts';
import { Draining } from '../state/draining.ts';
import { reportChanges } from '../events/event-reports.ts';
import { reportStart } from '../events/start-report.ts';
import { InfoExchange } from '../status/info-exchange.ts';
import { InstanceSet } from './instance-set.ts';
import { Joining, type JoiningPeer, type JoiningStep } from '../sessions/joining.ts';
import type { AgentParts, Situation } from './parts.ts';
import * as views from './peer-views.ts';
import type { Wanted } from '../../frr/announcer.ts';
import type { PeerChange } from '../../replication/replicator-options.ts';
import { nodeName } from '../status/node-view.ts';
import { type AgentIdentity, type ConfigurationMark, SelfReport } from '../status/self-report.ts';
import { SliceDuty, type SlicePeer } from '../sessions/slice-duty.ts';
import { SessionExchange } from '../sessions/session-exchange.ts';
import { successorOf, type TakeoverCandidate } from '../sessions/takeover.ts';

/** Interval of iterations. */
const TICK_MS = 100;
/** Two heartbeat intervals: by then both sides know that the other one is alive. */
const REPEAT_MS = 200;
/** Maximum time to wait, at the end, for confirmations that the others hold our sessions. */
const HAND_OVER_MS = 2000;
/** Maximum time that a drain waits for packets to stop: the routers' detection time, and some windows of the proof. */
const QUIET_MS = 8000;

/**
 * A running node: starts its parts, observes them ten times a second, evaluates the state machine, and applies its
 * decisions. All dependencies are passed in.
 */
export class Agent {
  readonly #identity: AgentIdentity;
  readonly #parts: AgentParts;
  readonly #exchange: SessionExchange;
  readonly #driver: AnnouncementDriver;
  #joining: Joining;
  readonly #watch: ChangeWatch;
  readonly #infos: InfoExchange;
  readonly #slices: SliceDuty;
  readonly #draining: Draining;
  /** Changes while the node runs. */
  readonly instances: InstanceSet;
  readonly report: SelfReport;
  #joined = false;
  #announce: Wanted = 'withdrawn';
  #cancelTick: (() => void) | undefined;
  #stopping = false;
  #failure = '';
  /** End of the last iteration, on the agent's clock, for the watchdog. */
  tickedMs: number;

  constructor(identity: AgentIdentity, configuration: ConfigurationMark, parts: AgentParts) {
    this.#identity = identity;
    this.#parts = parts;
    this.tickedMs = parts.clock.now();
    this.#draining = this.#openDraining();
    this.#watch = new ChangeWatch(parts.events);
    this.#driver = new AnnouncementDriver(parts.announcements, parts.clock, parts.events);
    this.#joining = new Joining(parts.clock.now());
    this.#infos = new InfoExchange((info) => parts.replication.setInfo(info), parts.clock, parts.log, parts.now);
    this.#slices = new SliceDuty(
      identity.slot,
      parts.coordinator,
      async (slots) => {
        await Promise.all(this.instances.all.map((instance) => instance.setSlices(slots)));
      },
      {
        ...parts,
        nodeOf: (slot) => nodeName(identity, parts.replication.status().peers, slot),
        onChange: () => this.#observeIfWaiting(),
      },
    );
    this.#exchange = new SessionExchange(identity.slot, parts.instances, parts.replication, {
      clock: parts.clock,
      soon: parts.soon,
      events: parts.events,
      candidates: () => this.#candidates(),
      isReceivedByOthers: (gone) => views.isReceivedByOthers(this.#parts.replication.status().peers, gone),
      ...views.sessionCounts(() => this.instances.all),
      onInfo: (slot, info) => {
        this.#infos.receive(slot, info);
        this.#observeIfWaiting();
      },
      onPeer: (change) => this.#onPeer(change),
      onSlotRefused: (laterEpoch) => this.#onSlotRefused(laterEpoch),
    });
    this.instances = new InstanceSet(parts.instances, {
      exchange: this.#exchange,
      replication: parts.replication,
      clock: parts.clock,
      onFailure: (instance, reason) => this.#onFailure(instance, reason),
      works: () => this.#slices.works,
      atOnce: availableParallelism(),
    });
    this.report = new SelfReport(identity, configuration, {
      ...parts,
      infos: this.#infos,
      driver: this.#driver,
      slices: this.#slices,
      instances: this.instances,
    });
  }

  /**
   * Starts every part, then the iterations.
   * @throws the error of the first part that failed; parts already started are stopped again
   */
  async start(): Promise<void> {
    const { replication, announcements, health, events, coordinator, relay } = this.#parts;
    const undo: (() => Promise<void>)[] = [];
    try {
      // First: announcements left by a previous incarnation are withdrawn before anything else can fail.
      undo.push(() => announcements.stop());
      await announcements.start();
      await this.instances.start((instance) => undo.push(() => instance.stop()));
      undo.push(() => relay.stop());
      await relay.start();
      undo.push(() => replication.stop());
      await replication.start(this.#exchange);
      // Listening starts here: on a busy machine the previous parts may have taken seconds.
      this.#joining = new Joining(this.#parts.clock.now());
      coordinator.tell(this.report.revision);
      undo.push(() => coordinator.stop());
      // Not awaited: a node does not depend on the store's answer.
      void this.#attempt('start the coordinator', () => coordinator.start().then(() => this.#draining.start()));
      undo.push(() => health.stop());
      await health.start();
    } catch (error) {
      this.#exchange.stop();
      for (const step of undo.toReversed()) await this.#attempt('undo the start', step);
      throw error;
    }
    const { node, endedBefore } = this.#identity;
    reportStart(node, endedBefore, events);
    this.#tick();
  }

  /**
   * Withdraws, lets the others catch up, then stops every part. Failures are logged, and the remaining parts are
   * stopped anyway.
   */
  async stop(reason: string): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#draining.stop();
    this.#cancelTick?.();
    this.report.enter('withdrawn', reason);
    await this.#attempt('withdraw', () => this.#driver.withdraw());
    await this.#attempt('leave the coordinator', () => this.#parts.coordinator.stop());
    this.#infos.tell(this.report.info());
    await this.#attempt('hand the sessions over', () => this.#handOver());
    const { health, announcements, replication, relay } = this.#parts;
    await this.#attempt('stop the checks', () => health.stop());
    await this.#attempt('stop the announcements', () => announcements.stop());
    this.#exchange.stop();
    await this.#attempt('stop forwarding packets to other nodes', () => relay.stop());
    await this.#attempt('stop replication', () => replication.stop());
    await Promise.all(
      this.instances.all.map((instance) => this.#attempt(`stop instance ${instance.name}`, () => instance.stop())),
    );
  }

  /** The configuration was reloaded. */
  configured(configuration: ConfigurationMark): void {
    this.report.configured(configuration);
    this.#parts.coordinator.tell(configuration.revision);
    this.#infos.tell(this.report.info());
  }

  status(): StatusReply {
    return this.report.status();
  }

  /** Drains the node, also across restarts. Resolves when the routes are withdrawn and the others hold the sessions. */
  drain(reason: string, force: boolean, kept = true): Promise<Outcome> {
    return this.#draining.drain(reason, force, kept);
  }

  undrain(): Promise<Outcome> {
    return this.#draining.undrain();
  }

  /** Ends the hold of a failed node; its checks still decide. */
  release(): Outcome {
    return this.#draining.release();
  }

  /** Takes ports for new mappings also from the slice of a node that is gone. */
  takeSlice(slot: number): Promise<Outcome> {
    return this.#slices.take(slot, this.#slicePeers());
  }

  #slicePeers(): SlicePeer[] {
    return views.slicePeers(this.#parts.replication.status().peers, this.#infos);
  }

  #openDraining(): Draining {
    const { drains, coordinator, events, clock, now, replication, announcements, health } = this.#parts;
    return new Draining({
      node: this.#identity.node,
      drains,
      coordinator,
      events,
      clock,
      now,
      peers: () =>
        replication.status().peers.map(({ slot, name, alive }) => ({ name, alive, state: this.#infos.stateOf(slot) })),
      update: () => this.#update(),
      endHold: () => health.release(),
      announcing: () => this.#announce,
      withdraw: () => this.#driver.withdraw(),
      handOver: () => this.#handOver(),
      untilQuiet: () => announcements.untilProven(QUIET_MS),
      notWithdrawn: () =>
        announcements
          .status()
          .filter(({ observed }) => observed !== 'withdrawn')
          .map(({ peer }) => peer),
      situation: () => this.report.situation,
    });
  }

  #tick(): void {
    if (this.#stopping) return;
    try {
      this.#update();
      this.#failure = '';
    } catch (error) {
      this.#reportFailure(error instanceof Error ? error.message : String(error));
    }
    this.tickedMs = this.#parts.clock.now();
    this.#cancelTick = this.#parts.clock.after(TICK_MS, () => this.#tick());
  }

  /** A persistent failure is one event, not ten per second. */
  #reportFailure(reason: string): void {
    if (reason === this.#failure) return;
    this.#failure = reason;
    const { events, log } = this.#parts;
    log.error('an iteration of the agent failed', { reason });
    const { node } = this.#identity;
    events.add({ code: 'agent-iteration-failed', subject: 'node', name: node, to: 'iteration failed', reason });
  }

  #update(): void {
    if (this.#stopping) return;
    const step = this.#join();
    const follows = (slot: number): boolean => successorOf(slot, this.#candidates()) === this.#identity.slot;
    this.#slices.update({ peers: this.#slicePeers(), joined: this.#joined, follows });
    const situation = this.#situation(step);
    this.#parts.announcements.setCovered(
      isCovered(
        this.#identity.slot,
        situation.peers.map((peer) => ({ ...peer, state: this.#infos.stateOf(peer.slot) })),
      ),
    );
    const { state, reason, announce, stalled } = this.#parts.health.decide(situation);
    this.#parts.announcements.setStalled(stalled);
    this.report.enter(state, reason);
    this.#announce = announce;
    this.#relay(state);
    this.#driver.want(announce);
    this.report.measure();
    this.#infos.tell(this.report.info());
    reportChanges(this.#watch, this.status());
  }

  /** Packets that arrive while this node cannot translate are forwarded to another node, if one serves. */
  #relay(state: string): void {
    const { relay, health, replication } = this.#parts;
    const instances = this.instances.all.map(({ name }) => name);
    const peers = views.relayPeers(replication.status().peers, this.#infos);
    relay.update({ state, instances, checks: health.checks(), peers });
  }

  /** A node not in service yet has received what it waits for: the next iteration is made at once. */
  #observeIfWaiting(): void {
    if (this.#cancelTick !== undefined && (!this.#joined || this.#withoutPorts() !== undefined)) this.#update();
  }

  #join(): JoiningStep {
    const { replication, clock } = this.#parts;
    const snapshots = this.instances.all.map((instance) => instance.snapshot());
    const step = this.#joining.step({
      nowMs: clock.now(),
      peers: this.#joiningPeers(),
      syncOf: (name, slot) => {
        const instance = snapshots.find((candidate) => candidate.name === name);
        return instance?.replicas.find((replica) => replica.slot === slot)?.sync ?? 'unknown';
      },
    });
    for (const { instance, slot } of step.requests) replication.requestSnapshot(instance, slot);
    // Once joined, a node stays so: a replica that diverges later is repaired while it serves.
    this.#joined ||= step.complete;
    return step;
  }

  #joiningPeers(): JoiningPeer[] {
    const ours = new Set(this.instances.all.filter(({ kind }) => kind === 'nat64').map(({ name }) => name));
    return views.joiningPeers(this.#parts.replication.status().peers, ours);
  }

  #situation(step: JoiningStep): Situation {
    const { clock, replication, announcements } = this.#parts;
    return {
      nowMs: clock.now(),
      joined: this.#joined,
      joiningReason: step.reason,
      withoutPorts: this.#withoutPorts(),
      drain: this.#draining.record,
      peers: views.peerSituations(replication.status().peers, this.#infos),
      announcing: this.#driver.announcing,
      offersBackup: announcements.offersBackup,
      announcements: announcements.status(),
      instances: this.instances.all.map((instance) => instance.snapshot()),
    };
  }

  /** Without mappings, no ports are needed. */
  #withoutPorts(): string | undefined {
    return this.instances.all.some(({ kind }) => kind === 'nat64') ? this.#slices.withoutPorts : undefined;
  }

  #onPeer({ slot, event }: PeerChange): void {
    if (event !== 'down') {
      this.#joining.forget(slot);
      // The other side may not have accepted us yet when it last received our status.
      this.#parts.clock.after(REPEAT_MS, () => this.#infos.repeat());
    }
    if (!this.#stopping) this.#update();
  }

  /**
   * A worker thread cannot be restarted with its tables: the node withdraws, and the agent ends so that a new
   * incarnation joins.
   */
  #onFailure(instance: string, reason: string): void {
    this.#parts.events.add({ code: 'instance-failed', subject: 'instance', name: instance, to: 'failed', reason });
    this.#update();
    this.#parts.fatal(`instance ${instance}: ${reason}`);
  }

  /** The peers accept the other node, so this one cannot work: it withdraws and ends. */
  #onSlotRefused(laterEpoch: number | undefined): void {
    const { node, slot } = this.#identity;
    const reason =
      laterEpoch === undefined
        ? `duplicate slot: a node that started earlier uses slot ${slot}; two agents run as ${node}`
        : `the other nodes know a later epoch of ${node}: the clock was set back and the epoch file is gone; ` +
          'the next start uses a later epoch';
    this.#parts.events.add({ code: 'slot-refused', subject: 'node', name: node, to: 'slot refused', reason });
    const stored = laterEpoch === undefined ? Promise.resolve() : this.#parts.keepEpoch(laterEpoch);
    void this.#attempt('store the later epoch', () => stored).then(() => this.#parts.fatal(reason));
  }

  #candidates(): TakeoverCandidate[] {
    const peers = views.takeoverPeers(this.#parts.replication.status().peers, this.#infos);
    return [{ slot: this.#identity.slot, alive: !this.#stopping, synced: this.#joined }, ...peers];
  }

  /** @returns whether every living node has confirmed this node's log in time; false also if none is alive */
  async #handOver(): Promise<boolean> {
    const { clock, replication } = this.#parts;
    const deadline = clock.now() + HAND_OVER_MS;
    this.#exchange.flush();
    const confirmed = new ConfirmedByAll();
    while (!confirmed.isSo(replication.status())) {
      if (clock.now() >= deadline) return false;
      await new Promise<void>((resolve) => void clock.after(TICK_MS / 5, resolve));
      this.#exchange.flush();
    }
    const { peers } = replication.status();
    return peers.length === 0 || peers.some(({ alive }) => alive);
  }

  async #attempt(what: string, step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.log.error(`could not ${what}`, { reason });
      const { node } = this.#identity;
      this.#parts.events.add({
        code: 'node-step-failed',
        subject: 'node',
        name: node,
        to: `could not ${what}`,
        reason,
      });
    }
  }
}
