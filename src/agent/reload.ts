import type { ClusterConfig } from '../cluster/schema.ts';
import { routesFor } from './node-config.ts';

/** What a reload would do, before it does it. */
export interface ReloadPlan {
  /** Every path whose value differs, in words. */
  readonly changes: readonly string[];
  /** What cannot be applied to a running node, a sentence each; if there is any, nothing is applied. */
  readonly refused: readonly string[];
  /** Instances whose translators are told of new options. */
  readonly instances: readonly string[];
}

/** Fields of an instance that a translator takes over without touching sessions. */
const LIVE_FIELDS: ReadonlySet<string> = new Set([
  'timeouts',
  'pool4',
  'static',
  'addressDependentFiltering',
  'dropExternallyInitiatedTcp',
  'dropPings',
]);

/** Pure: compares two cluster files. */
export function planReload(before: ClusterConfig, after: ClusterConfig): ReloadPlan {
  const changes: string[] = [];
  const refused: string[] = [];
  const instances = new Set<string>();
  for (const { path, from, to } of differences(before, after, [])) {
    const text = path.join('.');
    changes.push(`${text}: ${shown(from)} → ${shown(to)}`);
    const [section, name = '', field = ''] = path;
    if (section === 'instances' && field !== '' && LIVE_FIELDS.has(field)) instances.add(name);
    else refused.push(`${text} needs a restart of the agent`);
  }
  for (const name of instances) {
    const [one, other] = [before.instances[name], after.instances[name]];
    if (one && other && JSON.stringify(routesFor(one)) !== JSON.stringify(routesFor(other))) {
      refused.push(
        `instances.${name}.pool4 has other prefixes, which need other routes: that needs a restart of the agent`,
      );
    }
  }
  return { changes, refused, instances: [...instances] };
}

interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** Objects are compared key by key, everything else as a whole. */
function differences(from: unknown, to: unknown, path: readonly string[]): Difference[] {
  if (isPlain(from) && isPlain(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => differences(Reflect.get(from, key), Reflect.get(to, key), [...path, key]));
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_SHOWN = 80;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
