import { randomBytes } from 'node:crypto';
import { AgentNotRunningError, ControlClient } from '../../agent/control/control-client.ts';
import { CONTROL } from '../../agent/control/control-service.ts';
import type { BibEntry, Event, StatusReply } from '../../agent/control/messages.ts';
import { ISTHMUS } from '../programs.ts';
import type { LabProcess, Output } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';

/** Paths on each gateway. */
export const RUN_DIR = '/run/isthmus';
export const CLUSTER_FILE = `${RUN_DIR}/cluster.yaml`;
export const SECRET_FILE = `${RUN_DIR}/cluster.key`;

/** A cluster secret, made like by an operator: 32 random bytes in hexadecimal. */
export function makeSecret(): string {
  return `${randomBytes(32).toString('hex')}\n`;
}

export interface AgentStart {
  /** Further arguments of `isthmus agent`. */
  readonly args?: readonly string[];
  /** A command that executes the agent, with its own arguments. */
  readonly under?: readonly string[];
  /** Another build of the program; absent: the last compiled one. */
  readonly program?: string | undefined;
}

/** The agent of one gateway: started like by an operator, and queried over its control socket. */
export class GatewayAgent {
  readonly node: string;
  readonly machine: Machine;
  #process: LabProcess | undefined;
  #connection: Connection | undefined;

  constructor(node: string, machine: Machine) {
    this.node = node;
    this.machine = machine;
  }

  async install(clusterFile: string, secret: string): Promise<void> {
    await this.machine.writeFile(CLUSTER_FILE, clusterFile);
    await this.machine.writeFile(SECRET_FILE, secret, 0o600);
  }

  start({ args = [], under = [], program = ISTHMUS }: AgentStart = {}): LabProcess {
    const agent = [process.execPath, program, 'agent', '--config', CLUSTER_FILE, '--node', this.node];
    this.#process = this.machine.start('agent', [...under, ...agent, '--run-dir', RUN_DIR, ...args]);
    void this.#process.exited.then(() => this.#disconnect());
    return this.#process;
  }

  get process(): LabProcess {
    if (this.#process === undefined) throw new Error(`the agent of ${this.node} was never started`);
    return this.#process;
  }

  /** Runs `isthmus …` on the gateway, as an operator would. */
  async isthmus(args: readonly string[]): Promise<Output> {
    return this.machine.run([process.execPath, ISTHMUS, ...args], { allowFailure: true });
  }

  /** The status, or undefined while no agent answers. */
  async status(): Promise<StatusReply | undefined> {
    return this.#ask((client) => client.call(CONTROL.getStatus, {}, 2_000));
  }

  /** The events kept by the agent, oldest first. */
  async events(): Promise<readonly Event[]> {
    const events = await this.#ask(async (client) => {
      const all: Event[] = [];
      for await (const event of client.stream(CONTROL.listEvents, { last: 0, follow: false })) all.push(event);
      return all;
    });
    return events ?? [];
  }

  /** The BIB of every instance, from the agent. */
  async bib(): Promise<readonly BibEntry[]> {
    const entries = await this.#ask(async (client) => {
      const all: BibEntry[] = [];
      for await (const page of client.stream(CONTROL.listBib, {})) all.push(...page.entries);
      return all;
    });
    return entries ?? [];
  }

  /**
   * Waits until the status meets a condition. @throws WaitTimeout with the last status and the end of the agent's log
   */
  async until(what: string, wanted: (status: StatusReply) => boolean, timeoutMs: number): Promise<StatusReply> {
    let last: StatusReply | undefined;
    return waitFor(
      `${this.node}: ${what}`,
      async () => {
        if (!this.process.running) throw new Error(`the agent of ${this.node} ended:\n${this.process.tail()}`);
        last = await this.status();
        return last !== undefined && wanted(last) ? last : undefined;
      },
      { timeoutMs, everyMs: 30, diagnose: () => `${describe(last)}\n${this.process.tail()}` },
    );
  }

  async #ask<T>(question: (client: ControlClient) => Promise<T>): Promise<T | undefined> {
    let connection: Connection | undefined;
    try {
      connection = this.#connection ??= new Connection(this.machine.outsidePath(`${RUN_DIR}/${this.node}.sock`));
      return await connection.ask(question);
    } catch (error) {
      if (!(error instanceof AgentNotRunningError)) throw error;
      this.#disconnect(connection);
      return undefined;
    }
  }

  #disconnect(connection = this.#connection): void {
    connection?.close();
    if (this.#connection === connection) this.#connection = undefined;
  }
}

/**
 * A persistent connection, because opening one costs both sides more than a request. It ends with the last request
 * after `close`.
 */
class Connection {
  readonly #client: ControlClient;
  #asking = 0;
  #ends = false;

  /** @throws AgentNotRunningError */
  constructor(path: string) {
    this.#client = new ControlClient(path);
  }

  async ask<T>(question: (client: ControlClient) => Promise<T>): Promise<T> {
    this.#asking++;
    try {
      return await question(this.#client);
    } finally {
      this.#asking--;
      if (this.#ends && this.#asking === 0) this.#client.close();
    }
  }

  close(): void {
    if (this.#ends) return;
    this.#ends = true;
    if (this.#asking === 0) this.#client.close();
  }
}

/** The agent of a gateway, not started yet. */
export function agentOf({ name, machine }: { readonly name: string; readonly machine: Machine }): GatewayAgent {
  return new GatewayAgent(name, machine);
}

/** The entry of the node itself in a status. */
export function ownState(status: StatusReply): { readonly state: string; readonly reason: string } {
  return (
    status.nodes.find(({ self }) => self) ?? { state: 'unknown', reason: 'the status has no line for the node itself' }
  );
}

/** Sessions over all instances: own ones, and all including replicas. */
export function sessionCounts(status: {
  readonly instances: ReadonlyArray<{ readonly sessions: number; readonly ownSessions: number }>;
}): { readonly own: number; readonly all: number } {
  return {
    own: status.instances.reduce((sum, { ownSessions }) => sum + ownSessions, 0),
    all: status.instances.reduce((sum, { sessions }) => sum + sessions, 0),
  };
}

/** Whether this node has verified replicas of everything that the other node owns in every instance. */
export function inSyncWith(status: StatusReply, other: string): boolean {
  const node = status.nodes.find(({ name }) => name === other);
  return (
    node !== undefined &&
    node.alive &&
    node.instances.length > 0 &&
    node.instances.every(({ sync }) => sync === 'inSync')
  );
}

function describe(status: StatusReply | undefined): string {
  if (status === undefined) return 'no agent answered';
  const { state, reason } = ownState(status);
  const problems = status.problems.map(({ subject, text }) => `  ${subject}: ${text}`).join('\n');
  return `${status.node} is ${state}: ${reason}\n${problems}`;
}
