import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';
import { BFD } from './bird.ts';

export interface BfdPeer {
  readonly peer: string;
  readonly local: string;
  readonly interface: string;
}

export type FrrDaemon = 'zebra' | 'bfdd' | 'bgpd' | 'staticd';

/** FRR as a gateway has it: BFD peers come up shut down, only a healthy agent opens them. */
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
  /** In the machine's main namespace, and not in the one of the pathspace's name. */
  readonly inMainNamespace?: boolean;
  /**
   * zebra replaces an IPv6 route in one step; by itself it deletes the old one first, and for a moment there is none.
   */
  readonly replacesIpv6Routes?: boolean;
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

  constructor(machine: Machine, pathspace: string, where: FrrPlacement = {}) {
    this.#machine = machine;
    this.#pathspace = pathspace;
    this.#place = where.inMainNamespace === true ? {} : { namespace: pathspace };
    this.#zebraOptions = where.replacesIpv6Routes === true ? ['--v6-rr-semantics'] : [];
  }

  /** Starts daemons in the order given (zebra first) and waits until each answers on its VTY socket. */
  async start(configs: ReadonlyMap<FrrDaemon, string>): Promise<void> {
    const folder = `/run/frr/${this.#pathspace}`;
    await this.#machine.run(['install', '-d', '-o', 'frr', '-g', 'frr', '/run/frr', folder]);
    for (const [daemon, config] of configs) {
      await this.#machine.writeFile(`${folder}/${daemon}.conf`, config);
      const argv = [
        `/usr/lib/frr/${daemon}`,
        '-N',
        this.#pathspace,
        '-f',
        `${folder}/${daemon}.conf`,
        '--log',
        'stdout',
        ...(daemon === 'zebra' ? this.#zebraOptions : []),
      ];
      const started = this.#machine.start(daemon, argv, this.#place);
      this.processes.set(daemon, started);
      await waitFor(`${daemon} to answer`, () => this.#answers(daemon, started), {
        timeoutMs: 10_000,
        everyMs: 50,
        diagnose: () => started.tail(),
      });
    }
  }

  async stop(): Promise<void> {
    for (const process of [...this.processes.values()].toReversed()) await process.stop();
    this.processes.clear();
  }

  async vtysh(daemon: FrrDaemon, command: string): Promise<string> {
    const { stdout } = await this.#machine.run(['vtysh', '-N', this.#pathspace, '-d', daemon, '-c', command], {
      allowFailure: true,
    });
    return stdout;
  }

  async #answers(daemon: FrrDaemon, started: LabProcess): Promise<boolean> {
    if (!started.running) throw new Error(`${daemon} ended at once:\n${started.tail()}`);
    return (await this.vtysh(daemon, 'show version')).includes('FRRouting');
  }
}
