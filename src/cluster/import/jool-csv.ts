import { ImportError } from './draft.ts';
import {
  addressOf,
  type JoolParts,
  type JoolSetting,
  portsOf,
  prefix4Of,
  prefix6Of,
  protocolOf,
} from './jool-parts.ts';

/**
 * The output of `jool … display --csv`, with or without the header line. Columns, by command:
 *
 *     pool4     Mark, Protocol, Address, Min port, Max port, Iterations, Iterations fixed
 *     bib       Protocol, IPv6 Address, IPv6 L4-ID, IPv4 Address, IPv4 L4-ID, Static?
 *     eamt      IPv6 Prefix, IPv4 Prefix
 *     denylist4 IPv4 Prefix
 *     global    Field, Value
 *
 * Jool prints pool4 and the BIB of one protocol at a time, of TCP where none is named.
 */

/** Header lines, and the tables that they start, which may be empty. */
const HEADINGS: ReadonlyArray<readonly [begins: string, table: ((parts: JoolParts) => unknown) | undefined]> = [
  ['Mark,Protocol,', (parts) => (parts.pool4 ??= [])],
  ['Protocol,IPv6 Address,', (parts) => (parts.bib ??= [])],
  ['IPv6 Prefix,', (parts) => (parts.eamt ??= [])],
  ['IPv4 Prefix', (parts) => (parts.denylist4 ??= [])],
  ['Field,Value', undefined],
];

/** Other display commands, by the beginning of their rows or headers. */
const OTHER_TABLES: ReadonlyArray<readonly [begins: RegExp, what: string, remedy: string]> = [
  [
    /^(?:Protocol,IPv6 Remote|(?:tcp|udp|icmp)(?:,[^,]*){9})/i,
    'a session, which is state and not configuration',
    'give it to "isthmus joold load" when the node runs',
  ],
  [/^(?:Stat,Value|JSTAT)/, 'statistics, which are no configuration', 'leave this file out'],
  [
    /^(?:Namespace,Name,|[^,]*,[^,]*,(?:netfilter|iptables)$)/,
    'a list of instances, without their configuration',
    'leave this file out; name an instance with --instance, or in the names of its files: NAME-pool4.csv',
  ],
];

/**
 * The instance of a display command's output file, if it is named as in docs/from-jool.md: `NAME-pool4.csv`,
 * `NAME-bib-udp.csv`.
 */
export function instanceOfFile(fileName: string): string | undefined {
  return /^(.+)-(?:global|pool4|bib|eamt|denylist4|blacklist4)(?![a-z0-9])/i.exec(fileName)?.[1];
}

export function looksLikeCsv(text: string): boolean {
  return !text.trimStart().startsWith('{');
}

/** Adds the content of a file to `parts`. @throws ImportError */
export function readJoolCsv(text: string, file: string, parts: JoolParts): void {
  parts.displayed = true;
  for (const [index, line] of text.split('\n').entries()) {
    const row = line.trim();
    const heading = HEADINGS.find(([begins]) => row.startsWith(begins));
    if (heading !== undefined) heading[1]?.(parts);
    else if (row !== '') addRow(row, `${file}:${index + 1}`, parts);
  }
}

function addRow(row: string, place: string, parts: JoolParts): void {
  const other = OTHER_TABLES.find(([begins]) => begins.test(row));
  if (other !== undefined) throw new ImportError(place, other[1], other[2]);
  const cells = cellsOf(row);
  const [first = '', second = ''] = cells;
  if (cells.length === 7 && /^\d+$/.test(first)) addPool4(cells, place, parts);
  else if (cells.length === 6 && /^(?:tcp|udp|icmp)$/i.test(first)) addBib(cells, place, parts);
  else if (cells.length === 2 && first.includes(':') && second.includes('.')) {
    (parts.eamt ??= []).push({ v6: prefix6Of(first, place), v4: prefix4Of(second, place) });
  } else if (cells.length === 2 && /^[A-Za-z][\w -]*$/.test(first)) parts.globals.set(first, settingOf(second));
  else if (cells.length === 1 && first.includes('.')) (parts.denylist4 ??= []).push(prefix4Of(first, place));
  else throw new ImportError(place, 'not a row of a display command', 'use the output of "jool … display --csv"');
}

function addPool4(cells: readonly string[], place: string, parts: JoolParts): void {
  const [mark = '', protocol = '', address = '', first = '', last = '', iterations = '', fixed = ''] = cells;
  (parts.pool4 ??= []).push({
    mark: Number(mark),
    protocol: protocolOf(protocol, place),
    prefix: prefix4Of(address, place),
    ports: portsOf(`${first}-${last}`, place),
    maxIterations: fixed === '1' ? iterations : undefined,
  });
}

function addBib(cells: readonly string[], place: string, parts: JoolParts): void {
  const [protocol = '', v6 = '', port6 = '', v4 = '', port4 = '', fixed = ''] = cells;
  parts.bib ??= [];
  if (fixed !== '1' && fixed.toLowerCase() !== 'true') {
    parts.dynamicEntries++;
    return;
  }
  const [six, four] = [addressOf(v6), addressOf(v4)];
  if (six === undefined || four === undefined) {
    throw new ImportError(place, 'not addresses', 'use "jool bib display --csv --numeric"');
  }
  const [number6] = portsOf(port6, place);
  const [number4] = portsOf(port4, place);
  parts.bib.push({ protocol: protocolOf(protocol, place), v6: six, port6: number6, v4: four, port4: number4 });
}

function settingOf(cell: string): JoolSetting {
  if (cell === '') return null;
  if (cell === 'TRUE' || cell === 'true') return true;
  if (cell === 'FALSE' || cell === 'false') return false;
  if (/^\d+$/.test(cell)) return Number(cell);
  return /^\d+(?:,\d+)+$/.test(cell) ? cell.split(',').map(Number) : cell;
}

/** Cells of a row; a quoted cell may contain commas. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((match) => (match[1] ?? match[2] ?? '').trim());
}
