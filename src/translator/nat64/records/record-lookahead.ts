import type { RecordCodec } from './record-codec.ts';
import * as record from './session-record.ts';
import type { SessionStore } from '../tables/session-store.ts';

const { SESSION_RECORD_SIZE } = record;

/**
 * What the next records need of the BIB's indexes, looked for all at once: no cache holds those, and waiting for memory
 * is much of what a record costs. The processor waits for all places together when it has all hashes before it touches
 * the first one.
 */
export class RecordLookahead {
  /** Records that are looked at together; more would push each other out of what the processor can wait for at once. */
  static readonly RECORDS = 16;
  /** Of each record, for the indexes of the BIB. */
  readonly clientHash = new Int32Array(RecordLookahead.RECORDS);
  readonly pool4Hash = new Int32Array(RecordLookahead.RECORDS);
  readonly #store: SessionStore;
  readonly #codec: RecordCodec;
  /** Written so that what is touched counts as used. */
  touched = 0;

  constructor(store: SessionStore, codec: RecordCodec) {
    this.#store = store;
    this.#codec = codec;
  }

  /** Looks at records that lie one after the other, at most RECORDS. */
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
