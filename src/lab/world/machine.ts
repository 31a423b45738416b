import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseRows } from '../../linux/command.ts';
import { LabProcess, type Output, type RunOptions, runProgram } from './lab-process.ts';
import { waitFor } from './wait.ts';
import { OWN_NAMESPACES, REAP_FOR_EVER } from './first-process.ts';

/** No duplicate address detection (addresses can be used at once), no router advertisements, no reverse path filter. */
const QUIET_NETWORK = `
for place in all default; do
  echo 0 >/proc/sys/net/ipv6/conf/$place/accept_dad
  echo 0 >/proc/sys/net/ipv6/conf/$place/dad_transmits
  echo 0 >/proc/sys/net/ipv6/conf/$place/accept_ra
  echo 0 >/proc/sys/net/ipv4/conf/$place/rp_filter
done
ip link set lo up`;

/** A router; multipath routes hash by addresses and ports, so that each connection keeps its path. */
const FORWARDING = `
echo 1 >/proc/sys/net/ipv4/fib_multipath_hash_policy
echo 1 >/proc/sys/net/ipv6/fib_multipath_hash_policy
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
echo 1 >/proc/sys/net/ipv4/ip_forward`;

const MACHINE_SCRIPT = `
set -e
hostname "$1"
mount -t tmpfs -o mode=755 tmpfs /run
mount -t sysfs sysfs /sys
mkdir -p /run/lab /var/tmp/frr
mount -t tmpfs tmpfs /var/tmp/frr
${QUIET_NETWORK}
echo ready
${REAP_FOR_EVER}`;

export interface InMachine {
  /** A named network namespace of the machine (`ip netns`); absent: its main one. */
  readonly namespace?: string;
}

/** A machine of the lab: a process tree with its own network, host name, pids and /run. */
export class Machine {
  readonly name: string;
  /** The first process, as seen by the host. */
  readonly pid: number;
  readonly #first: LabProcess;
  readonly #processes: LabProcess[] = [];

  private constructor(name: string, first: LabProcess, pid: number) {
    this.name = name;
    this.#first = first;
    this.pid = pid;
  }

  static async create(name: string, worldPid: number): Promise<Machine> {
    const enter = ['nsenter', '--target', String(worldPid), '--mount', '--pid', '--net', '--uts', '--ipc', '--'];
    const argv = [...enter, 'unshare', ...OWN_NAMESPACES, 'sh', '-c', MACHINE_SCRIPT, 'sh', name];
    // nsenter forks unshare, unshare forks the machine's first process.
    const first = new LabProcess(argv, { name: `machine ${name}`, depth: 2 });
    await first.waitForLine(/^ready$/, 15_000);
    return new Machine(name, first, await first.hostPid());
  }

  /** Starts a long-running program; `where.namespace` selects a network namespace of the machine. */
  start(
    name: string,
    argv: readonly string[],
    where: InMachine & { env?: Readonly<Record<string, string>> } = {},
  ): LabProcess {
    const started = new LabProcess([...this.#enter(where), ...argv], {
      name: `${name} on ${this.name}`,
      depth: 1,
      ...(where.env === undefined ? {} : { env: where.env }),
    });
    this.#processes.push(started);
    return started;
  }

  /** Runs a program to its end. */
  async run(argv: readonly string[], options: RunOptions & InMachine = {}): Promise<Output> {
    return runProgram([...this.#enter(options), ...argv], options);
  }

  /** Runs `ip` commands (without the word `ip`), one after the other in one process. */
  async ip(commands: readonly string[], where: InMachine = {}): Promise<void> {
    await this.run(['ip', '-batch', '-'], { ...where, input: `${commands.join('\n')}\n` });
  }

  /** The output of `ip -json …`. */
  async ipJson(args: readonly string[], where: InMachine = {}): Promise<readonly unknown[]> {
    const { stdout } = await this.run(['ip', '-json', ...args], where);
    return parseRows(stdout);
  }

  /** Adds a named network namespace like `ip netns add`, with the same settings as the machine's own. */
  async addNamespace(namespace: string): Promise<void> {
    await this.run(['ip', 'netns', 'add', namespace]);
    await this.run(['sh', '-ec', QUIET_NETWORK], { namespace });
  }

  async enableForwarding(where: InMachine = {}): Promise<void> {
    await this.run(['sh', '-ec', FORWARDING], where);
  }

  /**
   * Path of a machine's file from outside. Symbolic links on the path would lead outside: there are none under /run.
   */
  outsidePath(path: string): string {
    return `/proc/${this.pid}/root${path}`;
  }

  async writeFile(path: string, text: string, mode = 0o644): Promise<void> {
    const outside = this.outsidePath(path);
    await mkdir(dirname(outside), { recursive: true });
    await writeFile(outside, text, { mode });
  }

  async readFile(path: string): Promise<string> {
    return readFile(this.outsidePath(path), 'utf8');
  }

  /** Simulates a power failure: all processes of the machine are killed at once, and its interfaces removed. */
  async powerOff(): Promise<void> {
    await this.#first.signal('SIGKILL');
    await this.#first.exited;
  }

  /** Continues processes that wait for a stopped program, so that they notice its end. */
  resume(): void {
    for (const one of this.#processes) one.resume();
  }

  /** Waits until the kernel reports an interface up at both ends. */
  async waitForCarrier(name: string, where: InMachine = {}): Promise<void> {
    await waitFor(
      `${name} of ${this.name} to be up`,
      async () => (await this.run(['ip', '-brief', 'link', 'show', 'dev', name], where)).stdout.includes(' UP '),
      { timeoutMs: 10_000 },
    );
  }

  tails(lines: number, name?: string): string {
    return this.#processes
      .filter((one) => one.tail(1) !== '' && (name === undefined || one.name.startsWith(name)))
      .map((one) => `--- ${one.name}${one.running ? '' : ' (ended)'}\n${one.tail(lines)}`)
      .join('\n');
  }

  #enter(where: InMachine): string[] {
    const target = String(this.pid);
    const enter = ['nsenter', '--target', target, '--mount', '--pid', '--uts', '--ipc'];
    if (where.namespace === undefined) return [...enter, '--net', '--'];
    return [...enter, `--net=/proc/${target}/root/run/netns/${where.namespace}`, '--'];
  }
}
