import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROGRAM, translate } from './run-translate.ts';

/*
 * What the kernel modules of Jool 4.1.9 make of some packets, recorded on a machine that runs them (npm run test:jool),
 * beside what this project makes of the same packets with the configuration that `isthmus config import jool` has written
 * from Jool's own. Where the two differ the step is listed here, and in docs/from-jool.md.
 */

const FOLDER = process.env['JOOL_RECORDINGS'] ?? 'test/conformance/jool';

/** Steps that come out otherwise, and why. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nat64: {
    'data with a traffic class': 'Jool 4.1.9 clears the upper three bits of a traffic class',
    'port unreachable that quotes 28 octets': 'Jool 4.1.9 drops errors that quote less than a TCP header',
    'UDP to a port that nobody has': 'Jool leaves to the kernel what it has no mapping for, here it is dropped',
    'UDP to a port outside pool4': 'Jool leaves to the kernel what is not in pool4, here it is dropped',
    'hairpin, SYN': 'two hops, RFC 6146 section 3.8',
    'hairpin, SYN and ACK': 'two hops, RFC 6146 section 3.8',
    'two fragments from IPv6': 'for Jool the kernel puts fragments together; here each is translated',
    'two fragments from IPv4': 'for Jool the kernel puts fragments together; here each is translated',
    SCTP: 'Jool leaves other protocols to the kernel, here they are answered',
    'ICMPv6 of an unknown type': 'Jool leaves it to the kernel, here it is dropped',
    'ICMPv4 timestamp': 'Jool leaves it to the kernel, here it is dropped',
  },
  siit: {
    SYN: 'Jool 4.1.9 clears the upper three bits of a traffic class',
    'an IPv6 source without a mapping': 'Jool leaves it to the kernel, here it is answered',
    'an IPv6 destination of the denylist': 'Jool leaves it to the kernel, here it is answered',
    'an IPv4 source of the denylist': 'Jool leaves it to the kernel, here it is dropped',
    'fragmentation needed, MTU 1400': 'its router is in the denylist: Jool leaves it to the kernel',
    'time exceeded from a router': 'its router is in the denylist: Jool leaves it to the kernel',
  },
};

/**
 * Errors of the translator's own: for Jool the kernel sends them, with its address, TOS 0xc0 and a flow label. The
 * messages are the same.
 */
const OWN_ERRORS: ReadonlySet<string> = new Set([
  'hop limit 1',
  'TTL 1',
  '1500 octets from IPv4 with DF',
  'a source route that is not done',
  'a routing header with segments left',
]);

interface Timed {
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** Raw packets of a capture, with the second of each. */
function timed(file: string): Timed[] {
  const capture = readFileSync(join(FOLDER, file));
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
function comparable(packet: Uint8Array): Buffer {
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

function imported(name: string): string {
  const args = ['config', 'import', 'jool', '--nodes', 'gw1', join(FOLDER, `${name}.json`)];
  return execFileSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

describe.each(['nat64', 'siit'])('packets that Jool 4.1.9 translated: %s', (name) => {
  const steps = z.array(z.string()).parse(JSON.parse(readFileSync(join(FOLDER, `${name}.steps.json`), 'utf8')));
  const sent = timed(`${name}.sent.pcap`);
  const recorded = timed(`${name}.out.pcap`);
  const known = DIFFERENCES[name] ?? {};
  const config = existsSync(PROGRAM) ? imported(name) : '';

  it('come out of the imported configuration the same, but for the differences that are documented', () => {
    const { answers, timers } = translate(config, name, join(FOLDER, `${name}.sent.pcap`));
    expect(answers).toHaveLength(sent.length);
    expect(timers).toEqual([]);
    const different = steps.filter((_, step) => {
      const own = answers.filter((_answer, index) => sent[index]?.step === step).flatMap(({ out }) => out);
      const theirs = recorded.filter((packet) => packet.step === step).map(({ bytes }) => bytes);
      const view = OWN_ERRORS.has(steps[step] ?? '') ? messageOf : comparable;
      const hex = (packets: readonly Uint8Array[]): string[] => packets.map((one) => view(one).toString('hex'));
      return !isDeepStrictEqual(hex(own), hex(theirs));
    });
    expect(different).toEqual(Object.keys(known));
    expect(recorded.length).toBeGreaterThan(steps.length / 2);
  });
});
