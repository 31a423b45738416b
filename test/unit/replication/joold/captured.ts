import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Payloads of a capture of Ethernet frames with UDP over IPv6, fragments put together. */
export function payloadsOf(file: string): Buffer[] {
  const capture = readFileSync(join(FIXTURES, file));
  const payloads: Buffer[] = [];
  let pending: Buffer[] = [];
  for (let at = 24; at < capture.length;) {
    const length = capture.readUInt32LE(at + 8);
    const packet = capture.subarray(at + 16 + 14, at + 16 + length);
    at += 16 + length;
    if (packet[6] === 17) payloads.push(packet.subarray(48));
    if (packet[6] !== 44) continue;
    pending.push(packet.subarray(48));
    if (((packet[43] ?? 0) & 1) === 0) {
      payloads.push(Buffer.concat(pending).subarray(8));
      pending = [];
    }
  }
  return payloads;
}

/** The rows that the sender's table had at the end. */
export function tableOf(file: string): string[] {
  return readFileSync(join(FIXTURES, file), 'utf8').trim().split('\n');
}
