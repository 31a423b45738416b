import type { BibTable } from '../tables/bib-table.ts';
import { finish, mix, spread } from '../tables/keyed-hash.ts';
import * as record from './session-record.ts';
import type { SessionTable } from '../tables/session-table.ts';
import { recordedState } from '../tables/tcp-state.ts';

/** Fixed keys, because all nodes must compute the same digest. */
const DIGEST_SEED_HIGH = 0x49737468;
const DIGEST_SEED_LOW = 0x6d757331;

/** The record that is being written or read; the view is made once per buffer, not per record. */
export class RecordCodec {
  hashHigh = 0;
  hashLow = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);
  #at = 0;

  open(bytes: Uint8Array, offset: number): void {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#at = offset;
  }

  u8(field: number): number {
    return this.#bytes[this.#at + field];
  }

  u16(field: number): number {
    return this.#view.getUint16(this.#at + field);
  }

  u32(field: number): number {
    return this.#view.getUint32(this.#at + field);
  }

  setU8(field: number, value: number): void {
    this.#bytes[this.#at + field] = value;
  }

  setU32(field: number, value: number): void {
    this.#view.setUint32(this.#at + field, value);
  }

  clear(): void {
    this.#bytes.fill(0, this.#at, this.#at + record.SESSION_RECORD_SIZE);
  }

  /** A 64-bit field from a number below 2^53. */
  setU64(field: number, value: number): void {
    this.#view.setUint32(this.#at + field, Math.floor(value / 0x100000000));
    this.#view.setUint32(this.#at + field + 4, value >>> 0);
  }

  u64(field: number): number {
    return this.u32(field) * 0x100000000 + this.u32(field + 4);
  }

  /** Writes the fields of a session; kind, lifetime, age, log position and writer are zero. */
  writeSession(sessions: SessionTable, entries: BibTable, slot: number): void {
    const bib = sessions.bib[slot];
    const at = this.#at;
    const view = this.#view;
    view.setUint32(at, 0);
    const flags = sessions.isFromOutside(slot) ? record.SessionFlag.fromOutside : 0;
    view.setUint16(at + record.RECORD_FLAGS, flags << 8);
    this.#bytes[at + record.RECORD_OWNER] = sessions.owner[slot];
    this.#bytes[at + record.RECORD_PROTOCOL] = entries.protocol[bib];
    this.#bytes[at + record.RECORD_STATE] = recordedState(sessions.state[slot]);
    view.setUint16(at + record.RECORD_CLIENT_PORT, entries.clientPort[bib]);
    for (let index = 0; index < 4; index++) {
      view.setUint32(at + record.RECORD_CLIENT_ADDRESS + 4 * index, entries.client[4 * bib + index]);
    }
    view.setUint32(at + record.RECORD_POOL4_ADDRESS, entries.pool4[bib]);
    view.setUint16(at + record.RECORD_POOL4_PORT, entries.pool4Port[bib]);
    view.setUint16(at + record.RECORD_REMOTE_PORT, sessions.remotePort[slot]);
    view.setUint32(at + record.RECORD_REMOTE_ADDRESS, sessions.remote[slot]);
    view.setUint32(at + record.RECORD_LIFETIME, 0);
    view.setUint32(at + record.RECORD_VERSION, 0);
    view.setUint32(at + record.RECORD_VERSION + 4, sessions.version[slot]);
    for (let field = record.RECORD_LOG_POSITION; field < record.SESSION_RECORD_SIZE; field += 4) {
      view.setUint32(at + field, 0);
    }
  }

  /**
   * Hashes the fields that all replicas must agree on: bytes 1 to 35 and the version. The result is in hashHigh and
   * hashLow.
   */
  hash(): void {
    let k = spread(this.u32(0) & 0xffffff);
    let high = mix(DIGEST_SEED_HIGH, k);
    let low = mix(DIGEST_SEED_LOW, k);
    for (let field = 4; field < record.RECORD_LIFETIME; field += 4) {
      k = spread(this.u32(field));
      high = mix(high, k);
      low = mix(low, k);
    }
    k = spread(this.u32(record.RECORD_VERSION + 4));
    this.hashHigh = finish(mix(high, k)) >>> 0;
    this.hashLow = finish(mix(low, k)) >>> 0;
  }
}
