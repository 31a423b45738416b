import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/codes.ts';
import { WORKER_COUNTERS } from '../../../src/dataplane/worker-counters.ts';
import { METRICS } from '../../../src/observe/metric-table.ts';
import { REFUSALS } from '../../../src/replication/refusals.ts';
import { COUNTERS } from '../../../src/translator/counters.ts';

/** Everyday phrases for which the field has a term, and that term. Each is rare enough in good prose to be an error. */
const PHRASES: ReadonlyArray<readonly [phrase: RegExp, term: string]> = [
  [/\bthe ways? of (?:a|an|the) (?:packet|session|failure)/i, 'packet path, session replication, failure handling'],
  [/\b(?:long|short) way\b/i, 'slow path, fast path'],
  [/\bputs? (?:it |them )?right\b/i, 'repair, restore'],
  [/\bformer li(?:fe|ves)\b/i, 'earlier epoch (incarnation)'],
  [/\bgoes again\b/i, 'is retransmitted'],
  [/\bpassed on\b/i, 'forwarded'],
  [/\b(?:is|was|are|been) (?:not )?heard\b/i, 'receives heartbeats from; is alive'],
  [/\bhear(?:s)? (?:each other|it|us|nobody)\b/i, 'receive heartbeats from'],
  [/\b(?:good|bad) looks?\b/i, 'success, failure (rise, fall)'],
  [/\b(?:takes?|taking|took|taken) (?:a |the |this |that )?node out\b/i, 'withdraw the node, drain'],
  [/\b(?:last|not) turned\b/i, 'heartbeat is N ms old; blocked'],
  [/\bat once when nobody\b/i, 'immediately when no node'],
  [/\bworst thing first\b/i, 'most severe problem first'],
  [/\bso long a node\b/i, 'maximum time'],
  [/\bgoes before other programs\b/i, 'nice value, priority'],
  [/\bwhat leads to\b/i, 'routing to'],
  [/\bgive(?:s|n)? away\b/i, 'hand over'],
  [/\bplain(?:ly)? said\b|\bsays so\b/i, 'reports it'],
  [/\ball the same\b/i, 'nevertheless, anyway'],
  [/\bgoes? on translating\b/i, 'continues to translate'],
  [/\bfor want of\b/i, 'because there is no'],
];

const PAGES = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];

const TEXTS: ReadonlyArray<readonly [place: string, text: string]> = [
  ...[...COUNTERS, ...WORKER_COUNTERS].map(({ name, help, advice }) => [name, `${help}\n${advice}`] as const),
  ...METRICS.map(({ name, help }) => [name, help] as const),
  ...Object.entries(REFUSALS).map(([name, text]) => [name, text] as const),
  ...Object.entries(CODES).map(([name, { meaning, action }]) => [name, `${meaning}\n${action}`] as const),
];

/** Each phrase of a text, as "place:line: phrase; write term". */
function findings(place: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    PHRASES.flatMap(([phrase, term]) => {
      const found = phrase.exec(line)?.[0];
      return found === undefined ? [] : [`${place}:${index + 1}: "${found}"; write: ${term}`];
    }),
  );
}

describe('what operators read uses the terms of the field', () => {
  it.each(PAGES)('in %s', (page) => {
    expect(findings(page, readFileSync(page, 'utf8'))).toEqual([]);
  });

  it('in counters, metrics, codes and reasons of refusals', () => {
    expect(TEXTS.length).toBeGreaterThan(200);
    expect(TEXTS.flatMap(([place, text]) => findings(place, text))).toEqual([]);
  });

  it('which the phrases of this list would break', () => {
    expect(findings('page', '## The way of a packet\nnothing else\nit is not heard')).toEqual([
      'page:1: "The way of a packet"; write: packet path, session replication, failure handling',
      'page:3: "is not heard"; write: receives heartbeats from; is alive',
    ]);
  });
});
