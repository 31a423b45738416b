/** The node that writes, its slot, and the epoch of its agent. */
export interface LogIdentity {
  readonly node: string;
  readonly slot: number;
  readonly epoch: number;
}

/** Where events come from: what each line says of them beside the event. Plain data. */
export interface LogSource extends LogIdentity {
  readonly instance: string;
  /** natInstanceID of IPFIX (RFC 8158): the place of the instance in the cluster file, from 1. */
  readonly number: number;
  readonly limits: SourceLimits;
}

/** What quota events of IPFIX name. */
export interface SourceLimits {
  readonly sessions: number;
  readonly perClient: number;
  /** Percentages of the pool watermarks. */
  readonly high: number;
  readonly low: number;
}

/** A source with the ring that a worker writes its events into. */
export interface RingSource {
  readonly source: LogSource;
  readonly ring: SharedArrayBuffer;
}
