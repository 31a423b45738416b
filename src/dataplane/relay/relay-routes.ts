import { ipJson, type RunCommand } from '../../linux/command.ts';
import { parsePrefix6 } from '../../net/prefix.ts';

/*
 * Routes packets that arrive for an instance to its relay device while its translator has failed. Rules with precedence
 * over those of its TUN look up a table of the instance; they do not match packets of the machine itself, so that
 * probes still test the translator, and `main`, which FRR reads, is unchanged:
 *
 *     6000 + 3n       iif lo           goto 6002 + 3n     (an instance for certain clients only, IPv6)
 *     6001 + 3n       from CLIENTS     lookup 63900 + n
 *     6002 + 3n       nop
 *     32600 + n       not iif lo       lookup 63900 + n   (all else)
 *
 * The routes go with the device, and so with the agent; a leftover rule looks up an empty table and has no effect.
 */
const TABLE = 63_900;
const FOR_CLIENTS = 6000;
const FOR_ALL = 32_600;
/** Rules per instance in `FOR_CLIENTS`. */
const RULES_EACH = 3;
const IPV6_BITS = 128;
/** Maximum number of relayed instances of a node: their rules stay before those of TUNs. */
export const MAX_RELAYED = 99;
const FAMILIES = ['-4', '-6'] as const;
type Family = (typeof FAMILIES)[number];

/** Which packets of one instance are relayed. */
export interface RelayedPrefixes {
  /** From 1 to MAX_RELAYED, different for each instance of the node. */
  readonly number: number;
  /** The prefixes routed to the instance's TUN. */
  readonly prefixes: readonly string[];
  /** Only IPv6 packets of these clients; empty: all. */
  readonly clients: readonly string[];
}

/** The rules of one family, in order of addition. */
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

/** The routes to the device, which must exist: lines of `ip -batch`. */
export function relayRoutes({ number, prefixes }: RelayedPrefixes, device: string): string[] {
  return prefixes.map((prefix) => `route replace ${prefix} dev ${device} table ${TABLE + number}`);
}

/** Adds the rules. None may exist yet. @throws CommandError */
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
 * Removes the rules, including those left by a killed agent.
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
 * Parses one entry of `ip -json rule show`; undefined: not a relay rule. The whole rule is compared, because another
 * program's rule may have the same priority.
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
