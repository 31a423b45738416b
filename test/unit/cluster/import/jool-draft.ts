import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { clusterText } from '../../../../src/cluster/import/cluster-text.ts';
import type { InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { importJool, type JoolImportOptions } from '../../../../src/cluster/import/jool-instance.ts';
import { readJoolJson } from '../../../../src/cluster/import/jool-json.ts';
import type { ClusterConfig, Nat64Config, SiitConfig } from '../../../../src/cluster/schema.ts';

export const OPTIONS: JoolImportOptions = {
  name: undefined,
  kind: undefined,
  marks: new Map(),
  ownAddresses: [],
  namespaces: new Map(),
  destinations: new Map(),
};
export const POOL4 = [{ protocol: 'TCP', prefix: '192.0.2.1', 'port range': '1024-65535' }];

export function draftOf(json: unknown, options: Partial<JoolImportOptions> = {}): InstanceDraft {
  return importJool(readJoolJson(JSON.stringify(json), 'jool.json'), { ...OPTIONS, ...options });
}

export function fileOf(...drafts: InstanceDraft[]): ClusterConfig {
  const frame = { cluster: 'campus', nodes: ['gw1', 'gw2'], links: ['ring0', 'ring1'], origin: 'a test' };
  return parseClusterText(clusterText(frame, drafts), 'made.yaml');
}

export function nat64(json: object, options: Partial<JoolImportOptions> = {}): Nat64Config {
  const draft = draftOf({ framework: 'netfilter', pool4: POOL4, ...json }, options);
  const instance = fileOf(draft).instances[draft.name];
  if (instance?.kind !== 'nat64') throw new Error('not a nat64 instance');
  return instance;
}

export function siit(json: object, options: Partial<JoolImportOptions> = {}): SiitConfig {
  const draft = draftOf(json, { kind: 'siit', ...options });
  const instance = fileOf(draft).instances[draft.name];
  if (instance?.kind !== 'siit') throw new Error('not a siit instance');
  return instance;
}
