import type { LocalAddress, RoundTrip } from '../../../../src/agent/health/namespace-questions.ts';
import type { NamespaceView } from '../../../../src/agent/health/namespace-view.ts';
import type { InterfaceState } from '../../../../src/linux/interface-state.ts';

/** A network namespace as a test lays it down. */
export class SimulatedView implements NamespaceView {
  readonly interfaces = new Map<string, InterfaceState>();
  /** Address, or `address from source` → index of the interface that leads there. */
  readonly routes = new Map<string, number>();
  readonly addresses: LocalAddress[] = [];
  readonly answering = new Set<string>();
  readonly asked: string[] = [];

  async interfaceState(name: string): Promise<InterfaceState | undefined> {
    return this.interfaces.get(name);
  }

  async interfacesTo(addresses: readonly string[], source?: string): Promise<readonly (number | undefined)[]> {
    const from = source === undefined ? '' : ` from ${source}`;
    return addresses.map((address) => this.routes.get(`${address}${from}`));
  }

  async localAddresses(): Promise<readonly LocalAddress[]> {
    return this.addresses;
  }

  async roundTrip({ source6, target6, address4 }: RoundTrip): Promise<number> {
    return this.#answer(`${source6} ${target6} ${address4}`);
  }

  async ping(address: string): Promise<number> {
    return this.#answer(address);
  }

  async connect(address: string, port: number): Promise<number> {
    return this.#answer(`${address} ${port}`);
  }

  #answer(what: string): number {
    this.asked.push(what);
    if (!this.answering.has(what)) throw new Error('silence');
    return 1.25;
  }
}
