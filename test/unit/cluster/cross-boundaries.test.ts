import { expect, describe, it } from 'vitest';
import { type Change, reported } from './reported.ts';

const POOL = '{ prefix: 192.0.2.0/28, ports: 1024-65535 }';
const STATIC = '{ protocol: tcp, v6: 2001:db8::5, port6: 2000, v4: 192.0.2.2, port4: 2000 }';
const BFD = 'bfd: [{ peer: 10.0.0.1, interface: up0 }]\n    withdraw: bfd-remove';
const BGP = 'bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bgp-prefix';
const EAM = '- { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }';
const NODES = 'gw1: { slot: 1, links: [ring0, ring1] }\n  gw2: { slot: 2, links: [ring0, ring1] }';
const LAST = '  servers:\n';
const TOP = 'slots: 4\n';

/** An instance of its own after `lower`. */
function instance(fields: string): Change {
  return [LAST, `  more: { kind: nat64, namespace: nat64, ${fields} }\n${LAST}`];
}

describe('what stands just within the limits', () => {
  it.each<[string, ...Change[]]>([
    ['nothing is changed'],
    ['the highest slot', ['slot: 2', 'slot: 4']],
    ['as many ports as slots', [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2003 }']],
    [
      'a port for each shard',
      ['    namespace: nat64\n', '    namespace: nat64\n    shards: 2\n'],
      [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2007 }'],
    ],
    [
      'two blocks less one port for each slot',
      [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2251 }'],
      ['    static:', '    portBlockSize: 32\n    static:'],
    ],
    ['port 0 for ICMP alone', [POOL, `${POOL}\n      - { prefix: 192.0.2.32/28, ports: 0-65535, protocols: [icmp] }`]],
    [
      'entries with other ports',
      [POOL, `{ prefix: 192.0.2.0/28, ports: 1024-2999 }\n      - { prefix: 192.0.2.0/28, ports: 3000-4000 }`],
    ],
    [
      'entries with other protocols',
      [
        POOL,
        `{ prefix: 192.0.2.0/28, ports: 1024-2999, protocols: [tcp] }\n      - { prefix: 192.0.2.0/28, ports: 1024-2999, protocols: [udp, icmp] }`,
      ],
    ],
    ['entries with other addresses', [POOL, `${POOL}\n      - { prefix: 192.0.2.32/28, ports: 1024-65535 }`]],
    ['the first port of the pool', [STATIC, STATIC.replace('port4: 2000', 'port4: 1024')]],
    ['the last port of the pool', [STATIC, STATIC.replace('port4: 2000', 'port4: 65535')]],
    ['the last address of the pool', [STATIC, STATIC.replace('192.0.2.2', '192.0.2.15')]],
    ['static entries of two protocols', [STATIC, `${STATIC}\n      - ${STATIC.replace('tcp', 'udp')}`]],
    ['static entries with other ports', [STATIC, `${STATIC}\n      - ${STATIC.replaceAll('2000', '2001')}`]],
    [
      'CPUs up to the last one',
      ['    namespace: nat64\n', '    namespace: nat64\n    shards: 2\n    worker: { cpu: 1022 }\n'],
    ],
    ['an EAM as large as its IPv6 side', ['2001:db8:3::/120, v4', '2001:db8:4::/120, v4']],
    ['pool6 beside an EAM', [EAM, `${EAM}\n      - { v6: 2001:db8:200::/40, v4: 198.51.101.0/24 }`]],
    [
      'an instance with clients beside one for all',
      instance('pool6: 64:ff9b::/96, clients: ["2001:db8:a::/48"], pool4: [{ prefix: 192.0.2.32/28 }]'),
    ],
    [
      'clients that are apart',
      instance('pool6: 64:ff9b::/96, clients: ["2001:db8:a::/48"], pool4: [{ prefix: 192.0.2.32/28 }]'),
      [
        LAST,
        '  yet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, clients: ["2001:db8:b::/48"], pool4: [{ prefix: 192.0.2.48/28 }] }\n  servers:\n',
      ],
    ],
    ['another pool6 for the same destinations', instance('pool6: 64:ff9b:1::/96, pool4: [{ prefix: 192.0.2.32/28 }]')],
    ['routers outside of the pool', ['peer: 10.0.0.1', 'peer: 192.0.2.32']],
    ['a link-local router with its interface', ['peer: 10.0.0.1', 'peer: "fe80::1"']],
    [
      'one node with tables in files',
      [NODES, 'gw1: { slot: 1, links: [ring0, ring1] }'],
      [TOP, 'slots: 4\nkeepTable: 5m\n'],
    ],
    [
      'a site of all nodes',
      ['gw1: { slot: 1,', 'gw1: { slot: 1, site: east,'],
      ['gw2: { slot: 2,', 'gw2: { slot: 2, site: east,'],
    ],
    [
      'two sites with gRPC',
      [TOP, 'slots: 4\nreplication: { grpc: {} }\n'],
      ['gw1: { slot: 1,', 'gw1: { slot: 1, grpc: "2001:db8::1",'],
      ['gw2: { slot: 2,', 'gw2: { slot: 2, grpc: "2001:db8::2", site: east,'],
    ],
    ['BGP with its method', [BFD, BGP]],
    [
      'BFD and BGP with a method of each',
      [
        BFD,
        'bfd: [{ peer: 10.0.0.1, interface: up0 }]\n    bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: [bfd-remove, bgp-prefix]',
      ],
    ],
    [
      'a Jool of the family of its group',
      [
        '    namespace: nat64\n',
        '    namespace: nat64\n    adopt: { joold: { group: 224.0.0.64, interface: up0, from: [10.0.0.5] } }\n',
      ],
    ],
    [
      'one peer of two upstreams, of other nodes',
      [BFD, `${BFD}\n    nodes: [gw1]\n  edge:\n    ${BFD}\n    nodes: [gw2]`],
    ],
    [
      'an interface that may be set down with its gate',
      ['withdraw: bfd-remove', 'withdraw: bfd-remove\n    interfaceDown: true'],
    ],
    [
      'a multihop peer with its address',
      ['{ peer: 10.0.0.1, interface: up0 }', '{ peer: 10.0.0.1, multihop: true, local: 10.1.0.1 }'],
    ],
    [
      'etcd with a password over TLS',
      [
        TOP,
        'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], user: u, passwordFile: /p, caFile: /c }\n',
      ],
    ],
    [
      'etcd with a certificate',
      [
        TOP,
        'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], certificateFile: /c, keyFile: /k, caFile: /c }\n',
      ],
    ],
  ])('is right: %s', (_, ...changes) => {
    expect(reported(...changes)).toEqual([]);
  });
});

describe('what stands just beyond them', () => {
  it.each<[string, string, ...Change[]]>([
    ['a slot too high', 'slot 5 of 4 slots', ['slot: 2', 'slot: 5']],
    [
      'a port less than slots',
      '3 ports cannot be cut into 4 slots; give it at least 4 ports',
      [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2002 }'],
      ['    static:\n      - ' + STATIC + '\n', ''],
    ],
    [
      'a port less than shards',
      '7 ports cannot be cut into 4 slots of 2 shards; give it at least 8 ports',
      ['    namespace: nat64\n', '    namespace: nat64\n    shards: 2\n'],
      [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2006 }'],
    ],
    [
      'a port less than blocks',
      '251 ports cannot be cut into 4 slots with a block of 32 ports each; give it at least 252 ports',
      [POOL, '{ prefix: 192.0.2.0/28, ports: 2000-2250 }'],
      ['    static:', '    portBlockSize: 32\n    static:'],
    ],
    [
      'port 0 for ICMP and UDP',
      'TCP and UDP have no port 0',
      [POOL, `${POOL}\n      - { prefix: 192.0.2.32/28, ports: 0-65535, protocols: [icmp, udp] }`],
    ],
    [
      'ports that touch',
      'its ports overlap those of entry 0',
      [POOL, `{ prefix: 192.0.2.0/28, ports: 1024-2999 }\n      - { prefix: 192.0.2.0/28, ports: 2999-4000 }`],
    ],
    [
      'ports that touch, the other way round',
      'its ports overlap those of entry 0',
      [POOL, `{ prefix: 192.0.2.0/28, ports: 2000-4000 }\n      - { prefix: 192.0.2.0/28, ports: 1024-2000 }`],
    ],
    [
      'a port below the pool',
      '192.0.2.2 port 1023 (tcp) is not in pool4',
      [STATIC, STATIC.replace('port4: 2000', 'port4: 1023')],
    ],
    [
      'an address beyond the pool',
      '192.0.2.16 port 2000 (tcp) is not in pool4',
      [STATIC, STATIC.replace('192.0.2.2', '192.0.2.16')],
    ],
    [
      'a protocol that the pool is not for',
      '192.0.2.2 port 2000 (tcp) is not in pool4',
      [POOL, '{ prefix: 192.0.2.0/28, ports: 1024-65535, protocols: [udp] }'],
    ],
    [
      'a static entry with the same IPv6 side',
      'tcp 2001:db8::5 2000 has entry 0 already',
      [STATIC, `${STATIC}\n      - ${STATIC.replace('port4: 2000', 'port4: 2001')}`],
    ],
    [
      'a CPU too many',
      '2 shards from CPU 1023 on need CPU 1024; the highest is 1023',
      ['    namespace: nat64\n', '    namespace: nat64\n    shards: 2\n    worker: { cpu: 1023 }\n'],
    ],
    [
      'an EAM one bit too large',
      'the IPv6 side needs a length of at most 120',
      ['2001:db8:3::/120, v4', '2001:db8:3::/121, v4'],
    ],
    [
      'an IPv6 side twice',
      '2001:db8:3::/120 has entry 0 already',
      [EAM, `${EAM}\n      - { v6: 2001:db8:3::/120, v4: 198.51.101.0/24 }`],
    ],
    [
      'a second pool6',
      'a second pool6; the answers to its clients would come from the first one, 64:ff9b::/96',
      ['pool6: 64:ff9b::/96', 'pool6: [64:ff9b::/96, 64:ff9b:2::/96]'],
    ],
    [
      'a neighbour of BGP in the pool',
      '192.0.2.3 is a router (upstream core); take it out of pool4',
      [BFD, 'bgp: { asn: 64512, neighbors: [{ peer: 192.0.2.3 }] }\n    withdraw: bgp-prefix'],
    ],
    [
      'an address of the node in the EAM',
      '198.51.100.9 is an address of the node (upstream core); take it out of eam',
      ['{ peer: 10.0.0.1, interface: up0 }', '{ peer: 10.0.0.1, multihop: true, local: 198.51.100.9 }'],
    ],
    [
      'the TUN as an interface of the fast path',
      'is the TUN of the instance',
      ['    namespace: nat64\n', '    namespace: nat64\n    fastPath: { interfaces: [nat-lower] }\n'],
    ],
    [
      'one prefix twice in the same table of routes',
      'instances.yet.routingTable: its routing table would be 1007, as that of more in the same namespace',
      instance(
        'pool6: 64:ff9b::/96, clients: ["2001:db8:a::/48"], routingTable: 1007, pool4: [{ prefix: 192.0.2.32/28 }]',
      ),
      [
        LAST,
        '  yet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, clients: ["2001:db8:b::/48"], routingTable: 1007, pool4: [{ prefix: 192.0.2.48/28 }] }\n  servers:\n',
      ],
    ],
    [
      'a Jool of the other family than its group',
      'instances.lower.adopt.joold.from[1]: 10.0.0.5 sends nothing to ff08::64, a group of the other family; give its IPv6',
      [
        '    namespace: nat64\n',
        '    namespace: nat64\n    adopt: { joold: { group: "ff08::64", interface: up0, from: ["2001:db8::5", 10.0.0.5] } }\n',
      ],
    ],
    [
      'one BFD peer of two upstreams of one node',
      'upstreams.edge.bfd[0]: 10.0.0.1 is a peer of core already',
      [BFD, `${BFD}\n    nodes: [gw1]\n  edge:\n    ${BFD}\n    nodes: [gw1]`],
    ],
    [
      'one BGP neighbour of two upstreams',
      'upstreams.edge.bgp.neighbors[1]: 10.0.0.1 is a peer of core already',
      [BFD, `${BGP}\n  edge:\n    ${BGP.replace('[', '[{ peer: 10.0.0.9 }, ')}`],
    ],
    [
      'BFD without its method',
      'its BFD peers could not be withdrawn by any of these methods',
      [
        BFD,
        'bfd: [{ peer: 10.0.0.1, interface: up0 }]\n    bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bgp-prefix',
      ],
    ],
    [
      'BGP without its method',
      'what BGP announces could not be withdrawn by any of these methods',
      [
        BFD,
        'bfd: [{ peer: 10.0.0.1, interface: up0 }]\n    bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bfd-remove',
      ],
    ],
    [
      'a method of BFD without peers',
      'bfd-remove needs BFD peers, and this upstream has none',
      [BFD, 'bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: [bgp-prefix, bfd-remove]'],
    ],
    [
      'a method twice',
      'bfd-remove twice; name each method once',
      ['withdraw: bfd-remove', 'withdraw: [bfd-remove, bfd-remove]'],
    ],
    [
      'the gate as a method, which is off',
      'bfd-block needs the gate, which is off',
      ['withdraw: bfd-remove', 'withdraw: bfd-block\n    gate: off'],
    ],
    [
      'a multihop peer with an interface',
      'multihop needs a local address, and has no interface',
      ['{ peer: 10.0.0.1, interface: up0 }', '{ peer: 10.0.0.1, interface: up0, multihop: true, local: 10.1.0.1 }'],
    ],
    [
      'a link-local neighbour of BGP',
      'fe80::1 is a link-local address, which a neighbour cannot be configured by',
      [BFD, 'bgp: { asn: 64512, neighbors: [{ peer: "fe80::1" }] }\n    withdraw: bgp-prefix'],
    ],
    [
      'a password without its user',
      'user and passwordFile need each other',
      [TOP, 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], passwordFile: /p, caFile: /c }\n'],
    ],
    [
      'a key without its certificate',
      'certificateFile and keyFile need each other',
      [TOP, 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], keyFile: /k, caFile: /c }\n'],
    ],
    [
      'a certificate that is never shown',
      'a certificate without caFile is never shown',
      [TOP, 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], certificateFile: /c, keyFile: /k }\n'],
    ],
    [
      'a password in the clear',
      'a password would be sent in the clear',
      [TOP, 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["10.9.0.1:2379"], user: u, passwordFile: /p }\n'],
    ],
    [
      'two sinks in one directory',
      'its files lie in the directory of sink a',
      [TOP, 'slots: 4\nnatLog: { sinks: { a: { kind: file }, b: { kind: file } } }\n'],
    ],
    [
      'TLS names without TLS',
      'ca and serverName are of TLS only',
      [TOP, 'slots: 4\nnatLog: { sinks: { a: { kind: syslog, server: 10.9.0.1, transport: tcp, serverName: x } } }\n'],
    ],
  ])('is reported: %s', (_, message, ...changes) => {
    const lines = reported(...changes);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });
});
