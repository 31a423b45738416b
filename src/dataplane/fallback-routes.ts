import { CommandError, ipJson, type RunCommand } from '../linux/command.ts';
import { parsePrefix6 } from '../net/prefix.ts';

/*
 * Routes for packets to the TUN when it is gone with its agent: via the default route they would loop between this node
 * and the router until their hop limit is exhausted. So each prefix has a blackhole route in a separate table, and
 * rules that look up that table before the default route of `main`:
 *
 *     32700   lookup main suppress_prefixlength 0   →  all of main but the default route: the TUN, while it is there
 *     32701   lookup 64000                          →  blackhole PREFIX
 *     32766   lookup main                           →  the default route
 *
 * `main` gets no such route, because FRR's `bgp network import-check` would take it for the TUN's and keep advertising
 * the prefix. Packets are dropped silently: a client retransmits its SYN to the other gateway, whereas Linux aborts a
 * connection attempt on any ICMP error.
 */
const TABLE = 64_000;
const MAIN_FIRST = 32_700;
const ASKED_NEXT = MAIN_FIRST + 1;
const RULES = [
  { priority: MAIN_FIRST, text: `lookup main suppress_prefixlength 0 priority ${MAIN_FIRST}` },
  { priority: ASKED_NEXT, text: `lookup ${TABLE} priority ${ASKED_NEXT}` },
] as const;
const FAMILIES = ['-4', '-6'] as const;
type Family = (typeof FAMILIES)[number];

function familyOf(prefix: string): Family {
  return parsePrefix6(prefix) === undefined ? '-4' : '-6';
}

/** Adds routes for these prefixes, and missing rules. @throws CommandError */
export async function addFallback(
  prefixes: readonly string[],
  namespace: string | undefined,
  run: RunCommand,
): Promise<void> {
  if (prefixes.length === 0) return;
  const routes = prefixes.map((prefix) => `route replace blackhole ${prefix} table ${TABLE}`);
  await run(['ip', '-batch', '-'], { namespace, input: `${routes.join('\n')}\n` });
  for (const family of FAMILIES) {
    if (!prefixes.some((prefix) => familyOf(prefix) === family)) continue;
    const there = await prioritiesOf(family, namespace, run);
    for (const { priority, text } of RULES) {
      if (!there.has(priority)) await run(['ip', family, 'rule', 'add', ...text.split(' ')], { namespace });
    }
  }
}

/**
 * Removes the routes of those prefixes that no other instance in the namespace uses, and the rules of a family without
 * any left.
 * @param others prefixes of the other instances in the namespace, and those that stay
 * @throws CommandError
 */
export async function removeFallback(
  prefixes: readonly string[],
  others: readonly string[],
  namespace: string | undefined,
  run: RunCommand,
): Promise<void> {
  const gone = prefixes.filter((prefix) => !others.includes(prefix));
  if (gone.length === 0) return;
  const routes = gone.map((prefix) => `route del blackhole ${prefix} table ${TABLE}`);
  try {
    await run(['ip', '-force', '-batch', '-'], { namespace, input: `${routes.join('\n')}\n` });
  } catch (error) {
    // With -force all are tried: a route that was already removed is no error.
    if (!(error instanceof CommandError)) throw error;
  }
  for (const family of FAMILIES) {
    const isOf = (prefix: string): boolean => familyOf(prefix) === family;
    if (!gone.some(isOf) || others.some(isOf)) continue;
    const there = await prioritiesOf(family, namespace, run);
    for (const { priority, text } of RULES) {
      if (there.has(priority)) await run(['ip', family, 'rule', 'del', ...text.split(' ')], { namespace });
    }
  }
}

async function prioritiesOf(
  family: Family,
  namespace: string | undefined,
  run: RunCommand,
): Promise<ReadonlySet<unknown>> {
  const rules = await ipJson(run, [family, 'rule', 'show'], namespace);
  return new Set(
    rules.map((rule) => (typeof rule === 'object' && rule !== null && 'priority' in rule ? rule.priority : 0)),
  );
}
