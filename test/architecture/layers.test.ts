import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root, sourceFiles, src } from './import-graph.ts';

/** Folders of src in order: each imports only from itself and from those before it. */
const LAYERS = [
  'gen',
  'net',
  'translator',
  'linux',
  'fastpath',
  'dataplane',
  'replication',
  'frr',
  'cluster',
  'agent',
  'observe',
  'drills',
  'cli',
  'lab',
];
/** Stands above all layers and imports nothing: every folder may import it. */
const ABOVE_ALL = join(import.meta.dirname, '../../src/codes.ts');
/** What a folder must not reach although it stands above it (design: "must not know"). */
const MUST_NOT_KNOW: Readonly<Record<string, readonly string[]>> = {
  linux: ['translator'],
  fastpath: ['replication', 'frr'],
  dataplane: ['replication', 'frr'],
  replication: ['dataplane', 'fastpath', 'linux'],
  frr: ['translator', 'dataplane', 'fastpath', 'replication'],
  cluster: ['dataplane', 'fastpath'],
};
const TOP_LEVEL = new Set(['proto', 'src', 'test', 'deploy', 'docs', 'node_modules', 'dist']);
function layerOf(path: string): string | undefined {
  const [first, ...rest] = relative(src, path).split('/');
  return rest.length === 0 ? undefined : first;
}

const imports = sourceFiles(src).flatMap(importsOf);
const crossings = imports
  .filter(({ from, to }) => to.startsWith('.') && resolve(dirname(from), to) !== ABOVE_ALL)
  .map(({ from, to }) => ({
    file: relative(root, from),
    from: layerOf(from),
    to: layerOf(resolve(dirname(from), to)),
  }));

describe('import layers', () => {
  it('sees the import graph at all', () => {
    expect(crossings.length).toBeGreaterThan(50);
  });

  it('knows every folder of src', () => {
    const folders = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory());
    expect(folders.filter((name) => !LAYERS.includes(name))).toEqual([]);
  });

  it('has imports that only point upwards', () => {
    const wrong = crossings.filter(
      ({ from, to }) => from !== undefined && (to === undefined || LAYERS.indexOf(to) > LAYERS.indexOf(from)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the list of codes free of imports', () => {
    expect(imports.filter(({ from }) => from === ABOVE_ALL)).toEqual([]);
  });

  it('keeps each folder from what it must not know', () => {
    const wrong = crossings.filter(
      ({ from, to }) => from !== undefined && to !== undefined && (MUST_NOT_KNOW[from] ?? []).includes(to),
    );
    expect(wrong).toEqual([]);
  });

  it('lets only src/linux import the foreign function library', () => {
    const koffi = imports.filter(({ to }) => to === 'koffi').map(({ from }) => layerOf(from));
    expect(koffi.length).toBeGreaterThan(0);
    expect(koffi.filter((layer) => layer !== 'linux')).toEqual([]);
  });

  it('keeps the pure layers from I/O', () => {
    const outside = /^node:(fs|net|dgram|http|child_process|worker_threads|process|timers|os)/;
    const wrong = imports.filter(
      ({ from, to }) => ['net', 'translator'].includes(layerOf(from) ?? '') && outside.test(to),
    );
    expect(wrong).toEqual([]);
  });
});

describe('unit tests', () => {
  it('take nothing from the lab but what they test', () => {
    const unit = join(root, 'test/unit');
    const files = sourceFiles(unit).filter((path) => !path.startsWith(join(unit, 'lab/')));
    const taken = files.flatMap(importsOf).filter(({ from, to }) => layerOf(resolve(dirname(from), to)) === 'lab');
    expect(files.length).toBeGreaterThan(100);
    expect(taken).toEqual([]);
  });
});

describe('the top level', () => {
  it('holds only the folders it should', () => {
    const folders = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
    const extra = folders.filter((name) => !TOP_LEVEL.has(name) && !name.startsWith('.'));
    expect(extra).toEqual([]);
  });
});
