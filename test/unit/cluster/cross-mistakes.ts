/** A change of the correct file, and what is reported of it. */
export interface Mistake {
  readonly mistake: string;
  readonly from: string;
  readonly to: string;
  /** Without the name of the file. */
  readonly message: string;
}

/** Each part is right by itself; together they are not. */
export const CROSS_MISTAKES: readonly Mistake[] = [
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
      '35:20: upstreams.core.interfaceDown: the interface is set down when traffic goes on, and traffic is not counted here; it needs BFD or BGP, and no gate: off',
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
