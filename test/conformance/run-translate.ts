import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A packet and when it is sent, in milliseconds of the run. */
export interface Sent {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** What the program said of one packet, with the packets themselves. */
export interface Answer {
  readonly verdict: string;
  readonly counter: string;
  readonly out: readonly Uint8Array[];
}

export interface TimerAnswer {
  readonly atMs: number;
  readonly out: readonly Uint8Array[];
}

export interface Run {
  readonly answers: readonly Answer[];
  readonly timers: readonly TimerAnswer[];
}

export const PROGRAM = 'dist/main.js';
const RAW_IP = 101;
/** Of the first packet, in seconds: any day will do. */
const DAY = 1_700_000_000;

/**
 * Runs `isthmus translate` as anybody would: files in, files and lines out.
 * @param packets what the capture has, or the file that has it
 */
export function translate(
  config: string,
  instance: string,
  packets: readonly Sent[] | string,
  more: readonly string[] = [],
): Run {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there; npm run build makes it`);
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-conformance-'));
  const file = (name: string): string => join(folder, name);
  try {
    writeFileSync(file('cluster.yaml'), config);
    if (typeof packets !== 'string') writeFileSync(file('in.pcap'), capture(packets));
    const input = typeof packets === 'string' ? packets : file('in.pcap');
    const files = ['--config', file('cluster.yaml'), '--in', input, '--out', file('out.pcap')];
    const text = execFileSync(
      process.execPath,
      [PROGRAM, 'translate', ...files, '--instance', instance, '--json', ...more],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return readAnswers(text, readCapture(readFileSync(file('out.pcap'))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Line {
  readonly index?: number;
  readonly timer?: true;
  readonly verdict?: string;
  readonly counter?: string;
  readonly out: readonly number[];
}

function readAnswers(text: string, output: readonly Sent[]): Run {
  const answers: Answer[] = [];
  const timers: TimerAnswer[] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the lines that docs/cli.md describes
    const { index, verdict, counter, out } = JSON.parse(line) as Line;
    const packets = out.map((number) => output[number]);
    const bytes = packets.map((packet) => packet.bytes);
    if (index === undefined) timers.push({ atMs: packets[0]?.atMs ?? 0, out: bytes });
    else answers[index] = { verdict: verdict ?? '', counter: counter ?? '', out: bytes };
  }
  return { answers, timers };
}

/** A pcap file in little-endian order with microseconds (draft-ietf-opsawg-pcap). */
function capture(packets: readonly Sent[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2c3d4, true);
  head.setUint16(4, 2, true);
  head.setUint16(6, 4, true);
  head.setUint32(16, 262_144, true);
  head.setUint32(20, RAW_IP, true);
  const records = packets.flatMap(({ atMs, bytes }) => {
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, DAY + Math.floor(atMs / 1000), true);
    record.setUint32(4, (atMs % 1000) * 1000, true);
    record.setUint32(8, bytes.length, true);
    record.setUint32(12, bytes.length, true);
    return [new Uint8Array(record.buffer), bytes];
  });
  return Buffer.concat([new Uint8Array(head.buffer), ...records]);
}

/** Any pcap: the magic number tells the byte order and what the fraction of a second counts. */
function readCapture(file: Uint8Array): Sent[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const little = [0xa1b2c3d4, 0xa1b23c4d].includes(view.getUint32(0, true));
  const magic = view.getUint32(0, little);
  if (magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) throw new Error('the output is no pcap file');
  const perMs = magic === 0xa1b2c3d4 ? 1000 : 1_000_000;
  if (view.getUint32(20, little) !== RAW_IP) throw new Error('the output is not raw IP');
  const packets: Sent[] = [];
  for (let at = 24; at < file.length;) {
    const length = view.getUint32(at + 8, little);
    const atMs = (view.getUint32(at, little) - DAY) * 1000 + view.getUint32(at + 4, little) / perMs;
    packets.push({ atMs, bytes: file.slice(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return packets;
}
