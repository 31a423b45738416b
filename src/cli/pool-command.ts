import type { Command } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { PoolUse } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { formatCount, formatTable, paintFor, type Row } from './table.ts';

interface PoolOptions extends ConnectionOptions {
  readonly instance?: string;
  readonly json?: true;
}

export function registerPoolCommand(program: Command): void {
  const pool = program.command('pool').description('show how full pool4 is, and which node allocates from which slice');
  connectionOptions(pool)
    .option('--instance <name>', 'of this instance only')
    .option('--json', 'print JSON')
    .action(async (options: PoolOptions) => {
      await withAgent(options, async (client) => {
        const { entries } = await client.call(CONTROL.getPool, { instance: options.instance ?? '' });
        if (options.json === true) console.log(JSON.stringify(entries, null, 2));
        else console.log(formatTable(COLUMNS, entries.map(poolRow), paintFor(process.stdout)).join('\n'));
      });
    });
}

const RIGHT = 'right' as const;
const COLUMNS = [
  { title: 'INSTANCE' },
  { title: 'PREFIX' },
  { title: 'PORTS' },
  { title: 'PROTOCOLS' },
  { title: 'USED', align: RIGHT },
  { title: 'OF', align: RIGHT },
  { title: 'FULL', align: RIGHT },
  { title: 'SLICES' },
];

function poolRow(use: PoolUse): Row {
  const full = use.capacity === 0 ? 0 : (100 * use.used) / use.capacity;
  return [
    use.instance,
    use.prefix,
    use.ports,
    use.protocols,
    formatCount(use.used),
    formatCount(use.capacity),
    { text: `${full.toFixed(1)} %`, style: full >= 95 ? 'bad' : full >= 80 ? 'warning' : 'plain' },
    use.slices.join(', '),
  ];
}
