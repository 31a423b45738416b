import type { Code } from '../codes.ts';
import type { AdvertisedQuestion } from './advertised-routes.ts';
import type { WithdrawalMethod } from './withdrawal-methods.ts';

/**
 * `backup`: announced so that any other node which announces the same is preferred; where that is not possible, as
 * `announced`.
 */
export type Wanted = Announced | 'withdrawn';
export type Announced = 'announced' | 'backup';

/** One announcement (a BFD session, a BGP neighbour) as FRR shows it, or a VRRP instance as keepalived does. */
export interface SessionObservation {
  readonly kind: 'bfd' | 'bgp' | 'vrrp';
  /** Of VRRP the name of the instance. */
  readonly peer: string;
  readonly interface: string;
  /**
   * `announced`: open, so the router may send traffic; `withdrawn`: shut or not there; `unknown`: FRR does not answer.
   */
  readonly observed: 'announced' | 'withdrawn' | 'unknown';
  /** FRR's own word (`up`, `down`, `init`, `shutdown`), or `missing`; empty when FRR does not answer. */
  readonly state: string;
  /** One sentence where there is something to say. */
  readonly detail: string;
}

/** The detail of an announcement that is open, heard, and weaker than those of the other nodes. */
export const AS_BACKUP = 'as a backup';

/** What FRR shows of all the announcements to one upstream. */
export interface UpstreamObservation {
  readonly upstream: string;
  /** FRR has answered. */
  readonly readable: boolean;
  readonly sessions: readonly SessionObservation[];
  /** Why the kernel cannot stop its packets when nothing else withdraws; absent: it can, or shall not. */
  readonly gateProblem?: string;
}

/** What the guard is to do by one FRR socket when the agent is dead. */
export interface GuardOrder {
  readonly socketPath: string;
  /** At least one, weaker first, as in the file: the next is taken when one has no effect. */
  readonly steps: readonly GuardStep[];
  /** FRR must show the effect of a step within this time. */
  readonly verifyMs: number;
  /** The daemon behind the socket, to be ended when it does not carry them out; absent: it is left alone. */
  readonly daemon?: NamedProcess;
}

/** One method of withdrawal, as the guard carries it out. */
export interface GuardStep {
  readonly method: WithdrawalMethod;
  /** From privileged mode back to privileged mode. */
  readonly commands: readonly string[];
  /** What FRR must not advertise any more then; absent: it counts that FRR has taken the commands. */
  readonly readBack?: readonly AdvertisedQuestion[];
}

/** A process by the file with its number, and the name that it must have. */
export interface NamedProcess {
  readonly pidFile: string;
  readonly name: string;
}

/** A file that the guard is to write when the agent is dead. */
export interface FileOrder {
  readonly file: string;
  readonly text: string;
}

export type Order = GuardOrder | FileOrder;

/** How a protocol is called in sentences. */
export const PROTOCOLS: Readonly<Record<string, string>> = { bfd: 'BFD', bgp: 'BGP', vrrp: 'VRRP' };

/** Whether a session is up, by FRR's or keepalived's own word; which gateway is master, VRRP decides. */
export function isSessionUp(kind: string, state: string): boolean {
  if (kind === 'vrrp') return state === 'MASTER' || state === 'BACKUP';
  return state === (kind === 'bfd' ? 'up' : 'Established');
}

/** The announcements to one upstream by one protocol. Calls may be repeated at will: what is so already stays so. */
export interface Announcer {
  readonly upstream: string;
  /** It can be announced as a backup. */
  readonly offersBackup: boolean;
  /** Makes it so and reads it back. @throws AnnouncementError when it could not be verified */
  announce(wanted: Announced): Promise<void>;
  /**
   * Makes it so and reads it back, by stronger and stronger methods. @throws AnnouncementError when none could be
   * verified: an alarm
   */
  withdraw(): Promise<void>;
  /** Reads FRR's state; an FRR that does not answer is an observation, not an error. */
  observe(): Promise<UpstreamObservation>;
  /** Whether what was seen is what this announcer would make of it. */
  isAs(wanted: Wanted, seen: UpstreamObservation): boolean;
  /** As of the last observation. */
  guardOrders(): readonly Order[];
  /**
   * Packets that have come in from the upstream for this node's prefixes, counted from the first call on until it is
   * announced again; undefined: the kernel cannot count them.
   */
  countArrivals?(): number | undefined;
  /**
   * Whether the traffic has shown since the last withdrawal that it works; true also where nobody can tell. Absent: as
   * true.
   */
  readonly isProven?: boolean;
  /** The node is withdrawn and ends: takes away what would only be left behind. Never throws. */
  retire?(): Promise<void>;
  /** Others announce to the same peers from now on: takes away what stands in their way. */
  release?(): void;
  close(): void;
}

/** The announcement is not as wanted, or nobody can tell. */
export class AnnouncementError extends Error {
  override readonly name = 'AnnouncementError';
  readonly code: Code;

  constructor(message: string, { code = 'announcement-failed', cause }: { code?: Code; cause?: unknown } = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** What the configuration asks for cannot be done. */
export class AnnouncerOptionsError extends Error {
  override readonly name = 'AnnouncerOptionsError';
  readonly code: Code = 'upstream-invalid';
}
