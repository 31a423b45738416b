import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { PROGRAM, translate } from './run-translate.ts';

/** Packets that were sent to another translator step by step, and what came out of it. */
export interface Recording {
  /** Captures of raw IP packets, where the second of each is the number of its step. */
  readonly sent: string;
  readonly out: string;
  /** A list of what each step is about. */
  readonly steps: string;
  /** Steps that are answered by an error of which only the message is compared: its headers are those of the machine. */
  readonly ownErrors: ReadonlySet<string>;
  /** What of a packet is compared; absent: `comparable`. */
  readonly view?: (packet: Uint8Array) => Buffer;
}

interface Timed {
  readonly step: number;
  readonly bytes: Uint8Array;
}

function timed(file: string): Timed[] {
  const capture = readFileSync(file);
  const found: Timed[] = [];
  for (let at = 24; at < capture.length;) {
    const length = capture.readUInt32LE(at + 8);
    found.push({ step: capture.readUInt32LE(at), bytes: capture.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return found;
}

const ICMP_ERRORS: ReadonlySet<number | undefined> = new Set([3, 11, 12]);

/**
 * The packet without what nobody can foresee: the identification of an IPv4 packet and of one that an error quotes, and
 * with it their header checksums.
 */
export function comparable(packet: Uint8Array): Buffer {
  const copy = Buffer.from(packet);
  if ((copy[0] ?? 0) >> 4 !== 4) return copy;
  copy.fill(0, 4, 6).fill(0, 10, 12);
  if (copy[9] === 1 && ICMP_ERRORS.has(copy[20])) copy.fill(0, 32, 34).fill(0, 38, 40);
  return copy;
}

/** An error's message: without the headers before it, and without the checksum, which in IPv6 covers those. */
function messageOf(packet: Uint8Array): Buffer {
  const copy = comparable(packet);
  return copy.subarray(copy[0] === 0x45 ? 20 : 40).fill(0, 2, 4);
}

/** The cluster file that `isthmus config import …` writes; empty where the program is not built. */
export function imported(...args: readonly string[]): string {
  if (!existsSync(PROGRAM)) return '';
  const command = [PROGRAM, 'config', 'import', ...args];
  return execFileSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export interface Comparison {
  readonly steps: readonly string[];
  /** Steps that come out otherwise here. */
  readonly different: readonly string[];
  /** Packets that the other translator sent. */
  readonly recorded: number;
}

/** Translates the packets of a recording by an instance of a cluster file. */
export function compare(config: string, instance: string, recording: Recording): Comparison {
  const steps = z.array(z.string()).parse(JSON.parse(readFileSync(recording.steps, 'utf8')));
  const [sent, recorded] = [timed(recording.sent), timed(recording.out)];
  const { answers, timers } = translate(config, instance, recording.sent);
  if (answers.length !== sent.length || timers.length > 0) throw new Error('there are packets without an answer');
  const different = steps.filter((text, step) => {
    const own = answers.filter((_answer, index) => sent[index]?.step === step).flatMap(({ out }) => out);
    const theirs = recorded.filter((packet) => packet.step === step).map(({ bytes }) => bytes);
    const view = recording.ownErrors.has(text) ? messageOf : (recording.view ?? comparable);
    const hex = (packets: readonly Uint8Array[]): string[] => packets.map((one) => view(one).toString('hex'));
    return !isDeepStrictEqual(hex(own), hex(theirs));
  });
  return { steps, different, recorded: recorded.length };
}
