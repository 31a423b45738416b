/**
 * Frames of one instance that are remembered; beyond that the oldest is forgotten, and what it carried is confirmed
 * with the next one.
 */
const MAX_FRAMES = 4096;

interface Watched {
  /** Records sent so far: the position of the last one in the instance's log. */
  sent: number;
  confirmed: number;
  /** Frames with records of this instance, by sequence, and how many records had been sent with each. */
  readonly frames: { readonly sequence: number; readonly sent: number }[];
}

/** How far other nodes have the logs of the instances whose first packets wait for that. */
export class Confirmations {
  readonly #watched = new Map<string, Watched>();

  constructor(instances: readonly string[]) {
    this.watch(instances);
  }

  /** From now on somebody waits for the records of these instances, and of no other. */
  watch(instances: readonly string[]): void {
    for (const instance of this.#watched.keys()) if (!instances.includes(instance)) this.#watched.delete(instance);
    for (const instance of instances) {
      if (!this.#watched.has(instance)) this.#watched.set(instance, { sent: 0, confirmed: 0, frames: [] });
    }
  }

  /** Whether somebody waits for the records of an instance. */
  awaited(instance: string): boolean {
    return this.#watched.has(instance);
  }

  /** Records of an instance have gone out in a frame. @returns whether somebody waits for them */
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
   * @param holds whether that node takes records of the instance at all
   * @param tell called for each instance of which it has more than any node had before, with how many records
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
