import type { RelayDevice, RelayPlace } from '../../dataplane/relay/relay-device.ts';
import type { Clock } from '../../replication/clock.ts';
import type { RelayCounts } from './relay-counters.ts';

/** An instance of this node, as packets are relayed from and to it. */
export interface RelayInstance {
  readonly name: string;
  readonly namespace: string | undefined;
  /** What leads to its TUN. */
  readonly prefixes: readonly string[];
  /** Only their IPv6 packets; none: everybody's. */
  readonly clients: readonly string[];
}

/** @throws CommandError, SystemCallError */
export type OpenRelay = (place: RelayPlace) => Promise<RelayDevice>;

/** What both directions share. */
export interface RelayWorld {
  readonly clock: Clock;
  readonly counts: RelayCounts;
  readonly open: OpenRelay;
  /** An instance's number on this node, from 1. */
  readonly numberOf: (instance: string) => number;
  /** A device could not be opened, and why; called once for each instance and reason. */
  readonly onUnable: (instance: string, reason: string) => void;
}

/** What a device of an instance is opened for. */
export function placeOf(instance: RelayInstance, direction: RelayPlace['direction'], number: number): RelayPlace {
  const { namespace, prefixes, clients } = instance;
  return { namespace, direction, relayed: { number, prefixes, clients } };
}
