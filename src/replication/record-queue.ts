/** Consecutive records of one instance. */
interface Run {
  readonly instance: string;
  /** The instance's name in UTF-8, as in a frame. */
  readonly name: Buffer;
  records: number;
}

/**
 * Records queued for frames, in order: their bytes in a ring, and their instances as runs.
 *
 *     bytes  │ … free … │ r r r r r r r r r r r │ … free … │
 *     runs              │ internet 4 │ lower 7  │
 */
export class RecordQueue {
  readonly capacity: number;
  readonly #recordBytes: number;
  readonly #bytes: Uint8Array;
  readonly #runs: Run[] = [];
  readonly #names = new Map<string, Buffer>();
  /** Position of the oldest record. */
  #first = 0;
  #count = 0;

  /** @param capacity maximum number of records @param recordBytes bytes of each */
  constructor(capacity: number, recordBytes: number) {
    this.capacity = capacity;
    this.#recordBytes = recordBytes;
    this.#bytes = new Uint8Array(capacity * recordBytes);
  }

  /** Number of queued records. */
  get length(): number {
    return this.#count;
  }

  /** Copies records, all or none. @returns false: the queue is full */
  push(instance: string, records: Uint8Array, count: number): boolean {
    if (this.#count + count > this.capacity) return false;
    if (count === 0) return true;
    const place = (this.#first + this.#count) % this.capacity;
    const untilEnd = Math.min(count, this.capacity - place);
    this.#copyIn(records, 0, place, untilEnd);
    if (untilEnd < count) this.#copyIn(records, untilEnd, 0, count - untilEnd);
    this.#count += count;
    const last = this.#runs.at(-1);
    if (last?.instance === instance) last.records += count;
    else this.#runs.push({ instance, name: this.#nameOf(instance), records: count });
    return true;
  }

  /** The queue, oldest first: runs of records of one instance. */
  get runs(): readonly Readonly<Run>[] {
    return this.#runs;
  }

  /** Moves the oldest records to `out`. @param count at most those of the first run */
  take(out: Uint8Array, offset: number, count: number): void {
    const untilEnd = Math.min(count, this.capacity - this.#first);
    this.#copyOut(out, offset, this.#first, untilEnd);
    if (untilEnd < count) this.#copyOut(out, offset + untilEnd * this.#recordBytes, 0, count - untilEnd);
    this.#first = (this.#first + count) % this.capacity;
    this.#count -= count;
    const [run] = this.#runs;
    run.records -= count;
    if (run.records === 0) this.#runs.shift();
  }

  #copyIn(records: Uint8Array, from: number, place: number, count: number): void {
    const size = this.#recordBytes;
    this.#bytes.set(records.subarray(from * size, (from + count) * size), place * size);
  }

  #copyOut(out: Uint8Array, offset: number, place: number, count: number): void {
    const size = this.#recordBytes;
    out.set(this.#bytes.subarray(place * size, (place + count) * size), offset);
  }

  #nameOf(instance: string): Buffer {
    let name = this.#names.get(instance);
    if (name === undefined) {
      name = Buffer.from(instance);
      this.#names.set(instance, name);
    }
    return name;
  }
}
