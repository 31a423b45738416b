import { z } from 'zod';
import { WITHDRAWAL_METHODS } from '../frr/announcer.ts';
import { NEIGHBOR_KINDS, type NeighborKind } from '../frr/withdrawal-order.ts';
import { address, filePath, interfaceName, interval, listOf, name, prefix4, prefix6, someTime } from './values.ts';

/** The routers that send traffic to the nodes, and how they are made to stop. */

const bfdPeer = z.strictObject({
  peer: address,
  interface: interfaceName.optional(),
  local: address.optional(),
  multihop: z.boolean().default(false),
  detectMultiplier: z.number().int().min(2).max(255).optional(),
  receiveInterval: interval.optional(),
  transmitInterval: interval.optional(),
});

const bgp = z
  .strictObject({
    asn: z.number().int().min(1).max(4_294_967_295).describe('AS of the node'),
    vrf: interfaceName.optional().describe('VRF of the BGP instance; absent: the default one'),
    neighbors: z
      .array(
        z.strictObject({
          peer: address,
          remoteAs: z
            .number()
            .int()
            .min(1)
            .max(4_294_967_295)
            .optional()
            .describe('AS of the router. With it, a neighbour that FRR does not know is made'),
          bfd: z.boolean().default(false).describe('A neighbour that is made gets BFD'),
        }),
      )
      .min(1),
    prefixes: z
      .array(z.union([prefix4, prefix6], 'not a prefix; write it like 192.0.2.0/24 or 2001:db8::/96'))
      .default([])
      .describe('What is announced; default: all prefixes that lead to the instances'),
  })
  .describe('Prefixes that the router is told of by BGP');

const neighborKinds = Object.keys(NEIGHBOR_KINDS).filter((kind): kind is NeighborKind => kind in NEIGHBOR_KINDS);
const neighbor = z.union(
  [z.enum(neighborKinds), z.strictObject({ dropsOnAdminDown: z.boolean() })],
  `not a kind of router; write ${neighborKinds.join(', ')}, or { dropsOnAdminDown: true }`,
);

export const upstream = z.strictObject({
  nodes: z.array(name).min(1).optional().describe('Nodes that see this router; default: all'),
  frr: z.strictObject({ pathspace: name.optional(), runDir: filePath.optional() }).prefault({}),
  bfd: z.array(bfdPeer).default([]).describe('Sessions that static routes of the router hang on'),
  bgp: bgp.optional(),
  neighbor: neighbor
    .optional()
    .describe(
      "What the router's BFD is (bird, frr<10.7, frr, other), or { dropsOnAdminDown: true } for one that drops its route when this node sends AdminDown (bird and frr<10.7 do). Absent: unknown, and AdminDown is not sent",
    ),
  withdraw: listOf(z.enum(WITHDRAWAL_METHODS))
    .optional()
    .describe(
      'Methods to make the router stop sending, the first one first. Default: bfd-block, bfd-remove; or bfd-shutdown where the neighbor drops its route on AdminDown; with bgp also bgp-prefix, bgp-shutdown',
    ),
  gate: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe(
      'auto: BFD and BGP packets to its peers leave only while the node announces and its agent lives (eBPF at the egress of the interfaces, Linux 6.6; where that cannot be, FRR alone withdraws); off: never',
    ),
  endDaemon: z
    .boolean()
    .default(true)
    .describe('End bfdd or bgpd when it neither takes nor shows a withdrawal: the router then loses it'),
  verify: someTime
    .prefault('500ms')
    .describe('FRR must show the effect of what it was told within this time, else the next way is taken'),
});
