import { readFileSync } from 'node:fs';
import { interfacesHere, type NetworkInterface } from '../linux/interfaces.ts';
import { transitFilters } from '../linux/packet-filters.ts';
import { routedInterfaces } from '../linux/routed-interfaces.ts';

const ETHERNET = 1;
const STRICT = 1;
/** A program for each costs memory of the kernel; a gateway has a handful. */
const MOST_INTERFACES = 32;

/** What the choice is made by: a network namespace as it is now. */
export interface DataPlaneFacts {
  readonly interfaces: readonly NetworkInterface[];
  /** Indexes of the interfaces that routes lead to. */
  readonly routed: ReadonlySet<number>;
  /** Of each interface by name, the value of rp_filter that is in force. */
  readonly reversePathFilter: ReadonlyMap<string, number>;
  /** What forwarded packets pass that may drop or change them. */
  readonly filters: readonly string[];
}

/** The interfaces that the fast path is for, and why it is not to be used on its own account; absent: it may. */
export interface DataInterfaces {
  readonly interfaces: readonly string[];
  readonly bypasses?: string;
}

/**
 * Ethernet interfaces that are up and that routes of either side lead to; a bond and not its parts, a VLAN's own
 * interface. Pure.
 */
export function chooseInterfaces({ interfaces, routed, reversePathFilter, filters }: DataPlaneFacts): DataInterfaces {
  const kinds = new Map(interfaces.map(({ index, kind }) => [index, kind]));
  const chosen = interfaces
    .filter((one) => mayHave(one) && routed.has(one.index))
    // What belongs to a bond or a bridge has its packets there; a VRF leaves them to the interface.
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

/** Reads the facts of the thread's network namespace. @throws SystemCallError */
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
