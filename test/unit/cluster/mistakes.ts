/** A right file, and what is said when one thing in it is changed: the rows of the table in docs/config.md. */
export const CORRECT = `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 4
nodes:
  gw1: { slot: 1, links: [ring0, ring1] }
  gw2: { slot: 2, links: [ring0, ring1] }
instances:
  lower:
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
upstreams:
  core:
    bfd: [{ peer: 10.0.0.1, interface: up0 }]
    withdraw: bfd-remove
`;

export interface Mistake {
  readonly mistake: string;
  readonly from: string;
  readonly to: string;
  /** Without the name of the file. */
  readonly message: string;
}

export const MISTAKES: readonly Mistake[] = [
  {
    mistake: 'Not YAML',
    from: 'cluster: campus',
    to: '\tcluster: campus',
    message: '1:1: not readable as YAML: Tabs are not allowed as indentation',
  },
  {
    mistake: 'An alias of nothing',
    from: 'cluster: campus',
    to: 'cluster: *campus',
    message: '1:10: the alias *campus stands for nothing; write &campus before what it is to stand for',
  },
  {
    mistake: 'Aliases that make a small file large',
    from: 'cluster: campus',
    to: `cluster: campus\nx: &x [${'1, '.repeat(20)}]\ny: &y [${'*x, '.repeat(20)}]\nz: [${'*y, '.repeat(20)}]`,
    message: '1:1: not readable as YAML: its aliases stand for far more than there is; write it out',
  },
  {
    mistake: 'Two documents in one file',
    from: 'cluster: campus',
    to: 'cluster: campus\n---\ncluster: other',
    message: '2:1: a second document begins here; the cluster file is one document: remove the line ---',
  },
  {
    mistake: 'A key twice',
    from: 'cluster: campus',
    to: 'cluster: campus\ncluster: other',
    message: '2:1: not readable as YAML: Map keys must be unique',
  },
  {
    mistake: 'A key that does not exist',
    from: 'namespace: nat64\n    pool6: 64:ff9b::/96\n    destinations: [0',
    to: 'namespce: nat64\n    pool6: 64:ff9b::/96\n    destinations: [0',
    message: '10:5: instances.lower.namespce: unknown key "namespce"; did you mean "namespace"?',
  },
  {
    mistake: 'A key is missing',
    from: 'secretFile: /etc/isthmus/cluster.key\n',
    to: '',
    message: '1:1: secretFile: missing; a string is needed here',
  },
  {
    mistake: 'A word where a number belongs',
    from: 'slot: 2',
    to: 'slot: two',
    message: '6:16: nodes.gw2.slot: "two" where a number belongs',
  },
  {
    mistake: 'One thing where a list belongs',
    from: 'gw2: { slot: 2, links: [ring0, ring1]',
    to: 'gw2: { slot: 2, links: ring0',
    message: '6:26: nodes.gw2.links: "ring0" where a list belongs; a list of one is written [ring0]',
  },
  {
    mistake: 'A list with spaces instead of brackets',
    from: 'links: [ring0, ring1] }\ninstances',
    to: 'links: ring0 ring1 }\ninstances',
    message: '6:26: nodes.gw2.links: "ring0 ring1" where a list belongs; a list is written [ring0, ring1]',
  },
  {
    mistake: 'A pool4 that is a prefix alone',
    from: 'pool4:\n      - { prefix: 192.0.2.16/28, ports: 1024-65535 }',
    to: 'pool4: 192.0.2.16/28',
    message:
      '22:12: instances.upper.pool4: "192.0.2.16/28" where a list belongs; ' +
      'write [{ prefix: 192.0.2.16/28, ports: 1024-65535 }]',
  },
  {
    mistake: 'Underscores in a key',
    from: 'secretFile:',
    to: 'secret_file:',
    message: '2:1: secret_file: unknown key "secret_file"; did you mean "secretFile"?',
  },
  {
    mistake: 'yes instead of true',
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    allowNonGlobal: yes',
    message: '13:21: instances.lower.allowNonGlobal: "yes" where a boolean belongs; write true',
  },
  {
    mistake: 'type instead of kind',
    from: 'kind: siit',
    to: 'type: siit',
    message:
      "25:5: instances.servers.kind: not a kind of instance; write kind: instead of type:; kind is 'nat64' or 'siit'",
  },
  {
    mistake: 'An address that ends in a colon, inside braces',
    from: '{ peer: 10.0.0.1, interface: up0 }',
    to: '{ peer: 2001:db8::, interface: up0 }',
    message:
      '32:19: not readable as YAML: inside braces a text that ends in a colon is taken for a key; ' +
      'put it in quotes, such as "2001:db8::"',
  },
  {
    mistake: 'A configuration file of Jool',
    from: CORRECT,
    to: '{ "instance": "a", "framework": "netfilter", "global": { "pool6": "64:ff9b::/96" } }',
    message: '1:1: a configuration file of Jool; convert it: isthmus config import jool FILE',
  },
  {
    mistake: 'A path that is not absolute',
    from: '/etc/isthmus/cluster.key',
    to: 'cluster.key',
    message: '2:13: secretFile: "cluster.key" is not an absolute path; begin it with /',
  },
  {
    mistake: 'A name that JavaScript has for itself',
    from: '  servers:',
    to: '  constructor:',
    message: '25:5: instances.constructor: "constructor" cannot be a name; JavaScript has it for itself: rename it',
  },
  {
    mistake: 'An unknown kind of instance',
    from: 'kind: siit',
    to: 'kind: nat46',
    message: "25:11: instances.servers.kind: not a kind of instance; kind is 'nat64' or 'siit'",
  },
  {
    mistake: 'Host bits in a prefix',
    from: '192.0.2.0/28',
    to: '192.0.2.1/28',
    message:
      '14:19: instances.lower.pool4[0].prefix: "192.0.2.1/28" is not an IPv4 prefix; its host bits are not zero: did you mean 192.0.2.0/28?',
  },
  {
    mistake: 'A pool6 of a length that RFC 6052 does not have',
    from: '2001:db8:100::/40',
    to: '2001:db8:100::/44',
    message: '27:13: instances.servers.pool6[0]: a pool6 of length 44; RFC 6052 allows /32, /40, /48, /56, /64 and /96',
  },
  {
    mistake: 'A pool6 that RFC 6052 does not allow',
    from: '2001:db8:100::/40',
    to: '2001:db8:100:0:100::/96',
    message:
      '27:13: instances.servers.pool6[0]: bits 64 to 71 of 2001:db8:100:0:100::/96 are not zero; RFC 6052 reserves them',
  },
  {
    mistake: 'A pool6 of addresses that are never on the wire',
    from: '2001:db8:100::/40',
    to: '"::ffff:0:0/96"',
    message:
      '27:13: instances.servers.pool6[0]: ::ffff:0:0/96 holds IPv4-mapped addresses, which never are on the wire; use 64:ff9b::/96 or a prefix of your own network',
  },
  {
    mistake: 'A pool4 that nobody can answer to',
    from: '192.0.2.0/28',
    to: '127.0.0.0/28',
    message:
      '14:19: instances.lower.pool4[0].prefix: 127.0.0.0/28 holds loopback addresses; use addresses that are routed to this gateway',
  },
  {
    mistake: 'A second pool6 of a nat64 instance',
    from: 'pool6: 64:ff9b::/96\n    destinations: [0.0.0.0/1]',
    to: 'pool6: [64:ff9b::/96, "2001:db8:64::/96"]\n    destinations: [0.0.0.0/1]',
    message:
      '11:27: instances.lower.pool6[1]: a second pool6; the answers to its clients would come from the first one, 64:ff9b::/96; give it an instance of its own',
  },
  {
    mistake: "A fast path on the instance's own TUN",
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    fastPath: { interfaces: [up0, nat-lower] }',
    message:
      '13:35: instances.lower.fastPath.interfaces[1]: nat-lower is the TUN of the instance; what comes from there has been translated; name the interfaces that packets come in by',
  },
  {
    mistake: 'A user of etcd without a password',
    from: 'slots: 4\n',
    to: 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["192.0.2.9:2379"], caFile: /etc/isthmus/ca.pem, user: isthmus }\n',
    message: '4:14: coordinator: user and passwordFile need each other; give both, or none',
  },
  {
    mistake: 'A certificate without its key',
    from: 'slots: 4\n',
    to: 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["192.0.2.9:2379"], caFile: /etc/isthmus/ca.pem, certificateFile: /etc/isthmus/gw.pem }\n',
    message: '4:14: coordinator: certificateFile and keyFile need each other; give both, or none',
  },
  {
    mistake: 'A password for etcd without TLS',
    from: 'slots: 4\n',
    to: 'slots: 4\ncoordinator: { kind: etcd, endpoints: ["192.0.2.9:2379"], user: isthmus, passwordFile: /etc/isthmus/etcd.password }\n',
    message: '4:14: coordinator: a password would be sent in the clear; add caFile, so that TLS is used',
  },
  {
    mistake: 'An endpoint of etcd without its port',
    from: 'slots: 4\n',
    to: 'slots: 4\ncoordinator: { kind: etcd, endpoints: [192.0.2.9] }\n',
    message: '4:40: coordinator.endpoints[0]: not an endpoint; write it like 192.0.2.1:2379',
  },
  {
    mistake: 'A time without unit',
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    timeouts: { udp: 5 }',
    message:
      '13:22: instances.lower.timeouts.udp: 5 is not a time; a number with a unit is needed, such as 500ms, 6s, 4m or 2h',
  },
  {
    mistake: 'A time that is too long',
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    timeouts: { udp: 400d }',
    message: '13:22: instances.lower.timeouts.udp: "400d" is too long a time; at most 24d is possible',
  },
  {
    mistake: 'A timeout that runs out at once',
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    timeouts: { udp: 0s }',
    message: '13:22: instances.lower.timeouts.udp: too short a time; at least 1ms is needed',
  },
  {
    mistake: 'Ports the wrong way round',
    from: '192.0.2.0/28, ports: 1024-65535',
    to: '192.0.2.0/28, ports: 65535-1024',
    message:
      '14:40: instances.lower.pool4[0].ports: "65535-1024" is not a range of ports; FIRST-LAST is needed, within 0-65535; did you mean 1024-65535?',
  },
  {
    mistake: 'Port 0 for TCP or UDP',
    from: '192.0.2.0/28, ports: 1024-65535',
    to: '192.0.2.0/28, ports: 0-65535',
    message:
      '14:40: instances.lower.pool4[0].ports: TCP and UDP have no port 0; begin at 1; only an entry for ICMP alone may begin at 0',
  },
  {
    mistake: 'Ports beyond 65535',
    from: '192.0.2.0/28, ports: 1024-65535',
    to: '192.0.2.0/28, ports: 1024-70000',
    message:
      '14:40: instances.lower.pool4[0].ports: "1024-70000" is not a range of ports; FIRST-LAST is needed, within 0-65535',
  },
  {
    mistake: 'A slot twice',
    from: 'slot: 2',
    to: 'slot: 1',
    message: '6:16: nodes.gw2.slot: slot 1 is that of gw1 already; each node needs a slot of its own',
  },
  {
    mistake: 'A slot beyond the number of slots',
    from: 'slot: 2',
    to: 'slot: 5',
    message: '6:16: nodes.gw2.slot: slot 5 of 4 slots; use a slot up to 4, or set slots: 5',
  },
  {
    mistake: 'Tables in files where other nodes hold the sessions',
    from: 'slots: 4',
    to: 'slots: 4\nkeepTable: 5m',
    message: "4:12: keepTable: a cluster of 2 nodes, which hold each other's sessions; leave keepTable out",
  },
  {
    mistake: 'A link twice',
    from: 'gw1: { slot: 1, links: [ring0, ring1]',
    to: 'gw1: { slot: 1, links: [ring0, ring0]',
    message: '5:26: nodes.gw1.links: a link twice; name each link once',
  },
  {
    mistake: 'A node that does not exist',
    from: 'destinations: [0.0.0.0/1]',
    to: 'destinations: [0.0.0.0/1]\n    prefer: [gw1, gw22]',
    message: '13:19: instances.lower.prefer[1]: no node is called gw22; did you mean gw2?',
  },
  {
    mistake: 'Fewer ports than slots',
    from: '192.0.2.0/28, ports: 1024-65535',
    to: '192.0.2.0/28, ports: 2000-2002',
    message: '14:40: instances.lower.pool4[0].ports: 3 ports cannot be cut into 4 slots; give it at least 4 ports',
  },
  {
    mistake: 'Entries of pool4 that overlap',
    from: '- { prefix: 192.0.2.0/28, ports: 1024-65535 }',
    to: '- { prefix: 192.0.2.0/28, ports: 1024-65535 }\n      - { prefix: 192.0.2.8/29, ports: 2000-2999, protocols: [udp] }',
    message:
      '15:9: instances.lower.pool4[1]: its ports overlap those of entry 0, 192.0.2.0/28; give each entry addresses, ports or protocols of its own',
  },
  {
    mistake: 'Pools of two instances overlap',
    from: '192.0.2.16/28',
    to: '192.0.2.0/27',
    message:
      '23:7: instances.upper.pool4: its IPv4 addresses overlap those of lower; an IPv4 address can belong to one instance only',
  },
  {
    mistake: 'EAM of one instance, pool4 of another',
    from: '198.51.100.0/24',
    to: '192.0.2.8/29',
    message:
      '29:7: instances.servers.eam: its IPv4 addresses overlap those of lower; an IPv4 address can belong to one instance only',
  },
  {
    mistake: 'Two instances with one pool6 and the same destinations',
    from: '[128.0.0.0/1]',
    to: '[0.0.0.0/0]',
    message:
      '20:12: instances.upper.pool6: its pool6 overlaps that of lower, for the same destinations; give each its own pool6, or its own destinations',
  },
  {
    mistake: 'Prefixes of pool6 that shadow each other',
    from: '[2001:db8:100::/40]',
    to: '[2001:db8:100::/40, 2001:db8:100::/48]',
    message:
      '27:32: instances.servers.pool6[1]: it shadows, or is shadowed by, 2001:db8:100::/40; use prefixes that do not contain each other',
  },
  {
    mistake: 'Neither pool6 nor mappings',
    from: 'pool6: [2001:db8:100::/40]\n    eam:\n      - { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }',
    to: 'icmp: { source6: 2001:db8::1 }',
    message: '25:5: instances.servers: neither pool6 nor eam, so that nothing is translated; add pool6, eam or eamFile',
  },
  {
    mistake: 'No source of ICMPv6 errors',
    from: '    pool6: [2001:db8:100::/40]\n',
    to: '',
    message:
      '25:5: instances.servers: ICMPv6 errors have no source: source4 has no IPv6 form without pool6; add icmp: { source6: ADDRESS }',
  },
  {
    mistake: 'A static entry outside of pool4',
    from: 'v4: 192.0.2.2, port4',
    to: 'v4: 192.0.3.2, port4',
    message:
      '16:9: instances.lower.static[0]: 192.0.3.2 port 2000 (tcp) is not in pool4; a static entry uses an address and port of the pool',
  },
  {
    mistake: 'A static entry twice',
    from: 'port4: 2000 }',
    to: 'port4: 2000 }\n      - { protocol: tcp, v6: 2001:db8::6, port6: 2000, v4: 192.0.2.2, port4: 2000 }',
    message: '17:9: instances.lower.static[1]: tcp 192.0.2.2 2000 has entry 0 already; map each address and port once',
  },
  {
    mistake: 'An EAM entry twice',
    from: '- { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }',
    to: '- { v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }\n      - { v6: 2001:db8:4::/120, v4: 198.51.100.0/24 }',
    message: '30:37: instances.servers.eam[1].v4: 198.51.100.0/24 has entry 0 already; map each prefix once',
  },
  {
    mistake: 'An EAM entry with too small an IPv6 side',
    from: '2001:db8:3::/120, v4',
    to: '2001:db8:3::/124, v4',
    message:
      '29:9: instances.servers.eam[0]: 198.51.100.0/24 has more addresses than 2001:db8:3::/124; the IPv6 side needs a length of at most 120',
  },
  {
    mistake: 'An EAM prefix that contains pool6',
    from: 'v6: 2001:db8:3::/120',
    to: 'v6: 2001:db8::/32',
    message:
      '29:15: instances.servers.eam[0].v6: 2001:db8::/32 contains pool6 2001:db8:100::/40; use prefixes that do not overlap',
  },
  {
    mistake: 'Two TUN devices of one name in one namespace',
    from: 'kind: siit\n',
    to: 'kind: siit\n    tun: nat-lower\n',
    message:
      '26:10: instances.servers.tun: its TUN device would be nat-lower, as that of lower in the same namespace; give it a tun of another name',
  },
  {
    mistake: 'Two instances for the same clients',
    from: '  servers:\n',
    to: '  halls: { kind: nat64, pool6: 64:ff9b::/96, clients: ["2001:db8:a::/48"], pool4: [{ prefix: 192.0.2.32/28 }] }\n  labs: { kind: nat64, pool6: 64:ff9b::/96, clients: ["2001:db8:a:1::/64"], pool4: [{ prefix: 192.0.2.48/28 }] }\n  servers:\n',
    message:
      '25:54: instances.labs.clients: they overlap those of halls, for the same pool6 and destinations; give each its own clients, or its own pool6 or destinations',
  },
  {
    mistake: 'A router inside of pool4',
    from: 'peer: 10.0.0.1',
    to: 'peer: 192.0.2.3',
    message: '14:9: instances.lower.pool4[0]: 192.0.2.3 is a router (upstream core); take it out of pool4',
  },
  {
    mistake: 'A method of withdrawal without its peers',
    from: 'withdraw: bfd-remove',
    to: 'withdraw: [bfd-remove, bgp-prefix]',
    message:
      '33:28: upstreams.core.withdraw[1]: bgp-prefix needs a BGP neighbour, and this upstream has none; use bfd-block or bfd-remove, or give it bgp',
  },
  {
    mistake: 'AdminDown for a router that may keep its route on it',
    from: 'withdraw: bfd-remove',
    to: 'withdraw: bfd-shutdown',
    message:
      '33:15: upstreams.core.withdraw[0]: bfd-shutdown sends AdminDown, on which many routers keep their route (FRR 10.7 and later do), and then nothing withdraws it any more; use bfd-block or bfd-remove, which work with every router, or say that this one drops its route on it: neighbor: bird, neighbor: frr<10.7, or neighbor: { dropsOnAdminDown: true }',
  },
  {
    mistake: 'A method that has no effect after the one before it',
    from: 'withdraw: bfd-remove',
    to: 'withdraw: [bfd-shutdown, bfd-remove]\n    neighbor: bird',
    message:
      '33:30: upstreams.core.withdraw[1]: bfd-remove after bfd-shutdown has no effect: after AdminDown the session is down already, so no detection time runs out, and a router that kept its route keeps it; name bfd-shutdown alone, or bfd-remove alone',
  },
  {
    mistake: 'Interfaces to be set down where nobody counts what arrives',
    from: 'withdraw: bfd-remove',
    to: 'withdraw: bfd-remove\n    gate: off\n    interfaceDown: true',
    message:
      '35:20: upstreams.core.interfaceDown: only the traffic tells when the interface is to be set down, and nobody counts it here; it needs BFD or BGP, and no gate: off',
  },
  {
    mistake: 'A kind of router that nobody knows',
    from: 'withdraw: bfd-remove',
    to: 'neighbor: frr<10',
    message:
      '33:15: upstreams.core.neighbor: not a kind of router; write bird, frr<10.7, frr, other, or { dropsOnAdminDown: true }',
  },
  {
    mistake: 'BFD over a link-local address without interface',
    from: 'peer: 10.0.0.1, interface: up0',
    to: 'peer: "fe80::1"',
    message: '32:19: upstreams.core.bfd[0].peer: fe80::1 is a link-local address without its interface; add interface',
  },
  {
    mistake: 'A node without an address for gRPC',
    from: 'slots: 4\nnodes:\n  gw1: { slot: 1,',
    to: 'slots: 4\nreplication: { grpc: {} }\nnodes:\n  gw1: { slot: 1, grpc: "2001:db8::1",',
    message: '7:8: nodes.gw2: no grpc address, and replication.grpc joins all nodes; give it one: grpc: ADDRESS',
  },
  {
    mistake: 'An address for gRPC, which is off',
    from: 'gw1: { slot: 1,',
    to: 'gw1: { slot: 1, grpc: "2001:db8::1",',
    message: '5:25: nodes.gw1.grpc: an address for gRPC, which is off; add grpc: {} under replication',
  },
  {
    mistake: 'Two nodes with one address for gRPC',
    from: 'nodes:\n  gw1: { slot: 1, links: [ring0, ring1] }\n  gw2: { slot: 2,',
    to: 'replication: { grpc: {} }\nnodes:\n  gw1: { slot: 1, grpc: "2001:db8::1", links: [ring0, ring1] }\n  gw2: { slot: 2, grpc: "2001:DB8:0::1",',
    message: '7:25: nodes.gw2.grpc: 2001:DB8:0::1 is the address of gw1 already; each node has its own',
  },
  {
    mistake: 'A second site without gRPC',
    from: 'gw2: { slot: 2,',
    to: 'gw2: { slot: 2, site: east,',
    message:
      '6:25: nodes.gw2.site: site east is not that of the other nodes, and nothing leads there; add grpc: {} under replication, and a grpc address to each node',
  },
];
