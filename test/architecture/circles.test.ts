import { describe, expect, it } from 'vitest';
import { importGraph } from './import-graph.ts';

/**
 * Files of which each leads back to itself, by imports of types or values, at once or on demand.
 * @returns one circle through each file where the search met itself
 */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return circles;
}

describe('the import graph', () => {
  it('has no circle, of types neither', () => {
    const graph = importGraph();
    expect(graph.size).toBeGreaterThan(300);
    expect(circlesOf(graph)).toEqual([]);
  });

  it('would show a circle', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', ['e']],
      ['e', ['d', 'b']],
    ]);
    expect(circlesOf(graph)).toEqual([
      ['d', 'e', 'd'],
      ['b', 'd', 'e', 'b'],
    ]);
  });
});
