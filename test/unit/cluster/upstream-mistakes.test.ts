import { describe, expect, it } from 'vitest';
import { type Change, reported } from './reported.ts';

const BFD = 'bfd: [{ peer: 10.0.0.1, interface: up0 }]\n    withdraw: bfd-remove';
const NEIGHBOR = 'asn: 64512, neighbors: [{ peer: 10.0.0.1 }]';
const VRRP = 'vrrp: { instances: [inside], trackFile: /run/isthmus/track }';
/** The correct file has pool6 and pool4 of two nat64 instances, and pool6 and a mapping of a siit one. */
const OWN_PREFIXES = 6;
const MOST_PREFIXES = 256;

/** The upstream of the correct file has these fields in place of its own. */
const upstream = (...lines: string[]): Change => [BFD, lines.join('\n    ')];
const bfd = (peer: string): Change => ['{ peer: 10.0.0.1, interface: up0 }', peer];

describe('an upstream without anything to withdraw', () => {
  it('is reported, whatever else it says', () => {
    const what = 'upstreams.core: it has neither BFD peers nor BGP neighbours nor VRRP instances; list its peers';
    const [line, ...more] = reported(upstream('bfd: []'));
    expect([line?.slice(0, what.length), more]).toEqual([what, []]);
    expect(reported(upstream('bfd: []', 'withdraw: bfd-remove'))).toHaveLength(2);
  });

  it.each([
    ['BGP alone', upstream(`bgp: { ${NEIGHBOR} }`)],
    ['VRRP alone', upstream(VRRP)],
    ['BFD alone', upstream('bfd: [{ peer: 10.0.0.1 }]')],
    ['all of them', upstream('bfd: [{ peer: 10.0.0.1 }]', `bgp: { ${NEIGHBOR} }`, VRRP)],
  ])('is none with %s, whose methods are chosen', (_, change) => expect(reported(change)).toEqual([]));
});

describe('methods of withdrawal', () => {
  const methods = (list: string, ...lines: string[]): string[] => reported(upstream(...lines, `withdraw: [${list}]`));

  it('of VRRP need VRRP, and VRRP needs them', () => {
    expect(methods('bfd-remove, vrrp-fault', 'bfd: [{ peer: 10.0.0.1 }]')).toEqual([
      'upstreams.core.withdraw[1]: vrrp-fault needs VRRP instances, and this upstream has none; give it vrrp, or use ' +
        'another method',
    ]);
    expect(methods('bfd-remove', 'bfd: [{ peer: 10.0.0.1 }]', VRRP)).toEqual([
      'upstreams.core.withdraw: its VRRP instances could not be withdrawn by any of these methods; add vrrp-fault',
    ]);
    expect(methods('vrrp-fault', VRRP)).toEqual([]);
    expect(methods('bfd-remove, vrrp-fault', 'bfd: [{ peer: 10.0.0.1 }]', VRRP)).toEqual([]);
  });

  it('of BGP need BGP, and no others are said to be missing', () => {
    expect(methods('bgp-shutdown', `bgp: { ${NEIGHBOR} }`)).toEqual([]);
    expect(methods('bgp-prefix, bgp-prefix', `bgp: { ${NEIGHBOR} }`)).toEqual([
      'upstreams.core.withdraw[1]: bgp-prefix twice; name each method once',
    ]);
    expect(methods('bfd-block', `bgp: { ${NEIGHBOR} }`)).toEqual(
      [
        'upstreams.core.withdraw[0]: bfd-block needs BFD peers, and this upstream has none; list its peers under bfd, or ' +
          'use a method of bgp',
        'upstreams.core.withdraw: what BGP announces could not be withdrawn by any of these methods; add bgp-prefix or ' +
          'bgp-shutdown',
      ].toSorted(),
    );
  });

  it('are judged by what the router does on AdminDown only where there is BFD', () => {
    const shutdown = methods('bgp-prefix, bfd-shutdown', `bgp: { ${NEIGHBOR} }`);
    expect(shutdown).toHaveLength(1);
    expect(shutdown[0]).toContain('bfd-shutdown needs BFD peers');
  });
});

describe('an interface that may be set down', () => {
  const down = (...lines: string[]): string[] => reported(upstream(...lines, 'interfaceDown: true'));
  const what = 'upstreams.core.interfaceDown: the interface is set down when traffic goes on, and traffic is not';

  it('needs the gate, and a protocol that the gate watches', () => {
    expect(down('bfd: [{ peer: 10.0.0.1 }]')).toEqual([]);
    expect(down(`bgp: { ${NEIGHBOR} }`)).toEqual([]);
    for (const lines of [[VRRP], [`bgp: { ${NEIGHBOR} }`, 'gate: off'], ['bfd: [{ peer: 10.0.0.1 }]', 'gate: off']]) {
      expect(down(...lines).map((line) => line.slice(0, what.length))).toEqual([what]);
    }
  });
});

describe('a link-local router', () => {
  it.each([
    ['fe80::1', 1],
    ['FE8F::1', 1],
    ['fe90::1', 1],
    ['feaf::1', 1],
    ['febf::1', 1],
    ['fec0::1', 0],
    ['fe7f::1', 0],
    ['2001:db8:fe80::1', 0],
  ])('of BFD needs its interface: %s', (peer, count) => {
    const lines = reported(bfd(`{ peer: "${peer}" }`));
    expect(lines).toHaveLength(count);
    const message = `upstreams.core.bfd[0].peer: ${peer} is a link-local address without its interface; add interface`;
    if (count > 0) expect(lines[0]).toBe(message);
    expect(reported(bfd(`{ peer: "${peer}", interface: up0 }`))).toEqual([]);
  });

  it('cannot be a neighbour of BGP', () => {
    const neighbors = 'neighbors: [{ peer: 10.0.0.1 }, { peer: "fe80::1" }]';
    expect(reported(upstream(`bgp: { asn: 64512, ${neighbors} }`))).toEqual([
      'upstreams.core.bgp.neighbors[1].peer: fe80::1 is a link-local address, which a neighbour cannot be configured by; ' +
        'use an address of the link that is not link-local',
    ]);
  });
});

describe('a multihop peer', () => {
  it.each([
    ['without an address', '{ peer: 10.0.0.1, multihop: true }'],
    ['with one of the other family', '{ peer: 10.0.0.1, multihop: true, local: "2001:db8::1" }'],
    ['with an interface', '{ peer: 10.0.0.1, multihop: true, local: 10.1.0.1, interface: up0 }'],
  ])('is refused %s', (_, peer) => {
    const lines = reported(bfd(peer));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^upstreams\.core\.bfd\[0\]: .*; multihop peers have a local address of the same family/);
  });
});

describe('nodes of an upstream', () => {
  it('are nodes of the file', () => {
    expect(reported(upstream(BFD, 'nodes: [gw2, gw3, elsewhere]'))).toEqual([
      'upstreams.core.nodes[1]: no node is called gw3; did you mean gw1?',
      'upstreams.core.nodes[2]: no node is called elsewhere; the nodes are gw1, gw2',
    ]);
  });
});

describe('prefixes that BGP announces', () => {
  const list = (count: number): string =>
    Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`).join(', ');
  const announced = (prefixes: string): string[] => reported(upstream(`bgp: { ${NEIGHBOR}, prefixes: [${prefixes}] }`));

  it(`are up to ${MOST_PREFIXES}`, () => {
    expect(announced(list(MOST_PREFIXES))).toEqual([]);
    expect(announced(list(MOST_PREFIXES + 1))).toEqual([
      `upstreams.core.bgp.prefixes: ${MOST_PREFIXES + 1} prefixes, and at most ${MOST_PREFIXES} can be announced; list ` +
        'fewer and shorter ones',
    ]);
  });

  it('are those of the instances where none is listed, and count as such', () => {
    const mappings = (count: number): Change => [
      '- { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }',
      Array.from(
        { length: count },
        (_, index) => `- { v6: "2001:db8:3:${index.toString(16)}::/120", v4: 10.${index >> 8}.${index & 255}.0/24 }`,
      ).join('\n      '),
    ];
    const bgp = upstream('bgp: { asn: 64512, neighbors: [{ peer: 192.0.2.200 }] }');
    const most = MOST_PREFIXES - OWN_PREFIXES + 1;
    expect(reported(bgp, mappings(most))).toEqual([]);
    const many = (count: number): string =>
      `upstreams.core.bgp: the instances have ${count} prefixes, and at most ${MOST_PREFIXES} can be announced; list ` +
      'fewer and shorter ones under bgp.prefixes';
    expect(reported(bgp, mappings(most + 1))).toEqual([many(MOST_PREFIXES + 1)]);
    // Each destination is one for each pool6.
    const twice: Change = ['destinations: [0.0.0.0/1]', 'destinations: [0.0.0.0/2, 64.0.0.0/2]'];
    expect(reported(bgp, mappings(most), twice)).toEqual([many(MOST_PREFIXES + 1)]);
  });

  it('are none without an instance', () => {
    expect(reported(...WITHOUT_INSTANCES, upstream(`bgp: { ${NEIGHBOR} }`))).toEqual([
      'upstreams.core.bgp: there is no prefix to announce; add an instance, or list prefixes',
    ]);
    expect(reported(...WITHOUT_INSTANCES, upstream(`bgp: { ${NEIGHBOR}, prefixes: [10.0.0.0/8] }`))).toEqual([]);
    expect(reported(...WITHOUT_INSTANCES)).toEqual([]);
  });
});

describe('what two upstreams share', () => {
  const two = (one: string, other: string, ...changes: Change[]): string[] =>
    reported(...changes, upstream(...one.split('\n'), `# second\n  edge:\n    ${other.split('\n').join('\n    ')}`));
  const peer = (fields = ''): string => `bfd: [{ peer: 10.0.0.1${fields} }]`;

  it.each([
    ['one peer on another interface', peer(', interface: up0'), peer(', interface: up1')],
    ['one peer of another FRR', peer(), `${peer()}\nfrr: { pathspace: other }`],
    ['a peer of BFD and a neighbour of BGP', peer(), `bgp: { ${NEIGHBOR} }`],
    ['a file of VRRP, for other nodes', `${VRRP}\nnodes: [gw1]`, `${VRRP}\nnodes: [gw2]`],
    ['files of their own', VRRP, VRRP.replace('/track', '/other')],
    ['nothing of VRRP', peer(), peer().replace('.1', '.2')],
  ])('may be %s', (_, one, other) => expect(two(one, other)).toEqual([]));

  it('is reported at the second one', () => {
    expect(two(peer(), `bfd: [{ peer: 10.0.0.9 }, { peer: 10.0.0.1 }]`)).toEqual([
      'upstreams.edge.bfd[1]: 10.0.0.1 is a peer of core already; each peer belongs to one upstream',
    ]);
    expect(two(VRRP, VRRP.replace('inside', 'outside'))).toEqual([
      'upstreams.edge.vrrp.trackFile: /run/isthmus/track is the file of core already; each upstream has a file of its own',
    ]);
    expect(two(`${VRRP}\nnodes: [gw1]`, `${VRRP}\nnodes: [gw1]`)).toHaveLength(1);
  });
});

/** The correct file with no instance. */
const WITHOUT_INSTANCES: readonly Change[] = [
  [
    `  lower:
    kind: nat64
    namespace: nat64
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/1]
    pool4:
      - { prefix: 192.0.2.0/28, ports: 1024-65535 }
    static:
      - { protocol: tcp, v6: 2001:db8::5, port6: 2000, v4: 192.0.2.2, port4: 2000 }
  upper:
    kind: nat64
    namespace: nat64
    pool6: 64:ff9b::/96
    destinations: [128.0.0.0/1]
    pool4:
      - { prefix: 192.0.2.16/28, ports: 1024-65535 }
  servers:
    kind: siit
    namespace: nat64
    pool6: [2001:db8:100::/40]
    eam:
      - { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }
`,
    '    {}\n',
  ],
];
