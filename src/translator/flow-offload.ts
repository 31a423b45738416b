/**
 * A flow with all that a packet of it shows, and becomes. Addresses of IPv6 in network order, of IPv4 as numbers; ports
 * in host order.
 */
export class SettledFlow {
  /** That of IPv4. */
  protocol = 0;
  readonly client = new Uint8Array(16);
  /** The server as clients see it: embedded in the first pool6. */
  readonly server6 = new Uint8Array(16);
  /** Of an ICMP echo: its identifier. */
  clientPort = 0;
  pool4 = 0;
  pool4Port = 0;
  server4 = 0;
  serverPort = 0;
}

/** What was translated of a flow since it entered: packets as they came, a GSO packet once, and bytes of IP. */
export class FlowTraffic {
  /** When its last packet came, ms on the translator's clock; far in the past: none has. */
  seenMs = Number.NEGATIVE_INFINITY;
  packets6to4 = 0;
  bytes6to4 = 0;
  packets4to6 = 0;
  bytes4to6 = 0;

  clear(): this {
    this.seenMs = Number.NEGATIVE_INFINITY;
    this.packets6to4 = 0;
    this.bytes6to4 = 0;
    this.packets4to6 = 0;
    this.bytes4to6 = 0;
    return this;
  }
}

/**
 * Translates the packets of settled sessions in the translator's place. What it knows is a copy of the table: the
 * translator says what enters and what leaves, and asks when something was last seen before it lets a timer decide.
 */
export interface FlowOffload {
  /** Whether any packet comes to it now; nothing needs to enter while none does. */
  readonly isAttached: boolean;
  /** @returns false: there is no room */
  enter(flow: SettledFlow): boolean;
  /** @param traffic all that it has translated of the flow */
  leave(flow: SettledFlow, traffic: FlowTraffic): void;
  /** @param traffic what it has translated of the flow so far */
  read(flow: SettledFlow, traffic: FlowTraffic): void;
}

/** As FlowOffload, for a stateless translator: pairs of addresses, each direction for itself. */
export interface PairOffload {
  /** As that of FlowOffload. */
  readonly isAttached: boolean;
  /**
   * Enters the packets from `client` to `server6` (6), or from `server4` to `pool4` (4). Ports and protocol have no
   * meaning. What is used least gives way to it.
   */
  enterPair(flow: SettledFlow, from: 4 | 6): void;
  /** None of the pairs so far holds any more. */
  forgetPairs(): void;
}
