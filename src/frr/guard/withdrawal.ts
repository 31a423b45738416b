import { renameSync, writeFileSync } from 'node:fs';
import { isStillAdvertised } from '../advertised-routes.ts';
import type { FileOrder, GuardOrder, Order } from '../announcer.ts';
import { withdrawByFirst } from '../read-back.ts';
import { VtyConnection } from '../vty-connection.ts';
import { killSame, processNamed } from './process-identity.ts';

/** Maximum time for one answer of FRR, which normally takes less than a millisecond. */
const ANSWER_MS = 1000;
/** A daemon that has not executed its orders in this many runs is killed, if the order names it. */
const ENDED_AFTER = 2;

/**
 * The guard's connections to FRR: opened in advance and reopened when FRR was restarted, so that a withdrawal takes
 * milliseconds.
 */
export class Withdrawal {
  #orders: readonly GuardOrder[] = [];
  #files: readonly FileOrder[] = [];
  readonly #connections = new Map<string, VtyConnection>();
  #opening: Promise<void> | undefined;
  #running: Promise<boolean> | undefined;
  /** Consecutive failed runs per socket. */
  readonly #failures = new Map<string, number>();
  #ended: string[] = [];
  #withoutEffect: string[] = [];
  readonly #isFenced: () => boolean;

  /** @param isFenced another agent runs the node, so that nothing may be sent; evaluated before each command */
  constructor(isFenced: () => boolean = () => false) {
    this.#isFenced = isFenced;
  }

  get orders(): readonly GuardOrder[] {
    return this.#orders;
  }

  /** Number of open sockets of those named in the orders. */
  get open(): number {
    return this.#orders.filter(({ socketPath }) => this.#connections.get(socketPath)?.usable === true).length;
  }

  /** Daemons killed by the last run. */
  get ended(): readonly string[] {
    return this.#ended;
  }

  /** Methods without effect in the last run, with the reason. */
  get withoutEffect(): readonly string[] {
    return this.#withoutEffect;
  }

  setOrders(all: readonly Order[]): void {
    const orders = all.filter((order) => 'socketPath' in order);
    this.#orders = orders;
    this.#files = all.filter((order) => 'file' in order);
    for (const [path, connection] of this.#connections) {
      if (orders.some(({ socketPath }) => socketPath === path)) continue;
      connection.close();
      this.#connections.delete(path);
    }
  }

  /** Opens missing connections; a daemon that does not run is retried at the next call. */
  async prepare(): Promise<void> {
    this.#opening ??= this.#openAll().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #openAll(): Promise<void> {
    await Promise.allSettled(this.#orders.map(({ socketPath }) => this.#connect(socketPath)));
  }

  /** Executes all orders, those of different daemons in parallel. @returns whether FRR has executed every one */
  async run(): Promise<boolean> {
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runAll(): Promise<boolean> {
    this.#ended = [];
    this.#withoutEffect = [];
    const done = [
      ...this.#files.map((order) => this.#writeFile(order)),
      ...this.#orders.map((order) => this.#runOrEnd(order)),
    ];
    const results = await Promise.allSettled(done);
    return results.every(({ status }) => status === 'fulfilled');
  }

  /** Replaced by rename, so that readers see one complete version or the other. */
  async #writeFile({ file, text }: FileOrder): Promise<void> {
    if (this.#isFenced()) throw new Error('another agent runs this node');
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }

  /** In the same order as the agent: if FRR does not withdraw, its daemon is killed. */
  async #runOrEnd(order: GuardOrder): Promise<void> {
    const { socketPath, daemon } = order;
    try {
      await this.#runOrder(order);
      this.#failures.delete(socketPath);
    } catch (error) {
      const failures = (this.#failures.get(socketPath) ?? 0) + 1;
      this.#failures.set(socketPath, failures);
      if (daemon === undefined || failures < ENDED_AFTER || this.#isFenced()) throw error;
      const found = processNamed(daemon);
      if (found === undefined || !killSame(found.pid, found.startTime)) throw error;
      this.#ended.push(daemon.name);
      this.#failures.delete(socketPath);
    }
  }

  /** A connection that fails during one method is not reopened for the next: its daemon does not answer. */
  async #runOrder({ socketPath, steps, verifyMs }: GuardOrder): Promise<void> {
    const connection = await this.#connect(socketPath);
    const show = async (command: string): Promise<string> => (await connection.ask(command, ANSWER_MS)).text;
    const { done, failures } = await withdrawByFirst(steps, verifyMs, {
      carryOut: async ({ commands }) => this.#send(connection, commands),
      isSeen: async ({ readBack = [] }) => !(await isStillAdvertised(readBack, show)),
      name: ({ method }) => method,
      unseen: () => `a prefix is still advertised to a neighbour after ${verifyMs} ms`,
    });
    this.#withoutEffect.push(...failures);
    if (!done) throw new Error(failures.join('; '));
  }

  async #send(connection: VtyConnection, commands: readonly string[]): Promise<void> {
    const refused: string[] = [];
    for (const command of commands) {
      if (this.#isFenced()) throw new Error('another agent runs this node');
      const { status, text } = await connection.ask(command, ANSWER_MS);
      // Removing something that does not exist is no error.
      if (status !== 0 && !command.startsWith('no ')) refused.push(`${command}: ${text.trim()}`);
    }
    if (refused.length > 0) throw new Error(`FRR refused: ${refused.join('; ')}`);
  }

  async #connect(path: string): Promise<VtyConnection> {
    const kept = this.#connections.get(path);
    if (kept?.usable === true) return kept;
    const opened = await VtyConnection.open(path, ANSWER_MS);
    this.#connections.get(path)?.close();
    this.#connections.set(path, opened);
    return opened;
  }
}
