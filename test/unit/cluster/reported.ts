import { expect } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';
import { CORRECT } from './mistakes.ts';

export type Change = readonly [from: string, to: string];

/** What is reported of the correct file with these changes, without its locations. */
export function reported(...changes: readonly Change[]): string[] {
  let text = CORRECT;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  try {
    parseClusterText(text, 'cluster.yaml');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^\S*?\d+:\d+: /, ''));
  }
  return [];
}
