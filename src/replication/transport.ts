import type { RefusalCounts } from './refusals.ts';
import type { Code } from '../codes.ts';

/** A way for frames to and from other nodes. What is sent on it may arrive late, twice, in any order, or never. */
export interface ReplicationLink {
  readonly name: string;
  /** The largest frame in bytes that goes through in one piece. */
  readonly maxFrameBytes: number;
  /**
   * Whether frames that another node sent may be passed on to this link (a side of a ring), or reach everyone anyway.
   */
  readonly forwards: boolean;
  /** The slots of the nodes whose frames can come in here; absent: every node's. */
  readonly peers?: ReadonlySet<number>;
  /**
   * Hands the frame over, whose bytes are there until it returns: a link that still needs them then copies them.
   * @returns false when the link's own queue is full or the link is down: the frame is lost on this link, and counted
   * there.
   */
  send(frame: Uint8Array): boolean;
  /** Frames that may be under way at once before `send` refuses. */
  readonly queueFrames?: number;
  /** Frames wait for the network: what can do without it should not be sent now. Absent: it is not known. */
  readonly busy?: boolean;
  /** Bytes, as the kernel counts them, that may wait to be read; absent: whoever sends is held back otherwise. */
  readonly receiveRoom?: number | undefined;
  /** Frames that `send` has taken and the kernel has refused since. */
  readonly refusedLater?: number;
  /** Why nothing goes and comes here, in a sentence; undefined: it is open. */
  readonly missing?: string | undefined;
  /** Datagrams that the kernel has refused for this link before they were read, by reason. */
  refusedUnread?(): Partial<RefusalCounts>;
  /** Of a link that is a connection: how it stands. */
  streamStatus?(): StreamStatus;
}

/** A link that is a connection to one peer. */
export interface StreamStatus {
  readonly connected: boolean;
  /** Times that it was opened. */
  readonly connects: number;
  /** Attempts to open it that were in vain. */
  readonly failures: number;
  /** Frames that were not taken because too many were waiting. */
  readonly refusedFull: number;
  /** Why it is not open; empty while it is. */
  readonly reason: string;
}

/** Why somebody who came to this node was sent away. */
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
  /** Opens the links. `onFrame` gets the index in `links`; the bytes are there until it returns. */
  start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
  /** Who was sent away, where others come to this node. */
  connectionsRefused?(): ReadonlyMap<ConnectionRefusal, number>;
}
