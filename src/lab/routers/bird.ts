import type { ReleaseTree } from '../releases/release-tree.ts';
import { enterTree } from '../releases/tree-mount.ts';
import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';

/** BFD timers of the lab's routers and gateways: the detection time is interval × multiplier. */
export const BFD = { intervalMs: 100, multiplier: 3 } as const;

export interface GatewayPath {
  /** The router's interface towards the gateway. */
  readonly interface: string;
  readonly gateway6: string;
  readonly gateway4: string;
}

/**
 * Destinations routed via gateways. The first path is preferred; `ecmp` balances over all with a BFD session that is
 * up.
 */
export interface Steering {
  readonly prefixes6: readonly string[];
  readonly prefixes4: readonly string[];
  readonly paths: readonly GatewayPath[];
  readonly mode: 'preferred' | 'ecmp';
}

/** Configuration of BIRD 2: static routes that depend on the BFD session to their gateway, exported to the kernel. */
export function birdConfig(routerId: string, steerings: readonly Steering[]): string {
  const interfaces = [...new Set(steerings.flatMap(({ paths }) => paths.map((path) => path.interface)))];
  return `
router id ${routerId};
log stderr { info, warning, error, fatal, bug };
protocol device {}
protocol direct { ipv4; ipv6; }
protocol kernel kernel4 { merge paths on; ipv4 { import none; export where source = RTS_STATIC; }; }
protocol kernel kernel6 { merge paths on; ipv6 { import none; export where source = RTS_STATIC; }; }
protocol bfd {
${interfaces.map(bfdInterface).join('\n')}
}
${steerings.flatMap((steering, index) => staticProtocols(steering, index)).join('\n')}
`;
}

function bfdInterface(name: string): string {
  return `  interface "${name}" { interval ${BFD.intervalMs} ms; idle tx interval ${BFD.intervalMs} ms; multiplier ${BFD.multiplier}; };`;
}

function staticProtocols(steering: Steering, index: number): string[] {
  const { paths, prefixes6, prefixes4, mode } = steering;
  const groups = mode === 'ecmp' ? [paths] : paths.map((path) => [path]);
  return groups.flatMap((group, rank) => {
    const preference = 200 - rank;
    return [
      staticProtocol(
        `s${index}r${rank}v6`,
        'ipv6',
        preference,
        prefixes6,
        group.map(({ gateway6 }) => gateway6),
      ),
      staticProtocol(
        `s${index}r${rank}v4`,
        'ipv4',
        preference,
        prefixes4,
        group.map(({ gateway4 }) => gateway4),
      ),
    ];
  });
}

function staticProtocol(
  name: string,
  channel: 'ipv4' | 'ipv6',
  preference: number,
  prefixes: readonly string[],
  gateways: readonly string[],
): string {
  const via = gateways.map((gateway) => `via ${gateway} bfd`).join(' ');
  const routes = prefixes.map((prefix) => `  route ${prefix} ${via};`).join('\n');
  return `protocol static ${name} {\n  ${channel} { preference ${preference}; };\n${routes}\n}`;
}

/** A running BIRD; `show` queries it like `birdc`. */
export class Bird {
  readonly process: LabProcess;
  readonly #machine: Machine;
  /** Prefix of each command line. */
  readonly #enter: readonly string[];

  private constructor(machine: Machine, process: LabProcess, enter: readonly string[]) {
    this.#machine = machine;
    this.process = process;
    this.#enter = enter;
  }

  /** @param tree BIRD of another Debian release; absent: the machine's own */
  static async start(machine: Machine, config: string, tree?: ReleaseTree): Promise<Bird> {
    const enter = await enterTree(machine, tree);
    await machine.writeFile('/run/bird/bird.conf', config);
    const process = machine.start('BIRD', [
      ...enter,
      'bird',
      '-f',
      '-c',
      '/run/bird/bird.conf',
      '-s',
      '/run/bird/bird.ctl',
      '-P',
      '/run/bird/bird.pid',
    ]);
    const bird = new Bird(machine, process, enter);
    await waitFor('BIRD to answer', async () => (await bird.show('status')).includes('Daemon is up'), {
      timeoutMs: 10_000,
      diagnose: () => process.tail(),
    });
    return bird;
  }

  async show(what: string): Promise<string> {
    const { stdout } = await this.#machine.run(
      [...this.#enter, 'birdc', '-r', '-s', '/run/bird/bird.ctl', 'show', ...what.split(' ')],
      { allowFailure: true },
    );
    return stdout;
  }
}
