import { CROSS_MISTAKES, type Mistake } from './cross-mistakes.ts';

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
    mistake: "Jool's global in an instance",
    from: 'pool6: 64:ff9b::/96\n    destinations: [128',
    to: 'global: { pool6: 64:ff9b::/96 }\n    destinations: [128',
    message:
      '20:5: instances.upper.global: unknown key "global"; that is Jool\'s; write pool6: 64:ff9b::/96 in its place',
  },
  {
    mistake: "Jool's global, for the whole file",
    from: 'instances:\n',
    to: 'global: { pool6: 64:ff9b::/96 }\ninstances:\n',
    message:
      '7:1: global: unknown key "global"; that is Jool\'s; write pool6: 64:ff9b::/96 under instances.lower, ' +
      'and under instances.upper, and under instances.servers',
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
  ...CROSS_MISTAKES,
];
