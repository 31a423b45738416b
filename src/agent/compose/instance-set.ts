import type { Clock } from '../../replication/clock.ts';
import type { InstancePart, ReplicationPart } from './parts.ts';
import type { SessionExchange } from '../sessions/session-exchange.ts';

export interface InstanceSetWorld {
  readonly exchange: Pick<SessionExchange, 'add' | 'remove'>;
  readonly replication: Pick<ReplicationPart, 'status'>;
  readonly clock: Clock;
  readonly onFailure: (instance: string, reason: string) => void;
  /** Slots from whose slices the node allocates at present. */
  readonly works: () => readonly number[];
  /** Number of instances started concurrently: each uses much CPU before it is ready. */
  readonly atOnce: number;
}

/** Maximum time that routes to a new instance wait for the other nodes' sessions. */
const FILL_MS = 5000;
/** Interval of checks whether they have arrived. */
const POLL_MS = 100;

/** The instances of a node, which change while it runs. */
export class InstanceSet {
  readonly #all: InstancePart[];
  readonly #world: InstanceSetWorld;

  constructor(instances: readonly InstancePart[], world: InstanceSetWorld) {
    this.#all = [...instances];
    this.#world = world;
  }

  get all(): readonly InstancePart[] {
    return this.#all;
  }

  /**
   * Starts all of them, some concurrently.
   * @param onStart called before each one is started
   * @throws the error of the first one that failed; the others being started have then started or failed
   */
  async start(onStart: (instance: InstancePart) => void): Promise<void> {
    const waiting = [...this.#all];
    const startInTurn = async (): Promise<void> => {
      for (let instance = waiting.shift(); instance !== undefined; instance = waiting.shift()) {
        const { name } = instance;
        instance.onFailure((reason) => this.#world.onFailure(name, reason));
        onStart(instance);
        await instance.start().catch((error: unknown) => {
          waiting.length = 0;
          throw error;
        });
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: this.#world.atOnce }, startInTurn));
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /**
   * Starts one more. Nothing is routed to it until it holds the other nodes' sessions, or for some seconds.
   * @param known called when its records can be accepted: from then on the others may be notified of it
   * @throws the error of the instance, which is then removed again
   */
  async add(instance: InstancePart, known: () => void): Promise<void> {
    const { exchange, replication, onFailure, works } = this.#world;
    instance.onFailure((reason) => onFailure(instance.name, reason));
    try {
      await instance.start(async () => {
        const living = replication.status().peers.filter(({ alive }) => alive);
        this.#all.push(instance);
        exchange.add(
          instance,
          living.map(({ slot }) => slot),
        );
        known();
        await instance.setSlices(works());
        await this.#untilFilled(instance);
      });
    } catch (error) {
      this.#forget(instance);
      throw error;
    }
  }

  /** Removes one; its sessions here end. @throws if something could not be restored */
  async remove(name: string): Promise<void> {
    const instance = this.#all.find((one) => one.name === name);
    if (instance === undefined) return;
    this.#forget(instance);
    await instance.stop();
  }

  #forget(instance: InstancePart): void {
    this.#world.exchange.remove(instance.name);
    const index = this.#all.indexOf(instance);
    if (index >= 0) this.#all.splice(index, 1);
  }

  async #untilFilled(instance: InstancePart): Promise<void> {
    const { clock } = this.#world;
    const deadline = clock.now() + FILL_MS;
    while (this.#lacks(instance) && clock.now() < deadline) {
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
  }

  /** Some living node has, or may have, sessions of it that are not here. */
  #lacks(instance: InstancePart): boolean {
    if (instance.kind !== 'nat64') return false;
    const { name } = instance;
    const { replicas } = instance.snapshot();
    const { peers } = this.#world.replication.status();
    return peers
      .filter((peer) => peer.alive && peer.instances.some((one) => one.instance === name && one.agrees))
      .some(({ slot }) => replicas.find((replica) => replica.slot === slot)?.sync !== 'inSync');
  }
}
