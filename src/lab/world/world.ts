import { existsSync, readFileSync } from 'node:fs';
import { OWN_NAMESPACES, REAP_FOR_EVER } from './first-process.ts';
import { LabProcess, LabProcessError, runProgram } from './lab-process.ts';
import { Machine } from './machine.ts';
import { PROGRAM } from '../programs.ts';

/*
 * A world is a process tree in separate namespaces, held by one process:
 *
 *   lab (this process, outside)
 *    └─ setpriv --pdeathsig KILL unshare --fork --kill-child    dies with this process, however that ends
 *        └─ the world's first process                            takes everything in the world with it
 *            └─ for each machine: its first process              the same again: switching a machine off is one signal
 *                └─ daemons, agents, traffic
 *
 * The world has its own /run, and files written to /etc, /var and /tmp are in memory that disappears with it. Nothing
 * is visible or remains outside. The program's own folder is the same inside, including mounts in it (which an overlay
 * would not include).
 */

const WORLD_SCRIPT = `
set -e
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lab/program
mount --rbind "$1" /run/lab/program
for place in etc var tmp; do
  mkdir -p /run/lab/$place.new /run/lab/$place.work
  mount -t overlay -o lowerdir=/$place,upperdir=/run/lab/$place.new,workdir=/run/lab/$place.work overlay /$place
done
chmod 1777 /tmp
mount --rbind /run/lab/program "$1"
mount -t sysfs sysfs /sys
ip link set lo up
echo ready
${REAP_FOR_EVER}`;

/** Bits of the capability sets in /proc/self/status (linux/capability.h). */
const CAP_NET_ADMIN = 12n;
const CAP_SYS_ADMIN = 21n;

function mayAdminister(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const bits = BigInt(`0x${effective}`);
  return [CAP_NET_ADMIN, CAP_SYS_ADMIN].every((bit) => ((bits >> bit) & 1n) === 1n);
}

/** Why no world can be created here, in one line; undefined: it can. */
export function whyNoWorld(): string | undefined {
  if (process.platform !== 'linux') return 'the lab needs Linux';
  if (!mayAdminister()) return 'the lab needs root with CAP_SYS_ADMIN and CAP_NET_ADMIN, to make network namespaces';
  if (!existsSync('/dev/net/tun')) return 'the lab needs /dev/net/tun';
  return undefined;
}

export class World {
  static readonly #open = new Set<World>();
  readonly machines = new Map<string, Machine>();
  readonly #first: LabProcess;
  readonly #pid: number;

  private constructor(first: LabProcess, pid: number) {
    this.#first = first;
    this.#pid = pid;
  }

  static async create(): Promise<World> {
    const reason = whyNoWorld();
    if (reason !== undefined) throw new LabProcessError(reason);
    const argv = [
      'setpriv',
      '--pdeathsig',
      'KILL',
      'unshare',
      ...OWN_NAMESPACES,
      'sh',
      '-c',
      WORLD_SCRIPT,
      'sh',
      PROGRAM,
    ];
    // setpriv becomes unshare, unshare forks the first process.
    const first = new LabProcess(argv, { name: 'the world', depth: 1 });
    await first.waitForLine(/^ready$/, 15_000);
    const world = new World(first, await first.hostPid());
    World.#open.add(world);
    return world;
  }

  /** Adds a machine: its own network, processes, host name and /run. */
  async machine(name: string): Promise<Machine> {
    const machine = await Machine.create(name, this.#pid);
    this.machines.set(name, machine);
    return machine;
  }

  /**
   * Runs a program in the world's own network namespace, with the host's pids. It sees the host's /proc instead of the
   * world's: iproute2 looks up the process of `netns PID` there (since 6.2; earlier versions leave it to the kernel).
   */
  async run(argv: readonly string[], input?: string): Promise<string> {
    const enter = ['nsenter', '--target', String(this.#pid), '--net', '--'];
    const output = await runProgram([...enter, ...argv], input === undefined ? {} : { input });
    return output.stdout;
  }

  /** Closes every world made by this process, for use at an interrupt. */
  static async closeAll(): Promise<void> {
    await Promise.all([...World.#open].map((world) => world.close()));
  }

  /** Ends every process of the world; its namespaces, interfaces and files disappear with them. */
  async close(): Promise<void> {
    await this.#first.signal('SIGKILL');
    for (const machine of this.machines.values()) machine.resume();
    await this.#first.exited;
    World.#open.delete(this);
  }

  /** Diagnostic output: the last lines of each program that ran, or of those with this name. */
  tails(lines = 15, name?: string): string {
    return [...this.machines.values()]
      .map((machine) => machine.tails(lines, name))
      .filter((text) => text !== '')
      .join('\n');
  }
}
