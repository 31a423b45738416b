import type { SinkState } from '../nat-log/nat-log.ts';
import type { NotifyStatus } from '../notify/notifications.ts';
import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { Clock } from '../../replication/clock.ts';
import type { AgentLog } from '../events/agent-log.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Announced, Wanted } from '../../frr/announcer.ts';
import type { ReplicatorListener } from '../../replication/replicator-options.ts';
import type { ReplicationStatus } from '../../replication/status.ts';
import type { AnnouncementStatus, CheckStatus, RelayStatus } from '../control/messages.ts';
import type { DrainRecord, DrainStore } from '../files/drain-file.ts';
import type { RelayFacts } from '../relay/relay-decision.ts';
import type { RecordSource } from '../sessions/record-pump.ts';
import type { InstanceSnapshot } from '../status/status-input.ts';

/** A running translator, as seen by the agent. */
export interface InstancePart extends RecordSource {
  readonly kind: 'nat64' | 'siit';
  /** @param fill called when it runs and nothing is routed to it yet */
  start(fill?: () => Promise<void>): Promise<void>;
  /** Undoes exactly the changes of `start`. */
  stop(): Promise<void>;
  /** Calls back when the outbox has records. */
  onRecords(callback: () => void): void;
  /** Calls back with a sentence when the worker has ended without having been stopped. */
  onFailure(callback: (reason: string) => void): void;
  /** Passes records of another node to the worker, all or none. */
  offerRecords(records: Uint8Array, offset: number, count: number): boolean;
  /** Writes all own sessions into the log. */
  requestSnapshot(): void;
  takeOver(slot: number): void;
  /** Another node has this many records of the own log. */
  confirmRecords(records: number): void;
  setPeerAlive(slot: number, alive: boolean): void;
  /** The slots from whose slices new mappings get their ports. */
  setSlices(slots: readonly number[]): Promise<void>;
  snapshot(): InstanceSnapshot;
}

/** Replication of sessions to and from the other nodes. */
export interface ReplicationPart {
  start(listener: ReplicatorListener): Promise<void>;
  stop(): Promise<void>;
  publish(instance: string, records: Uint8Array, count: number): boolean;
  requestSnapshot(instance: string, slot: number): void;
  /** Sets this node's status for the other agents. */
  setInfo(info: Uint8Array): void;
  status(): ReplicationStatus;
}

/** The announcements of this node to all its upstreams. */
export interface AnnouncementPart {
  /** Reads FRR's state and withdraws all announcements; FRR may be absent. */
  start(): Promise<void>;
  /** Some upstream supports announcing with lower preference than the other nodes. */
  readonly offersBackup: boolean;
  /** Both resolve when the result is verified or has failed; the status shows which. */
  announce(wanted: Announced): Promise<void>;
  withdraw(): Promise<void>;
  /** Waits until the traffic has proven the withdrawal, or nothing can. @returns false: after `limitMs` it has not */
  untilProven(limitMs: number): Promise<boolean>;
  /** Whether another node serves, so that the guard may withdraw sooner. */
  setCovered(covered: boolean): void;
  /** Whether a worker is stalled whose check withdraws the node. */
  setStalled(stalled: boolean): void;
  /** As last read back from FRR. */
  status(): readonly AnnouncementStatus[];
  stop(): Promise<void>;
}

/** Reported state of another node. */
export interface PeerSituation {
  readonly slot: number;
  readonly alive: boolean;
  readonly announcing: boolean;
  /** Shared checks that fail there, or failed at the last probe. */
  readonly failingShared: readonly string[];
}

/** Inputs of the node's state machine apart from the checks. */
export interface Situation {
  /** The agent's clock, milliseconds. */
  readonly nowMs: number;
  /** The sessions of the others are here, or there are no others. */
  readonly joined: boolean;
  /** Why the node must not allocate ports for new mappings yet; undefined: it may. */
  readonly withoutPorts: string | undefined;
  readonly joiningReason: string;
  readonly drain: DrainRecord | undefined;
  readonly peers: readonly PeerSituation[];
  readonly announcing: boolean;
  /** Some upstream supports announcing with lower preference than the other nodes. */
  readonly offersBackup: boolean;
  readonly announcements: readonly AnnouncementStatus[];
  readonly instances: readonly InstanceSnapshot[];
}

export interface NodeVerdict {
  readonly state: string;
  /** One sentence. */
  readonly reason: string;
  /** How the node may announce. */
  readonly announce: Wanted;
  /** A worker is stalled whose check withdraws the node. */
  readonly stalled: boolean;
}

/** The checks and the state machine. */
export interface HealthPart {
  start(): Promise<void>;
  stop(): Promise<void>;
  decide(situation: Situation): NodeVerdict;
  checks(): readonly CheckStatus[];
  /** Ends the hold at the operator's request. @returns false: the node is not held */
  release(): boolean;
  /** Shared checks that fail here, or failed at the last probe: reported to the other nodes. */
  failingShared(): readonly string[];
}

/** Forwarding of packets to another node while a translator has failed, and reception from other nodes. */
export interface RelayPart {
  /** Removes what a killed agent has left. */
  start(): Promise<void>;
  /** To be called in each iteration. */
  update(facts: RelayFacts): void;
  /** Instances for which this node accepts packets of other nodes. */
  readonly takes: readonly string[];
  status(): RelayStatus;
  stop(): Promise<void>;
}

/** Whether the checks of a node have effects. */
export interface PausePart {
  /** Why they do not; undefined: they do. */
  readonly reason: string | undefined;
}

/** Notifications of events, as shown in the status. */
export interface NotificationsPart {
  checks(): CheckStatus[];
  status(): readonly NotifyStatus[];
}

/** The NAT log, as shown in the status. */
export interface NatLogPart {
  status(): readonly SinkState[];
}

/** The parts of an agent, and its external interfaces. */
export interface AgentParts {
  readonly instances: readonly InstancePart[];
  readonly replication: ReplicationPart;
  readonly announcements: AnnouncementPart;
  readonly health: HealthPart;
  readonly natLog: NatLogPart;
  readonly relay: RelayPart;
  readonly drains: DrainStore;
  /** Whether the operator has paused the node, and why. */
  readonly pausing: PausePart;
  /** Targets of notifications, shown as checks. */
  readonly notifications: NotificationsPart;
  readonly coordinator: Coordinator;
  readonly events: EventLog;
  readonly log: AgentLog;
  readonly clock: Clock;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly soon: (callback: () => void) => void;
  /** Ensures that the next incarnation of this node has a later epoch than that one. Resolves when it is stored. */
  readonly keepEpoch: (epoch: number) => Promise<void>;
  /** Called with the reason when the agent cannot continue; the owner then stops it. */
  readonly fatal: (reason: string) => void;
}
