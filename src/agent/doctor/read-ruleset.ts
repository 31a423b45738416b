import { z } from 'zod';
import type { RunCommand } from '../../linux/command.ts';

/** A base chain of nftables with its rules, as far as they are evaluated here. */
export interface BaseChain {
  /** `inet filter forward`. */
  readonly name: string;
  readonly type: string;
  readonly hook: string;
  readonly policy: 'accept' | 'drop';
  /** Statements of each rule, in order. */
  readonly rules: readonly (readonly Statement[])[];
}

/** A statement with a single key: `{"match": …}`, `{"accept": null}`, `{"jump": …}`. */
export type Statement = Readonly<Record<string, unknown>>;

const chain = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  type: z.string().default(''),
  hook: z.string().default(''),
  policy: z.enum(['accept', 'drop']).catch('accept'),
});
const rule = z.object({
  family: z.string(),
  table: z.string(),
  chain: z.string(),
  expr: z.array(z.record(z.string(), z.unknown())).catch([]),
});
const ruleset = z.object({
  nftables: z.array(z.object({ chain: z.unknown().optional(), rule: z.unknown().optional() })),
});

/** nftables rules of a namespace, including those of iptables-nft. @throws CommandError if nft is not installed */
export async function readBaseChains(run: RunCommand, namespace: string | undefined): Promise<BaseChain[]> {
  return parseBaseChains(await run(['nft', '--json', 'list', 'ruleset'], { namespace }));
}

/** Parses `nft --json list ruleset` (libnftables-json(5)). */
export function parseBaseChains(text: string): BaseChain[] {
  const parsed: unknown = JSON.parse(text);
  const { nftables } = ruleset.parse(parsed);
  const rules = nftables.flatMap((item) => rule.safeParse(item.rule).data ?? []);
  return nftables.flatMap((item) => {
    const { data } = chain.safeParse(item.chain);
    if (data === undefined || data.hook === '') return [];
    const { family, table, name, type, hook, policy } = data;
    const own = rules.filter((one) => one.family === family && one.table === table && one.chain === name);
    return [{ name: `${family} ${table} ${name}`, type, hook, policy, rules: own.map(({ expr }) => expr) }];
  });
}

export interface Port {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
}

/**
 * Whether a chain drops the first packet of a flow to this port (none: any flow), as far as it can be determined: any
 * rule that may accept it counts as accepting. Pure.
 */
export function drops({ policy, rules }: BaseChain, wanted?: Port): boolean {
  for (const statements of rules) {
    const verdict = statements.find((one) =>
      ['accept', 'drop', 'reject', 'jump', 'goto', 'vmap'].some((key) => key in one),
    );
    if (verdict === undefined) continue;
    const refuses = 'drop' in verdict || 'reject' in verdict;
    const matches = statements.flatMap((one) => ('match' in one ? [one['match']] : []));
    if (refuses && matches.length === 0) return true;
    if (!refuses && matches.every((match) => mayMatch(match, wanted))) return false;
  }
  return policy === 'drop';
}

const matchShape = z.object({
  op: z.string().catch('=='),
  left: z.object({
    payload: z.object({ protocol: z.string(), field: z.string() }).optional().catch(undefined),
    meta: z.object({ key: z.string() }).optional().catch(undefined),
    ct: z.object({ key: z.string() }).optional().catch(undefined),
  }),
  right: z.unknown(),
});

/** Unknown matches may match. */
function mayMatch(match: unknown, wanted: Port | undefined): boolean {
  const { data } = matchShape.safeParse(match);
  if (data === undefined || data.op === '!=') return true;
  const { left, right } = data;
  const values = valuesOf(right);
  if (left.ct?.key === 'state') return values.includes('new');
  if (left.meta?.key === 'iifname' || left.meta?.key === 'iif') return !values.every((name) => name === 'lo');
  const protocol = left.meta?.key === 'l4proto' || ['protocol', 'nexthdr'].includes(left.payload?.field ?? '');
  if (protocol) return wanted === undefined || values.includes(wanted.protocol);
  if (left.payload?.field === 'sport') return false;
  if (left.payload?.protocol.startsWith('icmp') === true) return false;
  if (left.payload?.field !== 'dport') return true;
  if (wanted === undefined || !['th', wanted.protocol].includes(left.payload.protocol)) return false;
  return values.some((value) => value === wanted.port || isNamedSet(value) || isWithin(value, wanted.port));
}

function valuesOf(right: unknown): readonly unknown[] {
  if (Array.isArray(right)) return right;
  const set: unknown = typeof right === 'object' && right !== null && 'set' in right ? right.set : undefined;
  return Array.isArray(set) ? set : [right];
}

function isNamedSet(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('@');
}

const range = z.object({ range: z.tuple([z.number(), z.number()]) });

function isWithin(value: unknown, port: number): boolean {
  const { data } = range.safeParse(value);
  return data !== undefined && data.range[0] <= port && port <= data.range[1];
}
