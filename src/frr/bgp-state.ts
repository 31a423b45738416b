import { z } from 'zod';
import { canonicalAddress, FrrOutputError, parseJson } from './frr-output.ts';

/** A BGP neighbour as FRR shows it. */
export interface BgpNeighbor {
  readonly peer: string;
  /** FRR's own word: `Established`, `Active`, `Idle (Admin)` … */
  readonly state: string;
  readonly established: boolean;
  /** Somebody has shut it down. */
  readonly shut: boolean;
}

/** What FRR's table holds of one prefix by our own doing. */
export interface OwnPath {
  readonly prefix: string;
  /** A `network` statement brings it in. */
  readonly sourced: boolean;
  readonly med: number | undefined;
  /** Neighbours that it is told to. */
  readonly advertisedTo: readonly string[];
}

const text = z.string().max(256);
const record = z.record(z.string(), z.unknown());
const peer = z.object({ state: text, peerState: text.optional().catch(undefined) });
const path = z.object({
  sourced: z.boolean().optional().catch(undefined),
  local: z.boolean().optional().catch(undefined),
  metric: z.number().optional().catch(undefined),
  med: z.number().optional().catch(undefined),
});

/** More neighbours or paths than this are not looked at. */
const MAX_ITEMS = 4096;

/**
 * Reads `show bgp summary json`: a part for each address family, each with its peers. One family alone is printed
 * without the parts by some versions. @throws FrrOutputError
 */
export function parseBgpSummary(output: string): BgpNeighbor[] {
  const all = parseRecord(output, 'show bgp summary json');
  const parts = 'peers' in all ? [all] : Object.values(all);
  const found = new Map<string, BgpNeighbor>();
  for (const part of parts) {
    const peers = record.safeParse(record.safeParse(part).data?.['peers']).data ?? {};
    for (const [name, value] of Object.entries(peers).slice(0, MAX_ITEMS)) {
      const { data } = peer.safeParse(value);
      if (data === undefined) continue;
      const { state, peerState = '' } = data;
      const shut = /admin/i.test(state) || peerState === 'Admin';
      const established = state.toLowerCase() === 'established';
      found.set(canonicalAddress(name), { peer: name, state, established, shut });
    }
  }
  return [...found.values()];
}

/**
 * Reads `show bgp FAMILY unicast PREFIX json`; a prefix that is not in the table gives an empty object, or a sentence.
 * @throws FrrOutputError
 */
export function parseOwnPath(output: string, prefix: string): OwnPath {
  const nothing = { prefix, sourced: false, med: undefined, advertisedTo: [] };
  if (/^%?\s*(Network not in table|No such|BGP instance not found)/i.test(output.trim())) return nothing;
  const all = parseRecord(output, `show bgp … ${prefix} json`);
  // FRR answers with the prefix that was asked for; anything else is a longest match, which is another route.
  const shown = text.safeParse(all['prefix']).data;
  if (shown !== undefined && !isSamePrefix(shown, prefix)) return nothing;
  const paths = z.array(z.unknown()).safeParse(all['paths']).data ?? [];
  const own = paths
    .slice(0, MAX_ITEMS)
    .map((item) => path.safeParse(item).data)
    .find((item) => item?.sourced === true || item?.local === true);
  if (own === undefined) return nothing;
  const advertisedTo = Object.keys(record.safeParse(all['advertisedTo']).data ?? {});
  return { prefix, sourced: true, med: own.metric ?? own.med ?? 0, advertisedTo };
}

function isSamePrefix(one: string, other: string): boolean {
  const [a = '', lengthA] = one.split('/');
  const [b = '', lengthB] = other.split('/');
  return lengthA === lengthB && canonicalAddress(a) === canonicalAddress(b);
}

function parseRecord(output: string, command: string): Record<string, unknown> {
  const result = record.safeParse(parseJson(output, command) ?? {});
  if (!result.success) throw new FrrOutputError(`"${command}" has not printed an object`);
  return result.data;
}
