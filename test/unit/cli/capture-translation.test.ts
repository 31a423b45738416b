import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptureTranslation, type TranslateLine } from '../../../src/cli/capture-translation.ts';
import { type CaptureTime, readCapture } from '../../../src/net/capture-file.ts';
import type { TranslatorOptions } from '../../../src/translator/options.ts';
import { OPTIONS as NAT64 } from '../translator/nat64/bench-of-one.ts';
import { echo, FLAGS, icmpError, tcp, udp } from '../translator/packets.ts';
import { OPTIONS as SIIT } from '../translator/siit/options.ts';

const START = 1_700_000_000;
const CLIENT = '2001:db8::5';
const REMOTE = '64:ff9b::c633:6401';

type Sent = readonly [time: CaptureTime, packet: Uint8Array | undefined];

function at(seconds: number, nanoseconds = 0): CaptureTime {
  return { seconds: START + seconds, nanoseconds };
}

function run(options: TranslatorOptions, packets: readonly Sent[]): { lines: TranslateLine[]; file: Uint8Array } {
  const lines: TranslateLine[] = [];
  const translation = new CaptureTranslation(options, true, (line) => lines.push(line));
  for (const [time, ip] of packets) translation.packet({ time, ip, cutOff: false });
  translation.finish(10_000);
  return { lines, file: translation.output.bytes() };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'translate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SYN = tcp({ src: '198.51.100.1', dst: '192.0.2.5' }, 4000, 5000, FLAGS.syn);

describe('a capture through a translator', () => {
  it('gives a line for each packet, and names what a verdict has no better word for', () => {
    const { lines } = run(NAT64, [
      [at(0), udp({ src: CLIENT, dst: REMOTE }, 5, 6)],
      [at(0), udp({ src: CLIENT, dst: '2001:db8::9' }, 5, 6)],
      [at(0), udp({ src: CLIENT, dst: REMOTE, hops: 1 }, 5, 6)],
      [at(0), undefined],
    ]);
    expect(lines).toEqual([
      { index: 0, verdict: 'translated', out: [0] },
      { index: 1, verdict: 'dropped', counter: 'dropNotForUs6', out: [] },
      { index: 2, verdict: 'error', counter: 'answerTtl', out: [1] },
      { index: 3, verdict: 'dropped', counter: 'dropBadHeader', out: [] },
    ]);
  });

  it.each([
    ['the capture ends', []],
    ['the next packet comes much later', [[at(100_000), udp({ src: CLIENT, dst: REMOTE }, 5, 6)] as const]],
    [
      'packets come all the time',
      Array.from({ length: 70 }, (_, index) => [at(0, 1000 + 99_900_000 * index), undefined] as const),
    ],
  ])('sends what a timer sends exactly when it is due: %s', (_name, more) => {
    const later = more.map(
      ([time, packet]) =>
        [at(time.seconds - START + Math.floor(time.nanoseconds / 1e9), time.nanoseconds % 1e9), packet] as const,
    );
    const { lines, file } = run(NAT64, [[at(0, 123_456_789), SYN], ...later]);
    expect(lines[0]).toEqual({ index: 0, verdict: 'held', counter: 'heldSyn', out: [] });
    expect(lines.filter((line) => 'timer' in line)).toEqual([{ timer: true, out: [0] }]);
    const [first] = readCapture(file).packets;
    expect(first?.time).toEqual(at(6, 123_456_789));
    expect([...(first?.ip ?? [])].slice(20, 22)).toEqual([3, 3]);
  });

  it('keeps nanoseconds of hours later', () => {
    const { file } = run(NAT64, [
      [at(0, 1), udp({ src: CLIENT, dst: REMOTE }, 5, 6)],
      [at(86_400, 999_999_999), udp({ src: CLIENT, dst: REMOTE }, 5, 6)],
    ]);
    expect(readCapture(file).packets.map(({ time }) => time)).toEqual([at(0, 1), at(86_400, 999_999_999)]);
  });

  it('sends every ICMP error, however many are due at once', () => {
    const expired = udp({ src: CLIENT, dst: REMOTE, hops: 1 }, 5, 6);
    const { lines } = run(
      NAT64,
      Array.from({ length: 3000 }, () => [at(0), expired] as const),
    );
    expect(lines.filter((line) => 'verdict' in line && line.verdict === 'error')).toHaveLength(3000);
  });

  it('gives the same packets at every run', () => {
    const packets = Array.from(
      { length: 50 },
      (_, index) => [at(index), udp({ src: CLIENT, dst: REMOTE }, index, 6)] as const,
    );
    expect(run(NAT64, packets)).toEqual(run(NAT64, packets));
  });

  it('writes what tshark finds good in every checksum', () => {
    const quoted = udp({ src: '2001:db8:1c0:2:21::', dst: '2001:db8:3::5' }, 7, 8, [1, 2, 3]);
    const { file } = run(SIIT, [
      [at(0), tcp({ src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::' }, 1, 2, 16, [1, 2, 3])],
      [at(0), udp({ src: '192.0.2.33', dst: '1.0.0.5' }, 1, 2, [1, 2, 3])],
      [at(0), echo({ src: '192.0.2.33', dst: '1.0.0.5' }, 8, 2, [1, 2, 3])],
      [at(0), icmpError({ src: '2001:db8:ffff::1', dst: '2001:db8:1c0:2:21::' }, 3, 0, 0, quoted)],
      [at(0), udp({ src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::', hops: 1 }, 1, 2)],
    ]);
    const name = join(folder, 'out.pcap');
    writeFileSync(name, file);
    const checks = ['tcp', 'udp', 'icmp', 'icmpv6', 'icmp.ext'].map((field) => `${field}.checksum.status`);
    const checking = ['ip', 'tcp', 'udp'].flatMap((one) => ['-o', `${one}.check_checksum:TRUE`]);
    const fields = ['ip.checksum.status', ...checks, 'icmp.int_info.ipv6', '_ws.malformed'].flatMap((field) => [
      '-e',
      field,
    ]);
    const seen = execFileSync('tshark', ['-r', name, ...checking, '-T', 'fields', ...fields], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const rows = seen
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').map((cell) => cell.split(',')));
    expect(rows).toHaveLength(5);
    // Status 1 is good, 2 unverified (inside a quote), 0 bad.
    for (const row of rows) for (const cell of row.slice(0, 6)) expect(cell).not.toContain('0');
    expect(rows[3]?.[5]).toEqual(['1']);
    expect(rows[3]?.[6]).toEqual(['2001:db8:ffff::1']);
    expect(rows.every((row) => (row[7] ?? [''])[0] === '')).toBe(true);
  });
});
