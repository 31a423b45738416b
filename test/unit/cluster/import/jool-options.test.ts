import { describe, expect, it } from 'vitest';
import { InstanceDraft, nameFrom } from '../../../../src/cluster/import/draft.ts';
import { importGlobals, kindOfOption } from '../../../../src/cluster/import/jool-globals.ts';
import type { JoolSetting } from '../../../../src/cluster/import/jool-parts.ts';

type Kind = 'nat64' | 'siit';

/** The keys that options become, and what has no equivalent. */
function imported(
  kind: Kind,
  options: Readonly<Record<string, JoolSetting>>,
): { readonly keys: Record<string, unknown>; readonly findings: string[] } {
  const draft = new InstanceDraft('nat', kind, 'jool.json');
  importGlobals(draft, new Map(Object.entries(options)), 'jool.json');
  const keys: Record<string, unknown> = {};
  for (const { key, value } of draft.keys.slice(1)) {
    if (typeof value === 'string') keys[key] = value;
    else if ('keys' in value) for (const inner of value.keys) keys[`${key}.${inner.key}`] = inner.value;
  }
  return { keys, findings: draft.findings.map(({ what }) => what) };
}

const keysOf = (kind: Kind, options: Readonly<Record<string, JoolSetting>>): unknown => imported(kind, options).keys;

describe('what Jool takes for true', () => {
  it.each<[JoolSetting, boolean]>([
    [true, true],
    ['true', true],
    ['on', true],
    [1, true],
    [false, false],
    ['false', false],
    ['off', false],
    [0, false],
    [2, false],
    ['yes', false],
    [null, false],
  ])('%s: %s', (value, is) => {
    expect(keysOf('nat64', { 'drop-icmpv6-info': value })).toEqual(is ? { dropPings: 'true' } : {});
    expect(imported('nat64', { 'manually-enabled': value }).findings).toHaveLength(is ? 0 : 1);
    expect(imported('nat64', { 'source-icmpv6-errors-better': value }).findings).toHaveLength(is ? 0 : 1);
    expect(keysOf('siit', { 'randomize-rfc6791-addresses': value })).toEqual(is ? {} : { rfc6791Choice: 'hop' });
  });
});

describe('numbers of Jool', () => {
  it.each<[JoolSetting, string]>([
    [0, '0'],
    [1400, '1400'],
    ['1400', '1400'],
  ])('%s is one', (value, text) =>
    expect(keysOf('nat64', { 'lowest-ipv6-mtu': value })).toEqual({ lowestIpv6Mtu: text }),
  );

  it.each<JoolSetting>(['', '14x', 'x14', 1.5, -1, null, true, [1]])('%s is none', (value) => {
    expect(() => imported('nat64', { 'lowest-ipv6-mtu': value })).toThrow(
      `jool.json: global.lowest-ipv6-mtu: ${JSON.stringify(value)} is not possible here; Jool expects a number`,
    );
  });

  it.each<[JoolSetting, string | undefined]>([
    ['0.001', '1ms'],
    [1.5, '1500ms'],
    ['1:00:00', '1h'],
    ['00:05:00', undefined],
    [300, undefined],
    ['2', '2s'],
  ])('of time: %s is %s, the default of UDP is left out', (value, text) => {
    expect(keysOf('nat64', { 'udp-timeout': value })).toEqual(text === undefined ? {} : { 'timeouts.udp': text });
  });

  it.each<JoolSetting>([0, '0:00', '0.0001', '1:-1', '1:', ':1', '1:2:3:4', '1x', 'x1', null])(
    'of time: %s is none',
    (value) => {
      expect(() => imported('nat64', { 'udp-timeout': value })).toThrow('Jool expects a time such as 2:00:00');
    },
  );
});

describe('the defaults of times', () => {
  it.each([
    ['tcp-est-timeout', 7200, 'timeouts.tcpEstablished'],
    ['tcp-trans-timeout', 240, 'timeouts.tcpTransitory'],
    ['udp-timeout', 300, 'timeouts.udp'],
    ['icmp-timeout', 60, 'timeouts.icmp'],
  ])('of %s is %i s', (name, seconds, key) => {
    expect(keysOf('nat64', { [name]: seconds })).toEqual({});
    expect(keysOf('nat64', { [name]: seconds + 1 })).toEqual({ [key]: `${seconds + 1}s` });
  });
});

describe('MTU plateaus', () => {
  it.each<[JoolSetting, string | undefined, number]>([
    [[1500, 68, 65_535], '[65535, 1500, 68]', 0],
    ['1400,1500', '[1500, 1400]', 0],
    [[1500, 67], '[1500]', 1],
    [[1500, 65_536], '[1500]', 1],
    [[1500, 1500], '[1500]', 0],
    [[67], undefined, 1],
    [[], undefined, 0],
    ['65535,32000,17914,8166,4352,2002,1492,1006,508,296,68', undefined, 0],
  ])('%j are %s, with %i findings', (value, text, count) => {
    const { keys, findings } = imported('nat64', { 'mtu-plateaus': value });
    expect([keys['mtuPlateaus'], findings.length]).toEqual([text, count]);
  });

  it.each<JoolSetting>(['1500,x', 1500, true, [1.5]])('%s are none', (value) => {
    expect(() => imported('nat64', { 'mtu-plateaus': value })).toThrow('Jool expects a list of numbers');
  });
});

describe('hairpinning of SIIT', () => {
  it.each<[JoolSetting, object]>([
    [0, { eamHairpin: 'none' }],
    ['off', { eamHairpin: 'none' }],
    [1, { eamHairpin: 'simple' }],
    ['simple', { eamHairpin: 'simple' }],
    [2, {}],
    ['intrinsic', {}],
  ])('%s', (value, keys) => expect(keysOf('siit', { 'eam-hairpin-mode': value })).toEqual(keys));

  it.each<JoolSetting>([3, 'both', null])('has no mode %s', (value) => {
    expect(() => imported('siit', { 'eam-hairpin-mode': value })).toThrow('Jool expects off, simple or intrinsic');
  });
});

describe('options that hang together', () => {
  it('have one log, that of sessions where both are on', () => {
    const sessions = { natLog: 'sessions', natLogDestinations: 'true' };
    expect(keysOf('nat64', { 'logging-session': true, 'logging-bib': true })).toEqual(sessions);
    expect(keysOf('nat64', { 'logging-session': false, 'logging-bib': true })).toEqual({ natLog: 'bib' });
    expect(keysOf('nat64', { 'logging-session': true, 'logging-bib': false })).toEqual(sessions);
    expect(keysOf('nat64', { 'logging-session': false, 'logging-bib': false })).toEqual({});
  });

  it('of synchronisation are named once, together, and not at all where it is off', () => {
    const all = {
      'ss-flush-asap': true,
      'ss-flush-deadline': 2000,
      'ss-capacity': 512,
      'ss-max-payload': 1452,
      'ss-max-sessions-per-packet': 10,
    };
    expect(imported('nat64', { 'ss-enabled': true, ...all }).findings).toEqual([
      ['ss-enabled', ...Object.keys(all)].join(', '),
    ]);
    expect(imported('nat64', all).findings).toEqual([Object.keys(all).join(', ')]);
    expect(imported('nat64', { 'ss-enabled': false, ...all }).findings).toEqual([]);
  });

  it('set the TOS together', () => {
    expect(keysOf('nat64', { 'override-tos': 'on', tos: '184' })).toEqual({ tos: '184' });
    expect(keysOf('nat64', { 'override-tos': 0, tos: 184 })).toEqual({});
    expect(() => imported('nat64', { 'override-tos': true, tos: 'x' })).toThrow('jool.json: global.tos: "x" is not');
    expect(keysOf('nat64', { 'override-tos': false, tos: 'x' })).toEqual({});
  });
});

describe('an option of the other program', () => {
  it('is left out and named', () => {
    expect(imported('siit', { 'udp-timeout': 5, 'lowest-ipv6-mtu': 1400 })).toEqual({
      keys: { lowestIpv6Mtu: '1400' },
      findings: ['udp-timeout 5'],
    });
    expect(imported('nat64', { 'rfc6791v6-prefix': '2001:db8::/64' })).toEqual({
      keys: {},
      findings: ['rfc6791v6-prefix 2001:db8::/64'],
    });
  });

  it('tells which program a file is for', () => {
    expect(['udp-timeout', 'ss-capacity', 'eam-hairpin-mode', 'pool6', 'f-args', 'nothing'].map(kindOfOption)).toEqual([
      'nat64',
      'nat64',
      'siit',
      undefined,
      'nat64',
      undefined,
    ]);
    for (const name of ['xss-enabled', 'ss-enabledx', 'ss-other']) expect(kindOfOption(name)).toBeUndefined();
  });

  it('is said of one that nobody has', () => {
    expect(imported('nat64', { 'ss-other': 1, toString: 'x' }).findings).toEqual(['ss-other 1', 'toString x']);
  });
});

describe('addresses among the options', () => {
  it('are those that are set', () => {
    expect(keysOf('siit', { pool6: null, 'rfc6791v4-prefix': null, 'rfc6791v6-prefix': null })).toEqual({});
    expect(
      keysOf('siit', {
        pool6: '2001:db8::/96',
        'rfc6791v4-prefix': '192.0.2.1',
        'rfc6791v6-prefix': '2001:db8:1::/64',
      }),
    ).toEqual({
      pool6: '"2001:db8::/96"',
      'rfc6791.v4': '[192.0.2.1/32]',
      'rfc6791.v6': '["2001:db8:1::/64"]',
    });
  });
});

describe('a name of an instance', () => {
  it.each([
    ['nat', 'nat'],
    ['my nat', 'my-nat'],
    ['a  b//c', 'a-b-c'],
    ['--nat', 'nat'],
    ['_.nat_.-1', 'nat_.-1'],
    ['!!!', 'imported'],
    ['', 'imported'],
    ['constructor', 'imported'],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('%s becomes %s', (text, name) => expect(nameFrom(text)).toBe(name));
});
