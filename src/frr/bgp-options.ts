import { isIP } from 'node:net';
import { AnnouncerOptionsError } from './announcer.ts';

export interface BgpNeighborOptions {
  readonly peer: string;
  /** With it, a neighbour unknown to FRR is created; without it, that is a problem for the operator to solve. */
  readonly remoteAs?: number;
  /** Enables BFD for a neighbour that is created. */
  readonly bfd?: boolean;
}

export interface BgpPrefixOptions {
  readonly prefix: string;
  /** 0: this node is preferred for the prefix; each further rank is announced with lower preference. */
  readonly rank: number;
}

export interface BgpOptions {
  readonly asn: number;
  readonly vrf?: string;
  readonly neighbors: readonly BgpNeighborOptions[];
  readonly prefixes: readonly BgpPrefixOptions[];
}

export type AddressFamily = 'ipv4' | 'ipv6';

export function familyOf(prefix: string): AddressFamily {
  return prefix.includes(':') ? 'ipv6' : 'ipv4';
}

/** Enters the BGP instance, creating it if FRR has none. */
export function routerLine({ asn, vrf }: Pick<BgpOptions, 'asn' | 'vrf'>): string {
  return `router bgp ${asn}${vrf === undefined ? '' : ` vrf ${vrf}`}`;
}

/** Commands inside a BGP instance, grouped by address family. */
export function inFamilies(prefixes: readonly string[], command: (prefix: string) => string): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const own = prefixes.filter((prefix) => familyOf(prefix) === family);
    if (own.length === 0) return [];
    return [`address-family ${family} unicast`].concat(own.map(command), 'exit-address-family');
  });
}

/**
 * Commands inside a BGP instance that create a neighbour, shut down until it is complete.
 * @param outbound the name of its outbound policy: FRR advertises nothing to an external neighbour without one (RFC
 * 8212)
 */
export function makeNeighborCommands({ peer, remoteAs, bfd }: BgpNeighborOptions, outbound: string): string[] {
  if (remoteAs === undefined) return [];
  return [
    `neighbor ${peer} remote-as ${remoteAs}`,
    `neighbor ${peer} shutdown`,
    ...(bfd === true ? [`neighbor ${peer} bfd`] : []),
    `address-family ${familyOf(peer)} unicast`,
    `neighbor ${peer} activate`,
    `neighbor ${peer} route-map ${outbound} out`,
    'exit-address-family',
  ];
}

/** Interface and VRF names of Linux. */
const DEVICE = /^[^\s/?]{1,15}$/;
const PREFIX = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/;
/** Maximum number of prefixes, which limits the time of a poll. */
export const MAX_PREFIXES = 256;

/** @throws AnnouncerOptionsError when something cannot be expressed as an FRR command */
export function checkBgp({ asn, vrf, neighbors, prefixes }: BgpOptions): void {
  if (!Number.isInteger(asn) || asn < 1 || asn > 0xffff_ffff) throw new AnnouncerOptionsError(`${asn} is no AS number`);
  if (vrf !== undefined && !DEVICE.test(vrf)) throw new AnnouncerOptionsError(`"${vrf}" cannot be the name of a VRF`);
  if (neighbors.length === 0) throw new AnnouncerOptionsError('no BGP neighbour');
  for (const { peer } of neighbors) {
    if (isIP(peer) === 0) throw new AnnouncerOptionsError(`BGP neighbour "${peer}" is not an IP address`);
  }
  if (prefixes.length > MAX_PREFIXES) {
    throw new AnnouncerOptionsError(`${prefixes.length} prefixes for BGP, at most ${MAX_PREFIXES} are possible`);
  }
  for (const { prefix } of prefixes) {
    if (isIP(PREFIX.exec(prefix)?.[1] ?? '') === 0) throw new AnnouncerOptionsError(`"${prefix}" is not a prefix`);
  }
}
