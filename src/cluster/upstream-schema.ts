import { z } from 'zod';
import { WITHDRAWAL_METHODS } from '../frr/withdrawal-methods.ts';
import { FRR_RUN_DIR } from '../frr/daemon-shell.ts';
import { NEIGHBOR_KINDS, type NeighborKind } from '../frr/withdrawal-methods.ts';
import {
  address,
  described,
  filePath,
  interfaceName,
  interval,
  listOf,
  name,
  prefix4,
  prefix6,
  someTime,
} from './values.ts';

/** The section `upstreams` of the cluster file: the routers and how the node announces to them. */

const bfdPeer = z.strictObject({
  peer: address.describe('Address of the router'),
  interface: interfaceName
    .optional()
    .describe('Interface towards the router. Default: none (the session is not bound)'),
  local: address.optional().describe('Source address of the session. Default: chosen by FRR'),
  multihop: z.boolean().default(false).describe('Multihop session (RFC 5883)'),
  detectMultiplier: z
    .number()
    .int()
    .min(2)
    .max(255)
    .optional()
    .meta(described('Lost packets after which the session is down. Default: that of FRR', 'packets')),
  receiveInterval: interval.optional().describe('Minimum receive interval. Default: that of FRR'),
  transmitInterval: interval.optional().describe('Minimum transmit interval. Default: that of FRR'),
});

const bgp = z
  .strictObject({
    asn: z.number().int().min(1).max(4_294_967_295).meta(described('AS number of the node', 'AS number')),
    vrf: interfaceName.optional().describe('VRF of the BGP instance. Default: the default VRF'),
    neighbors: z
      .array(
        z.strictObject({
          peer: address.describe('Address of the router'),
          remoteAs: z
            .number()
            .int()
            .min(1)
            .max(4_294_967_295)
            .optional()
            .meta(
              described(
                'AS number of the router: creates the neighbor if FRR does not have it. Default: none',
                'AS number',
              ),
            ),
          bfd: z.boolean().default(false).describe('Create the neighbor with BFD'),
        }),
      )
      .min(1)
      .describe('BGP sessions with the router'),
    prefixes: z
      .array(z.union([prefix4, prefix6], 'not a prefix; write it like 192.0.2.0/24 or 2001:db8::/96'))
      .default([])
      .describe('Prefixes that are advertised; empty: all prefixes of the instances'),
  })
  .describe('Prefixes advertised to the router by BGP. Default: none');

const vrrp = z
  .strictObject({
    instances: z
      .array(z.string().regex(/^[\w.-]{1,64}$/, 'not the name of a vrrp_instance'))
      .min(1)
      .describe('Names of the vrrp_instances of keepalived that track the file'),
    trackFile: filePath.describe(
      'File that keepalived watches as track_file with weight 1: 0 while the node serves, -254 (FAULT) while it does not',
    ),
    pidFile: filePath.default('/run/keepalived.pid').describe('File with the process number of keepalived'),
    backup: z
      .number()
      .int()
      .min(1)
      .max(253)
      .default(50)
      .meta(described('Priority is lowered by this while the node drains', 'VRRP priority')),
  })
  .describe('Virtual addresses that keepalived gives to one of the nodes by VRRP. Default: none');

const neighborKinds = Object.keys(NEIGHBOR_KINDS).filter((kind): kind is NeighborKind => kind in NEIGHBOR_KINDS);
const neighbor = z.union(
  [
    z.enum(neighborKinds),
    z.strictObject({ dropsOnAdminDown: z.boolean().describe('The router drops its routes on BFD AdminDown') }),
  ],
  `not a kind of router; write ${neighborKinds.join(', ')}, or { dropsOnAdminDown: true }`,
);

export const upstream = z.strictObject({
  nodes: z.array(name).min(1).optional().describe('Nodes that are connected to this router. Default: all'),
  frr: z
    .strictObject({
      pathspace: name.optional().describe('Pathspace of FRR (`-N NAME`). Default: none'),
      runDir: filePath.optional().describe(`Directory of the VTY sockets of FRR. Default: ${FRR_RUN_DIR}`),
    })
    .prefault({})
    .describe('The FRR instance that announces to this router'),
  bfd: z.array(bfdPeer).prefault([]).describe('BFD sessions that static routes of the router depend on'),
  bgp: bgp.optional(),
  vrrp: vrrp.optional(),
  neighbor: neighbor
    .optional()
    .describe(
      'BFD implementation of the router (bird, frr<10.7, frr, other), or { dropsOnAdminDown: true } for one ' +
        'that drops its route when this node sends AdminDown (bird and frr<10.7 do). Default: unknown, and ' +
        'AdminDown is not sent',
    ),
  withdraw: listOf(z.enum(WITHDRAWAL_METHODS))
    .optional()
    .describe(
      'Withdrawal methods in order; the next one is used when one cannot be verified. Default: bfd-block (not with ' +
        'gate: off), bfd-remove; or bfd-shutdown where the neighbor drops its route on AdminDown; with bgp also ' +
        'bgp-prefix, bgp-shutdown; with vrrp also vrrp-fault',
    ),
  gate: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe(
      'auto: BFD and BGP packets to the peers leave only while the node announces and its agent is alive (eBPF at ' +
        'the egress of the interfaces; without it FRR alone withdraws); off: never',
    ),
  endDaemon: z
    .boolean()
    .default(true)
    .describe(
      'Last resort: stop bfdd or bgpd when it does not carry out a withdrawal, so that the router loses the session',
    ),
  interfaceDown: z
    .boolean()
    .default(false)
    .describe(
      'After everything else: set the interfaces to this router down when its packets still arrive after a withdrawal. ' +
        'They stay down until an operator sets them up',
    ),
  verify: someTime
    .prefault('500ms')
    .describe('Maximum time until FRR shows the effect of a command; then the next method is used'),
});
