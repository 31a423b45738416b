import { parseIpv4 } from '../net/ipv4-address.ts';
import {
  contains4,
  overlap4,
  overlap6,
  parsePrefix4,
  parsePrefix6,
  type Prefix4,
  type Prefix6,
} from '../net/prefix.ts';
import { MAX_NUMBERED_CLIENTS } from '../translator/nat64/ports/deterministic-ports.ts';
import { planFigures, portPlansOf } from '../translator/nat64/ports/deterministic-plan.ts';
import type { Report } from './cross-mistake.ts';
import type { ClusterConfig, InstanceConfig, Nat64Config, SiitConfig } from './schema.ts';
import { routingTableOf } from './steering.ts';
import { tunNameOf } from './translator-options.ts';

/** CPUs that a thread can be bound to. */
const MAX_CPUS = 1024;

/** Contradictions inside one instance, or between two. */
export function checkInstances(config: ClusterConfig, report: Report): void {
  for (const [name, instance] of Object.entries(config.instances)) {
    checkPool6(name, instance, report);
    if (instance.kind === 'nat64') checkNat64(name, instance, config.slots, report);
    else checkSiit(name, instance, report);
    checkWorkers(name, instance, report);
    checkFastPath(name, instance, report);
    checkUpstreamAddresses(config, name, instance, report);
  }
  checkPairs(config, report);
}

/** A further shard is bound to a CPU with a higher number. */
function checkWorkers(name: string, { shards, worker: { cpu } }: InstanceConfig, report: Report): void {
  if (cpu === undefined || cpu + shards <= MAX_CPUS) return;
  const what = `${shards} shards from CPU ${cpu} on need CPU ${cpu + shards - 1}`;
  report(['instances', name, 'worker', 'cpu'], what, `the highest is ${MAX_CPUS - 1}`);
}

/** A prefix inside another one of the same instance is never used, or hides part of it. */
function checkPool6(name: string, instance: InstanceConfig, report: Report): void {
  eachOverlap(prefixes6(instance), overlap6, (one, other) => {
    const what = `it shadows, or is shadowed by, ${instance.pool6[other]}`;
    report(['instances', name, 'pool6', one], what, 'use prefixes that do not contain each other');
  });
}

function checkNat64(name: string, instance: Nat64Config, slots: number, report: Report): void {
  const path = ['instances', name];
  const { portBlockSize, pool4, pool6, shards } = instance;
  if (pool6.length > 1) {
    const what = `a second pool6; the answers to its clients would come from the first one, ${pool6[0]}`;
    report([...path, 'pool6', 1], what, 'give it an instance of its own');
  }
  for (const [index, { ports, protocols, assignment }] of pool4.entries()) {
    if (ports[0] === 0 && protocols.some((protocol) => protocol !== 'icmp')) {
      const what = 'TCP and UDP have no port 0';
      report([...path, 'pool4', index, 'ports'], what, 'begin at 1; only an entry for ICMP alone may begin at 0');
    }
    checkAssignment([...path, 'pool4', index], instance, index, slots, report);
    const count = ports[1] - ports[0] + 1;
    // Blocks begin at multiples of their size: a run of ports contains one for certain when it is two blocks long, less
    // one port.
    const inBlocks = portBlockSize > 0 && assignment !== 'deterministic';
    const needed = slots * shards * (inBlocks ? Math.max(1, 2 * portBlockSize - 1) : 1);
    if (count >= needed) continue;
    const parts = shards > 1 ? `${slots} slots of ${shards} shards` : `${slots} slots`;
    const pieces = inBlocks ? `${parts} with a block of ${portBlockSize} ports each` : parts;
    const what = `${count} ports cannot be cut into ${pieces}`;
    report([...path, 'pool4', index, 'ports'], what, `give it at least ${needed} ports`);
  }
  // Each entry is divided into slices by itself: if two overlap, so would slices of different nodes.
  eachOverlap(pool4, samePorts, (one, other) => {
    const what = `its ports overlap those of entry ${other}, ${pool4[other]?.prefix}`;
    report([...path, 'pool4', one], what, 'give each entry addresses, ports or protocols of its own');
  });
  checkStatic(path, instance, report);
  checkAdopt(path, instance, report);
}

/** The user of a port must follow from the file alone, so no client may have two numbers, and each needs a port. */
function checkAssignment(
  path: readonly (string | number)[],
  { pool4, limits: { clientPrefixLength }, shards, adopt }: Nat64Config,
  index: number,
  slots: number,
  report: Report,
): void {
  const [plan] = portPlansOf(pool4.slice(index, index + 1), clientPrefixLength, slots, shards);
  if (plan === undefined) return;
  if (plan.clients.length === 0) {
    report([...path, 'assignment'], 'deterministic for all clients there are', 'say which: clients: [PREFIX]');
    return;
  }
  if (adopt !== undefined) {
    const what = "ports that follow from their clients, and Jool's do not";
    report([...path, 'assignment'], what, 'set it when the sessions of Jool have ended, and adopt is gone');
  }
  const prefixes = plan.clients.flatMap((text) => parsePrefix6(text) ?? []);
  eachOverlap(prefixes, overlap6, (one, other) => {
    const what = `it overlaps ${plan.clients[other]}, and each client has one number`;
    report([...path, 'clients', one], what, 'use prefixes that do not contain each other');
  });
  const { clients, perAddress, ports } = planFigures(plan);
  const length = `of clients (limits.clientPrefixLength: ${clientPrefixLength})`;
  if (clients > MAX_NUMBERED_CLIENTS) {
    const what = `2^${Math.log2(clients).toFixed(0)} prefixes ${length}, and ${MAX_NUMBERED_CLIENTS} can be numbered`;
    report([...path, 'clients'], what, 'name longer prefixes here, or make limits.clientPrefixLength shorter');
  } else if (ports === 0) {
    const parts = shards > 1 ? `${slots} slots of ${shards} shards` : `${slots} slots`;
    const what = `${perAddress} prefixes ${length} share each address, with fewer ports in each of ${parts}`;
    report([...path, 'clients'], what, 'give the entry more addresses, or fewer clients');
  }
}

function checkFastPath(name: string, instance: InstanceConfig, report: Report): void {
  const tun = tunNameOf(name, instance);
  if (typeof instance.fastPath === 'string') return;
  const own = instance.fastPath.interfaces.indexOf(tun);
  if (own < 0) return;
  const what = `${tun} is the TUN of the instance; what comes from there has been translated`;
  report(['instances', name, 'fastPath', 'interfaces', own], what, 'name the interfaces that packets come in by');
}

/** Jool assigned ports without regard to shards, and its datagrams use one address family. */
function checkAdopt(path: readonly string[], { adopt, shards }: Nat64Config, report: Report): void {
  if (adopt === undefined) return;
  const { group, from } = adopt.joold;
  const six = group.includes(':');
  for (const [index, address] of from.entries()) {
    if (address.includes(':') === six) continue;
    const what = `${address} sends nothing to ${group}, a group of the other family`;
    report([...path, 'adopt', 'joold', 'from', index], what, `give its ${six ? 'IPv6' : 'IPv4'} address`);
  }
  if (shards === 1) return;
  const what = `${shards} shards, and Jool's ports belong to no shard`;
  report([...path, 'adopt'], what, 'take the sessions over with shards: 1, and raise it when Jool is gone');
}

function checkStatic(path: readonly string[], { pool4, static: entries }: Nat64Config, report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, { protocol, v4, port4, v6, port6 }] of entries.entries()) {
    const address = parseIpv4(v4) ?? 0;
    const inside = pool4.find(({ prefix, ports: [first, last], protocols }) => {
      const parsed = parsePrefix4(prefix);
      const fits = port4 >= first && port4 <= last && protocols.includes(protocol);
      return parsed !== undefined && contains4(parsed, address) && fits;
    });
    if (inside?.assignment === 'deterministic') {
      const what = `${v4} port ${port4} (${protocol}) is one of a client's own ports (assignment: deterministic)`;
      report([...path, 'static', index], what, 'use an address or port of an entry whose ports are not assigned');
    }
    if (inside === undefined) {
      const what = `${v4} port ${port4} (${protocol}) is not in pool4`;
      report([...path, 'static', index], what, 'a static entry uses an address and port of the pool');
    }
    for (const key of [`${protocol} ${v4} ${port4}`, `${protocol} ${v6} ${port6}`]) {
      const other = seen.get(key);
      if (other !== undefined) {
        report([...path, 'static', index], `${key} has entry ${other} already`, 'map each address and port once');
      }
      seen.set(key, index);
    }
  }
}

function checkSiit(name: string, { eam, eamFile, pool6, icmp }: SiitConfig, report: Report): void {
  const path = ['instances', name];
  if (pool6.length === 0) {
    if (eam.length === 0 && eamFile === undefined) {
      report(path, 'neither pool6 nor eam, so that nothing is translated', 'add pool6, eam or eamFile');
    }
    if (icmp.source6 === undefined) {
      const what = 'ICMPv6 errors have no source: source4 has no IPv6 form without pool6';
      report(path, what, 'add icmp: { source6: ADDRESS }');
    }
  }
  for (const [index, { v4, v6 }] of eam.entries()) {
    const [four, six] = [parsePrefix4(v4), parsePrefix6(v6)];
    if (four === undefined || six === undefined) continue;
    // RFC 7757 section 3.2: the IPv4 suffix must fit into the IPv6 suffix.
    if (32 - four.length > 128 - six.length) {
      const what = `${v4} has more addresses than ${v6}`;
      report([...path, 'eam', index], what, `the IPv6 side needs a length of at most ${96 + four.length}`);
    }
    const shadow = pool6.find((text) => {
      const parsed = parsePrefix6(text);
      return parsed !== undefined && parsed.length > six.length && overlap6(parsed, six);
    });
    if (shadow !== undefined) {
      report([...path, 'eam', index, 'v6'], `${v6} contains pool6 ${shadow}`, 'use prefixes that do not overlap');
    }
  }
  for (const side of ['v4', 'v6'] as const) {
    const seen = new Map<string, number>();
    for (const [index, entry] of eam.entries()) {
      const other = seen.get(entry[side]);
      if (other === undefined) seen.set(entry[side], index);
      else report([...path, 'eam', index, side], `${entry[side]} has entry ${other} already`, 'map each prefix once');
    }
  }
}

/** Routers, and local addresses of BFD, must not be translated: packets to them belong to the kernel. */
function checkUpstreamAddresses(config: ClusterConfig, name: string, instance: InstanceConfig, report: Report): void {
  const ours = prefixes4(instance);
  const key = instance.kind === 'nat64' ? 'pool4' : 'eam';
  for (const [upstream, { bfd, bgp }] of Object.entries(config.upstreams)) {
    const known = [
      ...bfd.flatMap(({ peer, local }) => [
        { address: peer, role: 'a router' },
        { address: local ?? '', role: 'an address of the node' },
      ]),
      ...(bgp?.neighbors ?? []).map(({ peer }) => ({ address: peer, role: 'a router' })),
    ];
    for (const { address, role } of known) {
      const parsed = parseIpv4(address);
      const index = parsed === undefined ? -1 : ours.findIndex((prefix) => contains4(prefix, parsed));
      if (index < 0) continue;
      const what = `${address} is ${role} (upstream ${upstream})`;
      report(['instances', name, key, index], what, `take it out of ${key}`);
    }
  }
}

function checkPairs(config: ClusterConfig, report: Report): void {
  const list = Object.entries(config.instances);
  for (const [index, [name, instance]] of list.entries()) {
    for (const [other, before] of list.slice(0, index)) {
      const path = ['instances', name];
      const two6 = firstOverlap(prefixes6(instance), prefixes6(before), overlap6);
      const apart = !firstOverlap(destinations(instance), destinations(before), overlap4);
      const [mine, others] = [clientsOf(instance), clientsOf(before)];
      // An instance with clients has precedence over one that serves all.
      const sameClients = mine.length + others.length === 0 || firstOverlap(mine, others, overlap6);
      if (two6 && !apart && sameClients) {
        if (mine.length === 0) {
          const what = `its pool6 overlaps that of ${other}, for the same destinations`;
          report([...path, 'pool6'], what, 'give each its own pool6, or its own destinations');
        } else {
          const what = `they overlap those of ${other}, for the same pool6 and destinations`;
          report([...path, 'clients'], what, 'give each its own clients, or its own pool6 or destinations');
        }
      }
      const table = routingTableOf(config, name);
      const steered = mine.length > 0 && others.length > 0 && instance.namespace === before.namespace;
      if (steered && table === routingTableOf(config, other)) {
        const key = instance.routingTable === undefined ? 'clients' : 'routingTable';
        const what = `its routing table would be ${table}, as that of ${other} in the same namespace`;
        report([...path, key], what, 'give it a routingTable of its own');
      }
      if (firstOverlap(prefixes4(instance), prefixes4(before), overlap4)) {
        const key = instance.kind === 'nat64' ? 'pool4' : 'eam';
        const what = `its IPv4 addresses overlap those of ${other}`;
        report([...path, key], what, 'an IPv4 address can belong to one instance only');
      }
      if (instance.namespace === before.namespace && tunNameOf(name, instance) === tunNameOf(other, before)) {
        const what = `its TUN device would be ${tunNameOf(name, instance)}, as that of ${other} in the same namespace`;
        report([...path, instance.tun === undefined ? 'namespace' : 'tun'], what, 'give it a tun of another name');
      }
    }
  }
}

function samePorts(one: Nat64Config['pool4'][number], other: Nat64Config['pool4'][number]): boolean {
  const [a, b] = [parsePrefix4(one.prefix), parsePrefix4(other.prefix)];
  if (a === undefined || b === undefined || !overlap4(a, b)) return false;
  const apart = one.ports[1] < other.ports[0] || other.ports[1] < one.ports[0];
  return !apart && one.protocols.some((protocol) => other.protocols.includes(protocol));
}

/** Reports for each item, in order, the first earlier one that it overlaps. */
function eachOverlap<T>(
  items: readonly T[],
  overlap: (one: T, other: T) => boolean,
  tell: (one: number, other: number) => void,
): void {
  for (const [index, item] of items.entries()) {
    const other = items.slice(0, index).findIndex((before) => overlap(item, before));
    if (other >= 0) tell(index, other);
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

function clientsOf({ clients }: InstanceConfig): Prefix6[] {
  return clients.flatMap((text) => parsePrefix6(text) ?? []);
}

function destinations(instance: InstanceConfig): Prefix4[] {
  const texts = instance.kind === 'nat64' ? instance.destinations : ['0.0.0.0/0'];
  return texts.flatMap((text) => parsePrefix4(text) ?? []);
}
