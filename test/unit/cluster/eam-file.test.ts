import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClusterFile } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';
import { parseEamText } from '../../../src/cluster/eam-file.ts';
import { translatorOptionsFor } from '../../../src/cluster/translator-options.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eam-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function clusterWith(lines: string): string {
  const mappings = join(folder, 'mappings');
  writeFileSync(mappings, lines);
  const file = join(folder, 'cluster.yaml');
  const siit = `{ kind: siit, pool6: "2001:db8:64::/96", eam: [{ v6: "2001:db8:1::/128", v4: 192.0.2.1/32 }], eamFile: ${mappings} }`;
  writeFileSync(file, `cluster: c\nsecretFile: /k\nnodes: { a: { slot: 1 } }\ninstances: { s: ${siit} }\n`);
  return file;
}

async function mistakesOf(lines: string): Promise<readonly string[]> {
  const error = await loadClusterFile(clusterWith(lines)).catch((thrown: unknown) => thrown);
  return error instanceof ConfigError ? error.mistakes.map(({ line, what }) => `${line}: ${what}`) : [];
}

describe('a file of mappings', () => {
  it('is added to those of the cluster file', async () => {
    const config = await loadClusterFile(
      clusterWith('# ours\n\n2001:db8:2::/120\t192.0.2.0/25 # the lower half\n2001:db8:3::1 198.51.100.1\n'),
    );
    expect(translatorOptionsFor(config, 'a', 's', '0')).toMatchObject({
      eam: [
        { v6: '2001:db8:1::/128', v4: '192.0.2.1/32' },
        { v6: '2001:db8:2::/120', v4: '192.0.2.0/25' },
        { v6: '2001:db8:3::1/128', v4: '198.51.100.1/32' },
      ],
    });
  });

  it('is refused line by line', async () => {
    expect(
      await mistakesOf(
        '2001:db8::/64 192.0.2.0/24\n192.0.2.0/24 2001:db8::/64\n2001:db8::1\n2001:db8::1/64 192.0.2.9\n',
      ),
    ).toEqual([
      '2: "192.0.2.0/24 2001:db8::/64" is not a mapping',
      '3: "2001:db8::1" is not a mapping',
      '4: "2001:db8::1/64 192.0.2.9" is not a mapping',
    ]);
  });

  it('is refused where it contradicts the cluster file', async () => {
    const [mistake] = await mistakesOf('2001:db8:1::/128 192.0.2.7\n');
    expect(mistake).toContain('another entry');
  });

  it('is refused where it cannot be read', async () => {
    const file = clusterWith('');
    rmSync(join(folder, 'mappings'));
    await expect(loadClusterFile(file)).rejects.toThrow(/cannot be read/);
  });

  it('tells of the first mistakes only', () => {
    expect(() => parseEamText('x\n'.repeat(1000), 'f')).toThrow(ConfigError);
    try {
      parseEamText('x\n'.repeat(1000), 'f');
    } catch (error) {
      expect(error instanceof ConfigError && error.mistakes.length).toBe(20);
    }
  });
});
