import type { PausePart } from '../compose/parts.ts';
import { parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';
import type { NamespaceView } from './namespace-view.ts';

export interface TunProbeOptions {
  readonly instance: string;
  readonly tun: string;
  /** Prefixes that must be routed to the TUN. */
  readonly routes: readonly string[];
  /** Prefixes of the clients whose packets the IPv6 routes are for; empty: all. */
  readonly clients?: readonly string[];
}

/** Maximum number of prefixes named in a sentence; the rest is counted. */
const MAX_NAMED = 3;

/**
 * The instance's TUN exists and is up, and the kernel routes the instance's prefixes to it. Deviations are repaired at
 * once, but count as a failure: packets were lost, and the cause may recur.
 */
export class TunProbe implements Probe {
  readonly name: string;
  readonly #options: TunProbeOptions;
  readonly #view: NamespaceView;
  readonly #repair: () => Promise<void>;
  readonly #onRepaired: (text: string) => void;
  readonly #pausing: PausePart;

  /**
   * @param repair restores the TUN's state and routes; @param onRepaired called with the problem after a successful
   * repair;
   * @param pausing while the node is paused nothing is repaired: the change may be the operator's own
   */
  constructor(
    options: TunProbeOptions,
    view: NamespaceView,
    repair: () => Promise<void>,
    onRepaired: (text: string) => void,
    pausing: PausePart = { reason: undefined },
  ) {
    this.name = `tun ${options.instance}`;
    this.#options = options;
    this.#view = view;
    this.#repair = repair;
    this.#onRepaired = onRepaired;
    this.#pausing = pausing;
  }

  async check(): Promise<Finding> {
    const wrong = await this.#wrong();
    if (wrong === undefined) {
      const { tun, routes } = this.#options;
      return { result: 'ok', text: `${tun} is up; ${routes.length} prefixes are routed to it` };
    }
    if (this.#pausing.reason !== undefined)
      return { result: 'failed', text: `${wrong}; not repaired while the node is paused` };
    try {
      await this.#repair();
    } catch (error) {
      return { result: 'failed', text: `${wrong}; ${error instanceof Error ? error.message : String(error)}` };
    }
    const left = await this.#wrong();
    if (left !== undefined) return { result: 'failed', text: left };
    this.#onRepaired(wrong);
    return { result: 'failed', text: `${wrong}; repaired` };
  }

  /** The problem, as text; undefined: none. */
  async #wrong(): Promise<string | undefined> {
    const { tun, routes } = this.#options;
    const state = await this.#view.interfaceState(tun);
    if (state === undefined) return `there is no interface ${tun}`;
    if (!state.up) return `${tun} is down`;
    if (!state.running) return `${tun} has no carrier: no process has it open`;
    const astray = await this.#astray(routes, state.index);
    if (astray.length === 0) return undefined;
    const named = astray.slice(0, MAX_NAMED).join(', ');
    const more = astray.length > MAX_NAMED ? ` and ${astray.length - MAX_NAMED} more` : '';
    return `no route to ${tun} for ${named}${more}`;
  }

  /** Prefixes not routed to the interface, with the clients concerned. */
  async #astray(routes: readonly string[], wanted: number): Promise<string[]> {
    const { clients = [] } = this.#options;
    const astray: string[] = [];
    const check = async (prefixes: readonly string[], client?: string): Promise<void> => {
      const source = client === undefined ? undefined : firstAddress(client);
      const found = await this.#view.interfacesTo(prefixes.map(firstAddress), source);
      const from = client === undefined ? '' : ` from ${client}`;
      astray.push(...prefixes.filter((_, index) => found[index] !== wanted).map((prefix) => `${prefix}${from}`));
    };
    if (clients.length === 0) await check(routes);
    else {
      const isIpv6 = (prefix: string): boolean => parsePrefix6(prefix) !== undefined;
      await check(routes.filter((prefix) => !isIpv6(prefix)));
      for (const client of clients) await check(routes.filter(isIpv6), client);
    }
    return astray;
  }
}

/** The first address of a prefix, as its representative. */
export function firstAddress(prefix: string): string {
  const prefix4 = parsePrefix4(prefix);
  if (prefix4 !== undefined) return formatIpv4(prefix4.address);
  const prefix6 = parsePrefix6(prefix);
  return prefix6 === undefined ? prefix : formatIpv6(prefix6.bytes);
}
