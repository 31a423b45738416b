/**
 * Maximum number of tracked frames per instance; beyond, the oldest is dropped, and its records are confirmed with the
 * next one.
 */
const MAX_FRAMES = 4096;

interface Watched {
  /** Number of records sent: the position of the last one in the instance's log. */
  sent: number;
  confirmed: number;
  /** Frames with records of this instance, by sequence, and the number of records sent up to each. */
  readonly frames: { readonly sequence: number; readonly sent: number }[];
}

/** Tracks how far other nodes have received the logs of instances that defer first packets. */
export class Confirmations {
  readonly #watched = new Map<string, Watched>();

  constructor(instances: readonly string[]) {
    this.watch(instances);
  }

  /** Sets the instances whose records are awaited. */
  watch(instances: readonly string[]): void {
    for (const instance of this.#watched.keys()) if (!instances.includes(instance)) this.#watched.delete(instance);
    for (const instance of instances) {
      if (!this.#watched.has(instance)) this.#watched.set(instance, { sent: 0, confirmed: 0, frames: [] });
    }
  }

  /** Whether an instance's records are awaited. */
  awaited(instance: string): boolean {
    return this.#watched.has(instance);
  }

  /** Records of an instance were sent in a frame. @returns whether they are awaited */
  sent(instance: string, sequence: number, records: number): boolean {
    const watched = this.#watched.get(instance);
    if (watched === undefined) return false;
    watched.sent += records;
    watched.frames.push({ sequence, sent: watched.sent });
    if (watched.frames.length > MAX_FRAMES) watched.frames.shift();
    return true;
  }

  /**
   * A node has applied our log up to a frame.
   * @param holds whether that node accepts records of the instance
   * @param tell called with the number of records for each instance of which it has more than any node before
   */
  applied(
    sequence: number,
    holds: (instance: string) => boolean,
    tell: (instance: string, records: number) => void,
  ): void {
    for (const [instance, watched] of this.#watched) {
      const { frames } = watched;
      if (frames.length === 0 || frames[0].sequence > sequence || !holds(instance)) continue;
      let count = 1;
      while (count < frames.length && frames[count].sequence <= sequence) count += 1;
      watched.confirmed = frames[count - 1].sent;
      frames.splice(0, count);
      tell(instance, watched.confirmed);
    }
  }
}
