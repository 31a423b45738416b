import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../src/observe/metric-table.ts';
import { EVENT_LOOP_DELAY } from '../../../src/observe/process-metrics.ts';

/** `npm run docs` writes the page anew. */
function metricsPage(): string {
  const rows = METRICS.map(
    ({ name, type, labels, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
  );
  return `# Metrics

An agent with \`--http ADDRESS:PORT\`, or \`http\` of its node in the cluster file, serves these metrics at \`/metrics\` in the Prometheus text format, together with the usual metrics of a Node.js
process. \`npm run docs\` writes this page from \`src/observe/metric-table.ts\`; a test keeps it equal.

| metric | type | labels | meaning |
|---|---|---|---|
${rows.join('\n')}
| \`${EVENT_LOOP_DELAY.name}\` | histogram |  | ${EVENT_LOOP_DELAY.help} |
`;
}

describe('the metrics', () => {
  it('are those of docs/metrics.md', async () => {
    await expect(metricsPage()).toMatchFileSnapshot('../../../docs/metrics.md');
  });

  it('have names with a unit or what they count, and counters end in _total', () => {
    for (const { name, type } of METRICS) {
      expect(name).toMatch(/^isthmus_[a-z0-9_]+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
    }
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
  });
});
