import { randomBytes } from 'node:crypto';
import { loadClusterFile } from '../../cluster/cluster-file.ts';
import { ConfigError, WHOLE_FILE } from '../../cluster/config-error.ts';
import { FileSections } from '../../cluster/file-sections.ts';
import { FAST_PATH_FLOWS } from '../../cluster/instance-schema.ts';
import type { ClusterConfig, InstanceConfig } from '../../cluster/schema.ts';
import { readPrivateFile, readSecretFile } from '../../cluster/secret-file.ts';
import { readTlsFiles, type TlsFiles } from '../../cluster/tls-files.ts';
import { routingTableOf, rulePriorityOf, servesTheRest } from '../../cluster/steering.ts';
import { revisionOf, translatorOptionsFor, tunNameOf } from '../../cluster/translator-options.ts';
import type { FastPathRequest, InstanceOptions } from '../../dataplane/instance-options.ts';
import type { Steering } from '../../dataplane/steering.ts';
import type { UpstreamOptions } from '../../frr/upstreams.ts';
import type { BgpOptions } from '../../frr/bgp-options.ts';
import {
  formatPrefix6,
  overlap4,
  overlap6,
  parsePrefix4,
  parsePrefix6,
  type Prefix4,
  type Prefix6,
} from '../../net/prefix.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';

/** The cluster file from one node's perspective, without the content of other files. */
export interface NodeView {
  readonly file: string;
  readonly cluster: ClusterConfig;
  readonly node: string;
  readonly slot: number;
  readonly links: readonly string[];
}

/** The same, with the secrets. */
export interface NodeConfig extends NodeView {
  /** The sealing secret first; then the other accepted one. */
  readonly secrets: readonly Uint8Array[];
  /** Credentials towards other nodes for gRPC. */
  readonly tls?: TlsFiles;
  /** Key for pseudonyms of clients in the NAT log, if used. */
  readonly pseudonymKey?: Uint8Array;
  /** Equal files have equal revisions. */
  readonly revision: string;
  readonly sections: FileSections;
}

/**
 * Reads the cluster file for one node, without secrets: withdrawing must not depend on one. Changes nothing.
 * @throws ConfigError
 */
export async function readNodeView(file: string, node: string): Promise<NodeView> {
  const cluster = await loadClusterFile(file);
  const entry = Object.hasOwn(cluster.nodes, node) ? cluster.nodes[node] : undefined;
  if (entry === undefined) {
    const what = `there is no node ${node}`;
    const remedy = `--node is one of ${Object.keys(cluster.nodes).join(', ')}`;
    throw new ConfigError([{ file, ...WHOLE_FILE, path: 'nodes', what, remedy }]);
  }
  return { file, cluster, node, slot: entry.slot, links: entry.links };
}

/**
 * Reads the cluster file and its secrets for one node. Changes nothing.
 * @throws ConfigError
 */
export async function readNodeConfig(file: string, node: string): Promise<NodeConfig> {
  const view = await readNodeView(file, node);
  const { cluster } = view;
  const { secretFile, previousSecretFile } = cluster;
  const secrets = [await readSecretFile(secretFile)];
  if (previousSecretFile !== undefined) secrets.push(await readSecretFile(previousSecretFile));
  const { grpc } = cluster.replication;
  const tls = grpc === undefined ? undefined : await readTlsFiles(grpc, node, Date.now());
  const mark = { revision: revisionOf(cluster), sections: new FileSections(cluster) };
  const { pseudonymKeyFile } = cluster.natLog.clients;
  const pseudonymKey = pseudonymKeyFile === undefined ? undefined : await readPrivateFile(pseudonymKeyFile);
  return withoutUndefined({ ...view, secrets, ...mark, tls, pseudonymKey });
}

/** Data plane options of each instance of a node. */
export function instanceOptionsOf({ cluster, node }: NodeConfig, runDirectory: string): InstanceOptions[] {
  return Object.entries(cluster.instances).map(([name, instance]) =>
    withoutUndefined({
      name,
      namespace: instance.namespace,
      tunName: tunNameOf(name, instance),
      translator: translatorOptionsFor(cluster, node, name, randomBytes(32).toString('hex')),
      routes: routesFor(instance),
      steering: steeringFor(cluster, name),
      shards: instance.shards,
      worker: withoutUndefined({
        spinUs: instance.worker.spin,
        cpu: instance.worker.cpu,
        niceness: instance.worker.niceness,
      }),
      interfaceOffloads: instance.interfaceOffloads,
      fastPath: fastPathOf(instance),
      runDirectory,
    }),
  );
}

/**
 * Prefixes routed to an instance: for IPv6 the part of pool6 that covers its destinations, for IPv4 its own addresses.
 */
export function routesFor(instance: InstanceConfig): string[] {
  if (instance.kind === 'siit') return [...new Set([...instance.pool6, ...instance.eam.map(({ v4 }) => v4)])];
  const routes6 = instance.pool6.flatMap((pool6) => instance.destinations.map((part) => embeddedPrefix(pool6, part)));
  return [...new Set([...routes6, ...instance.pool4.map(({ prefix }) => prefix)])];
}

function fastPathOf({ kind, fastPath }: InstanceConfig): FastPathRequest | undefined {
  if (fastPath === 'off') return undefined;
  if (typeof fastPath === 'string') return { mode: fastPath, flows: FAST_PATH_FLOWS[kind] };
  return { mode: 'required', interfaces: fastPath.interfaces, flows: fastPath.sessions };
}

/** Policy routing for the instance's clients; undefined: it serves all. */
function steeringFor(cluster: ClusterConfig, name: string): Steering | undefined {
  const instance = cluster.instances[name];
  if (instance === undefined || instance.clients.length === 0) return undefined;
  const refused = servesTheRest(cluster, name) ? [] : routesFor(instance).filter((text) => parsePrefix6(text));
  const { clients } = instance;
  return { clients, table: routingTableOf(cluster, name), priority: rulePriorityOf(cluster, name), refused };
}

/**
 * The IPv6 prefix that corresponds to an IPv4 prefix behind a pool6 prefix: 64:ff9b::/96 and 128.0.0.0/1 give
 * 64:ff9b::128.0.0.0/97.
 */
export function embeddedPrefix(pool6: string, part: string): string {
  const prefix6: Prefix6 | undefined = parsePrefix6(pool6);
  const prefix4: Prefix4 | undefined = parsePrefix4(part);
  if (prefix6 === undefined || prefix4 === undefined || prefix4.length === 0) return pool6;
  const bytes = new Uint8Array(16);
  new EmbeddingPrefix(pool6).embed(prefix4.address, bytes, 0);
  // Byte 8 is skipped (RFC 6052 section 2.2): a prefix that extends beyond it is eight bits longer.
  const end = prefix6.length + prefix4.length;
  const length = prefix6.length <= 64 && end > 64 ? end + 8 : end;
  return formatPrefix6({ bytes, length });
}

/** Options for announcing to the upstreams of a node. */
export function upstreamOptionsOf({ cluster, node }: Pick<NodeView, 'cluster' | 'node'>): UpstreamOptions[] {
  return Object.entries(cluster.upstreams)
    .filter(([, { nodes }]) => nodes === undefined || nodes.includes(node))
    .map(([name, { frr, bfd, bgp, vrrp, withdraw, verify, endDaemon, interfaceDown, gate }]) =>
      withoutUndefined({
        name,
        frr: withoutUndefined(frr),
        bfd: bfd.map(({ receiveInterval, transmitInterval, ...peer }) =>
          withoutUndefined({ ...peer, receiveIntervalMs: receiveInterval, transmitIntervalMs: transmitInterval }),
        ),
        bgp: bgp === undefined ? undefined : bgpOptionsOf(bgp, cluster, node),
        vrrp,
        withdraw,
        verifyMs: verify,
        endDaemon,
        interfaceDown,
        gate: gate === 'auto',
        prefixes: Object.values(cluster.instances).flatMap(routesFor),
      }),
    );
}

type BgpConfig = NonNullable<ClusterConfig['upstreams'][string]['bgp']>;

function bgpOptionsOf(bgp: BgpConfig, { instances }: ClusterConfig, node: string): BgpOptions {
  const all = Object.values(instances).flatMap((instance) => {
    const place = instance.prefer.indexOf(node);
    const rank = place < 0 ? instance.prefer.length : place;
    return routesFor(instance).map((prefix) => ({ prefix, rank }));
  });
  // Instances for different clients share their pool6: it is announced once, with the preference of the first one.
  const led = all.filter(({ prefix }, index) => all.findIndex((one) => one.prefix === prefix) === index);
  const prefixes =
    bgp.prefixes.length === 0
      ? led
      : bgp.prefixes.map((prefix) => ({
          prefix,
          rank: led.find((one) => overlap(one.prefix, prefix))?.rank ?? 0,
        }));
  const neighbors = bgp.neighbors.map((neighbor) => withoutUndefined(neighbor));
  return withoutUndefined({ asn: bgp.asn, vrf: bgp.vrf, neighbors, prefixes });
}

function overlap(one: string, other: string): boolean {
  const [one4, other4] = [parsePrefix4(one), parsePrefix4(other)];
  if (one4 !== undefined && other4 !== undefined) return overlap4(one4, other4);
  const [one6, other6] = [parsePrefix6(one), parsePrefix6(other)];
  return one6 !== undefined && other6 !== undefined && overlap6(one6, other6);
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Omits optional fields that are `undefined`. */
function withoutUndefined<T extends object>(value: T): Present<T> {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entries of T but for those that are undefined
  return Object.fromEntries(entries) as Present<T>;
}
