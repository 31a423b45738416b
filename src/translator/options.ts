/** Node slots are 1 to this one: a session record has six bits for its owner. */
export const MAX_NODE_SLOT = 63;

/**
 * What a translator is told about itself: plain data that survives a structured clone (it travels to the worker
 * thread). Addresses and prefixes are text in the usual notation; times are milliseconds. Every field has been checked
 * by whoever made the object (`src/cluster` for a configuration file).
 */
export interface CommonOptions {
  /** Next hop MTU towards each side, bytes. */
  readonly mtu6: number;
  readonly mtu4: number;
  /** RFC 7915 section 4: IPv4 packets without DF become IPv6 packets of at most this many bytes; default 1280. */
  readonly lowestIpv6Mtu: number;
  /** IPv4→IPv6: copy TOS to traffic class, or write zero. */
  readonly trafficClass: 'copy' | 'zero';
  /** IPv6→IPv4: copy the traffic class to TOS, or write this number. */
  readonly tos: 'copy' | number;
  /** Plateaus for ICMPv4 "fragmentation needed" without an MTU (RFC 1191 section 7), bytes, falling. */
  readonly mtuPlateaus: readonly number[];
  /** Addresses that ICMP errors made by the translator itself come from. */
  readonly icmpSource4: string;
  readonly icmpSource6: string;
  /**
   * ICMP errors that the translator itself makes, each second and at once after a pause; 0: none, Infinity: no limit.
   */
  readonly icmpErrorsPerSecond: number;
  /** Of these, about packets of one source. */
  readonly icmpErrorsPerSource: number;
  /** Allow non-global IPv4 addresses behind 64:ff9b::/96 (RFC 6052 section 3.1 forbids them). */
  readonly allowNonGlobal: boolean;
  /** Lower the MSS option of TCP SYNs so that segments fit both MTUs, or to this many bytes. */
  readonly clampMss: boolean | number;
  /** Seed of everything random (ports, identifications); 32 bytes in hexadecimal. The same seed gives the same run. */
  readonly seed: string;
}

export type ProtocolName = 'tcp' | 'udp' | 'icmp';

export interface Pool4Entry {
  readonly prefix: string;
  /** Ports (identifiers for ICMP), inclusive. */
  readonly ports: readonly [first: number, last: number];
  readonly protocols: readonly ProtocolName[];
  /** IPv6 prefixes of the clients that this entry serves; empty: all. */
  readonly clients: readonly string[];
  /** Each client has ports of its own, which follow from its address (RFC 7422); absent: as they are free. */
  readonly assignment?: 'dynamic' | 'deterministic' | undefined;
}

export interface StaticBibEntry {
  readonly protocol: ProtocolName;
  readonly v6: string;
  readonly port6: number;
  readonly v4: string;
  readonly port4: number;
}

export interface Nat64Timeouts {
  readonly tcpEstablished: number;
  readonly tcpTransitory: number;
  /** Unsolicited SYN held (RFC 6146 section 3.5.2.2: 6 s). */
  readonly tcpIncomingSyn: number;
  readonly udp: number;
  readonly icmp: number;
  /** First fragments remembered and later ones held, for at least 2 s (RFC 6146 section 3.4). */
  readonly fragment: number;
  /** A freed port is not given to another client for this long (RFC 6888 REQ-8). */
  readonly portHold: number;
}

export interface Nat64Limits {
  /** Sessions of the whole instance. */
  readonly sessions: number;
  readonly bibEntries: number;
  /** Length of the IPv6 prefix that counts as one client. */
  readonly clientPrefixLength: number;
  /** Length of the shorter IPv6 prefix that counts as one network. */
  readonly networkPrefixLength: number;
  /** Percent of the sessions, BIB entries and ports of this node that one client, and one network, may have. */
  readonly sharePerClient: number;
  readonly sharePerNetwork: number;
  /** Percent of the same that is kept for clients that have few; 0: nothing is kept, and no session gives way. */
  readonly reserve: number;
  /** Limits for each client; 0: none. */
  readonly sessionsPerClient: number;
  readonly sessionsFromOutsidePerClient: number;
  readonly portsPerClient: number;
  readonly newSessionsPerSecondPerClient: number;
  readonly fragmentsHeld: number;
  readonly fragmentsHeldPerSource: number;
}

/** What the NAT log tells of beside refusals: nothing, port blocks, BIB entries, or sessions. */
export type NatLogMode = 'off' | 'blocks' | 'bib' | 'sessions';

/** Percentages of the ports of a pool4 entry that this node allocates from; crossing one is an event. */
export interface PoolWatermarks {
  readonly high: number;
  readonly low: number;
}

/** One of several translators that share an instance's work; see docs/decisions/0040-shards.md. */
export interface ShardPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export interface Nat64Options extends CommonOptions {
  readonly kind: 'nat64';
  readonly pool6: readonly string[];
  readonly pool4: readonly Pool4Entry[];
  readonly static: readonly StaticBibEntry[];
  readonly timeouts: Nat64Timeouts;
  readonly limits: Nat64Limits;
  readonly addressDependentFiltering: boolean;
  readonly dropExternallyInitiatedTcp: boolean;
  readonly dropPings: boolean;
  readonly ftpAlg: boolean;
  /** Ports in one block of a client's ports; 0: no blocks, ports one by one. */
  readonly portBlockSize: number;
  readonly natLog: NatLogMode;
  /** Whether events of sessions name the remote address and port; absent: they do not. */
  readonly natLogDestinations?: boolean;
  /** Absent: no watermarks. */
  readonly poolWatermarks?: PoolWatermarks;
  /**
   * A session without a connection gets its first record with the first packet this long after its begin; 0: at once.
   */
  readonly holdBackMs: number;
  /**
   * The first packet of a session waits this long at most for another node to have the session's record; 0: it does not
   * wait.
   */
  readonly deferMs: number;
  /** Between two marks of the own sessions in the log, ms; absent: one for each heartbeat. */
  readonly markIntervalMs?: number;
  /** This node's slot, from 1, and the number of slots that the port space is cut into (1: the whole space is ours). */
  readonly slot: number;
  readonly slots: number;
  /**
   * A slot that no node has: the owner of sessions that another translator has made, and that this one may have to carry
   * on with. Absent: all slots are of nodes.
   */
  readonly foreignSlot?: number;
  /** Absent: the instance has one translator. */
  readonly shard?: ShardPlace;
  /** Slots from whose slices new mappings get their ports; absent: this node's own. */
  readonly slices?: readonly number[];
}

export interface EamEntry {
  readonly v6: string;
  readonly v4: string;
}

export interface SiitOptions extends CommonOptions {
  readonly kind: 'siit';
  readonly pool6: readonly string[];
  readonly eam: readonly EamEntry[];
  readonly eamHairpin: 'none' | 'simple' | 'intrinsic';
  /** IPv4 prefixes that pool6 does not translate. */
  readonly denylist4: readonly string[];
  readonly rfc6791v4: readonly string[];
  readonly rfc6791v6: readonly string[];
  readonly rfc6791Choice: 'random' | 'hop';
  /** Tell the IPv6 address of a router that has none in IPv4, in an extension of its error (RFC 6791, RFC 5837). */
  readonly rfc6791Extension: boolean;
  readonly zeroChecksumUdp: 'drop' | 'compute' | 'forward';
}

export type TranslatorOptions = Nat64Options | SiitOptions;
