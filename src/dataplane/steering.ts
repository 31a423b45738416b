import { parseIpv6 } from '../net/ipv6-address.ts';
import { formatPrefix6, parsePrefix6 } from '../net/prefix.ts';

/*
 * Policy routing: an instance that serves certain clients only has its pool6 routes in a table of its own, and a rule
 * for each client prefix that looks it up (ip-rule(8)). Packets without a route there continue with the next rule. If
 * no instance serves the other clients, a second rule rejects their packets to pool6: via the default route they would
 * loop between this node and the router.
 *
 *     priority P          from CLIENTS   lookup TABLE     →  pool6 dev TUN
 *     priority P + 1000   to POOL6       unreachable         (for clients that no instance serves)
 *     32766               from all       lookup main      →  pool6 dev TUN of the instance for all others
 */

/** Policy routing of certain clients, and no others, to an instance. */
export interface Steering {
  /** IPv6 prefixes of the clients. */
  readonly clients: readonly string[];
  /** The routing table with the instance's IPv6 routes. */
  readonly table: number;
  /** Priority of its rules; unique among the instances of the namespace. */
  readonly priority: number;
  /** IPv6 prefixes that no instance translates for other clients. */
  readonly refused: readonly string[];
}

/** A rule as printed by `ip rule`, without the family. */
export interface SteeringRule {
  readonly priority: number;
  /** `from PREFIX` or `to PREFIX`. */
  readonly selector: string;
  /** `lookup TABLE` or `unreachable`. */
  readonly action: string;
}

const REFUSED_AFTER = 1000;
/** linux/rtnetlink.h: printed by `ip -Numeric` for `unreachable`. */
const RTN_UNREACHABLE = '7';

/** The rules of an instance. */
export function rulesOf({ clients, table, priority, refused }: Steering): SteeringRule[] {
  const leading = clients.map((prefix) => ({ priority, selector: `from ${prefix}`, action: `lookup ${table}` }));
  const closing = refused.map((prefix) => ({
    priority: priority + REFUSED_AFTER,
    selector: `to ${prefix}`,
    action: 'unreachable',
  }));
  return [...leading, ...closing];
}

/** A rule as argument of `ip -6 rule add` or `del`. */
export function ruleText({ priority, selector, action }: SteeringRule): string {
  return `${selector} ${action} priority ${priority}`;
}

/** Parses one entry of `ip -json -6 rule show`; undefined: not a steering rule. */
export function readRule(entry: unknown): SteeringRule | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const priority = fields.get('priority');
  const [table, action] = [fields.get('table'), fields.get('action')];
  const selector = side(fields, 'src', 'from') ?? side(fields, 'dst', 'to') ?? 'from ::/0';
  if (typeof priority !== 'number') return undefined;
  if (typeof table === 'string') return { priority, selector, action: `lookup ${table}` };
  return action === 'unreachable' || action === RTN_UNREACHABLE
    ? { priority, selector, action: 'unreachable' }
    : undefined;
}

/** Whether two rules are the same, regardless of how prefixes are written. */
export function sameRule(one: SteeringRule, other: SteeringRule): boolean {
  const same = one.priority === other.priority && one.action === other.action;
  return same && canonicalSelector(one.selector) === canonicalSelector(other.selector);
}

function side(fields: ReadonlyMap<string, unknown>, key: 'src' | 'dst', word: string): string | undefined {
  const address = fields.get(key);
  if (typeof address !== 'string' || address === 'all') return undefined;
  const length = fields.get(`${key}len`);
  return parseIpv6(address) === undefined
    ? undefined
    : `${word} ${address}/${typeof length === 'number' ? length : 128}`;
}

function canonicalSelector(selector: string): string {
  const [word = '', text = ''] = selector.split(' ');
  const prefix = parsePrefix6(text);
  return prefix === undefined ? selector : `${word} ${formatPrefix6(prefix)}`;
}
