import { RecordCodec } from '../../src/translator/nat64/records/record-codec.ts';
import * as record from '../../src/translator/nat64/records/session-record.ts';
import type { SessionStore } from '../../src/translator/nat64/tables/session-store.ts';

/** Bytes of a record that name a session: protocol, client, pool4, remote. */
const NAME_FIELDS: readonly (readonly [from: number, to: number])[] = [
  [record.RECORD_PROTOCOL, record.RECORD_PROTOCOL + 1],
  [record.RECORD_CLIENT_PORT, record.RECORD_LIFETIME],
];

/**
 * Every live session of one owner as the record that speaks of it, kind, lifetime and log position left out, by its
 * name; a character is a byte.
 */
export function sessionsOf(store: SessionStore, owner: number): Map<string, string> {
  const codec = new RecordCodec();
  const bytes = Buffer.alloc(record.SESSION_RECORD_SIZE);
  const all = new Map<string, string>();
  for (let slot = 0; slot < store.sessions.used; slot++) {
    if (!store.sessions.isLive(slot) || store.sessions.owner[slot] !== owner) continue;
    codec.open(bytes, 0);
    codec.writeSession(store.sessions, store.entries, slot);
    const name = NAME_FIELDS.map(([from, to]) => bytes.toString('latin1', from, to)).join('');
    all.set(name, bytes.toString('latin1', 1, 48));
  }
  return all;
}

/** What the two differ in, a line each; empty: they are the same. */
export function differences(owner: ReadonlyMap<string, string>, replica: ReadonlyMap<string, string>): string[] {
  const lines: string[] = [];
  for (const [name, words] of owner) {
    const there = replica.get(name);
    if (there === undefined) lines.push(`the replica lacks ${hex(words)}`);
    else if (there !== words) lines.push(`owner ${hex(words)}, replica ${hex(there)}`);
  }
  for (const [name, words] of replica) if (!owner.has(name)) lines.push(`the owner lacks ${hex(words)}`);
  return lines;
}

function hex(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('hex');
}

/** The session that a record is about, as the table has it. @returns its slot, or -1 */
export function findSession({ entries, sessions }: SessionStore, bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, record.SESSION_RECORD_SIZE);
  const pool4 = view.getUint32(record.RECORD_POOL4_ADDRESS);
  const bib = entries.findByPool4(
    bytes[offset + record.RECORD_PROTOCOL],
    pool4,
    view.getUint16(record.RECORD_POOL4_PORT),
  );
  if (bib < 0 || entries.isHeld(bib)) return -1;
  for (let word = 0; word < 4; word++) {
    if (entries.client[4 * bib + word] !== view.getUint32(record.RECORD_CLIENT_ADDRESS + 4 * word)) return -1;
  }
  if (entries.clientPort[bib] !== view.getUint16(record.RECORD_CLIENT_PORT)) return -1;
  return sessions.find(bib, view.getUint32(record.RECORD_REMOTE_ADDRESS), view.getUint16(record.RECORD_REMOTE_PORT));
}
