import { describe, expect, it } from 'vitest';
import { comparable, compare, imported } from './recordings.ts';

/*
 * What TAYGA 0.9.2 made of the packets that a Jool is asked to translate (test/tayga/record.sh), beside what this project
 * makes of them with the configuration that `isthmus config import tayga` has written from TAYGA's own.
 */

const FOLDER = 'test/conformance/tayga';

/** Steps that come out otherwise, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'an IPv4 destination without a mapping': 'it is not routed to the TUN device of a TAYGA; here it is translated',
  'time exceeded from a router without a mapping': 'TAYGA drops it; here it comes from an address of this translator',
  'UDP from IPv4 without a checksum': 'TAYGA drops it without a word',
  'a source route that is not done': 'TAYGA drops it without a word',
  'hairpin between two mappings': 'TAYGA answers that it is unreachable (RFC 7757 section 4 came later)',
};

/** The kernel answers these before TAYGA has them: the messages are compared. */
const OWN_ERRORS: ReadonlySet<string> = new Set(['hop limit 1', 'TTL 1']);
const DF = 0x40;
const ICMP = 1;
const ICMPV6 = 58;

/**
 * Without hop limits, since the kernel counts a hop on each side of the TUN device, and without DF, which TAYGA sets in
 * each packet from IPv6 and RFC 7915 section 5.1 in those of more than 1260 octets: in the packet and in the one that it
 * quotes.
 */
function afterRouting(packet: Uint8Array): Buffer {
  const copy = comparable(packet);
  const headers = (at: number): void => {
    if (copy.length < at + 20) return;
    if (copy[at] >> 4 === 6) {
      copy.fill(0, at + 7, at + 8);
      return;
    }
    copy.writeUInt8(copy[at + 6] & ~DF, at + 6);
    copy.fill(0, at + 8, at + 9).fill(0, at + 10, at + 12);
  };
  headers(0);
  const [quoted, protocol] = copy[0] >> 4 === 6 ? [48, copy[6]] : [28, copy[9]];
  const kind = copy[quoted - 8];
  if (protocol === ICMPV6 ? kind < 128 : protocol === ICMP && kind !== 0 && kind !== 8) {
    // The checksum of the message covers what it quotes.
    copy.fill(0, quoted - 6, quoted - 4);
    headers(quoted);
  }
  return copy;
}

describe('packets that TAYGA translated', () => {
  const config = imported('tayga', '--nodes', 'gw1', `${FOLDER}/tayga.conf`);

  it('come out of the imported configuration the same, but for the differences that are documented', () => {
    const sent = 'test/conformance/jool/siit';
    const files = { sent: `${sent}.sent.pcap`, out: `${FOLDER}/siit.out.pcap`, steps: `${sent}.steps.json` };
    const recording = { ...files, ownErrors: OWN_ERRORS, view: afterRouting };
    const { steps, different, recorded } = compare(config, 'siit', recording);
    expect(different).toEqual(Object.keys(DIFFERENCES));
    expect(recorded).toBeGreaterThan(steps.length / 2);
  });
});
