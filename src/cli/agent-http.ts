import { isDeepStrictEqual } from 'node:util';
import type { ReloadedHttp } from '../agent/compose/reloading.ts';
import type { RunningNode } from '../agent/compose/start-node.ts';
import type { NodeConfig } from '../agent/config/node-config.ts';
import { ConfigError, WHOLE_FILE } from '../cluster/config-error.ts';
import { formatHttpAddress, type HttpAddress, parseHttpAddress } from '../cluster/http-address.ts';
import { exposure } from '../cluster/http-rules.ts';
import { type HttpAccess, readHttpAccess } from '../cluster/http-files.ts';
import type { ClusterConfig } from '../cluster/schema.ts';
import { ClusterSource } from '../observe/cluster-source.ts';
import { HttpEndpoint } from '../observe/http-endpoint.ts';
import { systemClock } from '../replication/clock.ts';

/**
 * The HTTP endpoint of an agent, if configured. Errors in its files or address are reported, and the node runs without
 * it: a gateway must not stay down because of a status page.
 */
export class AgentHttp implements ReloadedHttp {
  readonly #file: string;
  readonly #address: HttpAddress | undefined;
  /** --http of the command line. */
  readonly #given: HttpAddress | undefined;
  #access: HttpAccess | undefined;
  #failure = '';
  #endpoint: HttpEndpoint | undefined;
  #node: RunningNode | undefined;

  private constructor(config: NodeConfig, given: HttpAddress | undefined) {
    const text = config.cluster.nodes[config.node]?.http;
    this.#file = config.file;
    this.#given = given;
    this.#address = given ?? (text === undefined ? undefined : parseHttpAddress(text));
  }

  /** @param given --http of the command line, which overrides the cluster file */
  static async read(
    config: NodeConfig,
    given: HttpAddress | undefined,
    onFailure: (reason: string) => void,
  ): Promise<AgentHttp> {
    const http = new AgentHttp(config, given);
    try {
      http.#access = await http.read(config.cluster);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      http.#failure = error.message;
      onFailure(error.message);
    }
    return http;
  }

  async read(cluster: ClusterConfig): Promise<HttpAccess> {
    if (this.#address === undefined) return {};
    refuseExposure(this.#given, this.#file, cluster);
    return await readHttpAccess(cluster.http);
  }

  difference(access: HttpAccess): string | undefined {
    const before = this.#access ?? {};
    if (isDeepStrictEqual(access, before)) return undefined;
    const names = [
      ...(isDeepStrictEqual(access.tls, before.tls) ? [] : ['other certificates or keys']),
      ...(access.token === before.token ? [] : ['another token']),
    ];
    return names.join(' and ');
  }

  use(access: HttpAccess): void {
    this.#access = access;
    if (this.#endpoint === undefined) void this.#open();
    else this.#endpoint.setAccess(access);
  }

  /** Starts listening. Failures are logged as events and retried. */
  async start(node: RunningNode): Promise<void> {
    this.#node = node;
    if (this.#failure === '') await this.#open();
    else this.#report(this.#failure);
  }

  async close(): Promise<void> {
    await this.#endpoint?.close();
  }

  async #open(): Promise<void> {
    const [node, address, access] = [this.#node, this.#address, this.#access];
    if (node === undefined || address === undefined || access === undefined) return;
    this.#endpoint = new HttpEndpoint(
      new ClusterSource(node.handlers),
      systemClock,
      (reason) => this.#report(reason),
      node.history,
    );
    try {
      await this.#endpoint.listen(address, access);
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error));
    }
  }

  #report(reason: string): void {
    if (this.#node === undefined) return;
    const { agent, events } = this.#node;
    const name = agent.status().node;
    events.add({ code: 'http-endpoint-failed', subject: 'node', name, to: 'HTTP endpoint failed', reason });
  }
}

/** Checked again because the check of the cluster file does not include --http. @throws ConfigError */
export function refuseExposure(given: HttpAddress | undefined, file: string, { http }: ClusterConfig): void {
  const exposed = given === undefined ? undefined : exposure(given, http);
  if (given === undefined || exposed === undefined) return;
  const what = `--http ${formatHttpAddress(given)}: ${exposed.what}`;
  throw new ConfigError([{ file, ...WHOLE_FILE, path: 'http', what, remedy: exposed.remedy }]);
}
