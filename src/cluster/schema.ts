import { z } from 'zod';
import type { WithdrawalMethod } from '../frr/withdrawal-methods.ts';
import { defaultMethods } from '../frr/withdrawal-methods.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { checks, states } from './health-checks-schema.ts';
import { http, httpAddress } from './http-schema.ts';
import { nat64, siit } from './instance-schema.ts';
import { LOG_LEVELS } from './log-levels.ts';
import { natLog } from './nat-log-schema.ts';
import { notify } from './notify-schema.ts';
import { upstream } from './upstream-schema.ts';
import { address, described, filePath, interfaceName, name, port, someTime } from './values.ts';

/** The schema of the cluster file, with defaults. Rules that relate several parts are in cross-rules.ts. */

const node = z.strictObject({
  slot: z
    .number()
    .int()
    .min(1)
    .max(MAX_NODE_SLOT)
    .meta(described('Permanent number of the node: marks its sessions and selects its slice of the ports', 'slot')),
  links: z.array(interfaceName).max(8).default([]).describe('Interfaces that carry replication'),
  site: name.default('main').describe('Location: nodes of one site replicate by multicast on their links'),
  grpc: address
    .optional()
    .describe('Address of the node for replication by gRPC; set it on every node or on none. Default: none'),
  http: httpAddress
    .optional()
    .describe(
      'Address and port where the agent serves metrics and the status page; overridden by --http of an agent. ' +
        'Default: none',
    ),
});

const grpc = z.strictObject({
  port: port.min(1).default(6465).meta(described('TCP port that nodes listen on', 'port')),
  ca: filePath.default('/etc/isthmus/tls/ca.crt').describe("Certificate of the cluster's authority, PEM"),
  certificate: filePath
    .default('/etc/isthmus/tls/node.crt')
    .describe("Certificate of the node; its common name is the node's name"),
  key: filePath.default('/etc/isthmus/tls/node.key').describe('Private key, PEM, readable by its owner only'),
  queue: z
    .number()
    .int()
    .min(16)
    .max(65_536)
    .default(512)
    .meta(
      described('Maximum frames queued for one peer; further ones are dropped, counted, and repaired later', 'frames'),
    ),
});

const replication = z.strictObject({
  port: port.min(1).default(6464).meta(described('UDP port of the multicast group', 'port')),
  group: address.default('ff02::4953:5448').describe('Multicast group, IPv6 or IPv4'),
  grpc: grpc
    .optional()
    .describe(
      'gRPC streams with TLS between all nodes, beside multicast on the links or alone; `grpc: {}` uses the ' +
        'defaults. Default: none',
    ),
  relay: z
    .boolean()
    .default(true)
    .describe(
      'While the translator of a node has failed and packets still arrive there, forward them over the links to a node ' +
        'that serves; false on a node: neither forward nor take any',
    ),
});

const coordinator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('static').describe('The cluster file alone') }),
  z.strictObject({
    kind: z.literal('etcd').describe('An etcd cluster'),
    endpoints: z
      .array(z.string().regex(/^(?:unix:\/.+|[^\s/]+:\d{1,5})$/, 'not an endpoint; write it like 192.0.2.1:2379'))
      .min(1)
      .max(16)
      .describe('HOST:PORT of each member'),
    caFile: filePath.optional().describe('CA certificates that sign those of etcd, PEM. Default: no TLS'),
    certificateFile: filePath.optional().describe('Client certificate, PEM. Default: none'),
    keyFile: filePath
      .optional()
      .describe('Private key of the client certificate, PEM, readable by its owner only. Default: none'),
    user: z.string().min(1).optional().describe('User name at etcd. Default: none'),
    passwordFile: filePath
      .optional()
      .describe('File with the password of the user, readable by its owner only. Default: none'),
  }),
]);

const drills = z.strictObject({
  allowed: z.boolean().default(false).describe('Whether operators may run drills'),
  nodes: z.array(name).optional().describe('Nodes on which drills may change something. Default: all'),
  windows: z
    .array(
      z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day; write it like 09:00-16:30'),
    )
    .default([])
    .describe('Times of day, UTC, at which drills may begin. Default: none (at any time)'),
});

export const clusterSchema = z.strictObject({
  cluster: name.describe('Name of the cluster, unique among the clusters on the same links'),
  secretFile: filePath.describe('File with the cluster secret, readable by its owner only'),
  previousSecretFile: filePath
    .optional()
    .describe('File with a secret that is still accepted while secrets are rotated. Default: none'),
  slots: z
    .number()
    .int()
    .min(1)
    .max(MAX_NODE_SLOT)
    .optional()
    .meta(
      described(
        'Slices that the ports of pool4 are cut into: the maximum number of nodes. Default: 1 for a single node ' +
          'with slot 1, 2 for two nodes with slots 1 and 2, else 4',
        'slices',
      ),
    ),
  nodes: z
    .record(name, node)
    .refine((nodes) => Object.keys(nodes).length > 0, 'no node; at least one is needed')
    .describe('The nodes by name'),
  keepTable: someTime
    .optional()
    .describe(
      'Single node only: maximum age of the session table that the agent stores when it stops and restores when ' +
        'it starts. Default: none (the table is not stored)',
    ),
  replication: replication.prefault({}).describe('How session state reaches the other nodes'),
  coordinator: coordinator
    .prefault({ kind: 'static' })
    .describe('Coordinates slices and drains: the cluster file alone, or etcd'),
  instances: z
    .record(name, z.discriminatedUnion('kind', [nat64, siit]))
    .prefault({})
    .describe('The translators by name'),
  upstreams: z.record(name, upstream).prefault({}).describe('Routers that send traffic to the nodes, by name'),
  remoteCommands: z
    .enum(['none', 'reading', 'changing'])
    .default('reading')
    .describe(
      'What operators on one node may ask of another (`--node`, `--all`): nothing, commands that only read, or also ' +
        'those that change something (drain, undrain, reload, …)',
    ),
  http: http
    .optional()
    .describe(
      'TLS and authentication of the HTTP endpoint; an address beyond loopback is refused without. Default: none',
    ),
  natLog: natLog.prefault({}).describe('Where the NAT log goes; what it records is set for each instance'),
  notify: notify.prefault({}).describe('Who is notified of events while they happen, by name. Default: no one'),
  drills: drills.prefault({}).describe('Failover drills on this cluster (`isthmus drill`)'),
  logLevel: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe('Lowest level that the agent logs; overridden by --log-level of an agent'),
  checks: checks.prefault({}).describe('Health checks'),
  states: states.prefault({}).describe('When a node announces, and how long it stays withdrawn'),
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
    const { bfd, bgp: spoken, vrrp, neighbor: word, gate } = upstream;
    const protocols = { bfd: bfd.length > 0, bgp: spoken !== undefined, vrrp: vrrp !== undefined };
    const methods = defaultMethods({ ...protocols, neighbor: word, gate: gate !== 'off' });
    return [key, { ...upstream, withdraw: upstream.withdraw ?? methods }] as const;
  });
  return { ...file, slots: file.slots ?? defaultSlots(file.nodes), upstreams: Object.fromEntries(upstreams) };
}

/** A single node needs no slices, and a pair uses halves; larger clusters may well grow to four nodes. */
function defaultSlots(nodes: ClusterConfig['nodes']): number {
  const slots = Object.values(nodes).map(({ slot }) => slot);
  return slots.length <= 2 && Math.max(...slots) <= slots.length ? slots.length : 4;
}

export type InstanceConfig = ClusterConfig['instances'][string];
export type Nat64Config = Extract<InstanceConfig, { kind: 'nat64' }>;
export type SiitConfig = Extract<InstanceConfig, { kind: 'siit' }>;
