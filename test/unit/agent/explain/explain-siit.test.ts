import { describe, expect, it } from 'vitest';
import type { ExplainedPacket } from '../../../../src/agent/explain/explained-packet.ts';
import { explainSiit, fixedAddressOf } from '../../../../src/agent/explain/explain-siit.ts';
import type { Finding } from '../../../../src/agent/explain/explanation.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { Counter } from '../../../../src/translator/counters.ts';
import type { SiitOptions } from '../../../../src/translator/options.ts';
import { formatIp, parseIp } from '../../translator/oracle-address.ts';
import { checksumsAreRight, FLAGS } from '../../translator/packets.ts';
import { siitOptions } from '../translator-options-fixture.ts';

const FIELDS = { protocol: 'udp', sourcePort: 1000, destinationPort: 53, payload: 0, hopLimit: 64 };
/** 198.51.100.7 in pool6 2001:db8:100::/40 (RFC 6052 section 2.2). */
const REMOTE = '2001:db8:1c6:3364:7::';

function explained(
  source: string,
  destination: string,
  changes: Partial<SiitOptions> = {},
  fields: Partial<typeof FIELDS> = {},
) {
  const shared = { ...FIELDS, ...fields, source, destination };
  const packet: ExplainedPacket = source.includes(':')
    ? { ...shared, family: 6, from6: Uint8Array.from(parseIp(source)), to6: Uint8Array.from(parseIp(destination)) }
    : { ...shared, family: 4, from4: parseIpv4(source) ?? 0, to4: parseIpv4(destination) ?? 0 };
  return explainSiit({ ...siitOptions, ...changes }, packet);
}

function endsOf(finding: Finding | undefined): string[] {
  const [bytes] = finding?.out ?? [];
  if (bytes === undefined) return [];
  const [at, size] = bytes[0] >>> 4 === 6 ? [8, 16] : [12, 4];
  return [formatIp(bytes.slice(at, at + size)), formatIp(bytes.slice(at + size, at + 2 * size))];
}

describe('a stateless instance', () => {
  it('translates both addresses to IPv4, and says by what', () => {
    const finding = explained('2001:db8:3::2a', REMOTE);
    expect(finding).toMatchObject({ verdict: 'translated', reason: -1, concerns: [] });
    expect(finding?.steps).toEqual([
      `destination ${REMOTE}: in pool6 2001:db8:100::/40`,
      'source 2001:db8:3::2a: EAM entry 2001:db8:3::/120 – 1.0.0.0/24',
    ]);
    expect(endsOf(finding)).toEqual(['1.0.0.42', '198.51.100.7']);
    expect(finding?.out.map(checksumsAreRight)).toEqual([true]);
  });

  it('translates them back', () => {
    const finding = explained('198.51.100.7', '1.0.0.42');
    expect(finding?.steps).toEqual([
      'destination 1.0.0.42: EAM entry 2001:db8:3::/120 – 1.0.0.0/24',
      'source 198.51.100.7: embedded in pool6 2001:db8:100::/40',
    ]);
    expect(endsOf(finding)).toEqual([formatIp(parseIp(REMOTE)), formatIp(parseIp('2001:db8:3::2a'))]);
  });

  it('takes the longest entry that an address is in, wherever it is in the list', () => {
    const eam = [...siitOptions.eam].toReversed();
    for (const changes of [{}, { eam }]) {
      expect(explained('198.51.100.7', '1.0.0.7', changes)?.steps[0]).toBe(
        'destination 1.0.0.7: EAM entry 2001:db8:4::99/128 – 1.0.0.7/32',
      );
      expect(explained('198.51.100.7', '1.0.0.8', changes)?.steps[0]).toContain('2001:db8:3::/120');
    }
    const wide = [
      { v6: '2001:db8:5::/64', v4: '2.0.0.1' },
      { v6: '2001:db8:5::8', v4: '2.0.0.2' },
    ];
    for (const both of [wide, wide.toReversed()]) {
      expect(explained('2001:db8:5::8', REMOTE, { eam: both })?.steps[1]).toContain(
        'EAM entry 2001:db8:5::8 – 2.0.0.2',
      );
    }
  });

  it('has nothing to do with a destination that it has no address for', () => {
    expect(explained('2001:db8:3::2a', '2001:dead::1')).toBeUndefined();
    expect(explained('198.51.100.7', '9.1.2.3')).toBeUndefined();
    expect(explained('198.51.100.7', '2.2.2.2', { pool6: [] })).toBeUndefined();
  });

  it('drops a packet whose source has no counterpart', () => {
    const finding = explained('2001:dead::1', REMOTE);
    expect(finding?.steps.slice(0, 2)).toEqual([
      `destination ${REMOTE}: in pool6 2001:db8:100::/40`,
      'source 2001:dead::1 is in no EAM entry and not in pool6: it has no counterpart',
    ]);
    expect(finding?.steps).toHaveLength(3);
    expect(finding?.out).toEqual([]);
    expect(explained('9.1.2.3', '1.0.0.42')?.steps[1]).toBe(
      'source 9.1.2.3 is in no EAM entry and not in pool6: it has no counterpart',
    );
  });

  it('names the kind of an address that is not translated, on either side', () => {
    const spoofed = explained('127.0.0.1', '1.0.0.42');
    expect([spoofed?.verdict, spoofed?.steps.at(-1)]).toEqual([
      'dropped',
      expect.stringMatching(/^dropped: 127\.0\.0\.1 is loopback \(127\.0\.0\.0\/8\), /),
    ]);
    expect(spoofed?.reason).toBe(Counter.dropBadSource);
    // 224.0.0.251 and 127.0.0.1 in pool6.
    const many = explained('2001:db8:3::2a', '2001:db8:1e0:0:fb::');
    expect(many?.steps.at(-1)).toMatch(/224\.0\.0\.251 is multicast/);
    // The well-known prefix stands for no private address, of a source neither.
    const pool6 = ['64:ff9b::/96'];
    const from = explained('64:ff9b::10.1.2.3', '64:ff9b::8.8.8.8', { pool6 });
    expect(from?.steps.at(-1)).toMatch(/^dropped: 10\.1\.2\.3 is private .* \(counter dropNonGlobal\)$/);
  });

  it('answers a packet whose hop limit has ended, and sends none on', () => {
    const finding = explained('2001:db8:3::2a', REMOTE, {}, { hopLimit: 1 });
    expect(finding).toMatchObject({ verdict: 'answered', reason: Counter.answerTtl, out: [] });
    expect(finding?.steps.at(-1)).toMatch(/^answered: .* \(counter answerTtl\)$/);
  });

  it.each(['tcp', 'udp', 'icmp'])('translates %s', (protocol) => {
    const finding = explained('2001:db8:3::2a', REMOTE, {}, { protocol });
    expect(finding?.out.map(checksumsAreRight)).toEqual([true]);
  });

  it('is asked about the segment that begins a connection', () => {
    const [bytes] = explained('2001:db8:3::2a', REMOTE, {}, { protocol: 'tcp' })?.out ?? [];
    expect(bytes?.[20 + 13]).toBe(FLAGS.syn);
  });
});

describe('the IPv4 address of a client', () => {
  it.each([
    ['2001:db8:3::2a', '1.0.0.42'],
    ['2001:db8:4::99', '1.0.0.7'],
    [REMOTE, '198.51.100.7'],
    ['2001:dead::1', undefined],
  ])('%s is %s', (client, address) => {
    const expected = address === undefined ? undefined : parseIpv4(address);
    expect(fixedAddressOf(siitOptions, Uint8Array.from(parseIp(client)))).toBe(expected);
  });

  it('has the bits that its prefix leaves, from the middle of a byte on and above all others', () => {
    const eam = [{ v6: '2001:db8:0:ff0::/60', v4: '200.0.0.16/28' }];
    const address = (client: string) => fixedAddressOf({ ...siitOptions, eam }, Uint8Array.from(parseIp(client)));
    expect(address('2001:db8:0:ff0::')).toBe(parseIpv4('200.0.0.16'));
    expect(address('2001:db8:0:ff9::')).toBe(parseIpv4('200.0.0.25'));
    expect(address('2001:db8:0:fff::')).toBe(parseIpv4('200.0.0.31'));
  });
});
