import type { Code } from '../codes.ts';
import type { AdvertisedQuestion } from './advertised-routes.ts';
import type { WithdrawalMethod } from './withdrawal-methods.ts';

/**
 * `backup`: announced with lower preference than the same announcement of any other node; where that is impossible, as
 * `announced`.
 */
export type Wanted = Announced | 'withdrawn';
export type Announced = 'announced' | 'backup';

/** One announcement (a BFD session, a BGP neighbour) as shown by FRR, or a VRRP instance as shown by keepalived. */
export interface SessionObservation {
  readonly kind: 'bfd' | 'bgp' | 'vrrp';
  /** For VRRP, the name of the instance. */
  readonly peer: string;
  readonly interface: string;
  /**
   * `announced`: enabled, so the router may send traffic; `withdrawn`: shut down or absent; `unknown`: FRR does not
   * answer.
   */
  readonly observed: 'announced' | 'withdrawn' | 'unknown';
  /** State as named by FRR (`up`, `down`, `init`, `shutdown`), or `missing`; empty when FRR does not answer. */
  readonly state: string;
  /** One sentence, or empty. */
  readonly detail: string;
}

/** The detail of an established announcement with lower preference than those of other nodes. */
export const AS_BACKUP = 'as a backup';

/** State of all announcements to one upstream. */
export interface UpstreamObservation {
  readonly upstream: string;
  /** FRR has answered. */
  readonly readable: boolean;
  readonly sessions: readonly SessionObservation[];
  /** Why the kernel gate cannot stop its packets as a last method; absent: it can, or is not configured. */
  readonly gateProblem?: string;
}

/** Commands for the guard at one FRR socket when the agent is dead. */
export interface GuardOrder {
  readonly socketPath: string;
  /** At least one, weaker first, as in the file: the next is tried when one has no effect. */
  readonly steps: readonly GuardStep[];
  /** Maximum time for FRR to show the effect of a step. */
  readonly verifyMs: number;
  /** The daemon behind the socket, to be killed if it does not execute the commands; absent: it is not killed. */
  readonly daemon?: NamedProcess;
}

/** One method of withdrawal, as executed by the guard. */
export interface GuardStep {
  readonly method: WithdrawalMethod;
  /** Starting and ending in privileged mode. */
  readonly commands: readonly string[];
  /** Prefixes that FRR must no longer advertise then; absent: it suffices that FRR has accepted the commands. */
  readonly readBack?: readonly AdvertisedQuestion[];
}

/** A process, identified by its pid file and name. */
export interface NamedProcess {
  readonly pidFile: string;
  readonly name: string;
}

/** A file to be written by the guard when the agent is dead. */
export interface FileOrder {
  readonly file: string;
  readonly text: string;
}

export type Order = GuardOrder | FileOrder;

/** Names of the protocols in messages. */
export const PROTOCOLS: Readonly<Record<string, string>> = { bfd: 'BFD', bgp: 'BGP', vrrp: 'VRRP' };

/** Whether a session is up, by FRR's or keepalived's state; VRRP decides which gateway is master. */
export function isSessionUp(kind: string, state: string): boolean {
  if (kind === 'vrrp') return state === 'MASTER' || state === 'BACKUP';
  return state === (kind === 'bfd' ? 'up' : 'Established');
}

/** The announcements to one upstream by one protocol. Calls are idempotent. */
export interface Announcer {
  readonly upstream: string;
  /** Supports announcing as a backup. */
  readonly offersBackup: boolean;
  /** Applies it and reads it back. @throws AnnouncementError when it could not be verified */
  announce(wanted: Announced): Promise<void>;
  /**
   * Applies it and reads it back, by increasingly strong methods. @throws AnnouncementError when none could be
   * verified: an alarm
   */
  withdraw(): Promise<void>;
  /** Reads FRR's state; an unresponsive FRR is an observation, not an error. */
  observe(): Promise<UpstreamObservation>;
  /** Whether the observed state is the one this announcer would establish. */
  isAs(wanted: Wanted, seen: UpstreamObservation): boolean;
  /** As of the last observation. */
  guardOrders(): readonly Order[];
  /**
   * Packets received from the upstream for this node's prefixes, counted from the first call until it is announced
   * again; undefined: the kernel cannot count them.
   */
  countArrivals?(): number | undefined;
  /** Whether the traffic has proven the last withdrawal; true also if it cannot be measured. Absent: as true. */
  readonly isProven?: boolean;
  /** The node is withdrawn and ends: removes leftovers. Never throws. */
  retire?(): Promise<void>;
  /** Another announcer takes over the same peers: removes what would conflict. */
  release?(): void;
  close(): void;
}

/** The announcement is not in the wanted state, or its state is unknown. */
export class AnnouncementError extends Error {
  override readonly name = 'AnnouncementError';
  readonly code: Code;

  constructor(message: string, { code = 'announcement-failed', cause }: { code?: Code; cause?: unknown } = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** The configuration cannot be implemented. */
export class AnnouncerOptionsError extends Error {
  override readonly name = 'AnnouncerOptionsError';
  readonly code: Code = 'upstream-invalid';
}
