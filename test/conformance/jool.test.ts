import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, imported } from './recordings.ts';

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

describe.each(['nat64', 'siit'])('packets that Jool 4.1.9 translated: %s', (name) => {
  const file = (rest: string): string => join(FOLDER, `${name}.${rest}`);
  const config = imported('jool', '--nodes', 'gw1', file('json'));

  it('come out of the imported configuration the same, but for the differences that are documented', () => {
    const files = { sent: file('sent.pcap'), out: file('out.pcap'), steps: file('steps.json') };
    const { steps, different, recorded } = compare(config, name, { ...files, ownErrors: OWN_ERRORS });
    expect(different).toEqual(Object.keys(DIFFERENCES[name] ?? {}));
    expect(recorded).toBeGreaterThan(steps.length / 2);
  });
});
