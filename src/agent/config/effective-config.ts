import type { ClusterConfig } from '../../cluster/schema.ts';
import { tunNameOf } from '../../cluster/translator-options.ts';
import { sliceOf } from '../../translator/nat64/ports/pool4.ts';
import { routesFor } from './node-config.ts';

/** Effective settings of one instance on one node. */
export interface EffectiveInstance {
  readonly namespace: string;
  readonly tun: string;
  /** Prefixes routed to the TUN. */
  readonly routes: readonly string[];
  /**
   * Slices from which the node allocates ports, one entry of pool4 each: `192.0.2.0/28 1024-17151 (tcp, udp, icmp)`.
   */
  readonly slices: readonly string[];
}

/** Settings derived from a cluster file, by node and instance. */
export function effectiveOf(config: ClusterConfig): Record<string, Record<string, EffectiveInstance>> {
  const { nodes, instances, slots } = config;
  const nodeOf = (slot: number): Record<string, EffectiveInstance> =>
    Object.fromEntries(
      Object.entries(instances).map(([name, instance]) => {
        const slices =
          instance.kind === 'siit'
            ? []
            : instance.pool4.map(({ prefix, ports, protocols }) => {
                const { first, count } = sliceOf(ports[0], ports[1], slot, slots);
                return `${prefix} ${first}-${first + count - 1} (${protocols.join(', ')})`;
              });
        const namespace = instance.namespace ?? '';
        return [name, { namespace, tun: tunNameOf(name, instance), routes: routesFor(instance), slices }];
      }),
    );
  return Object.fromEntries(Object.entries(nodes).map(([name, { slot }]) => [name, nodeOf(slot)]));
}
