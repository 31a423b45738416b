/** Shared memory from the main thread to the keeper's thread. */
export interface SharedTurns {
  readonly iterations: SharedArrayBuffer;
  /** Incremented by the main thread with each iteration. */
  readonly counter: Int32Array;
  /** 1 while another node serves. */
  readonly covered: Int32Array;
  /** 1 while a worker is stalled. */
  readonly stalled: Int32Array;
}

/** @param iterations memory of the other thread; absent: it is allocated */
export function sharedIterations(iterations = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)): SharedTurns {
  const at = (index: number): Int32Array => new Int32Array(iterations, index * Int32Array.BYTES_PER_ELEMENT, 1);
  return { iterations, counter: at(0), covered: at(1), stalled: at(2) };
}
