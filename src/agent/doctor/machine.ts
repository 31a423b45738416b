import type { CrossMistake } from '../../cluster/cross-mistake.ts';
import type { DaemonShell, FrrDaemon, FrrPlace } from '../../frr/daemon-shell.ts';
import type { LeftProgram } from '../../fastpath/left-programs.ts';
import type { RunCommand } from '../../linux/command.ts';
import type { Process } from '../../linux/processes.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { StatusReply } from '../control/messages.ts';

export interface FreeSpace {
  readonly freeBytes: number;
  readonly freeInodes: number;
}

/** The owner of an address according to ARP replies on an interface. */
export interface ArpReply {
  readonly interface: string;
  readonly address4: string;
  readonly mac: string;
}

/** An interface with ARP. */
export interface EtherInterface {
  readonly name: string;
  readonly mac: string;
}

/** Read access to the machine for the examination; without side effects. */
export interface DoctorMachine {
  readonly run: RunCommand;
  /** The kernel's release, `6.12.4-amd64`. */
  readonly kernel: string;
  /** Result of testing eBPF; undefined: it works. @throws NotCheckedError without root */
  bpfRefusal(): string | undefined;
  /** undefined: there is no such file. */
  readText(path: string): Promise<string | undefined>;
  exists(path: string): boolean;
  /** Owner's name and permission bits; undefined: there is no such file. */
  ownerOf(path: string): Promise<{ readonly owner: string; readonly mode: number } | undefined>;
  processes(): Promise<readonly Process[]>;
  /** Identity of a network namespace by name, or of the main one; undefined: there is none. */
  networkNamespace(name: string | undefined): Promise<string | undefined>;
  freeSpace(directory: string): Promise<FreeSpace>;
  shellOf(daemon: FrrDaemon, place: FrrPlace): DaemonShell;
  /** undefined: no agent runs as this node. */
  status(): Promise<StatusReply | undefined>;
  /** Requirements of the cluster file that this machine lacks. */
  mistakesHere(config: NodeConfig): Promise<readonly CrossMistake[]>;
  /** Fast paths that have outlived their worker. */
  leftPrograms(namespace: string | undefined): Promise<readonly LeftProgram[]>;
  /** ARP replies on these interfaces for these IPv4 addresses. @throws SystemCallError without CAP_NET_RAW */
  arpReplies(
    namespace: string | undefined,
    interfaces: readonly EtherInterface[],
    addresses: readonly string[],
  ): Promise<readonly ArpReply[]>;
  /** AAAA records from a resolver. @throws Error when it does not answer */
  resolve6(resolver: string, name: string, timeoutMs: number): Promise<readonly string[]>;
  /** ICMP echo from a namespace. @returns milliseconds. @throws NamespaceViewError */
  ping(namespace: string | undefined, address: string, timeoutMs: number): Promise<number>;
}

/** The namespaces of the data plane, without duplicates; undefined is the main one. */
export function dataPlanes({ cluster }: Pick<NodeConfig, 'cluster'>): (string | undefined)[] {
  return [...new Set(Object.values(cluster.instances).map(({ namespace }) => namespace))];
}

/** Name of a namespace in messages. */
export function spaceName(namespace: string | undefined): string {
  return namespace === undefined ? 'main namespace' : `namespace ${namespace}`;
}

/** A command as it must be run in that namespace. */
export function inSpace(namespace: string | undefined, command: string): string {
  return namespace === undefined ? command : `ip netns exec ${namespace} ${command}`;
}
