/**
 * A flow: the fields that its packets have before and after translation. IPv6 addresses in network order, IPv4
 * addresses as numbers; ports in host order.
 */
export class SettledFlow {
  /** The IPv4 protocol number. */
  protocol = 0;
  readonly client = new Uint8Array(16);
  /** The server as clients see it: embedded in the first pool6. */
  readonly server6 = new Uint8Array(16);
  /** For ICMP echo, its identifier. */
  clientPort = 0;
  pool4 = 0;
  pool4Port = 0;
  server4 = 0;
  serverPort = 0;
}

/** Traffic of a flow since it entered the fast path: packets as received (a GSO packet counts once) and bytes of IP. */
export class FlowTraffic {
  /** Time of its last packet, ms on the translator's clock; -Infinity: none yet. */
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
 * The fast path: translates packets of settled sessions in place of the translator. Its state is a copy of the table:
 * the translator adds and removes flows, and reads when each was last seen before a timer expires.
 */
export interface FlowOffload {
  /** Whether packets reach it at present; while they do not, no flow needs to be entered. */
  readonly isAttached: boolean;
  /** @returns false when it is full */
  enter(flow: SettledFlow): boolean;
  /** @param traffic set to everything translated of the flow */
  leave(flow: SettledFlow, traffic: FlowTraffic): void;
  /** @param traffic set to what has been translated of the flow so far */
  read(flow: SettledFlow, traffic: FlowTraffic): void;
}

/** As FlowOffload, for a stateless translator: pairs of addresses, each direction separately. */
export interface PairOffload {
  readonly isAttached: boolean;
  /**
   * Enters the packets from `client` to `server6` (6), or from `server4` to `pool4` (4). Ports and protocol are
   * ignored. The least recently used pair is evicted.
   */
  enterPair(flow: SettledFlow, from: 4 | 6): void;
  /** Invalidates all pairs. */
  forgetPairs(): void;
}
