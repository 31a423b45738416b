/** What the main thread lets the keeper's thread know without a message, in shared memory. */
export interface SharedTurns {
  readonly iterations: SharedArrayBuffer;
  /** Counted up by the main thread with each iteration. */
  readonly counter: Int32Array;
  /** 1 while another node serves. */
  readonly covered: Int32Array;
  /** 1 while a worker stands still. */
  readonly stalled: Int32Array;
}

/** @param iterations of the other thread; absent: they are made */
export function sharedIterations(iterations = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)): SharedTurns {
  const at = (index: number): Int32Array => new Int32Array(iterations, index * Int32Array.BYTES_PER_ELEMENT, 1);
  return { iterations, counter: at(0), covered: at(1), stalled: at(2) };
}
