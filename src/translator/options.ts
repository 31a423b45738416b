/** Node slots are 1 to this one: a session record has six bits for its owner. */
export const MAX_NODE_SLOT = 63;

/**
 * Options of a translator: plain data that survives a structured clone (it is sent to the worker thread). Addresses and
 * prefixes are text in the usual notation; times are milliseconds. Every field has been validated by the caller
 * (`src/cluster` for a configuration file).
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
  /** Source addresses of the translator's own ICMP errors. */
  readonly icmpSource4: string;
  readonly icmpSource6: string;
  /** Rate and burst of the translator's own ICMP errors, per second; 0: none, Infinity: no limit. */
  readonly icmpErrorsPerSecond: number;
  /** The part of them for packets of one source. */
  readonly icmpErrorsPerSource: number;
  /** Allow non-global IPv4 addresses behind 64:ff9b::/96 (RFC 6052 section 3.1 forbids them). */
  readonly allowNonGlobal: boolean;
  /** Lower the MSS option of TCP SYNs so that segments fit both MTUs, or to this many bytes. */
  readonly clampMss: boolean | number;
  /**
   * Seed of everything random (ports, identifications); 32 bytes in hexadecimal. The same seed reproduces the same run.
   */
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
  /** How ports are assigned: `deterministic` by the client's address (RFC 7422); absent: dynamically. */
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
  /** Time for which a freed port is not assigned to another client (RFC 6888 REQ-8). */
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
  /** Percentage of the same that is reserved for clients that hold little; 0: no reserve, and no session is evicted. */
  readonly reserve: number;
  /** Limits for each client; 0: none. */
  readonly sessionsPerClient: number;
  readonly sessionsFromOutsidePerClient: number;
  readonly portsPerClient: number;
  readonly newSessionsPerSecondPerClient: number;
  readonly fragmentsHeld: number;
  readonly fragmentsHeldPerSource: number;
}

/** What the NAT log records besides refusals: nothing, port blocks, BIB entries, or sessions. */
export type NatLogMode = 'off' | 'blocks' | 'bib' | 'sessions';

/** Percentages of the ports of a pool4 entry that this node allocates from; each crossing is an event. */
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
  /** Ports per block; 0: ports are allocated individually. */
  readonly portBlockSize: number;
  readonly natLog: NatLogMode;
  /** Whether session events include the remote address and port; absent: no. */
  readonly natLogDestinations?: boolean;
  /** Absent: no watermarks. */
  readonly poolWatermarks?: PoolWatermarks;
  /**
   * The first record of a UDP or ICMP session is written with the first packet this long after its start; 0: at once.
   */
  readonly holdBackMs: number;
  /**
   * Maximum time that the first packet of a session waits for another node to have the session's record; 0: it does not
   * wait.
   */
  readonly deferMs: number;
  /** Interval of marks of the own set in the log, ms; absent: one per heartbeat. */
  readonly markIntervalMs?: number;
  /** This node's slot, from 1, and the number of slots that the port space is divided into (1: not divided). */
  readonly slot: number;
  readonly slots: number;
  /**
   * A slot that no node has: owner of sessions made by another translator, which this one may have to continue. Absent:
   * none.
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
  /**
   * Include the IPv6 address of a router that has no IPv4 address, in an extension of its error (RFC 6791, RFC 5837).
   */
  readonly rfc6791Extension: boolean;
  readonly zeroChecksumUdp: 'drop' | 'compute' | 'forward';
}

export type TranslatorOptions = Nat64Options | SiitOptions;
