import { isDeepStrictEqual } from 'node:util';
import { nat64 } from '../../cluster/instance-schema.ts';
import { placement } from '../../cluster/placement-schema.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { routingTableOf, rulePriorityOf, servesTheRest } from '../../cluster/steering.ts';
import { reloadableKeys } from '../../cluster/values.ts';
import { FIXED_LIMITS } from '../../translator/nat64/restart-reasons.ts';

/** Effects of a reload on one node, determined in advance. */
export interface ReloadPlan {
  /** Descriptions of all changed paths that concern the node. */
  readonly changes: string[];
  /** Changed paths that concern other nodes only. */
  readonly unconcerned: readonly string[];
  /** Changes that a running node cannot apply, a sentence each; if there are any, nothing is applied. */
  readonly refused: readonly string[];
  /** Instances that are added, removed, or reconfigured. */
  readonly instances: readonly string[];
}

const LIVE_NAT64 = reloadableKeys(nat64.shape);
const FIXED_SIZES: ReadonlySet<string> = new Set(FIXED_LIMITS);
/** Fields that determine the shard of a port, with several shards. */
const DIVIDED: ReadonlySet<string> = new Set(['pool4', 'static']);
/** A stateless translator is replaced as a whole; only its kind and placement are fixed. */
const LIVE_PLACEMENT = reloadableKeys(placement);
const FIXED_SIIT: ReadonlySet<string> = new Set([
  'kind',
  'pool6',
  ...Object.keys(placement).filter((key) => !LIVE_PLACEMENT.has(key)),
]);

/** Sections that are always applied at run time. Secrets are read with each reload, whatever their file names. */
const LIVE_SECTIONS: ReadonlySet<string> = new Set([
  'secretFile',
  'previousSecretFile',
  'upstreams',
  'natLog',
  'notify',
  'checks',
  'states',
  'logLevel',
  'http',
  'remoteCommands',
  'drills',
]);

/** Why a path cannot be applied to a running agent. */
const REASONS: Readonly<Record<string, string>> = {
  cluster: 'all frames carry the name of the cluster',
  slots: 'every port would change its slice, on all nodes at once: drain all of them first',
  nodes: 'the set of nodes is read at the start; restart one agent after the other, sessions stay with the others',
  replication: 'the links are opened at the start',
  coordinator: 'it is joined at the start',
  keepTable: 'whether a table is retained is decided at the start',
};

/**
 * Describes the change of secrets by a reload: the first one seals, all are accepted. Undefined: no change. For a
 * change without interruption, all nodes first accept the new secret in addition, then seal with it, then drop the old
 * one.
 */
export function planSecrets(before: readonly Uint8Array[], after: readonly Uint8Array[]): string | undefined {
  const same = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
    one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0;
  const [sealing, accepted] = after;
  if (same(before[0], sealing) && same(before[1], accepted)) return undefined;
  const seals = same(before[0], sealing) ? 'the same secret seals' : 'another secret seals';
  const known = accepted !== undefined && before.some((secret) => same(secret, accepted));
  const beside = known ? 'one that was known before is still accepted' : 'a new one is accepted beside it';
  return `${seals}, ${accepted === undefined ? 'and no other one is accepted' : beside}`;
}

/** Pure: compares two cluster files from the perspective of one node. */
export function planReload(before: ClusterConfig, after: ClusterConfig, node: string): ReloadPlan {
  const changes: string[] = [];
  const unconcerned: string[] = [];
  const refused: string[] = [];
  const instances = new Set<string>();
  for (const difference of differences(before, after, [])) {
    const { path, from, to } = difference;
    const text = `${path.join('.')}: ${shown(from)} → ${shown(to)}`;
    if (!concerns(difference, before, after, node)) {
      unconcerned.push(text);
      continue;
    }
    changes.push(text);
    const [section = '', name = ''] = path;
    if (LIVE_SECTIONS.has(section)) continue;
    if (isLive(difference, after)) instances.add(name);
    else refused.push(`${path.join('.')} needs a restart of the agent: ${reasonFor(difference)}`);
  }
  refused.push(...shiftedSteering(before, after));
  return { changes, unconcerned, refused, instances: [...instances] };
}

function isLive(difference: Difference, { instances }: ClusterConfig): boolean {
  const [section, name = '', field, part = ''] = difference.path;
  if (section !== 'instances') return false;
  if (field === undefined) return difference.from === undefined || isStateless(difference.from);
  if (isDivided(field, instances[name]) || forgetsStatic(difference)) return false;
  if (instances[name]?.kind === 'siit') return !FIXED_SIIT.has(field);
  return LIVE_NAT64.has(field) || (field === 'limits' && !FIXED_SIZES.has(part));
}

/** An instance that can be removed without losing sessions. */
function isStateless(instance: unknown): boolean {
  return isPlain(instance) && 'kind' in instance && instance.kind === 'siit';
}

/** Routing tables and rules of instances with clients depend on the order of instances: running ones keep theirs. */
function shiftedSteering(before: ClusterConfig, after: ClusterConfig): string[] {
  const steeringOf = (config: ClusterConfig, name: string): string =>
    JSON.stringify([routingTableOf(config, name), rulePriorityOf(config, name), servesTheRest(config, name)]);
  return Object.entries(after.instances)
    .filter(([name, { clients }]) => clients.length > 0 && Object.hasOwn(before.instances, name))
    .filter(([name]) => steeringOf(before, name) !== steeringOf(after, name))
    .map(
      ([name]) =>
        `instances.${name} needs a restart of the agent: its rules depend on what other instances there are; put new ones at the end, and those for all clients in the file from the start`,
    );
}

/** Whether a field determines the shard of a port. */
function isDivided(field: string, instance: ClusterConfig['instances'][string] | undefined): boolean {
  return instance?.kind === 'nat64' && instance.shards > 1 && DIVIDED.has(field);
}

/** Static entries can only be added at run time: sessions that depend on a removed one are not examined. */
function forgetsStatic({ path, from, to }: Difference): boolean {
  if (path[2] !== 'static' || !Array.isArray(from) || !Array.isArray(to)) return false;
  const kept = new Set(to.map((entry) => JSON.stringify(entry)));
  return from.some((entry) => !kept.has(JSON.stringify(entry)));
}

function reasonFor(difference: Difference): string {
  const [section = '', , field] = difference.path;
  if (section === 'nodes' && field === 'http') return 'the endpoint is bound at the start';
  if (section !== 'instances') return REASONS[section] ?? 'it is read at the start';
  if (field === undefined) return 'its sessions would end with it; drain the node before';
  if (field === 'limits') return 'the tables have their size from the start';
  if (forgetsStatic(difference)) return 'a static entry was removed or changed, and sessions may hang on it';
  if (field === 'pool6') return 'sessions hang on the prefix that their clients use';
  if (DIVIDED.has(field)) return 'ports would change their shard, and lose sessions';
  if (field === 'worker') return 'the thread has it from its start';
  return 'it is fixed while an instance runs';
}

/** Links of another node, and upstreams of others only, change nothing here. */
function concerns({ path }: Difference, before: ClusterConfig, after: ClusterConfig, node: string): boolean {
  const [section, name = '', field] = path;
  if (section === 'nodes' && (field === 'links' || field === 'http')) return name === node;
  if (section !== 'upstreams') return true;
  return [before, after].some(({ upstreams }) => {
    const upstream = upstreams[name];
    return upstream !== undefined && (upstream.nodes === undefined || upstream.nodes.includes(node));
  });
}

interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** Objects are compared by key, everything else as a whole. */
function differences(from: unknown, to: unknown, path: readonly string[]): Difference[] {
  if (isPlain(from) && isPlain(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => differences(Reflect.get(from, key), Reflect.get(to, key), [...path, key]));
  }
  return isDeepStrictEqual(from, to) ? [] : [{ path, from, to }];
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_SHOWN = 80;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  // Long lists are truncated before formatting.
  const text = JSON.stringify(Array.isArray(value) ? value.slice(0, MAX_SHOWN) : value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
