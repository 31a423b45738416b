import type { ClusterConfig } from '../../cluster/schema.ts';
import { portPlansOf } from '../../translator/nat64/ports/deterministic-plan.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { LogSettings } from './log-messages.ts';
import type { LogSource } from './log-source.ts';

/** Settings of a node's NAT log, from its configuration. */
export function logSettingsOf(
  { cluster, node, slot, revision, pseudonymKey }: NodeConfig,
  epoch: number,
  directory: string,
): LogSettings {
  return {
    identity: { node, slot, epoch },
    cluster: cluster.cluster,
    revision,
    nodes: Object.keys(cluster.nodes),
    directory,
    config: cluster.natLog,
    ...(pseudonymKey === undefined ? {} : { pseudonymKey }),
    instances: accountsOf(cluster),
  };
}

/**
 * Logging mode of each instance by name, and its port assignment if nothing needs to be logged (RFC 7422 section 3).
 */
export function accountsOf({ instances, slots }: ClusterConfig): Record<string, object> {
  return Object.fromEntries(
    Object.entries(instances).flatMap(([name, instance]) => {
      if (instance.kind !== 'nat64') return [];
      const { natLog, natLogDestinations: destinations, pool4, limits, shards } = instance;
      const plans = portPlansOf(pool4, limits.clientPrefixLength, slots, shards);
      const assigned = plans.length === 0 ? {} : { assigned: plans, shares: plans.length < pool4.length };
      return [[name, { natLog, destinations, ...assigned }]];
    }),
  );
}

/** Fields common to all lines of an instance. */
export function logSourceOf({ cluster, node, slot }: NodeConfig, epoch: number, name: string): LogSource {
  const instance = cluster.instances[name];
  const limits =
    instance?.kind === 'nat64'
      ? {
          sessions: instance.limits.sessions,
          perClient: instance.limits.sessionsPerClient,
          high: instance.poolWatermarks.high,
          low: instance.poolWatermarks.low,
        }
      : { sessions: 0, perClient: 0, high: 0, low: 0 };
  return { node, slot, epoch, instance: name, number: Object.keys(cluster.instances).indexOf(name) + 1, limits };
}
