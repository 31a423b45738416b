import { z } from 'zod';
import type { AddressFamily } from './bgp-options.ts';
import { canonicalAddress, isSamePrefix, parseObject } from './frr-output.ts';

/** A BGP neighbour as shown by FRR. */
export interface BgpNeighbor {
  readonly peer: string;
  /** State as named by FRR: `Established`, `Active`, `Idle (Admin)` … */
  readonly state: string;
  readonly established: boolean;
  /** Administratively shut down. */
  readonly shut: boolean;
  /** bgpd has no router ID (no interface has an IPv4 address): sessions cannot be established. */
  readonly lacksRouterId: boolean;
}

/** One address family that is activated towards a neighbour. */
export interface NeighborFamily {
  readonly family: AddressFamily;
  /** Its outbound route map. */
  readonly outboundMap: string | undefined;
  /** FRR advertises nothing to the neighbour, because it is external and has no outbound policy (RFC 8212). */
  readonly needsPolicy: boolean;
  /** Number of prefixes advertised to the neighbour, of any origin. */
  readonly advertised: number;
}

/** Graceful restart between FRR and a neighbour (RFC 4724, RFC 9494), as negotiated. Times in seconds. */
export interface GracefulRestart {
  /**
   * Whether the neighbour retains routes as stale when bgpd ends without notification. `perhaps`: FRR only offers
   * helper mode, which is its default; some routers treat that as a request (BIRD 2.0 to 3.4, by the capability of RFC
   * 9494), and only BFD ends the retention then.
   */
  readonly retained: 'yes' | 'perhaps' | 'no';
  readonly restartSeconds: number;
  /** Long-lived stale routes, after the restart time; 0: none. */
  readonly longLivedSeconds: number;
}

/** Data that only `show bgp neighbors PEER json` contains. */
export interface NeighborDetail {
  readonly families: readonly NeighborFamily[];
  readonly gracefulRestart: GracefulRestart;
}

/** Our own path of one prefix in FRR's table. */
export interface OwnPath {
  readonly prefix: string;
  /** It originates from a `network` statement. */
  readonly sourced: boolean;
  /** Neighbours that it is advertised to. */
  readonly advertisedTo: readonly string[];
}

const text = z.string().max(256);
const record = z.record(z.string(), z.unknown());
const peer = z.object({ state: text, peerState: text.optional().catch(undefined) });
const path = z.object({
  sourced: z.boolean().optional().catch(undefined),
  local: z.boolean().optional().catch(undefined),
});

/** Maximum number of neighbours or paths examined. */
const MAX_ITEMS = 4096;

/**
 * Parses `show bgp summary json`: one object per address family, each with its peers. Some versions omit that level for
 * a single family. @throws FrrOutputError
 */
export function parseBgpSummary(output: string): BgpNeighbor[] {
  const all = parseObject(output, 'show bgp summary json');
  const parts = 'peers' in all ? [all] : Object.values(all);
  const found = new Map<string, BgpNeighbor>();
  for (const part of parts) {
    const fields = record.safeParse(part).data ?? {};
    const peers = record.safeParse(fields['peers']).data ?? {};
    const lacksRouterId = fields['routerId'] === '0.0.0.0';
    for (const [name, value] of Object.entries(peers).slice(0, MAX_ITEMS)) {
      const { data } = peer.safeParse(value);
      if (data === undefined) continue;
      const { state, peerState = '' } = data;
      const shut = /admin/i.test(state) || peerState === 'Admin';
      const established = state.toLowerCase() === 'established';
      found.set(canonicalAddress(name), { peer: name, state, established, shut, lacksRouterId });
    }
  }
  return [...found.values()];
}

const family = z.object({
  routeMapForOutgoingAdvertisements: text.optional().catch(undefined),
  outboundEbgpRequiresPolicy: z.unknown().optional(),
  sentPrefixCounter: z.number().int().nonnegative().catch(0),
});
const seconds = z.number().nonnegative().catch(0);
const restart = z.object({
  localGrMode: text.catch(''),
  remoteGrMode: text.catch(''),
  timers: z.object({ configuredRestartTimer: seconds, configuredLlgrStaleTime: seconds }).partial().catch({}),
});

/** Reads `show bgp neighbors PEER json`. @throws FrrOutputError */
export function parseNeighborDetail(output: string): NeighborDetail {
  const all = parseObject(output, 'show bgp neighbors … json');
  const shown = record.safeParse(Object.values(all)[0]).data;
  const families = record.safeParse(shown?.['addressFamilyInfo']).data ?? {};
  const { localGrMode, remoteGrMode, timers } = restart.parse(shown?.['gracefulRestartInfo'] ?? {});
  return {
    families: (['ipv4', 'ipv6'] as const).flatMap((name) => {
      const { data } = family.safeParse(families[`${name}Unicast`]);
      if (data === undefined) return [];
      const { routeMapForOutgoingAdvertisements: outboundMap, outboundEbgpRequiresPolicy: refusal } = data;
      return [{ family: name, outboundMap, needsPolicy: refusal !== undefined, advertised: data.sentPrefixCounter }];
    }),
    gracefulRestart: {
      retained: isRetained(localGrMode, remoteGrMode, shown?.['peerBfdInfo'] !== undefined),
      restartSeconds: timers.configuredRestartTimer ?? 0,
      longLivedSeconds: timers.configuredLlgrStaleTime ?? 0,
    },
  };
}

/** FRR marks a mode that is inherited, not set for the neighbour itself, with an asterisk. */
function isRetained(local: string, remote: string, hasBfd: boolean): GracefulRestart['retained'] {
  if (!/^(restart|helper)/i.test(remote)) return 'no';
  if (/^restart/i.test(local)) return 'yes';
  return /^helper/i.test(local) && !hasBfd ? 'perhaps' : 'no';
}

/**
 * Reads `show bgp FAMILY unicast PREFIX json`; for a prefix not in the table the output is an empty object, or a
 * sentence.
 * @throws FrrOutputError
 */
export function parseOwnPath(output: string, prefix: string): OwnPath {
  const nothing = { prefix, sourced: false, advertisedTo: [] };
  if (/^%?\s*(Network not in table|No such|BGP instance not found)/i.test(output.trim())) return nothing;
  const all = parseObject(output, `show bgp … ${prefix} json`);
  // FRR repeats the requested prefix; any other one is a longest match, which is a different route.
  const shown = text.safeParse(all['prefix']).data;
  if (shown !== undefined && !isSamePrefix(shown, prefix)) return nothing;
  const paths = z.array(z.unknown()).safeParse(all['paths']).data ?? [];
  const own = paths
    .slice(0, MAX_ITEMS)
    .map((item) => path.safeParse(item).data)
    .find((item) => item?.sourced === true || item?.local === true);
  if (own === undefined) return nothing;
  const advertisedTo = Object.keys(record.safeParse(all['advertisedTo']).data ?? {});
  return { prefix, sourced: true, advertisedTo };
}

/** Whether an answer of bgpd reports that the BGP instance does not exist. */
export function saysNoInstance(output: string): boolean {
  return /BGP instance not found/i.test(output);
}
