import type { ReleaseTree } from '../releases/release-tree.ts';
import { enterTree } from '../releases/tree-mount.ts';
import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';
import { BFD } from './bird.ts';

export interface BfdPeer {
  readonly peer: string;
  readonly local: string;
  readonly interface: string;
}

export type FrrDaemon = 'zebra' | 'mgmtd' | 'bfdd' | 'bgpd' | 'staticd';

/** From this version on staticd is configured through mgmtd, which always runs; neither reads its own file. */
const FIRST_WITH_MGMTD = 10;

/** FRR of a gateway: BFD peers are shut down initially, and enabled only by a healthy agent. */
export function bfddConfig(peers: readonly BfdPeer[]): string {
  const blocks = peers.map(
    ({ peer, local, interface: name }) => ` peer ${peer} local-address ${local} interface ${name}
  detect-multiplier ${BFD.multiplier}
  receive-interval ${BFD.intervalMs}
  transmit-interval ${BFD.intervalMs}
  shutdown
 exit`,
  );
  return `bfd\n${blocks.join('\n')}\nexit\n`;
}

export interface FrrPlacement {
  /** In the machine's main namespace instead of the one named like the pathspace. */
  readonly inMainNamespace?: boolean;
  /** zebra replaces an IPv6 route atomically; by default it deletes the old one first. */
  readonly replacesIpv6Routes?: boolean;
  /** FRR of another Debian release; absent: the machine's own. */
  readonly tree?: ReleaseTree | undefined;
}

/**
 * FRR's daemons on a machine: those named, in a pathspace, inside the network namespace of the same name, or in the
 * machine's main one.
 */
export class Frr {
  readonly processes = new Map<FrrDaemon, LabProcess>();
  readonly #machine: Machine;
  readonly #pathspace: string;
  readonly #place: { readonly namespace?: string };
  readonly #zebraOptions: readonly string[];
  readonly #tree: ReleaseTree | undefined;
  /** Prefix of each command line. */
  #enter: readonly string[] = [];

  constructor(machine: Machine, pathspace: string, where: FrrPlacement = {}) {
    this.#machine = machine;
    this.#pathspace = pathspace;
    this.#place = where.inMainNamespace === true ? {} : { namespace: pathspace };
    this.#zebraOptions = where.replacesIpv6Routes === true ? ['--v6-rr-semantics'] : [];
    this.#tree = where.tree;
  }

  /** Starts daemons in the order given (zebra first) and waits until each answers on its VTY socket. */
  async start(configs: ReadonlyMap<FrrDaemon, string>): Promise<void> {
    this.#enter = await enterTree(this.#machine, this.#tree);
    const folder = `/run/frr/${this.#pathspace}`;
    const settings = `/etc/frr/${this.#pathspace}`;
    await this.#machine.run(['install', '-d', '-o', 'frr', '-g', 'frr', '/run/frr', folder]);
    if (this.#tree !== undefined) {
      const [, root = ''] = this.#enter;
      await this.#machine.run(['sh', '-ec', `mkdir -p ${root}${settings}; touch ${root}${settings}/vtysh.conf`]);
    }
    for (const [daemon, config] of configs) {
      await this.#startDaemon(daemon, config, folder);
      if (daemon === 'zebra' && this.#hasMgmtd && !configs.has('mgmtd')) await this.#startDaemon('mgmtd', '', folder);
    }
  }

  /** watchfrr restarts daemons, with the file that they were first started with. */
  watch(): void {
    const [enter, space] = [this.#enter.join(' '), this.#pathspace];
    // watchfrr replaces only one %s in a command.
    const start = `daemon=%s; ${enter} /usr/lib/frr/$daemon -d -N ${space} -f /run/frr/${space}/$daemon.conf`;
    // Every daemon of the command line is checked once a second, and restarted at once.
    const pace = ['--interval', '1', '--min-restart-interval', '1', '--max-restart-interval', '1'];
    const commands = ['--restart', start, '--start-command', start, '--kill-command', 'true %s'];
    const argv = ['/usr/lib/frr/watchfrr', '-N', space, ...pace, ...commands, ...this.processes.keys()];
    this.#machine.start('watchfrr', [...this.#enter, ...argv], this.#place);
  }

  async stop(): Promise<void> {
    for (const process of [...this.processes.values()].toReversed()) await process.stop();
    this.processes.clear();
  }

  /** Runs commands in one vtysh, connected to one daemon. */
  async vtysh(daemon: FrrDaemon, ...commands: readonly string[]): Promise<string> {
    const list = commands.flatMap((command) => ['-c', command]);
    const argv = [...this.#enter, 'vtysh', '-N', this.#pathspace, '-d', daemon, ...list];
    const { stdout } = await this.#machine.run(argv, { allowFailure: true });
    return stdout;
  }

  get #hasMgmtd(): boolean {
    return this.#tree !== undefined && Number.parseInt(this.#tree.version, 10) >= FIRST_WITH_MGMTD;
  }

  async #startDaemon(daemon: FrrDaemon, config: string, folder: string): Promise<void> {
    const readsFile = daemon !== 'mgmtd' && !(daemon === 'staticd' && this.#hasMgmtd);
    await this.#machine.writeFile(`${folder}/${daemon}.conf`, config);
    const argv = [
      ...this.#enter,
      `/usr/lib/frr/${daemon}`,
      '-N',
      this.#pathspace,
      ...(readsFile ? ['-f', `${folder}/${daemon}.conf`] : []),
      '--log',
      'stdout',
      ...(daemon === 'zebra' ? this.#zebraOptions : []),
    ];
    const started = this.#machine.start(daemon, argv, this.#place);
    this.processes.set(daemon, started);
    await waitFor(`${daemon} to answer`, () => this.#answers(daemon, started), {
      timeoutMs: 20_000,
      everyMs: 50,
      diagnose: () => started.tail(),
    });
    const lines = config.split('\n').filter((line) => line.trim() !== '');
    if (!readsFile && lines.length > 0) await this.vtysh('mgmtd', 'configure terminal', ...lines);
  }

  async #answers(daemon: FrrDaemon, started: LabProcess): Promise<boolean> {
    if (!started.running) throw new Error(`${daemon} ended at once:\n${started.tail()}`);
    return (await this.vtysh(daemon, 'show version')).includes('FRRouting');
  }
}
