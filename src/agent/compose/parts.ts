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

/** A translator at work, as the agent sees it. */
export interface InstancePart extends RecordSource {
  readonly kind: 'nat64' | 'siit';
  /** @param fill called when it translates, and nothing leads to it yet */
  start(fill?: () => Promise<void>): Promise<void>;
  /** Removes exactly what `start` made. */
  stop(): Promise<void>;
  /** Calls back when the outbox has records. */
  onRecords(callback: () => void): void;
  /** Calls back when the worker has ended though nobody stopped it, with a sentence why. */
  onFailure(callback: (reason: string) => void): void;
  /** Hands records of another node to the worker, whole or not at all. */
  offerRecords(records: Uint8Array, offset: number, count: number): boolean;
  /** Writes all own sessions into the log. */
  requestSnapshot(): void;
  takeOver(slot: number): void;
  /** Another node has as many records of the own log. */
  confirmRecords(records: number): void;
  setPeerAlive(slot: number, alive: boolean): void;
  /** The slots from whose slices new mappings get their ports. */
  setSlices(slots: readonly number[]): Promise<void>;
  snapshot(): InstanceSnapshot;
}

/** The way of sessions to and from the other nodes. */
export interface ReplicationPart {
  start(listener: ReplicatorListener): Promise<void>;
  stop(): Promise<void>;
  publish(instance: string, records: Uint8Array, count: number): boolean;
  requestSnapshot(instance: string, slot: number): void;
  /** What the other agents are told of this node. */
  setInfo(info: Uint8Array): void;
  status(): ReplicationStatus;
}

/** The announcements of this node to all its upstreams. */
export interface AnnouncementPart {
  /** Reads what FRR shows and withdraws whatever is announced; FRR may be absent. */
  start(): Promise<void>;
  /** Some upstream can be told that the other nodes are better. */
  readonly offersBackup: boolean;
  /** Both return when it is verified or has failed; the status says which. */
  announce(wanted: Announced): Promise<void>;
  withdraw(): Promise<void>;
  /** Whether another node serves, so that the guard may be quick. */
  setCovered(covered: boolean): void;
  /** Whether a worker stands still that takes the node out. */
  setStalled(stalled: boolean): void;
  /** As last read back from FRR. */
  status(): readonly AnnouncementStatus[];
  stop(): Promise<void>;
}

/** What another node says of itself. */
export interface PeerSituation {
  readonly slot: number;
  readonly alive: boolean;
  readonly announcing: boolean;
  /** Checks of what all nodes share that are bad there, or were at the last look. */
  readonly failingShared: readonly string[];
}

/** What the node's state is decided from, apart from the checks. */
export interface Situation {
  /** The agent's clock, milliseconds. */
  readonly nowMs: number;
  /** The sessions of the others are here, or nobody is there to have any. */
  readonly joined: boolean;
  /** Why the node must not give out ports for new mappings yet; undefined: it may. */
  readonly withoutPorts: string | undefined;
  readonly joiningReason: string;
  readonly drain: DrainRecord | undefined;
  readonly peers: readonly PeerSituation[];
  readonly announcing: boolean;
  /** Some upstream can be told that the other nodes are better. */
  readonly offersBackup: boolean;
  readonly announcements: readonly AnnouncementStatus[];
  readonly instances: readonly InstanceSnapshot[];
}

export interface NodeVerdict {
  readonly state: string;
  /** One sentence. */
  readonly reason: string;
  /** How the node may attract traffic. */
  readonly announce: Wanted;
  /** A worker stands still, and by the file that takes the node out. */
  readonly stalled: boolean;
}

/** The checks and the state machine. */
export interface HealthPart {
  start(): Promise<void>;
  stop(): Promise<void>;
  decide(situation: Situation): NodeVerdict;
  checks(): readonly CheckStatus[];
  /** The operator ends the hold. @returns false: the node is not held */
  release(): boolean;
  /** Checks of what all nodes share that are bad here, or were at the last look: the other nodes are told. */
  failingShared(): readonly string[];
}

/** What arrives while a translator has failed, on its way to another node; and what comes from other nodes. */
export interface RelayPart {
  /** Takes away what a killed agent has left. */
  start(): Promise<void>;
  /** To be called in each iteration. */
  update(facts: RelayFacts): void;
  /** Instances that this node takes packets of other nodes for. */
  readonly takes: readonly string[];
  status(): RelayStatus;
  stop(): Promise<void>;
}

/** Whether the checks of a node change anything. */
export interface PausePart {
  /** Why they do not; undefined: they do. */
  readonly reason: string | undefined;
}

/** Who is notified of events, as far as its node shows it. */
export interface NotificationsPart {
  checks(): CheckStatus[];
  status(): readonly NotifyStatus[];
}

/** The NAT log, as far as its node shows it. */
export interface NatLogPart {
  status(): readonly SinkState[];
}

/** What an agent is made of, and the world around it. */
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
  /** Targets that are told of events, as checks. */
  readonly notifications: NotificationsPart;
  readonly coordinator: Coordinator;
  readonly events: EventLog;
  readonly log: AgentLog;
  readonly clock: Clock;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly soon: (callback: () => void) => void;
  /** The next incarnation of this node is to be later than that one. Returns when that is stored. */
  readonly keepEpoch: (epoch: number) => Promise<void>;
  /** Hears why the agent cannot go on; whoever runs it stops it then. */
  readonly fatal: (reason: string) => void;
}
