import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, src } from './import-graph.ts';

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

describe('the map in docs/architecture.md', () => {
  it('draws every folder of src, and the rooms of the core and the agent', () => {
    const drawn = [...page.matchAll(/^[│├└─ ]*[├└]─ ([a-z0-9-]+)\/ /gm)].map((match) => match[1]);
    const folders = ['', 'agent', 'translator', 'translator/nat64'].flatMap((folder) =>
      readdirSync(join(src, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
    );
    expect(folders.map(({ name }) => name).toSorted()).toEqual(drawn.toSorted());
  });

  it('names files that exist', () => {
    const files = [...page.matchAll(/`((?:src\/)?[a-z0-9]+\/[a-z0-9/-]+\.(?:ts|proto))`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(files.length).toBeGreaterThan(20);
    const missing = files.filter((file) => ![root, src].some((base) => existsSync(join(base, file))));
    expect(missing).toEqual([]);
  });
});
