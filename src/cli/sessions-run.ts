import { AgentRefusedError, type ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { BibEntry, Session } from '../agent/control/messages.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import { printJson, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import {
  type Column,
  formatCount,
  formatDuration,
  formatBytes,
  formatSi,
  formatTable,
  type Paint,
  paintFor,
  type Row,
} from './table.ts';
import type { AllNodesOptions } from './connection-options.ts';
import { toJson, withFields } from './json.ts';

export interface TableOptions extends AllNodesOptions {
  readonly instance?: string;
  readonly protocol?: string;
  readonly client?: string;
  readonly pool4?: string;
  readonly remote?: string;
  readonly owner?: string;
  readonly outsidePool4?: true;
  readonly limit: number;
  readonly sort?: string;
  readonly count?: true;
  readonly json?: true;
}

export type EndOptions = Omit<TableOptions, 'limit' | 'count' | 'owner'>;

export async function runSessions(options: TableOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const request = { ...requestOf(options), owner: await slotOf(client, options.owner) };
    if (options.count === true) {
      for await (const { count } of client.stream(CONTROL.listSessions, { ...request, countOnly: true })) {
        if (options.json === true) printJson({ count }, options, client);
        else console.log(formatCount(count));
      }
      return;
    }
    const printer = new TablePrinter(SESSION_COLUMNS, sessionRow, options, client);
    for await (const page of client.stream(CONTROL.listSessions, request)) printer.print(page.sessions);
    // Of sorted sessions those with the largest figure were asked for: that there are more says nothing.
    printer.finish(options.sort === undefined ? options.limit : 0);
  });
}

export async function runBib(options: TableOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const printer = new TablePrinter(BIB_COLUMNS, bibRow, options, client);
    for await (const page of client.stream(CONTROL.listBib, requestOf(options))) printer.print(page.entries);
    printer.finish(options.limit);
  });
}

/** Ending sessions takes as long as scanning a large table. */
const END_MS = 60_000;

export async function runEnd(options: EndOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const reply = await client.call(CONTROL.endSessions, requestOf({ ...options, limit: 0 }), END_MS);
    if (options.json === true) printJson(reply, options, client);
    else (reply.done ? console.log : console.error)(reply.text);
    process.exitCode = reply.done ? EXIT_OK : EXIT_FAILED;
  });
}

export function requestOf(
  options: Omit<TableOptions, 'count'>,
): Parameters<(typeof CONTROL)['listSessions']['requestSerialize']>[0] {
  const {
    instance = '',
    protocol = '',
    client = '',
    pool4 = '',
    remote = '',
    outsidePool4 = false,
    sort = '',
    limit,
  } = options;
  return { instance, protocol, client, pool4, remote, outsidePool4, owner: 0, sort, limit };
}

/** The slot of a node given by name or slot; 0 (any) if none was given. @throws AgentRefusedError */
export async function slotOf(client: ControlClient, owner: string | undefined): Promise<number> {
  if (owner === undefined) return 0;
  const { nodes } = await client.call(CONTROL.getStatus, {});
  const found = nodes.find(({ name, slot }) => name === owner || String(slot) === owner);
  if (found !== undefined) return found.slot;
  // Sessions may remain of a node that is no longer in the cluster file.
  if (/^[1-9]\d?$/.test(owner) && Number(owner) <= MAX_NODE_SLOT) return Number(owner);
  throw new AgentRefusedError(
    `there is no node ${owner}; there are: ${nodes.map(({ name, slot }) => `${name} (slot ${slot})`).join(', ')}`,
    'request-invalid',
  );
}

/** Prints pages as they arrive: a table of a million rows is never in memory. Each page has a header. */
class TablePrinter<Entry extends object> {
  readonly #columns: readonly Column[];
  readonly #row: (entry: Entry) => Row;
  readonly #json: boolean;
  /** The node that answered, if there are several. */
  readonly #origin: { readonly node?: string | undefined };
  readonly #paint: Paint = paintFor(process.stdout);
  #printed = 0;

  constructor(
    columns: readonly Column[],
    row: (entry: Entry) => Row,
    { json, all }: TableOptions,
    client: ControlClient,
  ) {
    this.#columns = columns;
    this.#row = row;
    this.#json = json === true;
    this.#origin = all === true ? { node: client.node } : {};
  }

  /** Explains an empty or truncated result on standard error; standard output only has the data. */
  finish(limit: number): void {
    if (this.#printed === 0 && !this.#json) console.error('isthmus: nothing matches');
    else if (limit > 0 && this.#printed === limit)
      console.error(`isthmus: the first ${formatCount(limit)} are shown, there may be more: --limit 0 shows all`);
  }

  print(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#printed += entries.length;
    const lines = this.#json
      ? entries.map((entry) => toJson(withFields(entry, this.#origin)))
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
  { title: 'AGE', align: RIGHT },
  { title: 'IDLE', align: RIGHT },
  { title: 'EXPIRES IN', align: RIGHT },
  { title: 'OUT', align: RIGHT },
  { title: 'IN', align: RIGHT },
  { title: 'PATH' },
  { title: 'OWNER' },
];

export function sessionRow(session: Session): Row {
  return [
    session.instance,
    session.protocol,
    endpoint(session.client, session.clientPort),
    endpoint(session.pool4, session.pool4Port),
    session.protocol === 'icmp' ? session.remote : endpoint(session.remote, session.remotePort),
    session.state,
    formatDuration(session.ageMs),
    formatDuration(session.idleMs),
    session.expiresInMs <= 0 ? 'now' : formatDuration(session.expiresInMs),
    carried(session.packetsOut, session.bytesOut),
    carried(session.packetsIn, session.bytesIn),
    session.fastPath ? 'fast' : 'slow',
    session.owner,
  ];
}

/** Packets and bytes. */
export function carried(packets: number, bytes: number): string {
  return packets === 0 ? '-' : `${formatSi(packets)} / ${formatBytes(bytes)}`;
}

const BIB_COLUMNS: readonly Column[] = [
  { title: 'INSTANCE' },
  { title: 'PROTO' },
  { title: 'CLIENT' },
  { title: 'POOL4' },
  { title: 'SESSIONS', align: RIGHT },
  { title: 'OLDEST', align: RIGHT },
  { title: 'KIND' },
];

function bibRow(entry: BibEntry): Row {
  return [
    entry.instance,
    entry.protocol,
    endpoint(entry.client, entry.clientPort),
    endpoint(entry.pool4, entry.pool4Port),
    String(entry.sessions),
    entry.sessions === 0 ? '-' : formatDuration(entry.oldestMs),
    entry.static ? 'static' : 'dynamic',
  ];
}

export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
