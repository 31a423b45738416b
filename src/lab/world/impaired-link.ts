import { TrafficProgram } from '../traffic/traffic.ts';
import { connect, type End } from './link.ts';
import type { World } from './world.ts';

/** Fraction of frames, 0 to 1, for each fault; the same for both directions. */
export interface Faults {
  readonly loss?: number;
  readonly duplicate?: number;
  readonly reorder?: number;
  /** Delay of reordered frames. */
  readonly delayMs?: number;
  /** Sent again, between `echoFromMs` and `echoToMs` later; each copy is lost independently. */
  readonly echo?: number;
  readonly echoFromMs?: number;
  readonly echoToMs?: number;
  /** One byte in the middle is changed. */
  readonly damage?: number;
}

/**
 * A link between two machines whose faults can be set at any time. Faults are reproducible for a seed and the same
 * frames.
 */
export class ImpairedLink {
  readonly #program: TrafficProgram;

  private constructor(program: TrafficProgram) {
    this.#program = program;
  }

  static async create(world: World, name: string, a: End, b: End, seed = 1): Promise<ImpairedLink> {
    const wire = await world.machine(name);
    await wire.run(['sh', '-ec', 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6']);
    await connect(world, { machine: wire, interface: 'left' }, a);
    await connect(world, { machine: wire, interface: 'right' }, b);
    // A packet socket sees frames before checksum offload: the senders must compute checksums themselves.
    for (const end of [a, b]) await end.machine.run(['ethtool', '-K', end.interface, 'tx', 'off']);
    const program = new TrafficProgram(wire, 'impair', ['left', 'right', String(seed)]);
    await program.next('ready', 10_000);
    return new ImpairedLink(program);
  }

  set(faults: Faults): void {
    this.#program.send(JSON.stringify(faults));
  }
}
