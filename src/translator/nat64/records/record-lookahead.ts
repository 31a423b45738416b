import type { RecordCodec } from './record-codec.ts';
import * as record from './session-record.ts';
import type { SessionStore } from '../tables/session-store.ts';

const { SESSION_RECORD_SIZE } = record;

/**
 * Prefetches the index entries that the next records need: they are rarely in a cache, and memory latency dominates the
 * cost of a record. All hashes are computed before the first access, so that the accesses overlap.
 */
export class RecordLookahead {
  /** Records per batch; more would exceed the memory accesses that a processor can overlap. */
  static readonly RECORDS = 16;
  /** Of each record, for the indexes of the BIB. */
  readonly clientHash = new Int32Array(RecordLookahead.RECORDS);
  readonly pool4Hash = new Int32Array(RecordLookahead.RECORDS);
  readonly #store: SessionStore;
  readonly #codec: RecordCodec;
  /** Written so that the compiler does not remove the accesses. */
  touched = 0;

  constructor(store: SessionStore, codec: RecordCodec) {
    this.#store = store;
    this.#codec = codec;
  }

  /** Examines consecutive records, at most RECORDS. */
  scan(bytes: Uint8Array, offset: number, count: number): void {
    for (let index = 0; index < count; index++) this.hash(bytes, offset + index * SESSION_RECORD_SIZE, index);
    const { entries } = this.#store;
    let touched = 0;
    for (let index = 0; index < count; index++) {
      touched ^= entries.touch(this.clientHash[index], this.pool4Hash[index]);
    }
    this.touched = touched;
  }

  /** The hashes of one record. */
  hash(bytes: Uint8Array, offset: number, index: number): void {
    const codec = this.#codec;
    const { entries } = this.#store;
    codec.open(bytes, offset);
    const protocol = codec.u8(record.RECORD_PROTOCOL);
    this.clientHash[index] = entries.hashOfClient(
      protocol,
      codec.u32(record.RECORD_CLIENT_ADDRESS),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 4),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 8),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 12),
      codec.u16(record.RECORD_CLIENT_PORT),
    );
    const address = codec.u32(record.RECORD_POOL4_ADDRESS);
    this.pool4Hash[index] = entries.hashOfPool4(protocol, address, codec.u16(record.RECORD_POOL4_PORT));
  }
}
