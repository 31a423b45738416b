import {
  contains4,
  overlap4,
  overlap6,
  parsePrefix4,
  parsePrefix6,
  type Prefix4,
  type Prefix6,
} from '../net/prefix.ts';
import { parseIpv4 } from '../net/ipv4-address.ts';
import { checkNames, type CrossMistake, type Report } from './cross-mistake.ts';
import { checkUpstreams } from './upstream-checks.ts';
import type { ClusterConfig, InstanceConfig, Nat64Config } from './schema.ts';

export function crossCheck(config: ClusterConfig): CrossMistake[] {
  const mistakes: CrossMistake[] = [];
  const report: Report = (path, what, remedy) => void mistakes.push({ path, what, remedy });
  checkSlots(config, report);
  for (const [name, instance] of Object.entries(config.instances)) {
    checkNames(config, ['instances', name, 'prefer'], instance.prefer, report);
    if (instance.kind === 'nat64') checkNat64(name, instance, config.slots, report);
  }
  checkOverlaps(config, report);
  checkUpstreams(config, report);
  for (const section of ['upstreams', 'exec'] as const) {
    for (const [name, { nodes }] of Object.entries(config.checks[section])) {
      checkNames(config, ['checks', section, name, 'nodes'], nodes ?? [], report);
    }
  }
  return mistakes;
}

function checkSlots({ nodes, slots }: ClusterConfig, report: Report): void {
  const bySlot = new Map<number, string>();
  for (const [name, { slot, links }] of Object.entries(nodes)) {
    const other = bySlot.get(slot);
    if (other !== undefined) {
      report(['nodes', name, 'slot'], `slot ${slot} is that of ${other} already`, 'each node needs a slot of its own');
    }
    bySlot.set(slot, name);
    if (slot > slots) {
      const remedy = `use a slot up to ${slots}, or set slots: ${slot}`;
      report(['nodes', name, 'slot'], `slot ${slot} of ${slots} slots`, remedy);
    }
    if (new Set(links).size !== links.length) report(['nodes', name, 'links'], 'a link twice', 'name each link once');
  }
}

function checkNat64(name: string, instance: Nat64Config, slots: number, report: Report): void {
  const { portBlockSize } = instance;
  for (const [index, { ports }] of instance.pool4.entries()) {
    const count = ports[1] - ports[0] + 1;
    // Blocks begin at multiples of their size: a run of ports has one for certain when it is two blocks long, less one port.
    const needed = slots * Math.max(1, 2 * portBlockSize - 1);
    if (count >= needed) continue;
    const pieces = portBlockSize > 0 ? `${slots} slots with a block of ${portBlockSize} ports each` : `${slots} slots`;
    const what = `${count} ports cannot be cut into ${pieces}`;
    report(['instances', name, 'pool4', index, 'ports'], what, `give it at least ${needed} ports`);
  }
  for (const [index, entry] of instance.static.entries()) {
    const v4 = parseIpv4(entry.v4) ?? 0;
    const inside = instance.pool4.some(({ prefix, ports: [first, last], protocols }) => {
      const parsed = parsePrefix4(prefix);
      const fits = entry.port4 >= first && entry.port4 <= last && protocols.includes(entry.protocol);
      return parsed !== undefined && contains4(parsed, v4) && fits;
    });
    if (inside) continue;
    const what = `${entry.v4} port ${entry.port4} (${entry.protocol}) is not in pool4`;
    report(['instances', name, 'static', index], what, 'a static entry uses an address and port of the pool');
  }
}

function checkOverlaps({ instances }: ClusterConfig, report: Report): void {
  const list = Object.entries(instances);
  for (const [index, [name, instance]] of list.entries()) {
    for (const [other, before] of list.slice(0, index)) {
      const two6 = firstOverlap(prefixes6(instance), prefixes6(before), overlap6);
      const apart = !firstOverlap(destinations(instance), destinations(before), overlap4);
      if (two6 && !apart) {
        const what = `its pool6 overlaps that of ${other}, for the same destinations`;
        report(['instances', name, 'pool6'], what, 'give each its own pool6, or its own destinations');
      }
      if (firstOverlap(prefixes4(instance), prefixes4(before), overlap4)) {
        const key = instance.kind === 'nat64' ? 'pool4' : 'eam';
        const what = `its IPv4 addresses overlap those of ${other}`;
        report(['instances', name, key], what, 'an IPv4 address can belong to one instance only');
      }
    }
  }
}

function firstOverlap<T>(one: readonly T[], other: readonly T[], overlap: (a: T, b: T) => boolean): boolean {
  return one.some((a) => other.some((b) => overlap(a, b)));
}

function prefixes6({ pool6 }: InstanceConfig): Prefix6[] {
  return pool6.flatMap((text) => parsePrefix6(text) ?? []);
}

function prefixes4(instance: InstanceConfig): Prefix4[] {
  const texts =
    instance.kind === 'nat64' ? instance.pool4.map(({ prefix }) => prefix) : instance.eam.map(({ v4 }) => v4);
  return texts.flatMap((text) => parsePrefix4(text) ?? []);
}

function destinations(instance: InstanceConfig): Prefix4[] {
  const texts = instance.kind === 'nat64' ? instance.destinations : ['0.0.0.0/0'];
  return texts.flatMap((text) => parsePrefix4(text) ?? []);
}
