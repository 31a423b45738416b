import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';
import type { NamespaceView } from './namespace-view.ts';

export type Family = 4 | 6;

/** Addresses covered only by a default route or a full table. Nothing is sent to them. */
export const FAR: Readonly<Record<Family, string>> = { 4: '9.9.9.9', 6: '2620:fe::fe' };

/**
 * The data plane has routes in both families: without an IPv4 route no translated packet can be sent, without an IPv6
 * route no answer reaches a client. The kernel's route look-up is used, so a full table without a default route is
 * sufficient.
 */
export class DefaultRouteProbe implements Probe {
  readonly name: string;
  readonly #view: NamespaceView;

  constructor(namespace: string | undefined, view: NamespaceView) {
    this.name = `default route${namespace === undefined ? '' : ` ${namespace}`}`;
    this.#view = view;
  }

  async check(): Promise<Finding> {
    const [to4, to6] = await this.#view.interfacesTo([FAR[4], FAR[6]]);
    const missing = [...(to4 === undefined ? ['IPv4'] : []), ...(to6 === undefined ? ['IPv6'] : [])];
    return missing.length === 0
      ? { result: 'ok', text: 'the kernel has an IPv4 and an IPv6 route to far addresses' }
      : { result: 'failed', text: `there is no ${missing.join(' and no ')} default route` };
  }
}
