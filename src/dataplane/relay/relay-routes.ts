import { ipJson, type RunCommand } from '../../linux/command.ts';
import { parsePrefix6 } from '../../net/prefix.ts';

/*
 * What leads packets that arrive for an instance to its relay device while its translator has failed. Rules before all
 * that lead to its TUN ask a table of the instance's own; what the machine itself sends passes them by, so that the
 * probes go on seeing the translator, and so does what FRR reads (`main`):
 *
 *     6000 + 3n       iif lo           goto 6002 + 3n     (an instance for certain clients only, IPv6)
 *     6001 + 3n       from CLIENTS     lookup 63900 + n
 *     6002 + 3n       nop
 *     32600 + n       not iif lo       lookup 63900 + n   (all else)
 *
 * The routes go with the device, and so with the agent; a rule that is left behind asks an empty table, and all is as
 * if it were not there.
 */
const TABLE = 63_900;
const FOR_CLIENTS = 6000;
const FOR_ALL = 32_600;
/** Of one instance among `FOR_CLIENTS`. */
const RULES_EACH = 3;
const IPV6_BITS = 128;
/** Instances of a node that can be relayed: their rules stay before those that lead to TUNs. */
export const MAX_RELAYED = 99;
const FAMILIES = ['-4', '-6'] as const;
type Family = (typeof FAMILIES)[number];

/** Where the packets of one instance are led from. */
export interface RelayedPrefixes {
  /** From 1 to MAX_RELAYED, another one for each instance of the node. */
  readonly number: number;
  /** What leads to the instance's TUN. */
  readonly prefixes: readonly string[];
  /** Only IPv6 packets of these clients; none: everybody's. */
  readonly clients: readonly string[];
}

/** The rules of one family, in the order in which they are added. */
export function relayRules({ number, prefixes, clients }: RelayedPrefixes, family: Family): string[] {
  const table = TABLE + number;
  if (!prefixes.some((prefix) => familyOf(prefix) === family)) return [];
  if (family === '-4' || clients.length === 0) {
    return [`not iif lo lookup ${table} priority ${FOR_ALL + number}`];
  }
  const first = FOR_CLIENTS + RULES_EACH * number;
  return [
    nopRule(first),
    gotoRule(first),
    ...clients.map((client) => `from ${client} lookup ${table} priority ${first + 1}`),
  ];
}

/** The routes to the device, which must be there: lines of `ip -batch`. */
export function relayRoutes({ number, prefixes }: RelayedPrefixes, device: string): string[] {
  return prefixes.map((prefix) => `route replace ${prefix} dev ${device} table ${TABLE + number}`);
}

/** Leads packets to these routes. No rule may be there yet. @throws CommandError */
export async function addRelayRules(
  relayed: RelayedPrefixes,
  namespace: string | undefined,
  run: RunCommand,
): Promise<void> {
  await Promise.all(
    FAMILIES.map(async (family) => {
      const rules = relayRules(relayed, family).map((rule) => `rule add ${rule}\n`);
      if (rules.length > 0) await run(['ip', family, '-batch', '-'], { namespace, input: rules.join('') });
    }),
  );
}

/**
 * Removes the rules, those too that a killed agent has left.
 * @param number of one instance; absent: of all. @throws CommandError
 */
export async function removeRelayRules(namespace: string | undefined, run: RunCommand, number?: number): Promise<void> {
  for (const family of FAMILIES) {
    const there = await ipJson(run, [family, 'rule', 'show'], namespace);
    const found = there.flatMap((rule) => readRule(rule) ?? []);
    const ours = found.filter((rule) => number === undefined || rule.number === number);
    const lines = ours.map(({ text }) => `rule del ${text}\n`);
    if (lines.length > 0) await run(['ip', family, '-batch', '-'], { namespace, input: lines.join('') });
  }
}

/**
 * Reads one entry of `ip -json rule show`; undefined: it is no rule of this page, whatever its priority. As a whole,
 * since somebody may have another one of the same priority.
 */
function readRule(entry: unknown): { readonly number: number; readonly text: string } | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const priority = Number(fields.get('priority'));
  const table = Number(fields.get('table'));
  const place = Math.floor((priority - FOR_CLIENTS) / RULES_EACH);
  const first = FOR_CLIENTS + RULES_EACH * place;
  const number = priority > FOR_ALL ? priority - FOR_ALL : place;
  if (number < 1 || number > MAX_RELAYED) return undefined;
  if (table === TABLE + number) {
    const [source, length] = [fields.get('src'), fields.get('srclen')];
    const selector = `from ${String(source)}/${typeof length === 'number' ? length : IPV6_BITS}`;
    return { number, text: `${priority > FOR_ALL ? 'not iif lo' : selector} lookup ${table} priority ${priority}` };
  }
  if (priority === first && fields.get('goto') === first + 2) return { number, text: gotoRule(first) };
  return priority === first + 2 && fields.has('nop') ? { number, text: nopRule(first) } : undefined;
}

function gotoRule(first: number): string {
  return `iif lo goto ${first + 2} priority ${first}`;
}

function nopRule(first: number): string {
  return `priority ${first + 2} nop`;
}

function familyOf(prefix: string): Family {
  return parsePrefix6(prefix) === undefined ? '-4' : '-6';
}
