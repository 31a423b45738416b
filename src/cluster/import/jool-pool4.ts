import { parsePrefix4, formatPrefix4 } from '../../net/prefix.ts';
import type { DraftItem, InstanceDraft } from './draft.ts';
import { ImportError, quoted } from './draft.ts';
import type { JoolPool4, JoolProtocol } from './jool-parts.ts';

/** Client prefixes (IPv6) for each mark in Jool's pool4; the marks are set by the site's own iptables rules. */
export type MarkMeanings = ReadonlyMap<number, readonly string[]>;

interface Group {
  readonly mark: number;
  readonly ports: readonly [number, number];
  readonly prefix: string;
  readonly protocols: JoolProtocol[];
}

/**
 * Writes pool4: one entry for Jool's entries of all protocols, and with `displayed` one for each run of addresses that
 * forms a prefix. @throws ImportError when nothing remains that is supported here
 */
export function importPool4(
  draft: InstanceDraft,
  rows: readonly JoolPool4[],
  { marks, displayed, source }: { readonly marks: MarkMeanings; readonly displayed: boolean; readonly source: string },
): void {
  for (const { prefix, maxIterations } of rows) {
    if (maxIterations === undefined || maxIterations === 'auto') continue;
    draft.find(`pool4 ${prefix} max-iterations ${maxIterations}`, 'not needed: free ports are found without a search');
  }
  if (displayed) importMissing(draft, rows);
  const groups = displayed ? joined(grouped(rows)) : grouped(rows);
  const unknown = [...new Set(groups.map(({ mark }) => mark))].filter((mark) => mark !== 0 && !marks.has(mark));
  for (const mark of unknown) {
    draft.find(
      `pool4 entries with mark ${mark}`,
      `marks are not read; name the clients that get the mark: --mark ${mark}=2001:db8::/48. The entries are commented out`,
    );
  }
  const items = groups.flatMap((group) => itemsOf(group, marks));
  if (items.every(({ off }) => off === true)) {
    const [mark] = unknown;
    const remedy = `name the clients that each mark stands for, such as --mark ${String(mark)}=2001:db8::/48`;
    throw new ImportError(source, 'every entry of pool4 has a mark', remedy);
  }
  draft.list('pool4', items, 'pool4');
}

/** Jool displays pool4 of one protocol at a time: a missing one may have been forgotten. */
function importMissing(draft: InstanceDraft, rows: readonly JoolPool4[]): void {
  const missing = (['tcp', 'udp', 'icmp'] as const).filter((name) => rows.every(({ protocol }) => protocol !== name));
  if (missing.length === 0) return;
  const options = missing.map((name) => `--${name}`).join(' and ');
  draft.find(
    `pool4 without ${missing.map((name) => name.toUpperCase()).join(' and ')}`,
    `none of it is translated; give what "jool pool4 display --csv" prints with ${options} too`,
  );
}

/** Rows that differ only in the protocol form one entry. */
function grouped(rows: readonly JoolPool4[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { mark, prefix, ports, protocol } of rows) {
    const key = `${mark} ${prefix} ${ports.join('-')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { mark, prefix, ports, protocols: [protocol] });
    else if (!group.protocols.includes(protocol)) group.protocols.push(protocol);
  }
  return [...groups.values()];
}

/** Consecutive addresses with the same ports are merged into the fewest prefixes. */
function joined(groups: readonly Group[]): Group[] {
  const alike = new Map<string, [Group, ...Group[]]>();
  for (const group of groups) {
    const key = `${group.mark} ${group.ports.join('-')} ${group.protocols.toSorted().join()}`;
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [group]);
    else same.push(group);
  }
  return [...alike.values()].flatMap((same) => {
    const [{ mark, ports, protocols }] = same;
    return mergedPrefixes(same.map(({ prefix }) => prefix)).map((prefix) => ({ mark, ports, protocols, prefix }));
  });
}

/** The fewest prefixes that cover the same addresses. */
export function mergedPrefixes(prefixes: readonly string[]): string[] {
  const ranges = prefixes
    .flatMap((text) => {
      const prefix = parsePrefix4(text);
      return prefix === undefined ? [] : [[prefix.address, prefix.address + 2 ** (32 - prefix.length)] as const];
    })
    .toSorted(([one], [other]) => one - other);
  const merged: [number, number][] = [];
  for (const [first, end] of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && first <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([first, end]);
  }
  return merged.flatMap(([first, end]) => prefixesOf(first, end));
}

/** The prefixes that make up a range of addresses; `end` is exclusive. */
function prefixesOf(first: number, end: number): string[] {
  const prefixes: string[] = [];
  for (let at = first; at < end;) {
    let length = 32;
    while (length > 0 && at % 2 ** (33 - length) === 0 && at + 2 ** (33 - length) <= end) length--;
    prefixes.push(formatPrefix4({ address: at, length }));
    at += 2 ** (32 - length);
  }
  return prefixes;
}

function itemsOf({ mark, prefix, ports, protocols }: Group, marks: MarkMeanings): DraftItem[] {
  const clients = mark === 0 ? [] : marks.get(mark);
  const off = clients === undefined ? ({ off: true } as const) : {};
  const whose = clients === undefined || clients.length === 0 ? '' : `, clients: [${clients.map(quoted).join(', ')}]`;
  const note = mark === 0 ? {} : { note: `mark ${mark}` };
  const entry = (first: number, of: readonly JoolProtocol[]): DraftItem => {
    const some = of.length === 3 ? '' : `, protocols: [${of.join(', ')}]`;
    return { text: `{ prefix: ${prefix}, ports: ${first}-${ports[1]}${some}${whose} }`, ...note, ...off };
  };
  const icmp = protocols.filter((protocol) => protocol === 'icmp');
  const others = protocols.filter((protocol) => protocol !== 'icmp');
  // TCP and UDP have no port 0, but ICMP has an identifier 0.
  if (ports[0] === 0 && icmp.length > 0 && others.length > 0) return [entry(1, others), entry(0, icmp)];
  return [entry(ports[0] === 0 && others.length > 0 ? 1 : ports[0], protocols)];
}
