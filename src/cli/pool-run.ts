import { CONTROL } from '../agent/control/control-service.ts';
import type { PoolUse } from '../agent/control/messages.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { printJson, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { formatCount, formatTable, paintFor, type Row } from './table.ts';
import type { AllNodesOptions, ConnectionOptions } from './connection-options.ts';
import { toJson } from './json.ts';

export interface PoolOptions extends AllNodesOptions {
  readonly instance?: string;
  readonly json?: true;
}

export interface TakeOptions extends ConnectionOptions {
  readonly json?: true;
}

/** The coordinator may have to try several endpoints. */
const TAKE_MS = 30_000;

export async function runPool(options: PoolOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const { entries } = await client.call(CONTROL.getPool, { instance: options.instance ?? '' });
    if (options.json === true) {
      printJson(entries, options, client);
      return;
    }
    console.log(formatTable(COLUMNS, entries.map(poolRow), paintFor(process.stdout)).join('\n'));
    if (entries.length > 0) {
      const { node } = await client.call(CONTROL.getStatus, {});
      console.log(`\n${poolNote(node, entries)}\nwho has the most ports: ${MOST_PORTS}`);
    }
  });
}

export async function runTake(text: string, options: TakeOptions): Promise<void> {
  const slot = Number(text);
  if (!Number.isInteger(slot) || slot < 1 || slot > MAX_NODE_SLOT) {
    const message = `${JSON.stringify(text)} is not a slot; give a number from 1 to ${MAX_NODE_SLOT}`;
    printFailure({ code: 'request-invalid', message }, EXIT_USAGE, options.json === true);
    return;
  }
  await withAgent(options, async (client) => {
    const outcome = await client.call(CONTROL.takeSlice, { slot }, TAKE_MS);
    if (options.json === true) console.log(toJson(outcome));
    else (outcome.done ? console.log : console.error)(outcome.text);
    process.exitCode = outcome.done ? EXIT_OK : EXIT_FAILED;
  });
}

/** What the figures are of: one node's part, and every protocol on its own. */
export function poolNote(node: string, entries: readonly PoolUse[]): string {
  const protocols = new Set(entries.flatMap((entry) => entry.protocols.split(',')));
  const each = protocols.size === 1 ? '' : `, each of ${protocols.size} protocols (${[...protocols].join(', ')})`;
  return (
    `USED (now) and OF are ports of the slices from which ${node} allocates${each}, as NODE POOL4 in isthmus status; ` +
    'other nodes: --all'
  );
}

const MOST_PORTS = 'isthmus top clients --sort ports';

const RIGHT = 'right' as const;
const COLUMNS = [
  { title: 'INSTANCE' },
  { title: 'PREFIX' },
  { title: 'PORTS' },
  { title: 'PROTOCOLS' },
  { title: 'CLIENTS', align: RIGHT },
  { title: 'USED', align: RIGHT },
  { title: 'OF', align: RIGHT },
  { title: 'FULL', align: RIGHT },
  { title: 'SLICES OF THIS NODE' },
];

function poolRow(use: PoolUse): Row {
  const full = use.capacity === 0 ? 0 : (100 * use.used) / use.capacity;
  return [
    use.instance,
    use.prefix,
    use.ports,
    use.protocols,
    use.assignedClients === 0 ? 'shared' : formatCount(use.assignedClients),
    formatCount(use.used),
    formatCount(use.capacity),
    { text: `${full.toFixed(1)} %`, style: full >= 95 ? 'bad' : full >= 80 ? 'warning' : 'plain' },
    use.slices.join(', ') || 'none now; see isthmus events',
  ];
}
