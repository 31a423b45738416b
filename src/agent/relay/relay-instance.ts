import type { RelayDevice, RelayPlace } from '../../dataplane/relay/relay-device.ts';
import type { Clock } from '../../replication/clock.ts';
import type { RelayCounts } from './relay-counters.ts';

/** An instance of this node, for relaying. */
export interface RelayInstance {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Prefixes routed to its TUN. */
  readonly prefixes: readonly string[];
  /** Only IPv6 packets of these clients; empty: all. */
  readonly clients: readonly string[];
}

/** @throws CommandError, SystemCallError */
export type OpenRelay = (place: RelayPlace) => Promise<RelayDevice>;

/** Dependencies of both directions. */
export interface RelayWorld {
  readonly clock: Clock;
  readonly counts: RelayCounts;
  readonly open: OpenRelay;
  /** An instance's number on this node, from 1. */
  readonly numberOf: (instance: string) => number;
  /** A device could not be opened; called once for each instance and reason. */
  readonly onUnable: (instance: string, reason: string) => void;
}

/** Parameters of the device of an instance. */
export function placeOf(instance: RelayInstance, direction: RelayPlace['direction'], number: number): RelayPlace {
  const { namespace, prefixes, clients } = instance;
  return { namespace, direction, relayed: { number, prefixes, clients } };
}
