import type { NeighborRow } from './result.ts';

/**
 * Markdown tables, one for each FRR of the gateway: a line per case, a column per router, both families in a cell, ms.
 * Pure.
 */
export function resultsTables(rows: readonly NeighborRow[]): string {
  const gateways = [...new Set(rows.map(({ gateway }) => gateway))].toSorted(byProgramAndVersion);
  const tables = gateways.map(
    (name) => `Gateway ${name.replace('-', ' ')}:\n\n${tableOf(rows.filter(({ gateway }) => gateway === name))}`,
  );
  return tables.join('\n\n');
}

function tableOf(rows: readonly NeighborRow[]): string {
  const neighbors = [...new Set(rows.map(({ neighbor }) => neighbor))].toSorted(byProgramAndVersion);
  const cases = new Map<string, NeighborRow[]>();
  for (const row of rows) {
    const title = titleOf(row);
    cases.set(title, [...(cases.get(title) ?? []), row]);
  }
  const head = ['routes hang on', 'fault or method', ...neighbors.map((name) => name.replace('-', ' '))];
  const lines = [...cases].map(([title, of]) => {
    const cells = neighbors.map((name) => cellOf(of.filter(({ neighbor }) => neighbor === name)));
    return `| ${title} | ${cells.join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines.toSorted()].join('\n');
}

function titleOf({ kind, method, fault, gracefulRestart }: NeighborRow): string {
  const restart = kind === 'static-bfd' ? '' : `, graceful restart ${gracefulRestart}`;
  return `${kind}${restart} | ${method === '' ? fault : `\`${method}\``}`;
}

/** Both families, IPv4 first. */
function cellOf(rows: readonly NeighborRow[]): string {
  if (rows.length === 0) return '–';
  const times = rows
    .toSorted((one, other) => one.family - other.family)
    .map(({ stoppedMs }) => (stoppedMs === null ? '**stays**' : String(stoppedMs)));
  const [first, second] = times;
  return first === second ? (first ?? '') : times.join(', ');
}

function byProgramAndVersion(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
