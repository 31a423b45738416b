import { describe, expect, it } from 'vitest';
import { ImportError, type InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { instanceOfFile, looksLikeCsv, readJoolCsv } from '../../../../src/cluster/import/jool-csv.ts';
import { GLOBAL_OPTIONS } from '../../../../src/cluster/import/jool-globals.ts';
import { importJool } from '../../../../src/cluster/import/jool-instance.ts';
import { noParts } from '../../../../src/cluster/import/jool-parts.ts';
import type { Nat64Config, SiitConfig } from '../../../../src/cluster/schema.ts';
import { draftOf, fileOf, nat64, OPTIONS, POOL4, siit } from './jool-draft.ts';

/** What an option of NAT64 becomes, and what has no equivalent. */
function option(name: string, value: unknown): { readonly instance: Nat64Config; readonly findings: string[] } {
  const global = { pool6: '64:ff9b::/96', [name]: value };
  return {
    instance: nat64({ global }),
    findings: draftOf({ pool4: POOL4, global }).findings.map(({ what }) => what),
  };
}

function siitOption(name: string, value: unknown): SiitConfig {
  return siit({ global: { pool6: '64:ff9b::/96', [name]: value } });
}

/** What `jool global display` and `jool_siit global display` of 4.1 list, and options of older versions. */
const OF_JOOL = [
  ['manually-enabled', 'pool6', 'lowest-ipv6-mtu', 'logging-debug', 'zeroize-traffic-class', 'override-tos', 'tos'],
  ['mtu-plateaus', 'amend-udp-checksum-zero', 'eam-hairpin-mode', 'randomize-rfc6791-addresses'],
  ['rfc6791v4-prefix', 'rfc6791v6-prefix', 'address-dependent-filtering', 'drop-externally-initiated-tcp'],
  ['drop-icmpv6-info', 'source-icmpv6-errors-better', 'f-args', 'handle-rst-during-fin-rcv', 'tcp-est-timeout'],
  ['tcp-trans-timeout', 'udp-timeout', 'icmp-timeout', 'maximum-simultaneous-opens', 'logging-bib'],
  ['logging-session', 'ss-enabled', 'ss-flush-asap', 'ss-flush-deadline', 'ss-capacity', 'ss-max-payload'],
  ['ss-max-sessions-per-packet'],
].flat();

const KEPT: ReadonlyArray<readonly [name: string, value: unknown, becomes: object]> = [
  ['pool6', '2001:db8:64::/96', { pool6: ['2001:db8:64::/96'] }],
  ['zeroize-traffic-class', true, { trafficClass: 'zero' }],
  ['lowest-ipv6-mtu', 1400, { lowestIpv6Mtu: 1400 }],
  ['mtu-plateaus', [68, 5000, 400, 400], { mtuPlateaus: [5000, 400, 68] }],
  ['address-dependent-filtering', true, { addressDependentFiltering: true }],
  ['drop-externally-initiated-tcp', true, { dropExternallyInitiatedTcp: true }],
  ['drop-icmpv6-info', true, { dropPings: true }],
  ['logging-bib', true, { natLog: 'bib' }],
  ['logging-session', true, { natLog: 'sessions', natLogDestinations: true }],
];

const TIMES: ReadonlyArray<readonly [name: string, value: unknown, becomes: object]> = [
  ['tcp-est-timeout', '10:00:00', { tcpEstablished: 36_000_000 }],
  ['tcp-trans-timeout', '5:00', { tcpTransitory: 300_000 }],
  ['udp-timeout', '1:00:00', { udp: 3_600_000 }],
  ['icmp-timeout', '90.5', { icmp: 90_500 }],
  ['icmp-timeout', 90, { icmp: 90_000 }],
];

/** What `jool global display --csv` prints for an instance as it is made. */
const OF_NAT64 = `Field,Value
manually-enabled,TRUE
pool6,64:ff9b::/96
lowest-ipv6-mtu,1280
logging-debug,FALSE
zeroize-traffic-class,FALSE
override-tos,FALSE
tos,0
mtu-plateaus,"65535,32000,17914,8166,4352,2002,1492,1006,508,296,68"
address-dependent-filtering,FALSE
drop-externally-initiated-tcp,FALSE
drop-icmpv6-info,FALSE
tcp-est-timeout,2:00:00
tcp-trans-timeout,0:04:00
udp-timeout,0:05:00
icmp-timeout,0:01:00
maximum-simultaneous-opens,10
source-icmpv6-errors-better,TRUE
f-args,11
handle-rst-during-fin-rcv,FALSE
logging-bib,FALSE
logging-session,FALSE
ss-enabled,FALSE
ss-flush-asap,TRUE
ss-flush-deadline,2000
ss-capacity,512
ss-max-payload,1452
`;
const OF_SIIT_GLOBAL = `Field,Value
manually-enabled,TRUE
pool6,
lowest-ipv6-mtu,1280
logging-debug,FALSE
zeroize-traffic-class,FALSE
override-tos,FALSE
tos,0
mtu-plateaus,"65535,32000,17914,8166,4352,2002,1492,1006,508,296,68"
amend-udp-checksum-zero,FALSE
eam-hairpin-mode,intrinsic
randomize-rfc6791-addresses,TRUE
rfc6791v6-prefix,
rfc6791v4-prefix,
`;

const DEFAULTS: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ['manually-enabled', true],
  ['zeroize-traffic-class', false],
  ['lowest-ipv6-mtu', 1280],
  ['address-dependent-filtering', false],
  ['logging-debug', false],
  ['logging-bib', false],
  ['source-icmpv6-errors-better', true],
  ['handle-rst-during-fin-rcv', false],
  ['f-args', 11],
  ['maximum-simultaneous-opens', 10],
  ['mtu-plateaus', [65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68]],
  ['tcp-est-timeout', '2:00:00'],
  ['tcp-trans-timeout', '4:00'],
  ['udp-timeout', '5:00'],
  ['icmp-timeout', '1:00'],
  ['ss-enabled', false],
];

const WITHOUT_EQUIVALENT: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ['manually-enabled', false],
  ['logging-debug', true],
  ['source-icmpv6-errors-better', false],
  ['handle-rst-during-fin-rcv', true],
  ['f-args', 8],
  ['maximum-simultaneous-opens', 16],
  ['ss-enabled', true],
  ['ss-flush-asap', false],
  ['ss-flush-deadline', 1000],
  ['ss-capacity', 256],
  ['ss-max-payload', 600],
  ['ss-max-sessions-per-packet', 9],
  ['something-new', 1],
  ['eam-hairpin-mode', 'simple'],
];

const OF_SIIT: ReadonlyArray<readonly [name: string, value: unknown, becomes: object]> = [
  ['amend-udp-checksum-zero', true, { zeroChecksumUdp: 'compute' }],
  ['amend-udp-checksum-zero', false, { zeroChecksumUdp: 'drop' }],
  ['eam-hairpin-mode', 'off', { eamHairpin: 'none' }],
  ['eam-hairpin-mode', 'simple', { eamHairpin: 'simple' }],
  ['eam-hairpin-mode', 'intrinsic', { eamHairpin: 'intrinsic' }],
  ['eam-hairpin-mode', 1, { eamHairpin: 'simple' }],
  ['randomize-rfc6791-addresses', false, { rfc6791Choice: 'hop' }],
  ['randomize-rfc6791-addresses', true, { rfc6791Choice: 'random' }],
  ['rfc6791v4-prefix', '203.0.113.8', { rfc6791: { v4: ['203.0.113.8/32'], v6: [] } }],
  ['rfc6791v6-prefix', '2001:db8::/64', { rfc6791: { v4: [], v6: ['2001:db8::/64'] } }],
  ['rfc6791v6-prefix', null, { rfc6791: { v4: [], v6: [] } }],
];

describe('global options of NAT64', () => {
  it.each(KEPT)('%s is kept', (name, value, expected) => {
    const { instance, findings } = option(name, value);
    expect(instance).toMatchObject(expected);
    expect(findings).toEqual([]);
  });

  it.each(TIMES)('%s %s is a time', (name, value, expected) => {
    expect(option(name, value).instance.timeouts).toMatchObject(expected);
  });

  it.each(DEFAULTS)('%s %s, its default, adds nothing', (name, value) => {
    const { instance, findings } = option(name, value);
    expect(instance).toEqual(nat64({ global: { pool6: '64:ff9b::/96' } }));
    expect(findings).toEqual([]);
  });

  it('are tested, each of them', () => {
    const tested = new Set([...KEPT, ...TIMES, ...DEFAULTS, ...WITHOUT_EQUIVALENT, ...OF_SIIT].map(([name]) => name));
    // These two are about each other.
    const alone = OF_JOOL.filter((name) => name !== 'tos' && name !== 'override-tos');
    expect(alone.filter((name) => !tested.has(name))).toEqual([]);
    expect(Object.keys(GLOBAL_OPTIONS).filter((name) => !OF_JOOL.includes(name))).toEqual([]);
  });

  it.each(WITHOUT_EQUIVALENT)('%s %s is listed as without equivalent', (name, value) => {
    const { findings } = option(name, value);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(name);
  });

  it('tos counts only with override-tos', () => {
    const tos = (global: object): unknown => nat64({ global: { pool6: '64:ff9b::/96', ...global } }).tos;
    expect(tos({ tos: 254 })).toBe('copy');
    expect(tos({ tos: 254, 'override-tos': false })).toBe('copy');
    expect(tos({ tos: 254, 'override-tos': true })).toBe(254);
    expect(tos({ 'override-tos': true })).toBe(0);
    expect(tos({ tos: 0, 'override-tos': true })).toBe(0);
  });

  it.each([
    ['udp-timeout', 'soon'],
    ['udp-timeout', '1:2:3:4'],
    ['lowest-ipv6-mtu', 'big'],
    ['lowest-ipv6-mtu', 1400.5],
    ['lowest-ipv6-mtu', -1],
    ['pool6', '64:ff9b::/33x'],
    ['mtu-plateaus', true],
  ])('%s %s is refused at its place', (name, value) => {
    expect(() => option(name, value)).toThrow(ImportError);
    expect(() => option(name, value)).toThrow(`jool.json: global.${name}: `);
  });
});

describe('global options of SIIT', () => {
  it.each(OF_SIIT)('%s %s', (name, value, expected) => expect(siitOption(name, value)).toMatchObject(expected));
});

describe('what display commands print', () => {
  function displayed(...texts: string[]): InstanceDraft {
    const parts = noParts('csv');
    for (const text of texts) readJoolCsv(text, 'csv', parts);
    return importJool(parts, OPTIONS);
  }

  it('is the instance that it was printed from', () => {
    const pool4 = ['TCP', 'UDP'].flatMap((protocol) =>
      [4, 5].map((last) => `0,${protocol},192.0.2.${last},1024,65535,1024,0`),
    );
    const draft = displayed(
      `Mark,Protocol,Address,Min port,Max port,Iterations,Iterations fixed\n${pool4.join('\n')}\n`,
      'Field,Value\nmanually-enabled,TRUE\npool6,64:ff9b::/96\nmtu-plateaus,"65535,1492"\nudp-timeout,0:05:01\nf-args,11\n',
      'Protocol,IPv6 Address,IPv6 L4-ID,IPv4 Address,IPv4 L4-ID,Static?\nTCP,2001:db8::5,80,192.0.2.4,8080,1\nTCP,2001:db8::5,81,192.0.2.4,8081,0\n',
    );
    expect(fileOf(draft).instances['default']).toMatchObject({
      pool6: ['64:ff9b::/96'],
      mtuPlateaus: [65535, 1492],
      timeouts: { udp: 301_000 },
      pool4: [{ prefix: '192.0.2.4/31', ports: [1024, 65535], protocols: ['tcp', 'udp'] }],
      static: [{ protocol: 'tcp', v6: '2001:db8::5', port6: 80, v4: '192.0.2.4', port4: 8080 }],
    });
    expect(draft.findings.map(({ what }) => what)).toEqual(['pool4 without ICMP', '1 dynamic BIB entries']);
  });

  it('of an instance that nobody has configured adds nothing but its pools', () => {
    const rows = ['TCP', 'UDP', 'ICMP'].map((protocol) => `0,${protocol},192.0.2.1,61001,65535,1024,0\n`);
    const heading = 'Mark,Protocol,Address,Min port,Max port,Iterations,Iterations fixed\n';
    const draft = displayed(OF_NAT64, ...rows.map((row) => `${heading}${row}`));
    expect(draft.findings).toEqual([]);
    expect(draft.keys.map(({ key }) => key)).toEqual(['kind', 'pool6', 'allowNonGlobal', 'pool4']);
    const siit = displayed(OF_SIIT_GLOBAL, 'IPv6 Prefix,IPv4 Prefix\n', 'IPv4 Prefix\n');
    expect(siit.findings).toEqual([]);
    expect(siit.kind).toBe('siit');
    expect(siit.keys.map(({ key }) => key)).toEqual(['kind', 'icmp']);
  });

  it('tells by headings alone what kind the instance is', () => {
    const global = 'pool6,64:ff9b::/96\n';
    expect(displayed(global, 'IPv6 Prefix,IPv4 Prefix\n').kind).toBe('siit');
    expect(() => displayed(global, 'Mark,Protocol,Address,Min port,Max port,Iterations,Iterations fixed\n')).toThrow(
      'pool4 is empty',
    );
  });

  it.each([
    ['Stat,Value\nJSTAT_RECEIVED6,12', 'statistics'],
    ['JSTAT_RECEIVED6,12', 'statistics'],
    ['Namespace,Name,Framework\n8409dcc0,default,netfilter', 'a list of instances'],
    ['0x1a2b3c4d,default,netfilter', 'a list of instances'],
    ['Protocol,IPv6 Remote Address,IPv6 Remote L4-ID', 'isthmus joold load'],
  ])('of other tables, %s, is refused with what it is', (text, message) => {
    expect(() => displayed(text)).toThrow(message);
    expect(() => displayed(text)).toThrow(/^csv:1: /);
  });

  it.each([
    ['lower-pool4.csv', 'lower'],
    ['lower-bib-udp.csv', 'lower'],
    ['north-east-global.csv', 'north-east'],
    ['a-denylist4', 'a'],
    ['pool4.csv', undefined],
    ['lower-pool4you.csv', undefined],
  ])('in %s is of instance %s', (file, instance) => expect(instanceOfFile(file)).toBe(instance));

  it('is told from a file of JSON by how it begins', () => {
    expect(
      ['{"global": {}}', '\n  { "pool4": [] }', 'Field,Value', '2001:db8::/120,192.0.2.0/24'].map(looksLikeCsv),
    ).toEqual([false, false, true, true]);
  });

  it('needs no headings', () => {
    const draft = displayed('2001:db8:4::/120,192.0.2.0/24\n', '198.51.100.0/24\n');
    expect(fileOf(draft).instances['default']).toMatchObject({
      eam: [{ v6: '2001:db8:4::/120', v4: '192.0.2.0/24' }],
      denylist4: ['198.51.100.0/24'],
    });
  });

  it('of sessions is refused with what to do with it', () => {
    const row = 'TCP,2001:db8:1::105,45015,64:ff9b::c633:6403,8,192.0.2.1,10028,198.51.100.3,8,1:59:19.772,V6_FIN_RCV';
    expect(() => displayed(row)).toThrow('isthmus joold load');
  });

  it.each([
    ['1', 1, 0],
    ['true', 1, 0],
    ['TRUE', 1, 0],
    ['0', 0, 1],
    ['false', 0, 1],
  ])('of the BIB has static entries and others: fixed %s', (fixed, entries, others) => {
    const parts = noParts('csv');
    readJoolCsv(`TCP,2001:db8::5,80,192.0.2.4,8080,${fixed}\n`, 'csv', parts);
    expect([parts.bib?.length, parts.dynamicEntries]).toEqual([entries, others]);
  });

  it.each([
    'TCP,client.example,80,192.0.2.4,8080,1',
    '2001:db8:4::/120,192.0.2.0/24,x',
    'a,b,c',
    'TCP,2001:db8::5,80,192.0.2.4,99999,1',
    '"',
    ',,,,,,',
  ])('like %s is refused at its line', (row) => expect(() => displayed('198.51.100.0/24', row)).toThrow(/^csv:1: /));
});
