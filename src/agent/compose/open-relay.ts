import { openRelayDevice } from '../../dataplane/relay/relay-device.ts';
import { removeRelayRules } from '../../dataplane/relay/relay-routes.ts';
import { CommandError, type RunCommand } from '../../linux/command.ts';
import { systemClock } from '../../replication/clock.ts';
import type { Replicator } from '../../replication/replicator.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { EventLog } from '../events/event-log.ts';
import { RelayDuty } from '../relay/relay-duty.ts';
import type { RelayInstance } from '../relay/relay-instance.ts';
import type { LiveInstance } from './live-instance.ts';
import type { RelayPart } from './parts.ts';

/** A part of the agent that also receives frames. */
export type OpenedRelay = RelayPart & Pick<RelayDuty, 'receive'>;

/** Used when the configuration disables relaying. */
const NO_RELAY: OpenedRelay = {
  start: async () => undefined,
  update: () => undefined,
  takes: [],
  status: () => ({ targets: [], counters: [] }),
  receive: () => undefined,
  stop: async () => undefined,
};

/** @param now the time of day, milliseconds since 1970 */
export function openRelay(
  { cluster, slot }: NodeConfig,
  live: readonly LiveInstance[],
  replication: Replicator,
  events: EventLog,
  now: () => number,
  run: RunCommand,
): OpenedRelay {
  if (!cluster.replication.relay || Object.keys(cluster.nodes).length < 2) return NO_RELAY;
  const instances = (): RelayInstance[] =>
    live.map(({ name, initial, routing }) => {
      return { name, namespace: initial.namespace, prefixes: routing.routes, clients: routing.clients };
    });
  return new RelayDuty({
    self: { slot, epoch: replication.status().epoch },
    clock: systemClock,
    now,
    events,
    instances,
    open: (place) => openRelayDevice(place, run),
    send: (to, body) => replication.sendRelay(to, body),
    tidy: async () => {
      for (const namespace of new Set(instances().map((one) => one.namespace))) await removeLeftRules(namespace, run);
    },
  });
}

/** Leftover rules of a killed agent look up empty tables: failing to remove them now must not prevent the start. */
async function removeLeftRules(namespace: string | undefined, run: RunCommand): Promise<void> {
  try {
    await removeRelayRules(namespace, run);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
}
