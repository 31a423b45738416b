import { beforeAll, expect, it } from 'vitest';
import { type Answer, translate } from './run-translate.ts';

/** One packet and what must become of it. */
export interface Case {
  readonly name: string;
  readonly send: Uint8Array;
  readonly verdict: 'translated' | 'hairpinned' | 'error' | 'dropped' | 'held';
  readonly out?: readonly Uint8Array[];
  /** The identification follows from what was sent, though the packet is no fragment. */
  readonly identified?: true;
}

/**
 * The cases of a file that go through the same instance are one capture: the program is started once for all of them.
 */
interface Batch {
  readonly packets: Uint8Array[];
  answers: readonly Answer[] | undefined;
}
const batches = new Map<string, Batch>();

/** Runs all cases through one stateless instance, in their order, and compares each. */
export function conforms(config: string, instance: string, cases: readonly Case[], more: readonly string[] = []): void {
  const key = JSON.stringify([config, instance, more]);
  const batch = batches.get(key) ?? { packets: [], answers: undefined };
  batches.set(key, batch);
  const first = batch.packets.length;
  batch.packets.push(...cases.map(({ send }) => send));
  beforeAll(() => {
    const sent = batch.packets.map((bytes, index) => ({ atMs: index * 10, bytes }));
    batch.answers ??= translate(config, instance, sent, more).answers;
  });
  it.each(cases.map((one, index) => [one.name, one, index] as const))(
    '%s',
    (_, { verdict, out, identified }, index) => {
      const answer = batch.answers?.[first + index];
      const show = identified === true ? hex : shown;
      expect([answer?.verdict, ...(answer?.out ?? []).map(show)]).toEqual([verdict, ...(out ?? []).map(show)]);
    },
  );
}

/**
 * The packet in hexadecimal. The identification of an IPv4 packet that is no fragment is anybody's choice (RFC 6864):
 * it is shown as such, with whether the header's checksum is right.
 */
export function shown(bytes: Uint8Array): string {
  const fragment = ((bytes[6] << 8) | bytes[7]) & 0x3fff;
  if (bytes[0] >> 4 !== 4 || fragment !== 0) return hex(bytes);
  let sum = 0;
  for (let at = 0; at < 20; at += 2) sum += (bytes[at] << 8) | bytes[at + 1];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return `${hex(bytes.subarray(0, 4))} any ${hex(bytes.subarray(6, 10))} ${sum === 0xffff ? 'right' : 'wrong'} ${hex(bytes.subarray(12))}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
