import type { Code } from '../codes.ts';
import { createHash } from 'node:crypto';
import { parseIpv4 } from '../net/ipv4-address.ts';
import { formatIpv6 } from '../net/ipv6-address.ts';
import { MAX_NODE_SLOT, type TranslatorOptions } from '../translator/options.ts';
import { EmbeddingPrefix } from '../translator/rfc6052.ts';
import type { ClusterConfig, InstanceConfig, Nat64Config } from './schema.ts';

/** The file has no such node or instance; callers have checked the names before. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
  readonly code: Code = 'configuration-invalid';
}

function unknownName(kind: string, name: string, known: object): UnknownNameError {
  const names = Object.keys(known).join(', ');
  return new UnknownNameError(
    `the cluster file has no ${kind} ${name}${names === '' ? `, nor any other ${kind}` : `; it has ${names}`}`,
  );
}

/**
 * Options of the translator of one instance on one node: the keys of the file by name, except where this function
 * converts them. Other keys of the instance are included and ignored.
 * @param seed 32 bytes in hexadecimal: random for a gateway, fixed for a run that must be repeatable
 * @throws UnknownNameError
 */
export function translatorOptionsFor(
  config: ClusterConfig,
  nodeName: string,
  instanceName: string,
  seed: string,
): TranslatorOptions {
  const node = Object.hasOwn(config.nodes, nodeName) ? config.nodes[nodeName] : undefined;
  if (node === undefined) throw unknownName('node', nodeName, config.nodes);
  const instance = instanceNamed(config, instanceName);
  const sources = icmpSources(instance);
  if (instance.kind === 'siit') {
    const { rfc6791, ...siit } = instance;
    return { ...siit, ...sources, rfc6791v4: rfc6791.v4, rfc6791v6: rfc6791.v6, seed };
  }
  const { holdBack: holdBackMs, deferFirstPacket: deferMs, ...nat64 } = instance;
  const slice = { slot: node.slot, slots: config.slots, ...foreignSlotOf(config) };
  return { ...nat64, ...sources, holdBackMs, deferMs, ...slice, seed };
}

export function instanceNamed({ instances }: ClusterConfig, name: string): InstanceConfig {
  const instance = Object.hasOwn(instances, name) ? instances[name] : undefined;
  if (instance === undefined) throw unknownName('instance', name, instances);
  return instance;
}

/** The highest slot that no node has; undefined if all are used. */
export function foreignSlotOf({ nodes }: Pick<ClusterConfig, 'nodes'>): { readonly foreignSlot?: number } {
  const taken = new Set(Object.values(nodes).map(({ slot }) => slot));
  for (let slot = MAX_NODE_SLOT; slot > 0; slot--) if (!taken.has(slot)) return { foreignSlot: slot };
  return {};
}

function icmpSources({ icmp, pool6 }: InstanceConfig) {
  const { source4, source6, errorsPerSecond, errorsPerSource } = icmp;
  return {
    icmpSource4: source4,
    // Without pool6 there is a source6, as the file's rules ensure.
    icmpSource6: source6 ?? embedded(pool6[0] ?? '64:ff9b::/96', source4),
    icmpErrorsPerSecond: errorsPerSecond,
    icmpErrorsPerSource: errorsPerSource,
  };
}

function embedded(pool6: string, address: string): string {
  const bytes = new Uint8Array(16);
  new EmbeddingPrefix(pool6).embed(parseIpv4(address) ?? 0, bytes, 0);
  return formatIpv6(bytes);
}

/** linux/if.h: IFNAMSIZ less the NUL. */
const MAX_INTERFACE_NAME = 15;

/** The TUN device of an instance: the configured one, or one named after the instance. */
export function tunNameOf(name: string, { kind, tun }: InstanceConfig): string {
  return tun ?? `${kind === 'nat64' ? 'nat' : 'siit'}-${name}`.slice(0, MAX_INTERFACE_NAME);
}

/**
 * Hashes of the instance fields that must be equal on all nodes, by path, so that nodes can compare them without
 * exchanging the file. 16 hexadecimal digits each. Limits are not included: a node restarted with larger tables accepts
 * the others' sessions.
 * @param slots number of slices of the port range
 */
export function sharedFieldHashes(instance: InstanceConfig, slots: number): ReadonlyMap<string, string> {
  const shared: Record<string, unknown> =
    instance.kind === 'nat64'
      ? {
          kind: instance.kind,
          pool6: instance.pool6,
          pool4: instance.pool4,
          static: instance.static,
          slots,
          // The assignment of clients depends on both; with one shard neither matters, unless ports follow from
          // clients.
          ...(instance.shards > 1 || assigns(instance)
            ? { shards: [instance.shards, instance.limits.clientPrefixLength] }
            : {}),
        }
      : { kind: instance.kind, pool6: instance.pool6, eam: instance.eam };
  return new Map(Object.entries(shared).map(([field, value]) => [field, hashOf(value)]));
}

function assigns({ pool4 }: Nat64Config): boolean {
  return pool4.some(({ assignment }) => assignment === 'deterministic');
}

/** A short identifier of the content: equal files have equal revisions. */
export function revisionOf(config: ClusterConfig): string {
  return hashOf(config);
}

/** 16 hexadecimal digits; independent of the order of keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
