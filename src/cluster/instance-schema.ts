import { z } from 'zod';
import { adopt, exported } from './joold-schema.ts';
import { limits } from './limits-schema.ts';
import {
  described,
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

/** The part `instances` of the cluster file: the translators and all that they are configured with. */

const protocol = z.enum(['tcp', 'udp', 'icmp']);

const pool4Entry = z.strictObject({
  prefix: pool4Prefix.describe('IPv4 addresses that client addresses are translated to'),
  ports: ports.prefault('1024-65535').meta(described('Ports, and ICMP identifiers, FIRST-LAST', 'ports')),
  protocols: z
    .array(protocol)
    .min(1)
    .default(['tcp', 'udp', 'icmp'])
    .describe('Protocols that are translated to these addresses'),
  clients: z.array(prefix6).default([]).describe('IPv6 prefixes of the clients that use these addresses; empty: all'),
});

const staticEntry = z.strictObject({
  protocol: protocol.describe('Protocol of the entry'),
  v6: ipv6.describe('IPv6 address of the server'),
  port6: port.meta(described('Port of the server (ICMP: identifier)', 'port')),
  v4: ipv4.describe('IPv4 address under which the server is reached, of pool4'),
  port4: port.meta(described('Port under which the server is reached (ICMP: identifier)', 'port')),
});

const icmp = z.strictObject({
  source4: ipv4
    .default('192.0.0.8')
    .describe('Source of ICMPv4 errors that the translator sends (RFC 7600 dummy address)'),
  source6: ipv6.optional().describe('Source of ICMPv6 errors. Default: the IPv6 form of source4'),
  errorsPerSecond: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(1000)
    .meta(
      described(
        'Maximum rate of ICMP errors that the translator itself sends; Packet Too Big has the same rate of its own; 0: none',
        'errors per second',
      ),
    ),
  errorsPerSource: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(50)
    .meta(
      described(
        'The same for one source (IPv6 /64, IPv4 address); four times as many for a /48, a /24',
        'errors per second',
      ),
    ),
});

const timeouts = z.strictObject({
  tcpEstablished: someTime
    .prefault('124m')
    .describe('Idle time after which an established TCP session ends (RFC 5382)'),
  tcpTransitory: someTime.prefault('4m').describe('The same while a TCP session opens or closes'),
  tcpIncomingSyn: someTime.prefault('6s').describe('How long an unsolicited SYN is held (RFC 6146 section 3.5.2.2)'),
  udp: someTime.prefault('5m').describe('Idle time after which a UDP session ends (RFC 4787: 2 minutes at least)'),
  icmp: someTime.prefault('1m').describe('Idle time after which an ICMP query session ends (RFC 5508)'),
  fragment: someTime.prefault('2s').describe('How long fragments are held for the first one (RFC 6146 section 3.4)'),
  portHold: duration
    .prefault('2m')
    .describe('How long a freed port is not given to another client (RFC 6888 REQ-8); 0s: not at all'),
});

const worker = z.strictObject({
  spin: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta(
      described(
        'How long an idle worker polls for packets before it sleeps: lower latency for CPU time',
        'microseconds',
      ),
    ),
  cpu: z
    .number()
    .int()
    .min(0)
    .max(1023)
    .optional()
    .meta(
      described('CPU that the worker is pinned to; further shards take the next CPUs. Default: any CPU', 'CPU number'),
    ),
  niceness: z
    .number()
    .int()
    .min(-20)
    .max(19)
    .optional()
    .meta(
      described(
        'Nice value of the worker thread, from -20 (highest priority) to 19. Default: -10 if CAP_SYS_NICE permits',
        'nice value',
      ),
    ),
});

const interfaceOffload = z.strictObject({
  interface: interfaceName.describe('Interface in the namespace of the instance'),
  features: z
    .array(
      z.string().regex(/^[a-z0-9-]+$/, 'not a feature; write it as `ethtool -k` names it, like rx-udp-gro-forwarding'),
    )
    .min(1)
    .max(32)
    .describe('Features that are switched on, as `ethtool -k` names them'),
});

/** @param sessions as many at once unless configured, of what */
const fastPath = (sessions: number, what: string) =>
  z.strictObject({
    interfaces: z
      .array(interfaceName)
      .min(1)
      .max(32)
      .describe("Ingress interfaces of both sides, in the instance's namespace"),
    sessions: z
      .number()
      .int()
      .min(1024)
      .max(4_194_304)
      .default(sessions)
      .meta(described(`Maximum ${what} in the fast path at once`, what)),
  });

const common = {
  shards: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .meta(
      described(
        'Worker threads, each with a TUN queue and tables of its own; the same on all nodes. Clients are ' +
          'divided by prefix, pool4 by ports',
        'workers',
      ),
    ),
  worker: worker.prefault({}).describe('The worker threads that translate'),
  interfaceOffloads: z
    .array(interfaceOffload)
    .max(32)
    .default([])
    .describe('Offload features of data interfaces, switched on while the instance runs and restored afterwards'),
  namespace: name.optional().describe('Network namespace of the data plane. Default: that of the agent'),
  tun: interfaceName.optional().describe('Name of the TUN device. Default: nat-NAME or siit-NAME'),
  mtu6: z
    .number()
    .int()
    .min(1280)
    .max(65535)
    .default(1500)
    .meta(described('MTU of the next hop on the IPv6 side', 'bytes')),
  mtu4: z
    .number()
    .int()
    .min(68)
    .max(65535)
    .default(1500)
    .meta(described('MTU of the next hop on the IPv4 side', 'bytes')),
  clients: z
    .array(prefix6)
    .default([])
    .describe(
      'IPv6 source prefixes that this instance serves, ahead of instances that serve all (policy routing); empty: all',
    ),
  routingTable: z
    .number()
    .int()
    .min(256)
    .max(4_294_967_295)
    .optional()
    .meta(
      described(
        'Routing table of an instance with `clients`. Default: 64001 for the first instance, 64002 for the next',
        'table number',
      ),
    ),
  lowestIpv6Mtu: z
    .number()
    .int()
    .min(1280)
    .max(65535)
    .default(1280)
    .meta(described('IPv4 packets without DF become IPv6 packets of at most this size (RFC 7915 section 4)', 'bytes')),
  trafficClass: z
    .enum(['copy', 'zero'])
    .default('copy')
    .describe('IPv4 to IPv6: copy the TOS to the traffic class, or write zero'),
  tos: z
    .union([z.literal('copy'), z.number().int().min(0).max(255)], "not a TOS; it is 'copy', or a number from 0 to 255")
    .default('copy')
    .meta(described('IPv6 to IPv4: copy the traffic class to the TOS, or write this number', 'TOS byte')),
  mtuPlateaus: z
    .array(z.number().int().min(68).max(65535))
    .min(1)
    .default([65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68])
    .meta(described('Plateaus for "fragmentation needed" without an MTU (RFC 1191 section 7), falling', 'bytes')),
  icmp: icmp.prefault({}).describe('ICMP errors that the translator itself sends'),
  allowNonGlobal: z
    .boolean()
    .default(false)
    .describe('Translate non-global IPv4 addresses in 64:ff9b::/96 (RFC 6052 section 3.1 forbids it)'),
  clampMss: z
    .union(
      [z.boolean(), z.number().int().min(28).max(65475)],
      'not an MSS; it is true, false, or a number of bytes from 28 to 65475',
    )
    .default(false)
    .meta(described('Clamp the MSS of TCP SYNs so that segments fit mtu4 and mtu6, or to this number', 'bytes')),
  prefer: z
    .array(name)
    .default([])
    .describe('Nodes in order of preference; advertised to BGP upstreams by MED and AS path'),
};

export const nat64 = z.strictObject({
  kind: z.literal('nat64').describe('Stateful NAT64 (RFC 6146)'),
  ...common,
  pool6: listOf(pool6Prefix).describe('IPv6 prefixes that embed IPv4 addresses (RFC 6052)'),
  destinations: z
    .array(prefix4)
    .min(1)
    .default(['0.0.0.0/0'])
    .describe('IPv4 destinations that this instance translates to'),
  pool4: z.array(pool4Entry).min(1).describe('IPv4 addresses and ports that client addresses are translated to'),
  static: z.array(staticEntry).default([]).describe('Static BIB entries: servers behind the translator'),
  timeouts: timeouts.prefault({}).describe('Lifetimes of sessions and of what is held'),
  limits: limits.prefault({}).describe('Sizes of tables, and limits of each client'),
  addressDependentFiltering: z
    .boolean()
    .default(false)
    .describe('Drop inbound packets from addresses that the client has not sent to (RFC 6146 section 3.5)'),
  dropExternallyInitiatedTcp: z.boolean().default(false).describe('Drop TCP SYNs from the IPv4 side'),
  dropPings: z.boolean().default(false).describe('Drop ICMP echo requests from the IPv4 side'),
  fastPath: fastPath(262_144, 'sessions')
    .optional()
    .describe(
      'Fast path: packets of established sessions are translated in the kernel (eBPF, Linux 5.14). Default: off',
    ),
  ftpAlg: z.boolean().default(false).describe('Translate inside FTP control sessions, port 21 (RFC 6384)'),
  portBlockSize: z
    .number()
    .int()
    .min(0)
    .max(16_384)
    .default(0)
    .meta(
      described(
        'Size of the port blocks that clients get, so that the NAT log has one line per block; 0: no blocks',
        'ports',
      ),
    ),
  natLog: z
    .enum(['off', 'blocks', 'bib', 'sessions'])
    .default('off')
    .describe(
      'What the NAT log records beside refusals and watermarks: port blocks, BIB entries (one mapping for all ' +
        'destinations), or sessions',
    ),
  natLogDestinations: z
    .boolean()
    .default(false)
    .describe('With `natLog: sessions`: record the remote address and port too (RFC 6888 REQ-12)'),
  poolWatermarks: z
    .strictObject({
      high: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(90)
        .meta(described('An event when the ports in use of a pool4 entry reach this', 'percent')),
      low: z
        .number()
        .int()
        .min(0)
        .max(99)
        .default(80)
        .meta(described('An event when they are back at this', 'percent')),
    })
    .refine(({ high, low }) => low < high, 'the low watermark is not below the high one; make it smaller')
    .prefault({})
    .describe('Watermarks of the ports that a node allocates from (RFC 8158)'),
  holdBack: duration
    .prefault('0s')
    .describe(
      'UDP and ICMP sessions are replicated with their first packet after this time; those without one are not ' +
        'replicated. Do not use it where replies may arrive at another node (ECMP)',
    ),
  deferFirstPacket: duration
    .prefault('0s')
    .describe(
      'Maximum time that the first packet of a session waits until another node has confirmed its record, while ' +
        'any peer is up; 0s: it does not wait',
    ),
  adopt: adopt
    .optional()
    .describe(
      'Take over sessions of a running Jool (docs/from-jool.md). Its datagrams are not authenticated: remove this ' +
        'when the sessions have moved. Default: off',
    ),
  export: exported
    .optional()
    .describe("Tell a Jool that stands by this node's sessions, so that traffic can go back. Default: off"),
});

export const siit = z.strictObject({
  kind: z.literal('siit').describe('Stateless translation in both directions (RFC 7915, RFC 7757)'),
  ...common,
  pool6: listOf(pool6Prefix, 0)
    .prefault([])
    .describe('IPv6 prefix that embeds IPv4 addresses (RFC 6052); empty: only explicit mappings are translated'),
  eam: z
    .array(
      z.strictObject({
        v6: prefix6.describe('IPv6 prefix of the mapping'),
        v4: prefix4.describe('IPv4 prefix of the mapping'),
      }),
    )
    .default([])
    .describe('Explicit address mappings (RFC 7757)'),
  eamFile: filePath
    .optional()
    .describe('File with further mappings, one per line: IPv6 prefix, space, IPv4 prefix. Default: none'),
  eamHairpin: z
    .enum(['none', 'simple', 'intrinsic'])
    .default('intrinsic')
    .describe('Hairpinning between explicit mappings (RFC 7757 section 4)'),
  denylist4: z.array(prefix4).default([]).describe('IPv4 prefixes that are not translated through pool6'),
  rfc6791: z
    .strictObject({
      v4: z.array(prefix4).default([]).describe('IPv4 sources of ICMP errors from IPv6 routers without a mapping'),
      v6: z.array(prefix6).default([]).describe('IPv6 sources of ICMP errors from IPv4 routers'),
    })
    .prefault({})
    .describe('Source addresses of translated ICMP errors whose router has no mapping (RFC 6791)'),
  rfc6791Choice: z
    .enum(['random', 'hop'])
    .default('random')
    .describe('How the source is chosen from rfc6791: at random, or by the hop count'),
  rfc6791Extension: z
    .boolean()
    .default(false)
    .describe(
      'ICMP errors of routers without an IPv4 address carry their IPv6 address in an extension (RFC 5837), ' +
        'visible to the IPv4 side',
    ),
  zeroChecksumUdp: z
    .enum(['drop', 'compute', 'forward'])
    .default('drop')
    .describe('IPv4 UDP packets without checksum: drop, compute the checksum, or forward with zero (RFC 6936)'),
  fastPath: fastPath(32_768, 'pairs of addresses')
    .optional()
    .describe(
      'Fast path: packets between pairs of addresses that were translated before are translated in the kernel ' +
        '(eBPF, Linux 5.14). Default: off',
    ),
});
