import type { HostileRow } from './result.ts';

/** The rows as a Markdown table. Pure. */
export function resultsTable(rows: readonly HostileRow[]): string {
  const head = [
    'attack',
    'setting',
    'withdrawals',
    'broken TCP',
    'stall, ms',
    'lost sessions',
    'found',
    'as it should',
  ];
  const lines = rows.map((row) => {
    const setting = [
      `${row.nodes} nodes`,
      ...(row.fastPath ? ['fast path'] : []),
      ...(row.hog ? ['every CPU busy'] : []),
    ].join(', ');
    const cells = [
      `\`${row.attack}\``,
      setting,
      row.withdrawals,
      row.brokenTcp,
      row.stallMs,
      row.lostSessions,
      row.found.replaceAll('|', '\\|'),
      row.ok ? 'yes' : '**no**',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}
