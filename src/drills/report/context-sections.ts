import { escapeHtml } from './escape.ts';
import type { ConfigurationContext, NodeContext, ReportContext } from './context.ts';
import { row, scrolling, table } from './table.ts';

/** Software versions of the nodes in a table, and the configuration in folded form. HTML. Pure. */
export function contextSections({ nodes, configurations }: ReportContext): string {
  const names = [...new Set(nodes.flatMap(({ versions }) => versions.map(({ of }) => of)))];
  const titles = ['node', ...names, 'configuration'].map(escapeHtml);
  const rows = nodes.map((node) => row(versionCells(node, names)));
  const several =
    configurations.length > 1 ? '<p class="fail">The nodes do not run with the same configuration.</p>' : '';
  return `<section id="versions"><h2>Versions</h2>
${table(titles, rows, 'versions')}</section>
<section id="configuration"><h2>Configuration</h2>${several}
${configurations.map((one) => configurationOf(one, nodes.length)).join('\n')}
${configurations.length === 0 ? '<p>No node reported its configuration.</p>' : ''}</section>`;
}

function versionCells({ name, revision, versions }: NodeContext, names: readonly string[]): string[] {
  const found = names.map((wanted) => versions.find(({ of }) => of === wanted)?.version ?? 'no answer');
  return [name, ...found, revision === '' ? 'no answer' : `revision ${revision}`].map(escapeHtml);
}

function configurationOf({ revision, nodes, text, omitted }: ConfigurationContext, all: number): string {
  const whose = nodes.length === all ? 'every node' : nodes.join(', ');
  const left = omitted.length === 0 ? '' : `Not shown: ${omitted.join('; ')}.`;
  return `<details><summary>Of ${escapeHtml(whose)}: revision ${escapeHtml(revision)}</summary>
<p class="soft">With every default. Passwords and keys are in files, of which only the names are here.
${escapeHtml(left)}</p>
${scrolling(`<pre>${escapeHtml(text)}</pre>`, 'configuration')}</details>`;
}
