import { nearest } from './nearest-name.ts';
import type { ClusterConfig } from './schema.ts';

/** A mistake that involves several parts of the file. */
export interface CrossMistake {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly remedy: string;
}

export type Report = (path: CrossMistake['path'], what: string, remedy: string) => void;

/** Reports names of nodes that are not in the file. */
export function checkNames(
  { nodes }: ClusterConfig,
  path: readonly (string | number)[],
  names: readonly string[],
  report: Report,
): void {
  const known = Object.keys(nodes);
  for (const [index, name] of names.entries()) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const remedy = near === undefined ? `the nodes are ${known.join(', ')}` : `did you mean ${near}?`;
    report([...path, index], `no node is called ${name}`, remedy);
  }
}
