/** A way for frames to and from other nodes. What is sent on it may arrive late, twice, in any order, or never. */
export interface ReplicationLink {
  readonly name: string;
  /** The largest frame in bytes that goes through in one piece. */
  readonly maxFrameBytes: number;
  /** Whether frames that another node sent may be passed on to this link (a side of a ring), or reach everyone anyway. */
  readonly forwards: boolean;
  /**
   * Hands the frame over; the bytes must not be changed afterwards.
   * @returns false when the link's own queue is full or the link is down: the frame is lost on this link, and counted there.
   */
  send(frame: Uint8Array): boolean;
}

/** One or several links that are opened and closed together. */
export interface ReplicationTransport {
  readonly links: readonly ReplicationLink[];
  /** Opens the links. `onFrame` gets the index in `links`; the bytes are the receiver's to keep. */
  start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
}
