import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WORKER_COUNTERS } from '../../../src/dataplane/worker-counters.ts';
import { COUNTERS } from '../../../src/translator/counters.ts';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('gen/'))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));

const TITLES = [
  ['pass', 'Translated packets'],
  ['answer', 'Packets answered with an ICMP error'],
  ['drop', 'Dropped packets'],
  ['hold', 'Held packets'],
  ['fact', 'Other counters'],
] as const;

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  readonly advice: string;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, help, advice }) => `| \`${name}\` | ${help} | ${advice} |`);
  return `| counter | meaning | action if it grows |\n|---|---|---|\n${lines.join('\n')}\n`;
}

/** `npm run docs` writes the page anew. */
function countersPage(): string {
  const parts = TITLES.map(([kind, title]) => `## ${title}\n\n${tableOf(COUNTERS.filter((row) => row.kind === kind))}`);
  return `# Counters

Every packet that enters a translator counts once as translated, answered, dropped or held; a held packet counts again when it is processed. The names are
those in \`isthmus status --json\`, in the output of \`isthmus translate --json\` and in the label \`counter\` of the metrics. \`npm run docs\` writes this page from the tables
in \`src/translator/counters.ts\` and \`src/dataplane/worker-counters.ts\`; a test keeps it equal.

${parts.join('\n')}
## Worker and TUN

${tableOf(WORKER_COUNTERS)}`;
}

/** Places in the sources where the counter's index is used. */
function usesOf(table: string, name: string): string[] {
  const use = new RegExp(`\\b${table}\\.${name}\\b`);
  return SOURCES.filter(({ text }) => use.test(text)).map(({ path }) => path);
}

describe('the counters', () => {
  it('are those of docs/counters.md', async () => {
    await expect(countersPage()).toMatchFileSnapshot('../../../docs/counters.md');
  });

  it.each(COUNTERS.map(({ name }) => name))('%s is counted by the translator', (name) => {
    expect(usesOf('Counter', name)).not.toEqual([]);
  });

  it.each(WORKER_COUNTERS.map(({ name }) => name))('%s is counted by the worker', (name) => {
    expect(usesOf('WorkerCounter', name)).not.toEqual([]);
  });

  it('come with advice where a packet did not get through', () => {
    const all: readonly Row[] = [...COUNTERS, ...WORKER_COUNTERS];
    const needed = all.filter(({ kind }) => kind === 'drop' || kind === 'answer' || kind === 'hold');
    expect(needed.length).toBeGreaterThan(30);
    expect(needed.filter(({ advice }) => advice === '').map(({ name }) => name)).toEqual([]);
  });

  it('have names that tell their kind', () => {
    for (const { name, kind } of COUNTERS) {
      const prefix = { pass: '(translated|hairpinned)', answer: 'answer', drop: 'drop', hold: 'held', fact: '' }[kind];
      expect(name).toMatch(new RegExp(`^${prefix}`));
    }
  });

  it('grow wherever a verdict other than translated is made', () => {
    for (const { path, text } of SOURCES.filter((source) => source.path.startsWith('translator/'))) {
      const lines = text.split('\n');
      for (const [index, line] of lines.entries()) {
        if (!/return Verdict\.(dropped|held|error);/.test(line)) continue;
        const before = lines.slice(Math.max(0, index - 3), index).join('\n');
        expect(before, `${path}:${index + 1}`).toMatch(/ounters\.add(Dropped)?\(counter\b/);
      }
    }
  });
});
