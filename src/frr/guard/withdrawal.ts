import { renameSync, writeFileSync } from 'node:fs';
import { isStillTold } from '../advertised-routes.ts';
import type { FileOrder, GuardOrder, Order } from '../announcer.ts';
import { withdrawByFirst } from '../read-back.ts';
import { VtyConnection } from '../vty-connection.ts';
import { killSame, processNamed } from './process-identity.ts';

/** For one answer of FRR; it takes less than a millisecond. */
const ANSWER_MS = 1000;
/** A daemon that has not carried its orders out in so many runs is ended, where the order names it. */
const ENDED_AFTER = 2;

/**
 * The guard's connections to FRR: opened beforehand and opened again when FRR was restarted, so that a withdrawal takes
 * milliseconds.
 */
export class Withdrawal {
  #orders: readonly GuardOrder[] = [];
  #files: readonly FileOrder[] = [];
  readonly #connections = new Map<string, VtyConnection>();
  #opening: Promise<void> | undefined;
  #running: Promise<boolean> | undefined;
  /** Runs in a row in which the daemon behind a socket has not done it. */
  readonly #failures = new Map<string, number>();
  #ended: string[] = [];
  #withoutEffect: string[] = [];
  readonly #isFenced: () => boolean;

  /** @param isFenced another agent runs the node, so that nothing may be sent any more; asked before each command */
  constructor(isFenced: () => boolean = () => false) {
    this.#isFenced = isFenced;
  }

  get orders(): readonly GuardOrder[] {
    return this.#orders;
  }

  /** Sockets that are open, of those that the orders name. */
  get open(): number {
    return this.#orders.filter(({ socketPath }) => this.#connections.get(socketPath)?.usable === true).length;
  }

  /** Daemons that were ended by the last run. */
  get ended(): readonly string[] {
    return this.#ended;
  }

  /** Methods that had none in the last run, and why. */
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

  /** Opens what is not open; a daemon that does not run is tried again at the next call. */
  async prepare(): Promise<void> {
    this.#opening ??= this.#openAll().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #openAll(): Promise<void> {
    await Promise.allSettled(this.#orders.map(({ socketPath }) => this.#connect(socketPath)));
  }

  /** Carries out all orders, those of different daemons at the same time. @returns whether FRR has done every one */
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

  /** Whoever reads it sees the old text or the new one, whole. */
  async #writeFile({ file, text }: FileOrder): Promise<void> {
    if (this.#isFenced()) throw new Error('another agent runs this node');
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }

  /** By the same order as the agent: what FRR does not do, the end of its daemon does. */
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

  /** A connection that fails under one method is not opened again for the next: its daemon does not answer. */
  async #runOrder({ socketPath, steps, verifyMs }: GuardOrder): Promise<void> {
    const connection = await this.#connect(socketPath);
    const show = async (command: string): Promise<string> => (await connection.ask(command, ANSWER_MS)).text;
    const { done, failures } = await withdrawByFirst(steps, verifyMs, {
      carryOut: async ({ commands }) => this.#send(connection, commands),
      isSeen: async ({ readBack = [] }) => !(await isStillTold(readBack, show)),
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
      // What was to be removed and is not there is as wanted.
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
