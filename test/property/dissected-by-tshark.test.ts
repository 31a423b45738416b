import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPTIONS as NAT64 } from '../unit/translator/nat64/bench-of-one.ts';
import { icmpError } from '../unit/translator/packets.ts';
import { OPTIONS as SIIT } from '../unit/translator/siit/options.ts';
import { arbitraryPacket } from './arbitrary-packets.ts';
import { Stand } from './translator-stand.ts';

const SEED = 20_260_517;
const HEADER = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0];
const CHECKS = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);
const PROTOCOLS = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'];

/** What tshark says of each packet: its checksums (1: good) and whether it is malformed. */
function dissect(packets: readonly Uint8Array[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
  const file = join(folder, 'packets.pcap');
  const records = packets.flatMap((bytes) => {
    const head = new DataView(new ArrayBuffer(16));
    head.setUint32(8, bytes.length, true);
    head.setUint32(12, bytes.length, true);
    return [new Uint8Array(head.buffer), bytes];
  });
  try {
    writeFileSync(file, Buffer.concat([Uint8Array.from(HEADER), ...records]));
    const fields = [
      ...PROTOCOLS.map((name) => `${name}.checksum.status`),
      '_ws.malformed',
      'ip.version',
      'ipv6.version',
    ];
    const options = fields.flatMap((name) => ['-e', name]);
    const text = execFileSync('tshark', ['-r', file, ...CHECKS, '-T', 'fields', '-E', 'occurrence=f', ...options], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what tshark says of translated packets', () => {
  it('all checksums are good and nothing is malformed', () => {
    const siit = new Stand(SIIT);
    const nat64 = new Stand({ ...NAT64, clampMss: true, ftpAlg: true });
    const inside = fc.sample(arbitraryPacket('2001:db8:3::5', '2001:db8:1c0:2:21::'), { numRuns: 150, seed: SEED });
    const outside = fc.sample(arbitraryPacket('192.0.2.33', '1.0.0.5'), { numRuns: 150, seed: SEED });
    const clients = fc.sample(arbitraryPacket('2001:db8::5', '64:ff9b::c633:6407'), { numRuns: 300, seed: SEED });
    const errors = outside.map((bytes, index) => {
      const about = siit.send(inside[index])[0] ?? bytes;
      return icmpError({ src: '203.0.113.77', dst: '1.0.0.5' }, 3, index % 14, 1400, about.subarray(0, 548));
    });
    const out = [...inside, ...outside, ...errors].flatMap((bytes) => siit.send(bytes));
    out.push(...clients.flatMap((bytes) => nat64.send(bytes)));
    expect(out.length).toBeGreaterThan(400);
    const lines = dissect(out);
    expect(lines.length).toBe(out.length);
    const bad = lines.filter(
      (line) => line.slice(0, 5).some((status) => status !== '' && status !== '1') || line[5] !== '',
    );
    expect(bad).toEqual([]);
    expect(lines.some((line) => line[3] === '1') && lines.some((line) => line[4] === '1')).toBe(true);
  });
});
