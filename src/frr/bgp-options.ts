import { isIP } from 'node:net';
import { type Announced, AnnouncerOptionsError } from './announcer.ts';

export interface BgpNeighborOptions {
  readonly peer: string;
  /**
   * With it, a neighbour that FRR does not know is made; without, that is a problem which only the operator can solve.
   */
  readonly remoteAs?: number;
  /** A neighbour that is made gets BFD. */
  readonly bfd?: boolean;
}

export interface BgpPrefixOptions {
  readonly prefix: string;
  /** 0: this node is the one that should serve it; each step behind is announced weaker. */
  readonly rank: number;
}

export interface BgpOptions {
  readonly asn: number;
  readonly vrf?: string;
  readonly neighbors: readonly BgpNeighborOptions[];
  readonly prefixes: readonly BgpPrefixOptions[];
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** MED of a rank: a step for each node before this one. Backups of all ranks stand behind. */
const MED_STEP = 100;
const BACKUP_MED = 10_000;
/** A router in another AS may look at the length of the path only, which is compared before the MED. */
const MAX_PREPENDS = 8;
const BACKUP_PREPENDS = 4;

/** The MED that a prefix is announced with; it also tells, when it is read back, by which strength. */
export function medOf(rank: number, strength: Announced): number {
  return rank * MED_STEP + (strength === 'backup' ? BACKUP_MED : 0);
}

export function familyOf(prefix: string): AddressFamily {
  return prefix.includes(':') ? 'ipv6' : 'ipv4';
}

/** Of bgpd's own configuration; its names are ours. */
export function routeMapName(rank: number, strength: Announced): string {
  return `ISTHMUS-${strength === 'announced' ? 'RANK' : 'BACKUP'}-${rank}`;
}

/** Commands, in configuration mode, that make the route map of a rank and strength. They may be repeated. */
export function routeMapCommands(asn: number, rank: number, strength: Announced): string[] {
  const prepends = Math.min(MAX_PREPENDS, rank + (strength === 'backup' ? BACKUP_PREPENDS : 0));
  const path = Array.from({ length: prepends }, () => asn).join(' ');
  return [
    `route-map ${routeMapName(rank, strength)} permit 10`,
    `set metric ${medOf(rank, strength)}`,
    ...(prepends > 0 ? [`set as-path prepend ${path}`] : []),
    // RFC 8326: a router that honours it prefers every other way before this one is taken away.
    ...(strength === 'backup' ? ['set community graceful-shutdown additive'] : []),
    'exit',
  ];
}

/** Enters the BGP instance, and makes it if FRR has none. */
export function routerLine({ asn, vrf }: Pick<BgpOptions, 'asn' | 'vrf'>): string {
  return `router bgp ${asn}${vrf === undefined ? '' : ` vrf ${vrf}`}`;
}

/** Commands inside a BGP instance, gone through the address families. */
export function inFamilies(prefixes: readonly string[], command: (prefix: string) => string): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const own = prefixes.filter((prefix) => familyOf(prefix) === family);
    if (own.length === 0) return [];
    return [`address-family ${family} unicast`].concat(own.map(command), 'exit-address-family');
  });
}

/** Commands inside a BGP instance that make a neighbour; shut, until it is complete. */
export function makeNeighborCommands({ peer, remoteAs, bfd }: BgpNeighborOptions, families: readonly AddressFamily[]) {
  if (remoteAs === undefined) return [];
  return [
    `neighbor ${peer} remote-as ${remoteAs}`,
    `neighbor ${peer} shutdown`,
    ...(bfd === true ? [`neighbor ${peer} bfd`] : []),
    ...families.flatMap((family) => [
      `address-family ${family} unicast`,
      `neighbor ${peer} activate`,
      // FRR tells an external neighbour nothing without a policy (RFC 8212).
      `neighbor ${peer} route-map ${OUTBOUND_MAP} out`,
      'exit-address-family',
    ]),
  ];
}

const OUTBOUND_MAP = 'ISTHMUS-OUT';

/**
 * Commands, in configuration mode, for the policy of neighbours that are made here: the prefixes of the instances and
 * no others.
 */
export function outboundCommands(prefixes: readonly string[]): string[] {
  const lists = prefixes.map((prefix) => {
    const word = familyOf(prefix) === 'ipv4' ? 'ip' : 'ipv6';
    return `${word} prefix-list ${OUTBOUND_MAP} permit ${prefix}`;
  });
  return [
    ...lists,
    `route-map ${OUTBOUND_MAP} permit 10`,
    `match ip address prefix-list ${OUTBOUND_MAP}`,
    'exit',
    `route-map ${OUTBOUND_MAP} permit 20`,
    `match ipv6 address prefix-list ${OUTBOUND_MAP}`,
    'exit',
  ];
}

/** Interface and VRF names of Linux. */
const DEVICE = /^[^\s/?]{1,15}$/;
const PREFIX = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/;
/** More prefixes than this would make each look at FRR too long. */
export const MAX_PREFIXES = 256;

/** @throws AnnouncerOptionsError when something cannot be written as a command of FRR */
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
