import { AgentNotRunningError, AgentRefusedError, ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { ConfigurationReply, DrillStepRequest, Event, Outcome, StatusReply } from '../agent/control/messages.ts';
import type { Views } from './layout.ts';

/** More than occur in any drill. */
const LAST_EVENTS = 200;
/** Time limit for a node's configuration, from another node also over replication. */
const CONFIGURATION_MS = 5000;

/** A lease granted by a node. */
export interface DrillLease {
  /** Settles when it has ended: released, or lost with the node. */
  readonly ended: Promise<void>;
}

/** Access to the nodes of a cluster through the agent of one of them. */
export class ClusterAccess {
  readonly #clients = new Map<string, ControlClient>();
  readonly #socket: string;
  /** Name of the cluster. */
  readonly cluster: string;
  readonly self: string;
  readonly names: readonly string[];

  private constructor(socket: string, { cluster, node, nodes }: Pick<StatusReply, 'cluster' | 'node' | 'nodes'>) {
    this.#socket = socket;
    this.cluster = cluster;
    this.self = node;
    this.names = nodes.map(({ name }) => name).sort();
  }

  /** @param socket the control socket of the agent. @throws AgentNotRunningError, AgentRefusedError */
  static async open(socket: string): Promise<ClusterAccess> {
    const client = new ControlClient(socket);
    try {
      return new ClusterAccess(socket, await client.call(CONTROL.getStatus, {}));
    } finally {
      client.close();
    }
  }

  /** Every node's own status; undefined for one that does not answer within the time. */
  async views(limitMs = 2000): Promise<Views> {
    const views = this.names.map(async (name) => [name, await this.#status(name, limitMs)] as const);
    return new Map(await Promise.all(views));
  }

  /**
   * Holds the lease of a drill on a node until `signal` aborts.
   * @throws AgentRefusedError: the node does not grant it
   */
  async hold(node: string, run: string, drill: string, signal: AbortSignal): Promise<DrillLease> {
    const beats = this.#client(node).stream(CONTROL.holdDrill, { run, drill });
    await beats.next();
    signal.addEventListener('abort', () => void beats.return(undefined));
    const follow = async (): Promise<void> => {
      try {
        while (!signal.aborted && (await beats.next()).done !== true);
      } catch (error) {
        // The node is gone, and its lease with it, which its status will show.
        if (!(error instanceof AgentRefusedError) && !(error instanceof AgentNotRunningError)) throw error;
      }
    };
    return { ended: follow() };
  }

  /** @throws AgentRefusedError, AgentNotRunningError */
  step(node: string, request: DrillStepRequest): Promise<Outcome> {
    return this.#client(node).call(CONTROL.drillStep, request, 60_000);
  }

  /** Events of a node since a drill began there, oldest first; empty if its agent does not answer. */
  async eventsOfDrill(node: string): Promise<Event[]> {
    const events: Event[] = [];
    try {
      for await (const event of this.#client(node).stream(CONTROL.listEvents, { last: LAST_EVENTS, follow: false })) {
        if (event.code === 'drill-begun') events.length = 0;
        events.push(event);
      }
    } catch (error) {
      if (error instanceof AgentRefusedError || error instanceof AgentNotRunningError) return [];
      throw error;
    }
    return events;
  }

  /** The configuration of a node; undefined: its agent does not answer, or is of a release without this request. */
  async configuration(node: string): Promise<ConfigurationReply | undefined> {
    try {
      return await this.#client(node).call(CONTROL.getConfiguration, {}, CONFIGURATION_MS);
    } catch (error) {
      if (error instanceof AgentRefusedError || error instanceof AgentNotRunningError) return undefined;
      throw error;
    }
  }

  /** Why nodes do not take part in a drill now, a sentence each; nodes that do not answer are not included. */
  async forbidding(): Promise<string[]> {
    const replies = await Promise.all(this.names.map((name) => this.configuration(name)));
    return replies.flatMap((reply) => (reply === undefined || reply.noDrill === '' ? [] : [reply.noDrill]));
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  async #status(node: string, limitMs: number): Promise<StatusReply | undefined> {
    try {
      return await this.#client(node).call(CONTROL.getStatus, {}, limitMs);
    } catch (error) {
      if (error instanceof AgentRefusedError || error instanceof AgentNotRunningError) return undefined;
      throw error;
    }
  }

  #client(node: string): ControlClient {
    const known = this.#clients.get(node);
    if (known !== undefined) return known;
    const client = new ControlClient(this.#socket, node === this.self ? { node } : { node, through: node });
    this.#clients.set(node, client);
    return client;
  }
}
