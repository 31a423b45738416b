import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { clusterText } from '../../../src/cluster/import/cluster-text.ts';
import { GLOBAL_OPTIONS } from '../../../src/cluster/import/jool-globals.ts';
import { importJool } from '../../../src/cluster/import/jool-instance.ts';
import { readJoolJson } from '../../../src/cluster/import/jool-json.ts';
import type { ClusterConfig } from '../../../src/cluster/schema.ts';

const PAGE = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'docs/from-jool.md'), 'utf8');

function nat64(instance: string, prefix: string): object {
  const pool4 = ['TCP', 'UDP'].map((protocol) => ({ protocol, prefix, 'port range': '1024-65535' }));
  return { instance, framework: 'netfilter', global: { pool6: '64:ff9b::/96', 'ss-enabled': true }, pool4 };
}

const HALVES = new Map([
  ['lower', ['0.0.0.0/1']],
  ['upper', ['128.0.0.0/1']],
]);

/** The file that the page's command makes of the site of its worked example. */
function imported(destinations: ReadonlyMap<string, readonly string[]> = HALVES): string {
  const eamt = [{ 'ipv6 prefix': '2001:db8:3::/120', 'ipv4 prefix': '203.0.113.0/24' }];
  const siit = { instance: 'siit', framework: 'netfilter', global: { pool6: '2001:db8:100::/96' }, eamt };
  const namespaces = new Map(['lower', 'upper', 'siit'].map((name) => [name, 'nat64'] as const));
  const options = { name: undefined, kind: undefined, marks: new Map(), ownAddresses: [], namespaces, destinations };
  const drafts = [nat64('lower', '192.0.2.0/28'), nat64('upper', '192.0.2.16/28'), siit].map((json) =>
    importJool(readJoolJson(JSON.stringify(json), 'jool.json'), options),
  );
  const frame = { cluster: 'campus', nodes: ['gw1', 'gw2'], links: ['ring0', 'ring1'], origin: 'a test' };
  return clusterText(frame, drafts);
}

/** What the page's two blocks for the worked example add to the file. */
const ADDED = [
  [...['lower', 'upper'].map((name) => ['instances', name, 'prefer']), ['upstreams']],
  ['lower', 'upper'].flatMap((name) => ['adopt', 'export'].map((key) => ['instances', name, key])),
];

/** The file of the worked example, with what the page says is to be added. */
function completed(): ClusterConfig {
  const [, example = ''] = PAGE.split('## Worked example');
  const blocks = [...example.matchAll(/```yaml\n([\s\S]*?)```/g)];
  const file = parseDocument(imported());
  for (const [index, paths] of ADDED.entries()) {
    const additions = parseDocument(`instances:\n${blocks[index]?.[1] ?? ''}`);
    for (const path of paths) file.setIn(path, additions.getIn(path, true));
  }
  return parseClusterText(file.toString(), 'cluster.yaml');
}

describe('docs/from-jool.md', () => {
  it('says of the worked example what the importer says', () => {
    const nowhere = imported(new Map());
    expect(() => parseClusterText(nowhere, 'cluster.yaml')).toThrow('instances.upper.pool6: its pool6 overlaps');
    expect(Object.keys(parseClusterText(imported(), 'cluster.yaml').instances)).toEqual(['lower', 'upper', 'siit']);
    for (const [name, prefixes] of HALVES) expect(PAGE).toContain(`--destinations ${name}=${prefixes.join(',')}`);
  });

  it('completes the worked example to a file that "config check" accepts', () => {
    const { instances, upstreams } = completed();
    expect(Object.keys(instances)).toEqual(['lower', 'upper', 'siit']);
    expect(instances['lower']).toMatchObject({ destinations: ['0.0.0.0/1'], prefer: ['gw1', 'gw2'] });
    expect(Object.keys(upstreams)).toEqual(['core']);
  });

  it('has the sessions of both instances taken over and told, each in a group of its own', () => {
    const { instances } = completed();
    const groups = ['lower', 'upper'].map((name) => {
      const instance = instances[name];
      if (instance?.kind !== 'nat64') throw new Error(`${name} is not a nat64 instance`);
      const { adopt, export: told } = instance;
      expect(told?.joold).toMatchObject({ group: adopt?.joold.group, port: adopt?.joold.port, interface: 'ring0' });
      return adopt?.joold.group;
    });
    expect(new Set(groups)).toEqual(new Set(['ff08::db8:64:1', 'ff08::db8:64:2']));
  });

  it('has every option that is imported', () => {
    // Without effect here, or a finding: the importer lists them itself.
    const listed = new Set([
      'manually-enabled',
      'logging-debug',
      'source-icmpv6-errors-better',
      'maximum-simultaneous-opens',
    ]);
    const missing = Object.keys(GLOBAL_OPTIONS).filter((option) => !listed.has(option) && !PAGE.includes(option));
    expect(missing).toEqual([]);
  });
});
