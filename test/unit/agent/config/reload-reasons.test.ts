import { describe, expect, it } from 'vitest';
import { planReload, type ReloadPlan } from '../../../../src/agent/config/reload-plan.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';

const FILE = `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 4
nodes:
  gw1: { slot: 1, links: [ring0] }
  gw2: { slot: 2, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4: [{ prefix: 11.64.0.0/29 }]
  servers:
    kind: siit
    pool6: 2001:db8:64::/96
    eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }]
`;

function plan(from: string, to: string, node = 'gw1'): ReloadPlan {
  const changed = FILE.replace(from, to);
  expect(changed).not.toBe(FILE);
  return planReload(parseClusterText(FILE, 'a'), parseClusterText(changed, 'b'), node);
}

describe('why a change needs a restart', () => {
  it.each([
    ['cluster: campus', 'cluster: other', 'cluster: all frames carry the name of the cluster'],
    ['slot: 2', 'slot: 3', 'nodes.gw2.slot: the set of nodes is read at the start; restart one agent after the other'],
    ['links: [ring0] }', 'links: [ring1] }', 'nodes.gw1.links: the set of nodes is read at the start'],
    [
      'links: [ring0] }',
      'links: [ring0], http: 127.0.0.1:9464 }',
      'nodes.gw1.http: the endpoint is bound at the start',
    ],
    ['slots: 4', 'slots: 4\nreplication: { port: 7000 }', 'replication.port: the links are opened at the start'],
    [
      'kind: nat64',
      'kind: nat64\n    worker: { cpu: 1 }',
      'instances.internet.worker.cpu: the thread has it from its start',
    ],
    [
      '64:ff9b::/96',
      '2001:db8:99::/96',
      'instances.internet.pool6: sessions hang on the prefix that their clients use',
    ],
    [
      '2001:db8:64::/96',
      '2001:db8:99::/96',
      'instances.servers.pool6: sessions hang on the prefix that their clients use',
    ],
    [
      'kind: nat64',
      'kind: nat64\n    namespace: dmz',
      'instances.internet.namespace: it is fixed while an instance runs',
    ],
    [
      'kind: nat64',
      'kind: nat64\n    portBlockSize: 64',
      'instances.internet.portBlockSize: it is fixed while an instance runs',
    ],
    [
      'kind: nat64',
      'kind: nat64\n    limits: { bibEntries: 5000 }',
      'instances.internet.limits.bibEntries: the tables have their size from the start',
    ],
  ])('%s → %s', (from, to, text) => {
    const [path = '', reason = ''] = text.split(/: (.*)/);
    const found = plan(from, to).refused.find((sentence) =>
      sentence.startsWith(`${path} needs a restart of the agent: `),
    );
    expect(found?.slice(found.indexOf(': ') + 2)).toMatch(new RegExp(`^${reason}`));
  });

  it('is none where only another node has it', () => {
    const links = plan('gw2: { slot: 2, links: [ring0] }', 'gw2: { slot: 2, links: [ring1] }');
    expect(links).toMatchObject({ changes: [], refused: [], instances: [] });
    expect(links.unconcerned).toEqual(['nodes.gw2.links: ["ring0"] → ["ring1"]']);
  });
});

describe('how a change is shown', () => {
  it('is from what it was to what it is, also where there was nothing', () => {
    expect(plan('slots: 4', 'slots: 4\nlogLevel: debug').changes).toEqual(['logLevel: "info" → "debug"']);
    const added = plan('  servers:', '  more: { kind: siit, pool6: 2001:db8:65::/96 }\n  servers:');
    expect(added.changes).toEqual([expect.stringMatching(/^instances\.more: nothing → \{"kind":"siit",/)]);
    const removed = plan(FILE.slice(FILE.indexOf('  servers:')), '');
    expect(removed.changes).toEqual([expect.stringMatching(/^instances\.servers: \{.* → nothing$/)]);
  });

  it('is cut after 80 characters', () => {
    const [shown = ''] = plan('  servers:', '  more: { kind: siit, pool6: 2001:db8:65::/96 }\n  servers:').changes;
    expect(shown.slice('instances.more: nothing → '.length)).toHaveLength(81);
    expect(shown.at(-1)).toBe('…');
    // A list of many mappings is not written out first.
    const entries = Array.from({ length: 5000 }, (_, index) => {
      return `{ v6: 2001:db8:a::${index.toString(16)}, v4: 10.0.${index >> 8}.${index & 255} }`;
    });
    const eam = plan('[{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }]', `[${entries.join(', ')}]`);
    expect(eam.changes).toEqual([
      'instances.servers.eam: [{"v6":"2001:db8:3::/120","v4":"198.51.100.0/24"}] → ' +
        '[{"v6":"2001:db8:a::/128","v4":"10.0.0.0/32"},{"v6":"2001:db8:a::1/128","v4":"10…',
    ]);
  });

  it('of exactly 80 characters is whole', () => {
    const name = (length: number): string => `secretFile: /${'k'.repeat(length - 3)}`;
    const shown = (length: number): string =>
      plan('secretFile: /etc/isthmus/cluster.key', name(length)).changes[0] ?? '';
    expect(shown(80)).toMatch(/ → "\/k{77}"$/);
    expect(shown(81)).toMatch(/ → "\/k{78}…$/);
  });
});
