/** The logging node, its slot, and the epoch of its agent. */
export interface LogIdentity {
  readonly node: string;
  readonly slot: number;
  readonly epoch: number;
}

/** Origin of events, as contained in each line. Plain data. */
export interface LogSource extends LogIdentity {
  readonly instance: string;
  /** natInstanceID of IPFIX (RFC 8158): the position of the instance in the cluster file, from 1. */
  readonly number: number;
  readonly limits: SourceLimits;
}

/** Limits for quota events of IPFIX. */
export interface SourceLimits {
  readonly sessions: number;
  readonly perClient: number;
  /** Percentages of the pool watermarks. */
  readonly high: number;
  readonly low: number;
}

/** A source with the ring of its worker's events. */
export interface RingSource {
  readonly source: LogSource;
  readonly ring: SharedArrayBuffer;
}
