import { readFileSync } from 'node:fs';
import { trafficHook } from '../linux/bpf-attachments.ts';
import { ClsactFilters, type FilterGroup } from '../linux/clsact.ts';
import { interfacesHere, type NetworkInterface } from '../linux/interfaces.ts';
import { transitFilters } from '../linux/packet-filters.ts';
import { routedInterfaces } from '../linux/routed-interfaces.ts';
import { FAST_PATH_NAME } from './left-programs.ts';

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
  /** Traffic control filters of others that run behind the program at ingress, by interface name. */
  readonly filtersBehind: ReadonlyMap<string, FilterGroup>;
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
export function chooseInterfaces(facts: DataPlaneFacts): DataInterfaces {
  const { interfaces, routed } = facts;
  const kinds = new Map(interfaces.map(({ index, kind }) => [index, kind]));
  const chosen = interfaces
    .filter((one) => mayHave(one) && routed.has(one.index))
    // Packets of a bond's or bridge's members appear at the bond or bridge; with a VRF they stay at the interface.
    .filter(({ master }) => master === 0 || kinds.get(master) === 'vrf')
    .map(({ name }) => name)
    .slice(0, MOST_INTERFACES);
  const bypasses = whatIsBypassed(chosen, facts);
  return bypasses === undefined
    ? { interfaces: chosen }
    : { interfaces: chosen, bypasses: `its packets would bypass ${bypasses}` };
}

function whatIsBypassed(
  chosen: readonly string[],
  { filters, reversePathFilter, filtersBehind }: DataPlaneFacts,
): string | undefined {
  if (filters.length > 0) return filters[0] + (filters.length > 1 ? ` and ${filters.length - 1} more` : '');
  const strict = chosen.find((name) => reversePathFilter.get(name) === STRICT);
  if (strict !== undefined) return `rp_filter, which is strict on ${strict}`;
  for (const name of chosen) {
    const behind = filtersBehind.get(name);
    if (behind !== undefined) return `the ingress filter of ${name} with pref ${behind.priority} (${behind.kind})`;
  }
  return undefined;
}

function mayHave({ hardwareType, up }: NetworkInterface): boolean {
  return hardwareType === ETHERNET && up;
}

/** Reads the state of the thread's network namespace. @throws SystemCallError */
export function readDataPlane(): DataPlaneFacts {
  const interfaces = interfacesHere();
  const routed = routedInterfaces(new Set(interfaces.filter(mayHave).map(({ index }) => index)));
  const filtersBehind = readFiltersBehind(interfaces.filter((one) => mayHave(one) && routed.has(one.index)));
  const all = readFilter('all');
  // The kernel takes the larger of the interface's value and that of `all` (ip-sysctl.rst).
  const reversePathFilter = new Map(interfaces.map(({ name }) => [name, Math.max(all, readFilter(name))]));
  return { interfaces, routed, reversePathFilter, filters: transitFilters(), filtersBehind };
}

/** With TCX all traffic control filters run behind the program, otherwise those of a higher priority number. */
function readFiltersBehind(interfaces: readonly NetworkInterface[]): Map<string, FilterGroup> {
  const place = trafficHook() === 'tcx' ? 'first' : 'last';
  const control = new ClsactFilters();
  try {
    const found = new Map<string, FilterGroup>();
    for (const { index, name } of interfaces) {
      const behind = control.behind(place, index, 'ingress').find(isOfOthers);
      if (behind !== undefined) found.set(name, behind);
    }
    return found;
  } finally {
    control.close();
  }
}

function isOfOthers({ names }: FilterGroup): boolean {
  return names.length === 0 || names.some((name) => !name.startsWith(FAST_PATH_NAME));
}

function readFilter(name: string): number {
  try {
    return Number(readFileSync(`/proc/sys/net/ipv4/conf/${name}/rp_filter`, 'utf8'));
  } catch {
    return 0; // the interface is gone, or has no IPv4
  }
}
