import type { Nat64Config } from '../../cluster/schema.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../net/ipv6-address.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import { isExemplary, isGlobal4 } from '../../translator/special-addresses.ts';
import type { Probe } from './check.ts';
import { type Finding, findingOf } from './finding.ts';
import type { LocalAddress, RoundTrip } from './namespace-questions.ts';
import type { NamespaceView } from './namespace-view.ts';

/** Counters of an instance's workers. */
export interface WorkDone {
  readonly packetsRead: number;
  /** Reads that left more packets waiting: the worker cannot keep up, or barely. */
  readonly fullBursts: number;
}

/**
 * A packet from the machine to itself through the translator, and back:
 *
 *     own IPv6 address ──▶ TUN ──▶ worker ──▶ TUN ──▶ own IPv4 address
 *            ▲                                              │ echo
 *            └──────── TUN ◀── worker ◀── TUN ◀─────────────┘
 *
 * It always uses the same sockets, so it costs one session. If the machine has no addresses that the instance would
 * translate, it is not possible, and passes. It shares the queue of the TUN with all packets: a loss while the worker
 * reads full bursts indicates overload, not a failure of translation.
 */
export class TranslationProbe implements Probe {
  readonly name: string;
  readonly #config: Nat64Config;
  readonly #view: NamespaceView;
  readonly #timeoutMs: number;
  readonly #work: () => WorkDone;

  /** @param work counters of the instance's workers */
  constructor(
    instance: string,
    config: Nat64Config,
    view: NamespaceView,
    world: { readonly timeoutMs: number; readonly work: () => WorkDone },
  ) {
    this.name = `translation ${instance}`;
    this.#config = config;
    this.#view = view;
    this.#timeoutMs = world.timeoutMs;
    this.#work = world.work;
  }

  async check(): Promise<Finding> {
    const path = choosePath(this.#config, await this.#view.localAddresses());
    if (typeof path === 'string') return { result: 'ok', text: `not possible here: ${path}` };
    const before = this.#work();
    try {
      const tookMs = await this.#view.roundTrip(path, this.#timeoutMs);
      return { result: 'ok', text: `${path.source6} to ${path.target6} and back in ${tookMs.toFixed(1)} ms` };
    } catch (error) {
      const finding = findingOf(error);
      const now = this.#work();
      if (finding.result !== 'failed' || now.fullBursts <= before.fullBursts) return finding;
      const packets = now.packetsRead - before.packetsRead;
      return {
        result: 'unknown',
        text: `${finding.text}; the worker is overloaded: it read ${packets} packets meanwhile`,
      };
    }
  }
}

/** The address that a successful check was sent from, by its text; undefined: the text is of another check. */
export function sourceOfCheck(text: string): string | undefined {
  return / and back in \d/.test(text) ? text.split(' to ')[0] : undefined;
}

/** Addresses for the probe, or why there are none. Pure. */
export function choosePath(config: Nat64Config, local: readonly LocalAddress[]): RoundTrip | string {
  const clients = config.pool4.flatMap((entry) => entry.clients);
  const served = (address: string): boolean => {
    const bytes = parseIpv6(address);
    if (bytes === undefined || !isGlobalUnicast(bytes)) return false;
    return [clients, config.clients].every(
      (list) => list.length === 0 || list.some((prefix) => covers6(prefix, bytes)),
    );
  };
  const source = local.find(({ family, address }) => family === 6 && served(address));
  if (source === undefined) return 'no own IPv6 address that the instance serves';
  const destinations = config.destinations.flatMap((text) => parsePrefix4(text) ?? []);
  const pool = config.pool4.flatMap(({ prefix }) => parsePrefix4(prefix) ?? []);
  for (const embedding of config.pool6.map((pool6) => new EmbeddingPrefix(pool6))) {
    const target = local.find(({ family, address }) => {
      const value = family === 4 ? parseIpv4(address) : undefined;
      if (value === undefined) return false;
      const inside = destinations.some((prefix) => contains4(prefix, value));
      return inside && !pool.some((prefix) => contains4(prefix, value)) && allowed(config, embedding, value);
    });
    if (target === undefined) continue;
    const bytes = new Uint8Array(16);
    embedding.embed(parseIpv4(target.address) ?? 0, bytes, 0);
    return { source6: source.address, target6: formatIpv6(bytes), address4: target.address };
  }
  return 'no own IPv4 address that pool6 may stand for';
}

/** The well-known prefix must not be used for non-global addresses (RFC 6052 section 3.1). */
function allowed({ allowNonGlobal, pool4 }: Nat64Config, { wellKnown }: EmbeddingPrefix, address: number): boolean {
  return allowNonGlobal || !wellKnown || isGlobal4(address, isExemplary(pool4));
}

/** 2000::/3 and unique local addresses: possible client addresses. */
function isGlobalUnicast(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  return (first & 0xe0) === 0x20 || (first & 0xfe) === 0xfc;
}

function covers6(text: string, bytes: Uint8Array): boolean {
  const prefix = parsePrefix6(text);
  return prefix !== undefined && contains6(prefix, bytes, 0);
}
