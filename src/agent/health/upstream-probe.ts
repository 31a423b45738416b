import type { ClusterConfig } from '../../cluster/schema.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { contains4, parsePrefix4 } from '../../net/prefix.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import type { Finding, Probe } from './check.ts';
import type { NamespaceView } from './namespace-view.ts';

export interface UpstreamTarget {
  /** As the configuration has it. */
  readonly address: string;
  /** Of a TCP connection; absent: ICMP echo. */
  readonly port?: number | undefined;
}

/** Where to send to reach a target, and by which instance it goes; none: straight. */
export interface UpstreamWay {
  readonly address: string;
  readonly instance: string | undefined;
}

/** What lies behind the routers answers. An IPv4 target that an instance serves is reached as a client would reach it: through the translator. */
export class UpstreamProbe implements Probe {
  readonly name: string;
  readonly #target: UpstreamTarget;
  readonly #way: UpstreamWay;
  readonly #view: NamespaceView;
  readonly #timeoutMs: number;

  constructor(name: string, target: UpstreamTarget, way: UpstreamWay, view: NamespaceView, timeoutMs: number) {
    this.name = `upstream ${name}`;
    this.#target = target;
    this.#way = way;
    this.#view = view;
    this.#timeoutMs = timeoutMs;
  }

  async look(): Promise<Finding> {
    const { address, port } = this.#target;
    const what = port === undefined ? address : `${address} port ${port}`;
    const through = this.#way.instance === undefined ? '' : ` through ${this.#way.instance}`;
    try {
      const tookMs = await (port === undefined
        ? this.#view.ping(this.#way.address, this.#timeoutMs)
        : this.#view.connect(this.#way.address, port, this.#timeoutMs));
      return { ok: true, text: `${what} answers${through} in ${tookMs.toFixed(1)} ms` };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ok: false, text: `${what} does not answer${through}: ${reason}` };
    }
  }
}

/** The way to a target: the first stateful instance whose part of the IPv4 internet has it. Pure. */
export function wayTo(address: string, instances: ClusterConfig['instances']): UpstreamWay {
  const value = parseIpv4(address);
  if (value === undefined) return { address, instance: undefined };
  for (const [name, instance] of Object.entries(instances)) {
    if (instance.kind !== 'nat64') continue;
    const parts = instance.destinations.flatMap((text) => parsePrefix4(text) ?? []);
    const [pool6] = instance.pool6;
    if (pool6 === undefined || !parts.some((part) => contains4(part, value))) continue;
    const bytes = new Uint8Array(16);
    new EmbeddingPrefix(pool6).embed(value, bytes, 0);
    return { address: formatIpv6(bytes), instance: name };
  }
  return { address, instance: undefined };
}
