import { type Command, Option } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { BibEntry, Session } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { parseCount } from './events-command.ts';
import { type Column, formatDuration, formatTable, type Paint, paintFor, type Row } from './table.ts';

interface TableOptions extends ConnectionOptions {
  readonly instance?: string;
  readonly protocol?: string;
  readonly client?: string;
  readonly pool4?: string;
  readonly remote?: string;
  readonly owner?: number;
  readonly limit: number;
  readonly json?: true;
}

export function registerSessionsCommands(program: Command): void {
  const sessions = program.command('sessions').description('list sessions, own and replicated');
  tableOptions(sessions)
    .option('--remote <address[:port]>', 'with this IPv4 peer only')
    .option('--owner <slot>', 'of this owner only', parseCount)
    .action(async (options: TableOptions) => {
      await withAgent(options, async (client) => {
        const printer = new TablePrinter(SESSION_COLUMNS, sessionRow, options.json === true);
        for await (const page of client.stream(CONTROL.listSessions, requestOf(options))) printer.print(page.sessions);
      });
    });
  const bib = program.command('bib').description('list the BIB: which client has which IPv4 address and port');
  tableOptions(bib).action(async (options: TableOptions) => {
    await withAgent(options, async (client) => {
      const printer = new TablePrinter(BIB_COLUMNS, bibRow, options.json === true);
      for await (const page of client.stream(CONTROL.listBib, requestOf(options))) printer.print(page.entries);
    });
  });
}

function tableOptions(command: Command): Command {
  return connectionOptions(command)
    .option('--instance <name>', 'of this instance only')
    .addOption(new Option('--protocol <name>', 'of this protocol only').choices(['tcp', 'udp', 'icmp']))
    .option('--client <address|prefix>', 'of this IPv6 client only')
    .option('--pool4 <address[:port]>', 'masked with this IPv4 address only')
    .option('--limit <count>', 'at most so many; 0: all', parseCount, 1000)
    .option('--json', 'print one JSON object a line');
}

function requestOf(options: TableOptions): Parameters<(typeof CONTROL)['listSessions']['requestSerialize']>[0] {
  const { instance = '', protocol = '', client = '', pool4 = '', remote = '', owner = 0, limit } = options;
  return { instance, protocol, client, pool4, remote, owner, limit };
}

/** Prints pages as they come: a table of a million rows is never held. Titles stand before each page. */
class TablePrinter<Entry> {
  readonly #columns: readonly Column[];
  readonly #row: (entry: Entry) => Row;
  readonly #json: boolean;
  readonly #paint: Paint = paintFor(process.stdout);

  constructor(columns: readonly Column[], row: (entry: Entry) => Row, json: boolean) {
    this.#columns = columns;
    this.#row = row;
    this.#json = json;
  }

  print(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    const lines = this.#json
      ? entries.map((entry) => JSON.stringify(entry))
      : formatTable(this.#columns, entries.map(this.#row), this.#paint);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

const RIGHT = 'right' as const;

const SESSION_COLUMNS: readonly Column[] = [
  { title: 'INSTANCE' },
  { title: 'PROTO' },
  { title: 'CLIENT' },
  { title: 'POOL4' },
  { title: 'REMOTE' },
  { title: 'STATE' },
  { title: 'EXPIRES IN', align: RIGHT },
  { title: 'OWNER' },
];

function sessionRow(session: Session): Row {
  return [
    session.instance,
    session.protocol,
    endpoint(session.client, session.clientPort),
    endpoint(session.pool4, session.pool4Port),
    session.protocol === 'icmp' ? session.remote : endpoint(session.remote, session.remotePort),
    session.state,
    formatDuration(session.expiresInMs),
    session.owner,
  ];
}

const BIB_COLUMNS: readonly Column[] = [
  { title: 'INSTANCE' },
  { title: 'PROTO' },
  { title: 'CLIENT' },
  { title: 'POOL4' },
  { title: 'SESSIONS', align: RIGHT },
  { title: 'KIND' },
];

function bibRow(entry: BibEntry): Row {
  return [
    entry.instance,
    entry.protocol,
    endpoint(entry.client, entry.clientPort),
    endpoint(entry.pool4, entry.pool4Port),
    String(entry.sessions),
    entry.static ? 'static' : 'dynamic',
  ];
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
