import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBgpSummary, parseNeighborDetail, parseOwnPath, saysNoInstance } from '../../../src/frr/bgp-state.ts';
import { FrrOutputError } from '../../../src/frr/frr-output.ts';

function sample(name: string): string {
  return readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8');
}

describe('the BGP neighbours that FRR shows', () => {
  it.each([
    ['frr-8.4/bgp-summary', ['10.0.0.1 Established', '2001:db8:a::1 Established']],
    ['frr-8.4/bgp-summary-shut', ['10.0.0.1 Idle (Admin) shut', '2001:db8:a::1 Established']],
    ['frr-9.1/bgp-summary', ['10.0.0.1 Established', '10.0.0.3 Active']],
    ['frr-10.3/bgp-summary-recorded', ['10.0.0.1 Established', '2001:db8:a::1 Established']],
    ['frr-10.3/bgp-summary-shut', ['10.0.0.1 Idle (Admin) shut', '2001:db8:a::1 Idle (Admin) shut']],
    ['frr-10.7/bgp-summary-recorded', ['10.0.0.1 Established', '2001:db8:a::1 Established']],
    ['frr-10.7/bgp-summary-shut', ['10.0.0.1 Idle (Admin) shut', '2001:db8:a::1 Idle (Admin) shut']],
    ['frr-10.7/bgp-summary', ['10.0.0.1 Idle (Admin) shut', '2001:db8:a:0::1 OpenConfirm']],
  ])('%s', (name, expected) => {
    const found = parseBgpSummary(sample(name));
    expect(found.map(({ peer, state, shut }) => `${peer} ${state}${shut ? ' shut' : ''}`)).toEqual(expected);
    expect(found.map(({ established }) => established)).toEqual(expected.map((text) => text.includes('Established')));
  });

  it('are shut by the word of either field, and lack a router ID where bgpd says so', () => {
    const peers = {
      a: { state: 'Idle', peerState: 'Admin' },
      b: { state: 'Idle (Admin)' },
      c: { state: 'Idle', peerState: 'Policy' },
      d: { state: 'ESTABLISHED', peerState: 7 },
    };
    const found = parseBgpSummary(JSON.stringify({ ipv4Unicast: { routerId: '0.0.0.0', peers }, other: 7 }));
    expect(found.map(({ peer, shut, established }) => [peer, shut, established])).toEqual([
      ['a', true, false],
      ['b', true, false],
      ['c', false, false],
      ['d', false, true],
    ]);
    expect(found.map(({ lacksRouterId }) => lacksRouterId)).toEqual([true, true, true, true]);
    const [one] = parseBgpSummary(JSON.stringify({ routerId: '10.0.0.2', peers: { a: peers.a } }));
    expect(one?.lacksRouterId).toBe(false);
  });

  it('are no more than 4096 in a table', () => {
    const peers = Object.fromEntries(Array.from({ length: 4097 }, (_, index) => [`up${index}`, { state: 'Active' }]));
    expect(parseBgpSummary(JSON.stringify({ peers }))).toHaveLength(4096);
  });

  it('may be none; what is no neighbour is passed over, what is no JSON is an error', () => {
    expect(['', '{}', '{"ipv4Unicast":{"peers":{"x":7}},"warning":"no peers"}'].map(parseBgpSummary)).toEqual([
      [],
      [],
      [],
    ]);
    expect(() => parseBgpSummary('% BGP instance not found')).toThrow(FrrOutputError);
    expect(() => parseBgpSummary('[1]')).toThrow(FrrOutputError);
  });
});

describe('a prefix that is announced here', () => {
  it.each([
    ['frr-8.4/bgp-prefix-ipv4-backup', '11.64.0.0/29', ['10.0.0.1', '2001:db8:a::1']],
    ['frr-8.4/bgp-prefix-ipv6', '64:ff9b::/96', ['2001:db8:a::1']],
    ['frr-8.4/bgp-prefix-draining-one-neighbour', '11.64.0.0/29', ['2001:db8:a::1']],
    ['frr-9.1/bgp-prefix-ipv4', '11.64.0.0/29', ['10.0.0.1']],
    ['frr-10.3/bgp-prefix-recorded', '64:ff9b::/96', ['2001:db8:a::1']],
    ['frr-10.7/bgp-prefix-recorded', '64:ff9b::/96', ['2001:db8:a::1']],
    ['frr-10.7/bgp-prefix-two-paths', '64:ff9b::/96', ['up0', '2001:db8:a::1']],
  ])('%s', (name, prefix, advertisedTo) => {
    expect(parseOwnPath(sample(name), prefix)).toEqual({ prefix, sourced: true, advertisedTo });
  });

  it('is not there when the table has nothing, a route of others, or a shorter prefix', () => {
    const prefix = '11.64.0.0/29';
    const absent = { prefix, sourced: false, advertisedTo: [] };
    expect(parseOwnPath(sample('frr-8.4/bgp-prefix-absent'), prefix)).toEqual(absent);
    expect(parseOwnPath('% Network not in table', prefix)).toEqual(absent);
    expect(parseOwnPath('{"prefix":"11.64.0.0/29","paths":[{"metric":0,"valid":true}]}', prefix)).toEqual(absent);
    expect(parseOwnPath('{"prefix":"11.0.0.0/8","paths":[{"sourced":true}]}', prefix)).toEqual(absent);
    expect(parseOwnPath('{"warning":"none"}', prefix)).toEqual(absent);
    expect(parseOwnPath('{"paths":{"0":{"sourced":true}}}', prefix)).toEqual(absent);
    expect(() => parseOwnPath('what?', prefix)).toThrow(FrrOutputError);
  });

  it('is found among paths of others, also where it is known by another field, and what is no path is passed over', () => {
    const prefix = '11.64.0.0/29';
    const shown = (paths: unknown[]): string => JSON.stringify({ prefix, paths, advertisedTo: { up0: {} } });
    const own = { prefix, sourced: true, advertisedTo: ['up0'] };
    expect(parseOwnPath(shown([7, null, { sourced: false }, { local: true }]), prefix)).toEqual(own);
    expect(parseOwnPath(shown([{ valid: true }, { sourced: true }]), prefix)).toEqual(own);
    expect(parseOwnPath(shown([{ sourced: 'yes', local: 1 }]), prefix).sourced).toBe(false);
    const many = Array.from({ length: 4096 }, () => ({ valid: true }));
    expect(parseOwnPath(shown([...many, { sourced: true }]), prefix).sourced).toBe(false);
    expect(parseOwnPath(shown([...many.slice(1), { sourced: true }]), prefix).sourced).toBe(true);
  });
});

describe('the outbound policy towards a neighbour, and its graceful restart', () => {
  it.each(['frr-8.4', 'frr-10.3', 'frr-10.7'])('%s', (version) => {
    const operators = parseNeighborDetail(sample(`${version}/bgp-neighbor-operators-policy`));
    expect(operators.families).toEqual([
      { family: 'ipv4', outboundMap: 'TO-CORE', needsPolicy: false, advertised: expect.any(Number) },
    ]);
    const own = parseNeighborDetail(sample(`${version}/bgp-neighbor-isthmus-policy`));
    expect(own.families).toEqual([
      { family: 'ipv4', outboundMap: undefined, needsPolicy: true, advertised: expect.any(Number) },
      { family: 'ipv6', outboundMap: 'ISTHMUS-FULL', needsPolicy: false, advertised: expect.any(Number) },
    ]);
    // FRR helps by default, and does not ask to be helped.
    expect(own.gracefulRestart).toEqual({ retained: 'perhaps', restartSeconds: 120, longLivedSeconds: 0 });
  });

  it.each([
    ['Restart', 'Helper', {}, 'yes'],
    ['Restart*', 'Restart', { peerBfdInfo: {} }, 'yes'],
    ['Restart', 'Disable', {}, 'no'],
    ['Restart*', 'NotApplicable', {}, 'no'],
    ['Helper*', 'Restart', {}, 'perhaps'],
    ['Helper*', 'Restart', { peerBfdInfo: {} }, 'no'],
    ['Disable', 'Helper', {}, 'no'],
  ])('retains routes when FRR is in mode %s and the router in mode %s, %j: %s', (...row) => {
    const [localGrMode, remoteGrMode, more, retained] = row;
    const gracefulRestartInfo = { localGrMode, remoteGrMode, timers: { configuredRestartTimer: 7 } };
    const shown = { x: { gracefulRestartInfo, ...more } };
    expect(parseNeighborDetail(JSON.stringify(shown)).gracefulRestart).toEqual({
      retained,
      restartSeconds: 7,
      longLivedSeconds: 0,
    });
  });

  it('reads all times of a restart, and takes what is none for no time', () => {
    const shown = (timers: unknown): unknown =>
      parseNeighborDetail(JSON.stringify({ x: { gracefulRestartInfo: { timers } } })).gracefulRestart;
    expect(shown({ configuredRestartTimer: 120, configuredLlgrStaleTime: 3600 })).toEqual({
      retained: 'no',
      restartSeconds: 120,
      longLivedSeconds: 3600,
    });
    expect(shown({ configuredRestartTimer: -1, configuredLlgrStaleTime: 'x' })).toEqual({
      retained: 'no',
      restartSeconds: 0,
      longLivedSeconds: 0,
    });
  });

  it('is unknown for a neighbour that FRR does not know', () => {
    expect(parseNeighborDetail('{ "bgpNoSuchNeighbor": true }').families).toEqual([]);
    expect(parseNeighborDetail('{}').gracefulRestart.retained).toBe('no');
    expect(saysNoInstance('{ "warning": "Default BGP instance not found" }')).toBe(true);
    expect(saysNoInstance('{}')).toBe(false);
  });
});
