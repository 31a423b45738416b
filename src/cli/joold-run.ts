import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { AdoptionStatus, Counter, ExportStatus, InstanceStatus } from '../agent/control/messages.ts';
import type { Code } from '../codes.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_USAGE, EXIT_OK } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { formatCount, formatDuration } from './table.ts';
import { toJson } from './json.ts';

export interface JooldOptions extends ConnectionOptions {
  readonly instance?: string;
  readonly json?: true;
}

/** The table cannot be read. */
class TableFileError extends Error {
  override readonly name = 'TableFileError';
  readonly code: Code = 'file-unusable';
}

/** Octets of rows per request; the agent accepts 64 KiB. */
const REQUEST_BYTES = 32 * 1024;

export async function runJooldStatus(options: JooldOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const { instances } = await client.call(CONTROL.getStatus, {});
    if (options.instance !== undefined && instances.every(({ name }) => name !== options.instance)) {
      const known = instances.map(({ name }) => name).join(', ');
      const message = `there is no instance ${options.instance} on this node; there are: ${known}`;
      printFailure({ code: 'request-invalid', message }, EXIT_USAGE, options.json === true);
      return;
    }
    const chosen = instances.filter(({ name }) => options.instance === undefined || name === options.instance);
    const rows = chosen.filter(({ adoption, exported }) => adoption !== undefined || exported !== undefined);
    for (const row of rows) {
      const { name: instance, adoption, exported } = row;
      console.log(options.json === true ? toJson({ instance, adoption, exported }) : statusText(row));
    }
    if (rows.length === 0) console.error('isthmus: no instance has the option adopt or export');
    const unable = rows.some(({ adoption, exported }) => adoption?.state === 'unable' || exported?.state === 'unable');
    process.exitCode = unable ? EXIT_FAILED : EXIT_OK;
  });
}

export async function runJooldLoad(file: string, options: JooldOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const result = { taken: 0, malformed: 0, firstMalformed: '', refused: new Map<string, Counter>() };
    try {
      for await (const rows of batches(file)) await sendRows(client, options.instance ?? '', rows, result);
    } catch (error) {
      if (!(error instanceof TableFileError)) throw error;
      printFailure(error, EXIT_USAGE, options.json === true);
      return;
    }
    const refused = [...result.refused.values()];
    if (options.json === true) console.log(toJson({ ...result, refused }));
    else printLoaded(result, refused);
    process.exitCode = refused.length === 0 && result.malformed === 0 ? EXIT_OK : EXIT_FAILED;
  });
}

export async function runJooldChange(action: string, options: JooldOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const outcome = await client.call(CONTROL.changeAdoption, { action, instance: options.instance ?? '' });
    console.log(options.json === true ? toJson(outcome) : outcome.text);
  });
}

function statusText({ name, adoption, exported }: InstanceStatus): string {
  return [...adoptionLines(name, adoption), ...exportLines(name, exported)].join('\n');
}

function adoptionLines(name: string, adoption: AdoptionStatus | undefined): string[] {
  if (adoption === undefined) return [];
  const { place, state, reason, datagrams, records, held, silentMs, refused } = adoption;
  const last = silentMs < 0 ? 'none yet' : `the last one ${formatDuration(silentMs)} ago`;
  return [
    `${name}: from Jool, ${place}: ${state}${reason === '' ? '' : ` (${reason})`}`,
    `  ${formatCount(datagrams)} datagrams, ${last}; ${formatCount(records)} records accepted`,
    `  ${formatCount(held)} sessions held that are still Jool's`,
    ...refusalLines(refused),
  ];
}

function exportLines(name: string, exported: ExportStatus | undefined): string[] {
  if (exported === undefined) return [];
  const { place, format, state, reason, datagrams, records, waiting, lost } = exported;
  const counts = `${formatCount(records)} records in ${formatCount(datagrams)} datagrams`;
  return [
    `${name}: to Jool, ${place}, layout of ${format}: ${state}${reason === '' ? '' : ` (${reason})`}`,
    `  ${counts}, ${formatCount(waiting)} waiting, ${formatCount(lost)} lost`,
  ];
}

function refusalLines(refused: readonly Counter[]): string[] {
  return refused.map(({ value, help }) => `  refused ${formatCount(value)}: ${help}`);
}

interface Loaded {
  taken: number;
  malformed: number;
  firstMalformed: string;
}

function printLoaded({ taken, malformed, firstMalformed }: Loaded, refused: readonly Counter[]): void {
  console.log(`${formatCount(taken)} sessions taken over`);
  if (malformed > 0) console.log(`  ${formatCount(malformed)} rows are none; the first: ${firstMalformed}`);
  for (const line of refusalLines(refused)) console.log(line);
}

async function sendRows(
  client: ControlClient,
  instance: string,
  rows: readonly string[],
  result: Loaded & { readonly refused: Map<string, Counter> },
): Promise<void> {
  const reply = await client.call(CONTROL.loadForeign, { instance, rows: [...rows] });
  result.taken += reply.taken;
  result.malformed += reply.malformed;
  if (result.firstMalformed === '') result.firstMalformed = reply.firstMalformed;
  for (const one of reply.refused) {
    const before = result.refused.get(one.name)?.value ?? 0;
    result.refused.set(one.name, { ...one, value: before + one.value });
  }
}

/** The lines of a file, in batches that fit a request. @throws TableFileError */
async function* batches(file: string): AsyncGenerator<string[]> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let [rows, bytes]: [string[], number] = [[], 0];
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      // Invalid lines are rejected without being sent in full.
      const row = line.slice(0, 1000);
      rows.push(row);
      bytes += row.length + 8;
      if (bytes < REQUEST_BYTES) continue;
      yield rows;
      [rows, bytes] = [[], 0];
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new TableFileError(`${file} cannot be read: ${error.message}`);
    throw error;
  }
  if (rows.length > 0) yield rows;
}
