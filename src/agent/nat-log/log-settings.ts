import type { NodeConfig } from '../config/node-config.ts';
import type { LogSettings } from './log-messages.ts';
import type { LogSource } from './log-source.ts';

/** What the NAT log of a node is told, from its configuration. */
export function logSettingsOf(
  { cluster, node, slot, pseudonymKey }: NodeConfig,
  epoch: number,
  directory: string,
): LogSettings {
  return {
    identity: { node, slot, epoch },
    cluster: cluster.cluster,
    nodes: Object.keys(cluster.nodes),
    directory,
    config: cluster.natLog,
    ...(pseudonymKey === undefined ? {} : { pseudonymKey }),
    instances: Object.fromEntries(
      Object.entries(cluster.instances).flatMap(([name, instance]) =>
        instance.kind === 'nat64'
          ? [[name, { natLog: instance.natLog, destinations: instance.natLogDestinations }]]
          : [],
      ),
    ),
  };
}

/** What the lines of an instance say beside its events. */
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
