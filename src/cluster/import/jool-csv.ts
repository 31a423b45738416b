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
 * The output of `jool … display --csv`, with or without its line of headings. Columns, by command:
 *
 *     pool4     Mark, Protocol, Address, Min port, Max port, Iterations, Iterations fixed
 *     bib       Protocol, IPv6 Address, IPv6 L4-ID, IPv4 Address, IPv4 L4-ID, Static?
 *     eamt      IPv6 Prefix, IPv4 Prefix
 *     denylist4 IPv4 Prefix
 *     global    Field, Value
 */

const HEADING = /^(?:Mark,Protocol|Protocol,IPv6|IPv6 Prefix|IPv4 Prefix|Field,Value)/;

export function looksLikeCsv(text: string): boolean {
  return !text.trimStart().startsWith('{');
}

/** Adds what a file says to `parts`. @throws ImportError */
export function readJoolCsv(text: string, file: string, parts: JoolParts): void {
  parts.displayed = true;
  for (const [index, line] of text.split('\n').entries()) {
    const row = line.trim();
    if (row === '' || HEADING.test(row)) continue;
    addRow(cellsOf(row), `${file}:${index + 1}`, parts);
  }
}

function addRow(cells: readonly string[], place: string, parts: JoolParts): void {
  const [first = '', second = ''] = cells;
  if (cells.length === 7 && /^\d+$/.test(first)) addPool4(cells, place, parts);
  else if (cells.length === 6 && /^(?:tcp|udp|icmp)$/i.test(first)) addBib(cells, place, parts);
  else if (cells.length >= 10 && /^(?:tcp|udp|icmp)$/i.test(first)) {
    const remedy = 'give it to "isthmus joold load" when the node runs';
    throw new ImportError(place, 'a session, which is state and not configuration', remedy);
  } else if (cells.length === 2 && first.includes(':') && second.includes('.')) {
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

/** Cells of a row; a cell in quotes may hold commas. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((match) => (match[1] ?? match[2] ?? '').trim());
}
