import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { clusterText } from '../../../../src/cluster/import/cluster-text.ts';
import type { InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { instanceOfFile, readJoolCsv } from '../../../../src/cluster/import/jool-csv.ts';
import { importJool } from '../../../../src/cluster/import/jool-instance.ts';
import { readJoolJson } from '../../../../src/cluster/import/jool-json.ts';
import { type JoolParts, noParts } from '../../../../src/cluster/import/jool-parts.ts';

/*
 * Two configurations that Jool 4.1.9 took, with keys in capital letters and comments of every kind, and what its display
 * commands printed then (test/jool/displays.sh; npm run test:jool -- displays prints them again).
 */
const FOLDER = process.env['JOOL_DISPLAYS'] ?? join(import.meta.dirname, 'fixtures');
const OPTIONS = {
  name: undefined,
  kind: undefined,
  marks: new Map([[3, ['2001:db8:3::/48']]]),
  ownAddresses: [],
  namespaces: new Map<string, string>(),
  destinations: new Map<string, string[]>(),
};

const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

function displayed(name: string): JoolParts {
  const parts = noParts('csv');
  parts.name = name;
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv') && instanceOfFile(file) === name);
  for (const file of files) readJoolCsv(textOf(file), file, parts);
  return parts;
}

/** The instance that a cluster file then has, whatever the order of its pools. */
function instanceOf(draft: InstanceDraft): object {
  const frame = { cluster: 'campus', nodes: ['gw1'], links: ['ring0'], origin: 'a test' };
  const instance = parseClusterText(clusterText(frame, [draft]), 'made.yaml').instances[draft.name];
  if (instance?.kind !== 'nat64') return { ...instance };
  return { ...instance, pool4: instance.pool4.map((entry) => JSON.stringify(entry)).toSorted() };
}

describe('what Jool 4.1.9 displayed', () => {
  it.each(['lower', 'siit'])('of instance %s is imported as the file that it was configured by', (name) => {
    const [file, tables] = [readJoolJson(textOf(`${name}.json`), name), displayed(name)].map((parts) =>
      importJool(parts, OPTIONS),
    );
    if (file === undefined || tables === undefined) throw new Error('two drafts are made');
    expect(instanceOf(tables)).toEqual(instanceOf(file));
    expect(tables.findings.map(({ what }) => what).filter((what) => !what.includes('max-iterations'))).toEqual([]);
  });

  it.each(['instance.csv', 'stats.csv'])('as %s is no configuration, and refused with a sentence', (file) => {
    const lines = textOf(file).trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(() => readJoolCsv(line, file, noParts(file))).toThrow('leave this file out');
  });
});
