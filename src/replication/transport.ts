import type { RefusalCounts } from './refusals.ts';
import type { Code } from '../codes.ts';

/** Carries frames to and from other nodes. Frames may arrive late, duplicated, reordered, or not at all. */
export interface ReplicationLink {
  readonly name: string;
  /** The largest frame that fits, bytes. */
  readonly maxFrameBytes: number;
  /**
   * Whether frames of other nodes should be forwarded to this link (a side of a ring); false where it reaches every
   * node anyway.
   */
  readonly forwards: boolean;
  /** The slots of the nodes that can be received here; absent: all. */
  readonly peers?: ReadonlySet<number>;
  /**
   * Sends a frame, whose bytes are valid until the call returns: a link that queues it makes a copy.
   * @returns false when the link's own queue is full or the link is down: the frame is lost on this link, and counted
   * there.
   */
  send(frame: Uint8Array): boolean;
  /** Number of frames that can be queued before `send` fails. */
  readonly queueFrames?: number;
  /** Frames are queued: low-priority traffic should wait. Absent: unknown. */
  readonly busy?: boolean;
  /** Size of the receive buffer, bytes as accounted by the kernel; absent: senders are limited otherwise. */
  readonly receiveRoom?: number | undefined;
  /** Frames accepted by `send` and rejected by the kernel later. */
  readonly refusedLater?: number;
  /** Why the link is down, a sentence; undefined: it is open. */
  readonly missing?: string | undefined;
  /** Datagrams rejected by the kernel's filter before they were read, by reason. */
  refusedUnread?(): Partial<RefusalCounts>;
  /** State of a link that is a connection. */
  streamStatus?(): StreamStatus;
}

/** A link that is a connection to one peer. */
export interface StreamStatus {
  readonly connected: boolean;
  /** Number of times that it was opened. */
  readonly connects: number;
  /** Failed attempts to open it. */
  readonly failures: number;
  /** Frames rejected because the queue was full. */
  readonly refusedFull: number;
  /** Why it is not open; empty: it is. */
  readonly reason: string;
}

/** Why a connection to this node was closed. */
export const CONNECTION_REFUSALS = {
  unproven: 'it did not show a certificate of the cluster in time',
  notANode: 'its certificate is not that of a node which calls this one',
  tooMany: 'too many connections',
} as const;
export type ConnectionRefusal = keyof typeof CONNECTION_REFUSALS;

/** A link cannot be opened. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly code: Code = 'link-unusable';
}

/** One or several links that are opened and closed together. */
export interface ReplicationTransport {
  readonly links: readonly ReplicationLink[];
  /** Opens the links. `onFrame` gets the index in `links`; the bytes are valid until it returns. */
  start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
  /** Rejected connections by reason, for transports that listen. */
  connectionsRefused?(): ReadonlyMap<ConnectionRefusal, number>;
}
