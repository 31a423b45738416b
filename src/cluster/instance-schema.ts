import { z } from 'zod';
import { adopt, exported } from './joold-schema.ts';
import { limits } from './limits-schema.ts';
import { placement } from './placement-schema.ts';
import { timeouts } from './timeouts-schema.ts';
import {
  described,
  duration,
  filePath,
  interfaceName,
  ipv4,
  ipv6,
  listOf,
  pool4Prefix,
  pool6Prefix,
  port,
  ports,
  prefix4,
  prefix6,
  RELOADABLE,
} from './values.ts';

/** The section `instances` of the cluster file: the translators and their configuration. */

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
  // No default: nodes compare their pool4, and previous versions do not have the key.
  assignment: z
    .enum(['dynamic', 'deterministic'])
    .optional()
    .describe(
      '`deterministic`: each client of `clients` has ports of its own, which follow from its address (RFC 7422), so ' +
        'that nothing need be logged; see docs/natlog.md. Default: dynamic',
    ),
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

/** Default capacity of the fast path: sessions, and pairs of addresses. */
export const FAST_PATH_FLOWS = { nat64: 262_144, siit: 32_768 } as const;
const FAST_PATH_MODES = ['off', 'auto', 'required'] as const;

/** @param entries default maximum number, @param what of what */
const fastPath = (entries: number, what: string) =>
  z
    .union(
      [
        z.enum(FAST_PATH_MODES),
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
            .default(entries)
            .meta(described(`Maximum ${what} in the fast path at once`, what)),
        }),
      ],
      'not a fast path; it is off, auto, required, or { interfaces: [up0, in0] }',
    )
    .default('auto');

/** Translation options common to stateful and stateless instances. */
const translation = {
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
    .meta(described('Clamp the MSS of TCP SYNs so that segments fit mtu4 and mtu6, or to this number', 'bytes'))
    .meta(RELOADABLE),
};

export const nat64 = z.strictObject({
  kind: z.literal('nat64').describe('Stateful NAT64 (RFC 6146)'),
  ...placement,
  ...translation,
  pool6: listOf(pool6Prefix).describe('IPv6 prefixes that embed IPv4 addresses (RFC 6052)'),
  destinations: z
    .array(prefix4)
    .min(1)
    .default(['0.0.0.0/0'])
    .describe('IPv4 destinations that this instance translates to'),
  pool4: z
    .array(pool4Entry)
    .min(1)
    .describe('IPv4 addresses and ports that client addresses are translated to')
    .meta(RELOADABLE),
  static: z
    .array(staticEntry)
    .default([])
    .describe('Static BIB entries: servers behind the translator')
    .meta(RELOADABLE),
  timeouts: timeouts.prefault({}).describe('Lifetimes of sessions and of what is held').meta(RELOADABLE),
  limits: limits.prefault({}).describe('Sizes of tables, and limits of each client'),
  addressDependentFiltering: z
    .boolean()
    .default(false)
    .describe('Drop inbound packets from addresses that the client has not sent to (RFC 6146 section 3.5)')
    .meta(RELOADABLE),
  dropExternallyInitiatedTcp: z.boolean().default(false).describe('Drop TCP SYNs from the IPv4 side').meta(RELOADABLE),
  dropPings: z.boolean().default(false).describe('Drop ICMP echo requests from the IPv4 side').meta(RELOADABLE),
  fastPath: fastPath(FAST_PATH_FLOWS.nat64, 'sessions').describe(
    'Fast path: packets of established sessions are translated in the kernel (eBPF, Linux 5.14). ' +
      'auto: at the interfaces that routes of either side use, unless its packets would bypass a packet filter or a ' +
      'strict rp_filter; required: at the same in any case, and degraded where that is impossible',
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
    )
    .meta(RELOADABLE),
  natLogDestinations: z
    .boolean()
    .default(false)
    .describe('With `natLog: sessions`: record the remote address and port too (RFC 6888 REQ-12)')
    .meta(RELOADABLE),
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
    .describe('Watermarks of the ports that a node allocates from (RFC 8158)')
    .meta(RELOADABLE),
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
    )
    .meta(RELOADABLE),
  export: exported
    .optional()
    .describe("Export this node's sessions to a standby Jool, so that traffic can go back. Default: off")
    .meta(RELOADABLE),
});

export const siit = z.strictObject({
  kind: z.literal('siit').describe('Stateless translation in both directions (RFC 7915, RFC 7757)'),
  ...placement,
  ...translation,
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
  fastPath: fastPath(FAST_PATH_FLOWS.siit, 'pairs of addresses').describe(
    'Fast path: packets of pairs of addresses that were translated before are translated in the kernel (eBPF, Linux 5.14). ' +
      'auto: at the interfaces that routes of either side use, unless its packets would bypass a packet filter or a ' +
      'strict rp_filter; required: at the same in any case, and degraded where that is impossible',
  ),
});
