/*
 * The body of a log frame, `LogBody` of proto/isthmus/v1/frames.proto, encoded and decoded by hand, because it is most
 * of the traffic between nodes and needs no object per field. In the wire format of protobuf, where a length is a
 * varint:
 *
 *     0a length │ 0a length instance │ 10 layout │ 1a length records │ …                     further batches
 */
const BATCHES = 0x0a;
const INSTANCE = 0x0a;
const LAYOUT = 0x10;
const RECORDS = 0x1a;

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

export interface LogBatch {
  readonly instance: string;
  readonly layout: number;
  /** Part of the decoded body. */
  readonly records: Uint8Array;
}

/** Encoding around the records of a batch. */
interface Around {
  readonly inner: number;
  readonly total: number;
}

function around(name: Uint8Array, records: number): Around {
  const inner = 1 + varintBytes(name.length) + name.length + 2 + 1 + varintBytes(records) + records;
  return { inner, total: 1 + varintBytes(inner) + inner };
}

/** Size of a batch in a body. @param records bytes of its records */
export function logBodyBytes(name: Uint8Array, records: number): number {
  return around(name, records).total;
}

/** Writes the encoding before the records of a batch. @param layout below 128 @returns offset for the records */
export function writeLogBody(
  out: Uint8Array,
  offset: number,
  name: Uint8Array,
  layout: number,
  records: number,
): number {
  let at = offset;
  out[at++] = BATCHES;
  at = writeVarint(out, at, around(name, records).inner);
  out[at++] = INSTANCE;
  at = writeVarint(out, at, name.length);
  out.set(name, at);
  at += name.length;
  out[at++] = LAYOUT;
  out[at++] = layout;
  out[at++] = RECORDS;
  return writeVarint(out, at, records);
}

/** Decodes bodies; unknown fields are skipped. */
export class LogBodyReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #name: Uint8Array = new Uint8Array(0);
  #instance = '';
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /** @returns the batches, or undefined when the bytes are not such a message */
  read(body: Uint8Array): readonly LogBatch[] | undefined {
    this.#bytes = body;
    this.#at = 0;
    const batches: LogBatch[] = [];
    while (this.#at < body.length) {
      const tag = this.#varint();
      if (tag !== BATCHES) {
        if (!this.#skip(tag, body.length)) return undefined;
        continue;
      }
      const end = this.#end(body.length);
      const batch = end < 0 ? undefined : this.#batch(end);
      if (batch === undefined) return undefined;
      batches.push(batch);
    }
    return this.#at === body.length ? batches : undefined;
  }

  #batch(end: number): LogBatch | undefined {
    let instance = '';
    let layout = 0;
    let records = this.#bytes.subarray(0, 0);
    while (this.#at < end) {
      const tag = this.#varint();
      if (tag === LAYOUT) layout = this.#varint();
      else if (tag === INSTANCE || tag === RECORDS) {
        const to = this.#end(end);
        if (to < 0) return undefined;
        if (tag === RECORDS) records = this.#bytes.subarray(this.#at, to);
        else {
          const text = this.#text(to);
          if (text === undefined) return undefined;
          instance = text;
        }
        this.#at = to;
      } else if (!this.#skip(tag, end)) return undefined;
    }
    return this.#at === end && layout >= 0 ? { instance, layout, records } : undefined;
  }

  /**
   * Decodes a name, with a cache, because consecutive frames are mostly of one instance. @returns undefined if it is
   * not UTF-8
   */
  #text(to: number): string | undefined {
    const [bytes, from, name] = [this.#bytes, this.#at, this.#name];
    let same = to - from === name.length;
    for (let index = 0; same && index < name.length; index++) same = bytes[from + index] === name[index];
    if (!same) {
      try {
        this.#instance = this.#decoder.decode(bytes.subarray(from, to));
      } catch {
        // A strict decoder reports invalid UTF-8 only by throwing.
        return undefined;
      }
      this.#name = bytes.slice(from, to);
    }
    return this.#instance;
  }

  /** End of the field whose length is next; -1: beyond its container. */
  #end(limit: number): number {
    const length = this.#varint();
    return length < 0 || this.#at + length > limit ? -1 : this.#at + length;
  }

  /** @returns whether the field is within its container */
  #skip(tag: number, limit: number): boolean {
    if (tag < 8) return false;
    const kind = tag & 7;
    if (kind === VARINT) return this.#skipVarint() && this.#at <= limit;
    if (kind === LENGTH_DELIMITED) this.#at = this.#end(limit);
    else if (kind === EIGHT_BYTES) this.#at += 8;
    else if (kind === FOUR_BYTES) this.#at += 4;
    else return false;
    return this.#at >= 0 && this.#at <= limit;
  }

  /** At most ten bytes, as for a 64-bit number. */
  #skipVarint(): boolean {
    for (let count = 0; count < 10; count++) if ((this.#bytes[this.#at++] ?? 0) < 0x80) return true;
    return false;
  }

  /** @returns a number below 2^31, or -1 */
  #varint(): number {
    let value = 0;
    // Multiplication instead of shifts: a fifth byte exceeds 32 bits.
    for (let place = 1; place < 2 ** 35; place *= 0x80) {
      if (this.#at >= this.#bytes.length) return -1;
      const byte = this.#bytes[this.#at++];
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value < 2 ** 31 ? value : -1;
    }
    return -1;
  }
}

function varintBytes(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
}

/** @param value below 2^21 @returns where the next field goes */
function writeVarint(out: Uint8Array, offset: number, value: number): number {
  let [at, left] = [offset, value];
  for (; left >= 0x80; left >>>= 7) out[at++] = (left & 0x7f) | 0x80;
  out[at++] = left;
  return at;
}
