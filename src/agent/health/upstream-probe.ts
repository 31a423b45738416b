import type { ClusterConfig } from '../../cluster/schema.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { contains4, parsePrefix4 } from '../../net/prefix.ts';
import type { Clock } from '../../replication/clock.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import type { Probe } from './check.ts';
import { type Finding, findingOf } from './finding.ts';
import type { NamespaceView } from './namespace-view.ts';

export interface UpstreamTarget {
  /** As configured. */
  readonly address: string;
  /** For a TCP connection; absent: ICMP echo. */
  readonly port?: number | undefined;
}

/** Destination address for reaching a target, and the instance it goes through; none: directly. */
export interface UpstreamPath {
  readonly address: string;
  readonly instance: string | undefined;
}

/** After a start, replies through an instance arrive only once the router has routes to a gateway. */
const SETTLES_MS = 10_000;

/**
 * Targets beyond the routers answer. An IPv4 target that an instance serves is reached through the translator like by a
 * client, and directly as well: the answer to a translated packet goes to the gateway that the router prefers for the
 * pool, which may be another one. So only a target that is not reached either way counts as a failure of this node.
 */
export class UpstreamProbe implements Probe {
  readonly name: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #settledMs: number;
  /** A reply has been received through the instance. */
  #cameThrough = false;
  readonly #target: UpstreamTarget;
  readonly #path: UpstreamPath;
  readonly #view: NamespaceView;
  readonly #timeoutMs: number;

  constructor(
    name: string,
    target: UpstreamTarget,
    path: UpstreamPath,
    { view, clock, timeoutMs }: { view: NamespaceView; clock: Pick<Clock, 'now'>; timeoutMs: number },
  ) {
    this.name = `upstream ${name}`;
    this.#clock = clock;
    this.#settledMs = clock.now() + SETTLES_MS;
    this.#target = target;
    this.#path = path;
    this.#view = view;
    this.#timeoutMs = timeoutMs;
  }

  async check(tell: (finding: Finding) => void): Promise<Finding> {
    const { address, port } = this.#target;
    const { instance } = this.#path;
    const what = port === undefined ? address : `${address} port ${port}`;
    const goesThrough = instance === undefined ? undefined : this.#try(this.#path.address);
    const straight = await this.#try(address);
    if (goesThrough !== undefined && typeof straight === 'number')
      tell({ result: 'ok', text: `${what} answers directly in ${straight.toFixed(1)} ms` });
    const translated = await goesThrough;
    const best = translated ?? straight;
    if (typeof translated === 'number') this.#cameThrough = true;
    const through = instance === undefined ? '' : ` through ${instance}`;
    if (typeof best === 'number') return { result: 'ok', text: `${what} answers${through} in ${best.toFixed(1)} ms` };
    const text = `${what} does not answer${through}: ${best.text}`;
    // Only a target that was silent on both paths is unreachable.
    const result = [best, straight].some((one) => typeof one !== 'number' && one.result === 'unknown')
      ? 'unknown'
      : 'failed';
    if (typeof straight !== 'number') return { result, text };
    if (!this.#cameThrough && this.#clock.now() < this.#settledMs)
      return { result: 'ok', text: `${what} answers directly, and not yet${through}` };
    return { result, effect: 'degrade', text: `${text}; it answers directly` };
  }

  /** @returns the time, or why it has failed */
  async #try(address: string): Promise<number | Finding> {
    const { port } = this.#target;
    try {
      if (port === undefined) return await this.#view.ping(address, this.#timeoutMs);
      return await this.#view.connect(address, port, this.#timeoutMs);
    } catch (error) {
      return findingOf(error);
    }
  }
}

/** The path to a target: the first stateful instance for all clients that covers it. Pure. */
export function pathTo(address: string, instances: ClusterConfig['instances']): UpstreamPath {
  const value = parseIpv4(address);
  if (value === undefined) return { address, instance: undefined };
  for (const [name, instance] of Object.entries(instances)) {
    if (instance.kind !== 'nat64' || instance.clients.length > 0) continue;
    const parts = instance.destinations.flatMap((text) => parsePrefix4(text) ?? []);
    const [pool6] = instance.pool6;
    if (pool6 === undefined || !parts.some((part) => contains4(part, value))) continue;
    const bytes = new Uint8Array(16);
    new EmbeddingPrefix(pool6).embed(value, bytes, 0);
    return { address: formatIpv6(bytes), instance: name };
  }
  return { address, instance: undefined };
}
