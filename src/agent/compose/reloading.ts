import type { Code } from '../../codes.ts';
import { instanceNamed, translatorOptionsFor } from '../../cluster/translator-options.ts';
import type { HttpAccess } from '../../cluster/http-files.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import type { Upstreams } from '../../frr/upstreams.ts';
import type { Replicator } from '../../replication/replicator.ts';
import type { Agent } from './agent.ts';
import { readNodeConfigAside } from '../config/config-thread.ts';
import type { ReloadReply } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import type { LiveInstance } from './live-instance.ts';
import { type NodeConfig, routesFor, upstreamOptionsOf } from '../config/node-config.ts';
import { confirmedOf, fingerprintsOf } from './open-replication.ts';
import { planReload, planSecrets } from '../config/reload-plan.ts';

/** Parts of a running node that a reload changes. */
export interface ReloadedNode {
  readonly agent: Pick<Agent, 'instances' | 'configured'>;
  readonly replication: Pick<Replicator, 'changeSecrets' | 'setInstances'>;
  readonly upstreams: Pick<Upstreams, 'reconfigure'>;
  readonly events: Pick<EventLog, 'add'>;
  /** Shared with all users of the instances; a reload adds and removes here. */
  readonly live: LiveInstance[];
  /** Creates an instance of the new file, not yet started. */
  readonly makeInstance: (config: NodeConfig, name: string) => LiveInstance;
  /** Replaces the checks according to the file. */
  readonly setChecks: (config: NodeConfig) => Promise<void>;
  readonly setLogLevel: (level: ClusterConfig['logLevel']) => void;
  /** The HTTP endpoint. */
  readonly http: ReloadedHttp;
  /** Replaces the sinks of the NAT log; existing output continues. */
  readonly setNatLog: (config: NodeConfig) => void;
  /** Replaces the targets of `notify`; unchanged ones keep their queues. */
  readonly setNotify: (config: NodeConfig) => void;
}

/** The HTTP endpoint of a node, as used by a reload. */
export interface ReloadedHttp {
  /** Reads the files named in the configuration. @throws ConfigError, also when the endpoint would be unprotected */
  read(cluster: ClusterConfig): Promise<HttpAccess>;
  /** @returns a description of the difference from what is in use; undefined: none */
  difference(access: HttpAccess): string | undefined;
  use(access: HttpAccess): void;
}

/** Reverts a step. */
type Undo = () => Promise<unknown>;

/**
 * Reads the cluster file again and applies changes without touching sessions. All or nothing: if anything needs a
 * restart, nothing is changed; if a step fails, previous ones are reverted.
 */
export class Reloading {
  readonly #node: ReloadedNode;
  #current: NodeConfig;
  #running: Promise<unknown> = Promise.resolve();

  constructor(start: NodeConfig, node: ReloadedNode) {
    this.#current = start;
    this.#node = node;
  }

  /** The current configuration. */
  get cluster(): ClusterConfig {
    return this.#current.cluster;
  }

  /** Reloads are executed one after the other. @throws ConfigError */
  reload(dryRun = false): Promise<ReloadReply> {
    const turn = this.#running.then(() => this.#reload(dryRun));
    this.#running = turn.catch(() => undefined);
    return turn;
  }

  async #reload(dryRun: boolean): Promise<ReloadReply> {
    const before = this.#current;
    const fresh = await readNodeConfigAside(before.file, before.node);
    const { changes, unconcerned, refused, instances } = planReload(before.cluster, fresh.cluster, before.node);
    const secrets = planSecrets(before.secrets, fresh.secrets);
    if (secrets !== undefined) changes.push(`secrets: ${secrets}`);
    const { http } = this.#node;
    const access = await http.read(fresh.cluster);
    const proofs = http.difference(access);
    if (proofs !== undefined) changes.push(`http: ${proofs}`);
    if (changes.length + unconcerned.length === 0) {
      return { done: true, code: 'configuration-unchanged', text: 'nothing has changed', changes, refused };
    }
    if (refused.length > 0) {
      return { done: false, code: 'restart-required', text: 'nothing was changed', changes, refused };
    }
    if (dryRun) {
      return { done: true, code: 'configuration-applicable', text: 'all of this can be applied', changes, refused };
    }
    const failures = changes.length === 0 ? [] : await this.#apply(fresh, instances);
    const done = failures.length === 0;
    if (done) this.#settle(fresh, secrets !== undefined, access);
    const reason = done ? [...changes, ...unconcerned].join('; ') : failures.join('; ');
    const to = done ? 'applied' : 'rejected';
    const code = done ? 'configuration-applied' : 'configuration-rejected';
    this.#node.events.add({ code, subject: 'configuration', name: before.node, to, reason });
    const text = done ? 'configuration applied' : 'configuration rejected; the running configuration is unchanged';
    return { done, code, text, changes, refused: failures };
  }

  /** @returns what failed, a sentence each; then nothing is changed */
  async #apply(fresh: NodeConfig, reconfigured: readonly string[]): Promise<readonly string[]> {
    const before = this.#current;
    const undo: Undo[] = [];
    try {
      const [added, gone] = [missingIn(before, fresh), missingIn(fresh, before)];
      for (const name of added) {
        undo.push(() => this.#remove(name));
        await this.#add(fresh, name);
      }
      const others = new Set(reconfigured.filter((name) => !added.includes(name) && !gone.includes(name)));
      for (const one of this.#node.live.filter(({ name }) => others.has(name))) {
        undo.push(() => this.#reconfigure(one, before));
        await this.#reconfigure(one, fresh);
      }
      undo.push(() => this.#node.upstreams.reconfigure(upstreamOptionsOf(before)));
      await this.#node.upstreams.reconfigure(upstreamOptionsOf(fresh));
      await this.#node.setChecks(fresh);
      for (const name of gone) await this.#remove(name);
      return [];
    } catch (error) {
      const failures = [messageOf(error)];
      for (const step of undo.toReversed()) {
        await step().catch((later: unknown) => void failures.push(`taking it back: ${messageOf(later)}`));
      }
      this.#node.replication.setInstances(fingerprintsOf(before.cluster), confirmedOf(before.cluster));
      return failures;
    }
  }

  /** The final steps, which cannot fail. */
  #settle(fresh: NodeConfig, secrets: boolean, access: HttpAccess): void {
    this.#current = fresh;
    const { replication, agent, live, setLogLevel, setNatLog, setNotify, http } = this.#node;
    if (secrets) replication.changeSecrets(fresh.secrets);
    for (const one of live) one.describe(fresh.cluster);
    replication.setInstances(fingerprintsOf(fresh.cluster), confirmedOf(fresh.cluster));
    setLogLevel(fresh.cluster.logLevel);
    setNatLog(fresh);
    setNotify(fresh);
    http.use(access);
    agent.configured(fresh);
  }

  async #add(fresh: NodeConfig, name: string): Promise<void> {
    const { agent, replication, live, makeInstance } = this.#node;
    const one = makeInstance(fresh, name);
    // The others send its sessions as soon as they are notified of it; they are notified of the rest of the file when
    // all of it works.
    const known = { ...this.#current.cluster, instances: { ...this.#current.cluster.instances } };
    for (const { name: other } of [...live, one]) {
      const instance = known.instances[other] ?? fresh.cluster.instances[other];
      if (instance !== undefined) known.instances[other] = instance;
    }
    await agent.instances.add(one, () => {
      live.push(one);
      replication.setInstances(fingerprintsOf(known), confirmedOf(known));
    });
  }

  async #remove(name: string): Promise<void> {
    const { agent, live } = this.#node;
    const index = live.findIndex((one) => one.name === name);
    if (index >= 0) live.splice(index, 1);
    await agent.instances.remove(name);
  }

  /** @throws ReloadError */
  async #reconfigure(one: LiveInstance, { cluster, node }: NodeConfig): Promise<void> {
    const options = translatorOptionsFor(cluster, node, one.name, one.options.seed);
    const reasons = await one.reconfigure(options, routesFor(instanceNamed(cluster, one.name)));
    if (reasons.length > 0) throw new ReloadError(`instance ${one.name}: ${reasons.join('; ')}`);
  }
}

/** A running instance rejected what the plan considered possible. */
class ReloadError extends Error {
  override readonly name = 'ReloadError';
  readonly code: Code = 'configuration-rejected';
}

/** Names of the instances missing in one file and present in the other. */
function missingIn(one: NodeConfig, other: NodeConfig): string[] {
  return Object.keys(other.cluster.instances).filter((name) => !Object.hasOwn(one.cluster.instances, name));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
