import { Resolver } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { readFile, readlink, stat, statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { monotonicMs } from '../../dataplane/shared-state.ts';
import { leftPrograms } from '../../fastpath/left-programs.ts';
import { openShell } from '../../frr/daemon-shell.ts';
import { ArpProbe } from '../../linux/arp-probe.ts';
import { bpfRefusal } from '../../linux/bpf-trial.ts';
import { runCommand } from '../../linux/command.ts';
import { namespaceState } from '../../linux/network-namespace.ts';
import { inNetworkNamespace } from '../../linux/network-place.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { namespacePath } from '../../linux/thread.ts';
import { findMistakesHere } from '../config/machine-checks.ts';
import { AgentNotRunningError, ControlClient } from '../control/control-client.ts';
import { CONTROL } from '../control/control-service.ts';
import type { StatusReply } from '../control/messages.ts';
import { NamespaceThread } from '../health/namespace-view.ts';
import { runningProcesses } from '../../linux/processes.ts';
import { NotCheckedError } from './finding.ts';
import type { ArpReply, DoctorMachine, EtherInterface } from './machine.ts';

/** Time limit for the agent's answer, milliseconds. */
const STATUS_MS = 3000;

/** @param socket the agent's control socket */
export function systemMachine(socket: string): DoctorMachine {
  return {
    run: runCommand,
    kernel: release(),
    bpfRefusal: () => {
      if (process.geteuid?.() !== 0) throw new NotCheckedError('only root may try eBPF');
      return bpfRefusal();
    },
    readText: async (path) => unlessMissing(readFile(path, 'utf8')),
    exists: existsSync,
    ownerOf,
    processes: runningProcesses,
    networkNamespace: async (name) =>
      name === undefined ? readlink('/proc/self/ns/net') : identityOfFile(namespacePath(name)),
    freeSpace: async (directory) => {
      const { bavail, bsize, files, ffree } = await statfs(directory);
      // File systems without a fixed number of inodes report 0 of 0.
      return { freeBytes: bavail * bsize, freeInodes: files === 0 ? Number.POSITIVE_INFINITY : ffree };
    },
    shellOf: openShell,
    status: async () => readStatus(socket),
    mistakesHere: findMistakesHere,
    leftPrograms: async (namespace) => inSpaceOf(namespace, () => leftPrograms(monotonicMs())),
    arpReplies,
    resolve6,
    ping: async (namespace, address, timeoutMs) => {
      const thread = new NamespaceThread(namespace);
      try {
        return await thread.ping(address, timeoutMs);
      } finally {
        await thread.stop();
      }
    },
  };
}

/** Number of requests per address, and their interval, which is also the time for the last answers. Milliseconds. */
const ARP_TIMES = 2;
const ARP_MS = 400;

async function arpReplies(
  namespace: string | undefined,
  interfaces: readonly EtherInterface[],
  addresses: readonly string[],
): Promise<ArpReply[]> {
  const open = (): { readonly name: string; readonly probe: ArpProbe }[] =>
    interfaces.map(({ name, mac }) => ({
      name,
      probe: new ArpProbe(name, Buffer.from(mac.replaceAll(':', ''), 'hex')),
    }));
  const probes = namespace === undefined ? open() : inNetworkNamespace(namespacePath(namespace), open);
  const wanted = new Set(addresses);
  const found: ArpReply[] = [];
  try {
    for (let time = 0; time < ARP_TIMES; time++) {
      for (const { probe } of probes) for (const address of addresses) probe.ask(bytes4(address));
      await new Promise((resolve) => {
        setTimeout(resolve, ARP_MS);
      });
      for (const { name, probe } of probes) {
        for (const { address4, mac } of probe.replies()) {
          if (wanted.has(address4)) found.push({ interface: name, address4, mac });
        }
      }
    }
    return found;
  } finally {
    for (const { probe } of probes) probe.close();
  }
}

function bytes4(address: string): Uint8Array {
  const value = parseIpv4(address) ?? 0;
  return new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
}

/** Errors of a resolver that mean an empty answer. */
const NOTHING: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

async function resolve6(server: string, name: string, timeoutMs: number): Promise<string[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  resolver.setServers([server]);
  try {
    return await resolver.resolve6(name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING.has(String(error.code))) return [];
    throw error;
  }
}

/** A namespace that does not exist is empty. */
function inSpaceOf<T>(namespace: string | undefined, work: () => readonly T[]): readonly T[] {
  if (namespace === undefined) return work();
  return namespaceState(namespace) === 'namespace' ? inNetworkNamespace(namespacePath(namespace), work) : [];
}

/** The identity in /proc/PID/ns links equals the inode of the file under /run/netns (nsfs). */
async function identityOfFile(path: string): Promise<string | undefined> {
  const found = await unlessMissing(stat(path));
  return found === undefined ? undefined : `net:[${found.ino}]`;
}

async function ownerOf(path: string): Promise<{ readonly owner: string; readonly mode: number } | undefined> {
  const found = await unlessMissing(stat(path));
  if (found === undefined) return undefined;
  const users = (await unlessMissing(readFile('/etc/passwd', 'utf8'))) ?? '';
  const line = users.split('\n').find((text) => text.split(':')[2] === String(found.uid));
  return { owner: line?.split(':')[0] ?? String(found.uid), mode: found.mode & 0o7777 };
}

async function readStatus(socket: string): Promise<StatusReply | undefined> {
  let client: ControlClient | undefined;
  try {
    client = new ControlClient(socket);
    return await client.call(CONTROL.getStatus, {}, STATUS_MS);
  } catch (error) {
    if (error instanceof AgentNotRunningError) return undefined;
    throw error;
  } finally {
    client?.close();
  }
}

async function unlessMissing<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
