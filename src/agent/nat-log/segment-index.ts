/*
 * The index of a closed file of lines, beside it (`STEM.index`). Numbers in little-endian order, that of the supported
 * machines:
 *
 *      0  "ISTHMUSI" (8)
 *      8  version of this layout (4), lines (4)
 *     16  time of the first and of the last line, milliseconds since 1970 (8 each)
 *     32  blocks (4), entries by pool4 (4), entries by client (4), bytes of lines at the end (4)
 *     48  blocks: where each begins in the file, and its length (float64, 8 each)
 *         entries by pool4:  hash (4), block (4), in the order of the hashes
 *         entries by client: the same
 *         lines about the log itself once more, so that one read has them; none where they are too many
 *
 * A block is a run of complete lines, compressed separately if the file is. A look-up reads about twenty positions of
 * the index and the candidate blocks; a hash collision costs one more block.
 */
export const INDEX_MAGIC = 'ISTHMUSI';
export const INDEX_VERSION = 1;
export const INDEX_HEADER = 48;
export const AT_VERSION = 8;
export const AT_LINES = 12;
export const AT_FIRST = 16;
export const AT_LAST = 24;
export const AT_BLOCKS = 32;
export const AT_POOL4 = 36;
export const AT_CLIENTS = 40;
export const AT_NOTES = 44;
export const BLOCK_ENTRY = 16;
export const KEY_ENTRY = 8;

/** Port key of lines about a port block, or about the log itself. */
export const NO_PORT = 0x1_0000;
/** Address key of lines about the log itself: not valid in pool4. */
export const NO_ADDRESS = 0;

/** @param address host order */
export function pool4Key(address: number, port: number): number {
  return mix(mix(0x9e3779b9, address), port);
}

/** Clients are indexed by the first half of their address or pseudonym. */
export function clientKey(bytes: Uint8Array): number {
  let key = 0x85ebca6b;
  for (let at = 0; at < 8; at += 4) {
    key = mix(key, (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
  }
  return key;
}

function mix(hash: number, word: number): number {
  let next = Math.imul(hash ^ word, 0xcc9e2d51);
  next = (next << 15) | (next >>> 17);
  next = Math.imul(next ^ hash, 0x1b873593);
  return (next ^ (next >>> 16)) >>> 0;
}

/** Keys of a file under construction. */
class KeyList {
  #keys = new Uint32Array(4096);
  #blocks = new Uint32Array(4096);
  #count = 0;

  add(key: number, block: number): void {
    if (this.#count === this.#keys.length) {
      this.#keys = grown(this.#keys);
      this.#blocks = grown(this.#blocks);
    }
    this.#keys[this.#count] = key;
    this.#blocks[this.#count] = block;
    this.#count += 1;
  }

  /** Hash and block of each key, sorted, without duplicates. */
  sorted(): Float64Array {
    const both = new Float64Array(this.#count);
    for (let index = 0; index < this.#count; index++) both[index] = this.#keys[index] * 2 ** 21 + this.#blocks[index];
    both.sort();
    let kept = 0;
    for (const value of both) if (kept === 0 || both[kept - 1] !== value) both[kept++] = value;
    return both.subarray(0, kept);
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Maximum number of blocks per file: `KeyList` sorts hash and block as one number. */
export const MAX_BLOCKS = 2 ** 21 - 1;

/** Maximum size of lines about the log itself in an index, bytes: hours of them have a few thousand. */
const MAX_NOTES = 2 ** 20;

/** The index of one file under construction. */
export class IndexBuilder {
  lines = 0;
  firstMs = Number.POSITIVE_INFINITY;
  lastMs = Number.NEGATIVE_INFINITY;
  readonly #pool4 = new KeyList();
  readonly #clients = new KeyList();
  readonly #blocks: number[] = [];
  readonly #notes: Buffer[] = [];
  #notesSize = 0;

  /** A line about the log itself, including its newline. */
  addNote(line: Buffer): void {
    this.addPool4(pool4Key(NO_ADDRESS, NO_PORT));
    this.#notesSize += line.length;
    if (this.#notesSize <= MAX_NOTES) this.#notes.push(Buffer.from(line));
  }

  addPool4(key: number): void {
    this.#pool4.add(key, this.#blocks.length / 2);
  }

  addClient(key: number): void {
    this.#clients.add(key, this.#blocks.length / 2);
  }

  addTime(timeMs: number): void {
    this.firstMs = Math.min(this.firstMs, timeMs);
    this.lastMs = Math.max(this.lastMs, timeMs);
  }

  /** Ends a block with the lines since the previous one. */
  endBlock(offset: number, length: number): void {
    this.#blocks.push(offset, length);
  }

  /** The encoded index. */
  finish(): Buffer {
    const [pool4, clients] = [this.#pool4.sorted(), this.#clients.sorted()];
    const blocks = this.#blocks.length / 2;
    const notes = this.#notesSize > MAX_NOTES ? Buffer.alloc(0) : Buffer.concat(this.#notes);
    const size = INDEX_HEADER + blocks * BLOCK_ENTRY + (pool4.length + clients.length) * KEY_ENTRY;
    const out = Buffer.alloc(size + notes.length);
    out.write(INDEX_MAGIC, 'latin1');
    out.writeUInt32LE(INDEX_VERSION, AT_VERSION);
    out.writeUInt32LE(this.lines, AT_LINES);
    out.writeDoubleLE(this.firstMs, AT_FIRST);
    out.writeDoubleLE(this.lastMs, AT_LAST);
    out.writeUInt32LE(blocks, AT_BLOCKS);
    out.writeUInt32LE(pool4.length, AT_POOL4);
    out.writeUInt32LE(clients.length, AT_CLIENTS);
    out.writeUInt32LE(notes.length, AT_NOTES);
    out.set(notes, size);
    let at = INDEX_HEADER;
    for (const number of this.#blocks) {
      out.writeDoubleLE(number, at);
      at += 8;
    }
    for (const list of [pool4, clients]) {
      for (const both of list) {
        const key = Math.floor(both / 2 ** 21);
        out.writeUInt32LE(key, at);
        out.writeUInt32LE(both - key * 2 ** 21, at + 4);
        at += KEY_ENTRY;
      }
    }
    return out;
  }
}
