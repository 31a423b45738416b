import { readFileSync } from 'node:fs';
import { interfacesHere, type NetworkInterface } from '../linux/interfaces.ts';
import { transitFilters } from '../linux/packet-filters.ts';
import { routedInterfaces } from '../linux/routed-interfaces.ts';

const ETHERNET = 1;
const STRICT = 1;
/** Each program costs kernel memory; a gateway has a handful of interfaces. */
const MOST_INTERFACES = 32;

/** State of a network namespace on which the choice is based. */
export interface DataPlaneFacts {
  readonly interfaces: readonly NetworkInterface[];
  /** Indexes of the interfaces that have routes. */
  readonly routed: ReadonlySet<number>;
  /** Effective rp_filter value of each interface, by name. */
  readonly reversePathFilter: ReadonlyMap<string, number>;
  /** Filters that may drop or change forwarded packets. */
  readonly filters: readonly string[];
}

/** Interfaces for the fast path, and why it is not enabled automatically; absent: it may be. */
export interface DataInterfaces {
  readonly interfaces: readonly string[];
  readonly bypasses?: string;
}

/**
 * Ethernet interfaces that are up and have routes of either side; a bond instead of its members, a VLAN interface
 * instead of its parent. Pure.
 */
export function chooseInterfaces({ interfaces, routed, reversePathFilter, filters }: DataPlaneFacts): DataInterfaces {
  const kinds = new Map(interfaces.map(({ index, kind }) => [index, kind]));
  const chosen = interfaces
    .filter((one) => mayHave(one) && routed.has(one.index))
    // Packets of a bond's or bridge's members appear at the bond or bridge; with a VRF they stay at the interface.
    .filter(({ master }) => master === 0 || kinds.get(master) === 'vrf')
    .map(({ name }) => name)
    .slice(0, MOST_INTERFACES);
  const strict = chosen.find((name) => reversePathFilter.get(name) === STRICT);
  if (filters.length > 0) {
    const more = filters.length > 1 ? ` and ${filters.length - 1} more` : '';
    return { interfaces: chosen, bypasses: `its packets would bypass ${filters[0]}${more}` };
  }
  if (strict !== undefined) {
    return { interfaces: chosen, bypasses: `its packets would bypass rp_filter, which is strict on ${strict}` };
  }
  return { interfaces: chosen };
}

function mayHave({ hardwareType, up }: NetworkInterface): boolean {
  return hardwareType === ETHERNET && up;
}

/** Reads the state of the thread's network namespace. @throws SystemCallError */
export function readDataPlane(): DataPlaneFacts {
  const interfaces = interfacesHere();
  const routed = routedInterfaces(new Set(interfaces.filter(mayHave).map(({ index }) => index)));
  const all = readFilter('all');
  // The kernel takes the larger of the interface's value and that of `all` (ip-sysctl.rst).
  const reversePathFilter = new Map(interfaces.map(({ name }) => [name, Math.max(all, readFilter(name))]));
  return { interfaces, routed, reversePathFilter, filters: transitFilters() };
}

function readFilter(name: string): number {
  try {
    return Number(readFileSync(`/proc/sys/net/ipv4/conf/${name}/rp_filter`, 'utf8'));
  } catch {
    return 0; // the interface is gone, or has no IPv4
  }
}
