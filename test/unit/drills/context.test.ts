import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../src/drills/report/context.ts';

describe('what a report says of the cluster', () => {
  it('has its name also when no node answers any more', async () => {
    const silent = { cluster: 'campus', names: ['gw1', 'gw2'], configuration: async () => undefined };
    const { cluster, nodes, configurations } = await contextOf(silent);
    expect(cluster).toBe('campus');
    expect(nodes.map(({ name, revision }) => [name, revision])).toEqual([
      ['gw1', ''],
      ['gw2', ''],
    ]);
    expect(configurations).toEqual([]);
  });
});
