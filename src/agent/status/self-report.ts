import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { FileSections } from '../../cluster/file-sections.ts';
import type { Clock } from '../../replication/clock.ts';
import type { AgentLog } from '../events/agent-log.ts';
import type { Code } from '../../codes.ts';
import type { AnnouncementDriver } from '../state/announcement-driver.ts';
import { sourceOfCheck } from '../health/translation-probe.ts';
import { ControlError } from '../control/control-error.ts';
import type { CheckStatus, NodeInfo, StatsReply, StatusReply } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import { withEndBefore } from '../events/start-report.ts';
import type { UnexpectedEnd } from '../files/run-mark.ts';
import type { InfoExchange } from './info-exchange.ts';
import type { InstanceSet } from '../compose/instance-set.ts';
import type {
  AnnouncementPart,
  HealthPart,
  InstancePart,
  NatLogPart,
  NotificationsPart,
  PausePart,
  RelayPart,
  ReplicationPart,
} from '../compose/parts.ts';
import type { SliceDuty } from '../sessions/slice-duty.ts';
import type { CountedMinute } from '../tables/dropped-packets.ts';
import type { Checker } from '../tables/top-sessions.ts';
import { codeOfState } from './state-codes.ts';
import { nodeLinks, nodeReplicas, peerName } from './node-view.ts';
import { buildStatus } from './status-builder.ts';
import type { MeasuredInstance } from './status-input.ts';
import { ObservedChanges } from './observed-changes.ts';
import { TrafficMeters } from './traffic-meters.ts';
import { lacksUpstream, UpstreamSessions, whyWithoutUpstream } from './upstream-sessions.ts';
import { withAdvice } from './counter-advice.ts';

export interface AgentIdentity {
  readonly cluster: string;
  readonly node: string;
  readonly slot: number;
  readonly software: string;
  readonly pid: number;
  /** How the run before ended; absent: it was stopped, or there was none. */
  readonly endedBefore?: UnexpectedEnd | undefined;
}

/** Summary of the cluster file. */
export interface ConfigurationMark {
  /** Equal files have equal revisions. */
  readonly revision: string;
  readonly sections: Pick<FileSections, 'hashesToSend'>;
}

/** Inputs of a report. */
export interface ReportedParts {
  readonly replication: ReplicationPart;
  readonly announcements: AnnouncementPart;
  readonly health: HealthPart;
  readonly natLog: NatLogPart;
  readonly relay: Pick<RelayPart, 'takes' | 'status'>;
  readonly pausing: PausePart;
  /** Targets of notifications, shown as checks. */
  readonly notifications: NotificationsPart;
  readonly coordinator: Coordinator;
  readonly infos: InfoExchange;
  readonly driver: AnnouncementDriver;
  readonly slices: SliceDuty;
  readonly instances: InstanceSet;
  readonly events: EventLog;
  readonly log: AgentLog;
  readonly clock: Clock;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/** The state of the node with its time and reason, and its report to other nodes and for status requests. */
export class SelfReport {
  readonly #identity: AgentIdentity;
  readonly #parts: ReportedParts;
  readonly #started: number;
  readonly #traffic = new TrafficMeters();
  readonly #observed = new ObservedChanges();
  readonly #upstreams: UpstreamSessions;
  #configuration: ConfigurationMark;
  #state = 'starting';
  #reason = 'the agent starts';
  #since: number;

  constructor(identity: AgentIdentity, configuration: ConfigurationMark, parts: ReportedParts) {
    this.#identity = identity;
    this.#configuration = configuration;
    this.#parts = parts;
    this.#upstreams = new UpstreamSessions(identity.node, parts.events);
    this.#started = parts.now();
    this.#since = this.#started;
  }

  get revision(): string {
    return this.#configuration.revision;
  }

  /** State and reason, as text. */
  get situation(): string {
    return `${this.#state}: ${this.#reason}`;
  }

  /** Nodes that check their translation, by the address from which they do: such addresses are clients too. */
  get checkers(): ReadonlyMap<string, Checker> {
    const { infos, replication } = this.#parts;
    const { peers } = replication.status();
    const checkers = new Map<string, Checker>();
    for (const [slot, { checkedFrom }] of infos.received) {
      for (const address of checkedFrom) checkers.set(address, { node: peerName(peers, slot), own: false });
    }
    for (const address of this.#checkedFrom()) checkers.set(address, { node: this.#identity.node, own: true });
    return checkers;
  }

  #checkedFrom(): string[] {
    return [...new Set(this.#parts.health.checks().flatMap(({ text }) => sourceOfCheck(text) ?? []))];
  }

  /** Why upstreams send nothing here, with its code; undefined: they do, or may. */
  get unreached(): { readonly code: Code; readonly text: string } | undefined {
    if (this.#state !== 'active') {
      return { code: codeOfState(this.#state), text: `this node attracts no traffic: it is ${this.situation}` };
    }
    const announcements = this.#parts.announcements.status();
    if (!lacksUpstream(announcements)) return undefined;
    return { code: 'upstreams-lost', text: `no upstream sends here: ${whyWithoutUpstream(announcements)}` };
  }

  /** The configuration was reloaded. */
  configured(configuration: ConfigurationMark): void {
    this.#configuration = configuration;
  }

  /** A change of state is an event. */
  enter(state: string, reason: string): void {
    this.#reason = reason;
    if (state === this.#state) return;
    const { events, log, now } = this.#parts;
    const name = this.#identity.node;
    events.add({ code: codeOfState(state), subject: 'node', name, from: this.#state, to: state, reason });
    log.info(`${this.#state} → ${state}`, { reason });
    this.#state = state;
    this.#since = now();
  }

  /** Report for the other nodes. */
  info(): NodeInfo {
    const { software, pid, endedBefore } = this.#identity;
    const { announcements, driver, health, instances, replication, slices } = this.#parts;
    return {
      state: this.#state,
      reason: withEndBefore(this.#reason, endedBefore, this.#parts.now() - this.#started),
      since: this.#since,
      announcing: driver.announcing,
      revision: this.revision,
      software,
      pid,
      started: this.#started,
      instances: instances.all.map((instance) => {
        const { name, ownSessions, traffic } = this.#measured(instance);
        return { name, ownSessions, heldHere: ownSessions, sync: 'inSync', traffic };
      }),
      failingShared: health.failingShared(),
      works: slices.works,
      worked: slices.worked,
      sections: this.#sections(),
      links: nodeLinks(replication.status()),
      announcements: announcements.status(),
      replicas: instances.all.flatMap((instance) => nodeReplicas(instance.snapshot())),
      upstreamDown: lacksUpstream(announcements.status()),
      paused: this.#parts.pausing.reason ?? '',
      time: this.#parts.now(),
      takesRelayed: this.#parts.relay.takes,
      checkedFrom: this.#checkedFrom(),
    };
  }

  /** Report for status requests. */
  status(): StatusReply {
    const { replication, announcements, health, infos, instances, natLog, now } = this.#parts;
    const { cluster, node, slot } = this.#identity;
    return buildStatus({
      cluster,
      node: { name: node, slot },
      time: now(),
      info: this.info(),
      peerInfo: infos.received,
      clocksAhead: infos.clocksAhead(),
      instances: instances.all.map((instance) => this.#measured(instance)),
      replication: replication.status(),
      announcements: announcements.status(),
      checks: [...health.checks(), ...this.#parts.notifications.checks(), ...this.#coordinatorChecks()],
      sessionChanges: this.#observed.sessionChanges,
      lagMs: this.#observed.lagMs,
      natLog: natLog.status(),
      notify: this.#parts.notifications.status(),
      relay: this.#parts.relay.status(),
    });
  }

  /**
   * Inexpensive, to be called in each iteration: samples the counters of each instance when due, and reports when the
   * last upstream is lost or one has returned.
   */
  measure(): void {
    const { announcements, instances, replication, clock } = this.#parts;
    this.#observed.note(clock.now(), announcements.status(), replication.status().peers);
    this.#upstreams.observe(clock.now(), announcements.status());
    this.#traffic.note(
      clock.now(),
      instances.all.map((instance) => instance.snapshot()),
    );
  }

  #measured(instance: InstancePart): MeasuredInstance {
    const snapshot = instance.snapshot();
    return { ...snapshot, traffic: this.#traffic.of(snapshot) };
  }

  /** Counters of the instances; empty: all of them. @throws ControlError */
  stats(wanted: string): StatsReply {
    const all = this.#parts.instances.all.filter(({ name }) => wanted === '' || name === wanted);
    if (all.length === 0 && wanted !== '') {
      const known = this.#parts.instances.all.map(({ name }) => name).join(', ');
      throw new ControlError(`there is no instance ${wanted} on this node; there are: ${known}`);
    }
    const instances = all.map(({ name, kind }) => {
      const { spanMs, ageMs, rates } = this.#traffic.meter(name);
      const counters = rates.map(withAdvice);
      const since = Math.round(this.#parts.now() - ageMs);
      return { name, kind, spanMs: Math.round(spanMs), since, counters };
    });
    return { node: this.#identity.node, instances };
  }

  /** Of an instance. */
  lastMinute(instance: string): CountedMinute {
    return this.#traffic.meter(instance);
  }

  /** Section hashes, as far as living nodes with other files need them to locate differences. */
  #sections(): NodeInfo['sections'] {
    const { replication, infos } = this.#parts;
    const { revision, sections } = this.#configuration;
    const living = replication.status().peers.filter(({ alive }) => alive);
    const beside = infos.sectionsBeside(
      revision,
      living.map(({ slot }) => slot),
    );
    const reported = beside.length === 0 ? [] : [...sections.hashesToSend(beside)];
    return reported.map(([path, hash]) => ({ path, hash }));
  }

  /** The file alone cannot fail. */
  #coordinatorChecks(): CheckStatus[] {
    const { backend, reachable, suspended } = this.#parts.coordinator.view();
    if (backend === 'static') return [];
    const text = reachable ? 'the store answers' : `suspended: ${suspended}`;
    const { fenced, works, withoutPorts } = this.#parts.slices;
    const { peers } = this.#parts.replication.status();
    const nodes = works.map((slot) => (slot === this.#identity.slot ? 'this node' : peerName(peers, slot)));
    const whose = `${nodes.length === 1 ? 'slice' : 'slices'} of ${nodes.join(' and ')}`;
    const slices = withoutPorts ?? `ports for new mappings come from the ${whose} in pool4`;
    return [
      { name: 'coordinator', ok: reachable, result: reachable ? 'ok' : 'failed', effect: 'degrade', text },
      { name: 'slices', ok: !fenced, result: fenced ? 'failed' : 'ok', effect: 'degrade', text: slices },
    ];
  }
}
