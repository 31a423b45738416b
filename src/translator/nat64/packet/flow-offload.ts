/**
 * A session with all that a packet of it shows, and becomes. Addresses of IPv6 in network order, of IPv4 as numbers;
 * ports in host order.
 */
export class SettledFlow {
  slot = 0;
  protocol = 0;
  readonly client = new Uint8Array(16);
  /** The server as clients see it: embedded in the first pool6. */
  readonly server6 = new Uint8Array(16);
  clientPort = 0;
  pool4 = 0;
  pool4Port = 0;
  server4 = 0;
  serverPort = 0;
}

/**
 * Somebody who takes the packets of settled sessions off the translator. What it knows is a copy of the table: the
 * translator says what enters and what leaves, and asks when something was last seen before it lets a timer decide.
 */
export interface FlowOffload {
  /** @returns false: there is no room */
  enter(flow: SettledFlow): boolean;
  leave(flow: SettledFlow): void;
  /** When a packet of it was last seen there, ms on the translator's clock; far in the past: never. */
  lastSeenMs(flow: SettledFlow): number;
}
