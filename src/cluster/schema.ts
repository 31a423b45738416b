import { z } from 'zod';
import type { WithdrawalMethod } from '../frr/announcer.ts';
import { defaultMethods } from '../frr/withdrawal-order.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { upstream } from './upstream-schema.ts';
import { checks, states } from './checks-schema.ts';
import { LOG_LEVELS } from './log-levels.ts';
import {
  address,
  duration,
  filePath,
  interfaceName,
  ipv4,
  ipv6,
  listOf,
  name,
  pool4Prefix,
  pool6Prefix,
  port,
  ports,
  prefix4,
  prefix6,
  someTime,
} from './values.ts';

/** The shape of the cluster file, with its defaults. What only shows across parts is in cross-checks.ts. */

const protocol = z.enum(['tcp', 'udp', 'icmp']);
const minutes = 60_000;

const node = z.strictObject({
  slot: z
    .number()
    .int()
    .min(1)
    .max(MAX_NODE_SLOT)
    .describe('Number of the node, for good: it marks sessions and cuts the ports'),
  links: z.array(interfaceName).max(8).default([]).describe('Interfaces that carry replication'),
  site: name.default('main').describe('Where it is: nodes of one site hear each other by multicast on their links'),
  grpc: address.optional().describe('Its own address for replication by gRPC; all nodes have one or none'),
});

const pool4Entry = z.strictObject({
  prefix: pool4Prefix.describe('IPv4 addresses that clients are masked with'),
  ports: ports.default([1024, 65535]).describe('Ports, and identifiers of ICMP'),
  protocols: z.array(protocol).min(1).default(['tcp', 'udp', 'icmp']),
  clients: z.array(prefix6).default([]).describe('IPv6 prefixes of the clients that it serves; empty: all'),
});

const staticEntry = z.strictObject({ protocol, v6: ipv6, port6: port, v4: ipv4, port4: port });

const icmp = z.strictObject({
  source4: ipv4
    .default('192.0.0.8')
    .describe('Source of ICMPv4 errors that the translator makes (RFC 7600 dummy address)'),
  source6: ipv6.optional().describe('Source of ICMPv6 errors; default: the IPv6 form of source4'),
  errorsPerSecond: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(1000)
    .describe('ICMP errors that the translator itself makes, at most; 0: none'),
});

const timeouts = z.strictObject({
  tcpEstablished: someTime.default(124 * minutes),
  tcpTransitory: someTime.default(4 * minutes),
  tcpIncomingSyn: someTime.default(6000),
  udp: someTime.default(5 * minutes),
  icmp: someTime.default(minutes),
  fragment: someTime.default(2000),
  portHold: duration.default(2 * minutes),
});

const limits = z.strictObject({
  sessions: z.number().int().min(16).max(16_000_000).default(1_000_000),
  bibEntries: z.number().int().min(16).max(16_000_000).default(1_000_000),
  clientPrefixLength: z.number().int().min(1).max(128).default(64),
  sessionsPerClient: z.number().int().min(0).default(0),
  portsPerClient: z.number().int().min(0).default(0),
  newSessionsPerSecondPerClient: z.number().int().min(0).default(0),
  fragmentsHeld: z.number().int().min(0).max(65_536).default(1024),
  fragmentsHeldPerSource: z.number().int().min(0).max(1024).default(16),
});

const worker = z.strictObject({
  spin: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe(
      'How long an idle worker looks for packets before it sleeps, microseconds: less delay for processor time',
    ),
  cpu: z
    .number()
    .int()
    .min(0)
    .max(1023)
    .optional()
    .describe('CPU that the worker is bound to, and the next ones for further shards; absent: any'),
  niceness: z
    .number()
    .int()
    .min(-20)
    .max(19)
    .optional()
    .describe(
      'How much the worker goes before other programs: from -20, most, to 19; absent: -10, where CAP_SYS_NICE allows it',
    ),
});

const interfaceOffload = z.strictObject({
  interface: interfaceName,
  features: z
    .array(
      z.string().regex(/^[a-z0-9-]+$/, 'not a feature; write it as `ethtool -k` names it, like rx-udp-gro-forwarding'),
    )
    .min(1)
    .max(32),
});

const fastPath = z.strictObject({
  interfaces: z
    .array(interfaceName)
    .min(1)
    .max(32)
    .describe("Interfaces that data come from, in the instance's namespace, towards both sides"),
  sessions: z.number().int().min(1024).max(4_194_304).default(262_144).describe('How many sessions have it at once'),
});

const common = {
  shards: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Workers that share the work, each with a queue of the TUN and tables of its own; the same on all nodes. Clients are divided by their prefix, pool4 by ports',
    ),
  worker: worker.prefault({}).describe('How the thread that translates goes about it'),
  interfaceOffloads: z
    .array(interfaceOffload)
    .max(32)
    .default([])
    .describe('Features of data interfaces that are switched on while the instance runs, and put back'),
  namespace: name.optional().describe('Network namespace of the data plane; absent: that of the agent'),
  tun: interfaceName.optional().describe('Name of the TUN device; default: nat-NAME or siit-NAME'),
  mtu6: z.number().int().min(1280).max(65535).default(1500).describe('MTU of the next hop on the IPv6 side'),
  mtu4: z.number().int().min(68).max(65535).default(1500).describe('MTU of the next hop on the IPv4 side'),
  clients: z
    .array(prefix6)
    .default([])
    .describe('IPv6 prefixes whose packets it serves, before instances that serve all (policy routing); empty: all'),
  routingTable: z
    .number()
    .int()
    .min(256)
    .max(4_294_967_295)
    .optional()
    .describe('Table of its routes when it has clients; default: 64001 for the first instance, and so on'),
  lowestIpv6Mtu: z.number().int().min(1280).max(65535).default(1280),
  trafficClass: z.enum(['copy', 'zero']).default('copy'),
  tos: z
    .union([z.literal('copy'), z.number().int().min(0).max(255)], "not a TOS; it is 'copy', or a number from 0 to 255")
    .default('copy'),
  mtuPlateaus: z
    .array(z.number().int().min(68).max(65535))
    .min(1)
    .default([65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68]),
  icmp: icmp.prefault({}),
  allowNonGlobal: z.boolean().default(false).describe('Translate non-global IPv4 behind 64:ff9b::/96'),
  clampMss: z
    .union(
      [z.boolean(), z.number().int().min(28).max(65475)],
      'not an MSS; it is true, false, or a number of bytes from 28 to 65475',
    )
    .default(false)
    .describe('Lower the MSS of TCP SYNs so that segments fit mtu4 and mtu6, or to a number of bytes'),
  prefer: z
    .array(name)
    .default([])
    .describe('Nodes in the order in which they should serve; upstreams with BGP are told so by MED and path'),
};

const nat64 = z.strictObject({
  kind: z.literal('nat64'),
  ...common,
  pool6: listOf(pool6Prefix),
  destinations: z.array(prefix4).min(1).default(['0.0.0.0/0']).describe('The part of the IPv4 internet that it serves'),
  pool4: z.array(pool4Entry).min(1),
  static: z.array(staticEntry).default([]),
  timeouts: timeouts.prefault({}),
  limits: limits.prefault({}),
  addressDependentFiltering: z.boolean().default(false),
  dropExternallyInitiatedTcp: z.boolean().default(false),
  dropPings: z.boolean().default(false),
  fastPath: fastPath
    .optional()
    .describe('Packets of settled sessions are translated inside the kernel (eBPF, Linux 6.6); absent: by the worker'),
  ftpAlg: z.boolean().default(false).describe('Translate inside FTP control sessions, port 21 (RFC 6384)'),
  portBlockSize: z
    .number()
    .int()
    .min(0)
    .max(16_384)
    .default(0)
    .describe('Clients get ports in blocks of this many, so that the NAT log has a line for each block; 0: one by one'),
  natLog: z
    .enum(['off', 'blocks', 'sessions'])
    .default('off')
    .describe('What NODE.nat-log in the state directory tells of beside refusals: port blocks, or each session too'),
  holdBack: duration
    .default(0)
    .describe(
      'UDP and ping sessions are told to the other nodes with their first packet after this time, and not at all when there is none. Not for sites where answers may come to another node',
    ),
  deferFirstPacket: duration
    .default(0)
    .describe(
      'The first packet of a session waits until another node has the record of it, at most so long, while any other node is heard; 0: it does not wait',
    ),
});

const siit = z.strictObject({
  kind: z.literal('siit'),
  ...common,
  pool6: listOf(pool6Prefix, 0).default([]).describe('Without one, explicit mappings alone are translated'),
  eam: z.array(z.strictObject({ v6: prefix6, v4: prefix4 })).default([]),
  eamFile: filePath
    .optional()
    .describe('File with more mappings for large tables, a line each: IPv6 prefix, space, IPv4 prefix'),
  eamHairpin: z.enum(['none', 'simple', 'intrinsic']).default('intrinsic'),
  denylist4: z.array(prefix4).default([]),
  rfc6791: z.strictObject({ v4: z.array(prefix4).default([]), v6: z.array(prefix6).default([]) }).prefault({}),
  rfc6791Choice: z.enum(['random', 'hop']).default('random'),
  rfc6791Extension: z
    .boolean()
    .default(false)
    .describe(
      'Errors of routers without an IPv4 address tell their IPv6 address in an extension (RFC 5837), to whoever is on the IPv4 side',
    ),
  zeroChecksumUdp: z.enum(['drop', 'compute', 'forward']).default('drop'),
});

const grpc = z.strictObject({
  port: port.min(1).default(6465).describe('TCP port that nodes listen on'),
  ca: filePath.default('/etc/isthmus/tls/ca.crt').describe("Certificate of the cluster's authority, PEM"),
  certificate: filePath
    .default('/etc/isthmus/tls/node.crt')
    .describe("Certificate of the node; its common name is the node's name"),
  key: filePath.default('/etc/isthmus/tls/node.key').describe('Its key, readable by its owner alone'),
  queue: z
    .number()
    .int()
    .min(16)
    .max(65_536)
    .default(512)
    .describe('Frames that wait for one peer, at most; further ones are refused, counted, and repaired later'),
});

const replication = z.strictObject({
  port: port.min(1).default(6464),
  group: address.default('ff02::4953:5448').describe('Multicast group'),
  grpc: grpc
    .optional()
    .describe(
      'Streams between all nodes, with TLS, beside multicast on the links or alone; `grpc: {}` takes the defaults',
    ),
});

const coordinator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('static') }),
  z.strictObject({
    kind: z.literal('etcd'),
    endpoints: z
      .array(z.string().regex(/^(?:unix:\/.+|[^\s/]+:\d{1,5})$/, 'not an endpoint; write it like 192.0.2.1:2379'))
      .min(1)
      .max(16)
      .describe('HOST:PORT of each member'),
    caFile: filePath.optional().describe('Certificates that sign those of etcd, PEM; absent: no TLS'),
    certificateFile: filePath.optional().describe('The own certificate, PEM'),
    keyFile: filePath.optional().describe('Its key, PEM, readable by its owner alone'),
    user: z.string().min(1).optional(),
    passwordFile: filePath.optional().describe('Its password, readable by its owner alone'),
  }),
]);

export const clusterSchema = z.strictObject({
  cluster: name.describe('Name of the cluster; other clusters on the same wire have another'),
  secretFile: filePath.describe('File with the cluster secret, readable by its owner alone'),
  previousSecretFile: filePath.optional().describe('A secret that is still accepted while it is rotated'),
  slots: z
    .number()
    .int()
    .min(1)
    .max(MAX_NODE_SLOT)
    .optional()
    .describe(
      'Parts that ports are cut into: the most nodes there will be. Default: 1 for a node alone with slot 1, else 4',
    ),
  nodes: z.record(name, node).refine((nodes) => Object.keys(nodes).length > 0, 'no node; at least one is needed'),
  keepTable: someTime
    .optional()
    .describe(
      'For a cluster of one node: it keeps its sessions in a file over a restart of the agent, and takes them back if that is not older than this. Absent: it does not',
    ),
  replication: replication.prefault({}),
  coordinator: coordinator
    .prefault({ kind: 'static' })
    .describe('What the nodes agree by on slices and drains: this file alone, or etcd'),
  instances: z.record(name, z.discriminatedUnion('kind', [nat64, siit])).default({}),
  upstreams: z.record(name, upstream).default({}),
  logLevel: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe('What the agent writes to its log; --log-level of an agent goes before it'),
  checks: checks.prefault({}),
  states: states.prefault({}),
});

type ReadFile = z.output<typeof clusterSchema>;
type ReadUpstream = ReadFile['upstreams'][string];

/** The cluster file with every default filled in; times are milliseconds. */
export type ClusterConfig = Omit<ReadFile, 'slots' | 'upstreams'> & {
  readonly slots: number;
  readonly upstreams: Record<string, ReadUpstream & { readonly withdraw: WithdrawalMethod[] }>;
};

/** Fills in the defaults that depend on other keys. */
export function withDerivedDefaults(file: ReadFile): ClusterConfig {
  const upstreams = Object.entries(file.upstreams).map(([key, upstream]) => {
    const { bfd, bgp: spoken, neighbor: word } = upstream;
    const methods = defaultMethods({ bfd: bfd.length > 0, bgp: spoken !== undefined, neighbor: word });
    return [key, { ...upstream, withdraw: upstream.withdraw ?? methods }] as const;
  });
  return { ...file, slots: file.slots ?? defaultSlots(file.nodes), upstreams: Object.fromEntries(upstreams) };
}

/** A node alone shares its ports with nobody; with a second one, the cluster may well grow further. */
function defaultSlots(nodes: ClusterConfig['nodes']): number {
  const slots = Object.values(nodes).map(({ slot }) => slot);
  return slots.length === 1 && slots[0] === 1 ? 1 : 4;
}
export type InstanceConfig = ClusterConfig['instances'][string];
export type Nat64Config = Extract<InstanceConfig, { kind: 'nat64' }>;
export type SiitConfig = Extract<InstanceConfig, { kind: 'siit' }>;
