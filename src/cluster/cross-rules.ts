import { formatIpv6, parseIpv6 } from '../net/ipv6-address.ts';
import { checkNames, type CrossMistake, type Report } from './cross-mistake.ts';
import { checkHttp } from './http-rules.ts';
import { checkInstances } from './instance-rules.ts';
import { checkUpstreams } from './upstream-rules.ts';
import type { ClusterConfig } from './schema.ts';
import { foreignSlotOf } from './translator-options.ts';

export function crossCheck(config: ClusterConfig): CrossMistake[] {
  const mistakes: CrossMistake[] = [];
  const report: Report = (path, what, remedy) => void mistakes.push({ path, what, remedy });
  checkSlots(config, report);
  checkForeignSlot(config, report);
  checkKeepTable(config, report);
  checkGrpc(config, report);
  checkHttp(config, report);
  for (const [name, instance] of Object.entries(config.instances)) {
    checkNames(config, ['instances', name, 'prefer'], instance.prefer, report);
  }
  checkCoordinator(config, report);
  checkNatLog(config, report);
  checkInstances(config, report);
  checkUpstreams(config, report);
  for (const section of ['upstreams', 'exec'] as const) {
    const checks: Readonly<Record<string, { readonly nodes?: readonly string[] | undefined }>> = config.checks[section];
    for (const [name, { nodes }] of Object.entries(checks)) {
      checkNames(config, ['checks', section, name, 'nodes'], nodes ?? [], report);
    }
  }
  return mistakes;
}

/** Retained tables of several nodes would diverge. */
function checkKeepTable({ nodes, keepTable }: ClusterConfig, report: Report): void {
  const count = Object.keys(nodes).length;
  if (keepTable === undefined || count < 2) return;
  report(['keepTable'], `a cluster of ${count} nodes, which hold each other's sessions`, 'leave keepTable out');
}

function checkCoordinator({ coordinator }: ClusterConfig, report: Report): void {
  if (coordinator.kind === 'static') return;
  const { caFile, certificateFile, keyFile, user, passwordFile } = coordinator;
  const path = ['coordinator'];
  if ((user === undefined) !== (passwordFile === undefined)) {
    report(path, 'user and passwordFile need each other', 'give both, or none');
  }
  if ((certificateFile === undefined) !== (keyFile === undefined)) {
    report(path, 'certificateFile and keyFile need each other', 'give both, or none');
  }
  if (caFile !== undefined) return;
  if (certificateFile !== undefined) report(path, 'a certificate without caFile is never shown', 'add caFile');
  if (user !== undefined) report(path, 'a password would be sent in the clear', 'add caFile, so that TLS is used');
}

/** `isthmus whowas` reads files, of which one set suffices; two sinks in one directory would remove each other's. */
function checkNatLog({ natLog: { sinks } }: ClusterConfig, report: Report): void {
  const directories = new Map<string, string>();
  for (const [name, sink] of Object.entries(sinks)) {
    const path = ['natLog', 'sinks', name];
    if (sink.kind === 'syslog' && sink.transport !== 'tls' && (sink.ca ?? sink.serverName) !== undefined) {
      report(path, 'ca and serverName are of TLS only', 'set transport: tls, or leave them out');
    }
    if (sink.kind !== 'file') continue;
    const directory = sink.directory ?? '';
    const other = directories.get(directory);
    if (other !== undefined) {
      report(path, `its files lie in the directory of sink ${other}`, 'give one of them another directory');
    }
    directories.set(directory, name);
  }
}

/** Streams connect all nodes, so all need an address; and only streams connect sites. */
function checkGrpc({ nodes, replication }: ClusterConfig, report: Report): void {
  const byAddress = new Map<string, string>();
  const sites = new Map<string, string>();
  for (const [name, { grpc, site }] of Object.entries(nodes)) {
    if (replication.grpc !== undefined && grpc === undefined) {
      report(['nodes', name], 'no grpc address, and replication.grpc joins all nodes', 'give it one: grpc: ADDRESS');
    }
    if (replication.grpc === undefined && grpc !== undefined) {
      report(['nodes', name, 'grpc'], 'an address for gRPC, which is off', 'add grpc: {} under replication');
    }
    const key = grpc === undefined ? undefined : canonicalAddress(grpc);
    const other = key === undefined ? undefined : byAddress.get(key);
    if (other !== undefined) {
      report(['nodes', name, 'grpc'], `${grpc} is the address of ${other} already`, 'each node has its own');
    }
    if (key !== undefined) byAddress.set(key, name);
    if (!sites.has(site)) sites.set(site, name);
  }
  const [, apart] = sites.entries();
  if (apart === undefined || replication.grpc !== undefined) return;
  const [site, name] = apart;
  const what = `site ${site} is not that of the other nodes, and nothing leads there`;
  report(['nodes', name, 'site'], what, 'add grpc: {} under replication, and a grpc address to each node');
}

/** Canonical text of an address. */
function canonicalAddress(text: string): string {
  const six = parseIpv6(text);
  return six === undefined ? text : formatIpv6(six);
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

/** Adopted sessions need a slot that no node has for their owner. */
function checkForeignSlot(config: ClusterConfig, report: Report): void {
  if (foreignSlotOf(config).foreignSlot !== undefined) return;
  for (const [name, instance] of Object.entries(config.instances)) {
    if (instance.kind !== 'nat64' || instance.adopt === undefined) continue;
    const what = 'every slot has a node, and foreign sessions need one of their own';
    report(['instances', name, 'adopt'], what, 'take over with one node less');
  }
}
