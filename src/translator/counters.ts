/**
 * What a counter counts: packets that were translated, answered with an ICMP error, dropped or held, or other events.
 */
export type CounterKind = 'pass' | 'answer' | 'drop' | 'hold' | 'fact';

interface CounterRow {
  readonly name: string;
  readonly kind: CounterKind;
  readonly help: string;
  /** What to do when it grows; empty: no action needed. */
  readonly advice: string;
}

type CounterText = readonly [kind: CounterKind, help: string, advice?: string];

const rows = {
  translated6to4: ['pass', 'packets translated from IPv6 to IPv4'],
  translated4to6: ['pass', 'packets translated from IPv4 to IPv6'],
  hairpinned: ['pass', 'hairpinned packets: translated to IPv4 and back to IPv6'],
  dropTruncated: [
    'drop',
    'packet shorter than its length fields',
    'Find the broken sender (`isthmus drops`), or the link that truncates packets.',
  ],
  dropBadHeader: [
    'drop',
    'neither IPv4 nor IPv6, or an inconsistent header',
    'Stray or hostile packets; capture some and run `isthmus translate` on the capture.',
  ],
  dropBadHeaderChecksum: [
    'drop',
    'wrong IPv4 header checksum',
    'A link or a sender corrupts packets: `isthmus drops` names the sender.',
  ],
  dropBadSource: [
    'drop',
    'invalid source address (multicast, unspecified, loopback, broadcast, IPv6 link-local)',
    'Filter spoofed sources where they enter the network; `isthmus drops` names them.',
  ],
  dropNotForUs6: ['drop', 'IPv6 destination outside pool6', 'Route only pool6 to the instance; check the routes.'],
  dropNotForUs4: [
    'drop',
    'IPv4 destination outside pool4',
    'Route only pool4 or the EAM prefixes to the instance; check the routes.',
  ],
  dropNonGlobal: [
    'drop',
    'IPv4 address that is not translated: loopback, multicast or reserved, or non-global within the well-known prefix (RFC 6052 section 3.1) where no ICMP error may be sent',
    'Use a network-specific prefix for such destinations, or set `allowNonGlobal`.',
  ],
  dropSourceInPool6: [
    'drop',
    'IPv6 source inside pool6 (a routing loop; RFC 6146 section 3.5)',
    'Translated packets return to the instance; check where pool6 is routed.',
  ],
  dropProtocol: [
    'drop',
    'transport protocol that is not translated, where no ICMP error may be sent',
    'NAT64 translates TCP, UDP and ICMP; other protocols need SIIT.',
  ],
  dropUnknownIcmp: [
    'drop',
    'ICMP message without an equivalent in the other family',
    'None needed; RFC 7915 drops these messages.',
  ],
  dropBadIcmpChecksum: [
    'drop',
    'ICMP error with a wrong checksum',
    'A link or a sender corrupts packets, or errors are forged.',
  ],
  dropPacketTooBigMtu: [
    'drop',
    'Packet Too Big with an MTU below 1280, the IPv6 minimum (RFC 8201 section 4)',
    'Forged errors, or a router with an MTU below 1280; find their source.',
  ],
  dropExtensionHeader: [
    'drop',
    'IPv6 extension header chain that is too long or truncated, or that continues after a Fragment header where no ICMP error may be sent',
    'Stray or hostile packets.',
  ],
  dropFragment: [
    'drop',
    'fragment that matches no session',
    'Later fragments of an expired session, or of a datagram whose first fragment went to another node.',
  ],
  dropFragmentedIcmp: [
    'drop',
    'fragment of an ICMP message other than an echo in nat64, which cannot be translated (RFC 7915 section 1.2)',
    'NAT64: none needed; SIIT: send smaller pings.',
  ],
  dropDenied: [
    'drop',
    'IPv4 address on the denylist, or in no translated prefix',
    'Compare the destination with `denylist4`, `eam` and `pool6`.',
  ],
  dropTinyFragment: ['drop', 'first fragment too short for its transport header (RFC 1858)', 'Hostile packets.'],
  dropFragmentOverlap: ['drop', 'fragment of a datagram whose fragments overlap (RFC 5722)', 'Hostile packets.'],
  dropFragmentDuplicate: [
    'drop',
    'duplicate of a held fragment (RFC 8200 section 4.5)',
    'None needed; the network duplicates packets.',
  ],
  dropFragmentTimeout: [
    'drop',
    'held fragment whose first fragment did not arrive in time',
    'First fragments are lost; if they are only late, raise `timeouts.fragment`.',
  ],
  dropFragmentSource: [
    'drop',
    'fragment of a source, or of a network, that has reached its share of the fragment table',
    'Find the source; if its traffic is legitimate, raise `limits.fragmentsHeldPerSource`.',
  ],
  dropFragmentTable: [
    'drop',
    'fragment that was held longest when the fragment table was full, or that is too large to be held',
    'Raise `limits.fragmentsHeld`, or find the source of a flood.',
  ],
  dropZeroChecksumUdp: [
    'drop',
    'UDP over IPv4 with checksum zero that cannot be computed, where no ICMP error may be sent',
    'Enable UDP checksums at the sender; for SIIT set `zeroChecksumUdp: compute`.',
  ],
  dropNoMapping: [
    'drop',
    'IPv4 packet for a pool4 port without a BIB entry',
    'Scans from the internet: `isthmus drops` shows from where. If users report broken connections, compare `timeouts` with their idle times. Before you block an address, look for it in `isthmus top remotes`: clients may have sessions with it, or a check may go to it.',
  ],
  dropFiltered: [
    'drop',
    'rejected by address-dependent filtering or by a configured filter',
    'As configured; see `addressDependentFiltering`, `dropExternallyInitiatedTcp` and `dropPings`.',
  ],
  dropNoSession: [
    'drop',
    'packet that matches no session and may not create one',
    'Connections that outlived their session; compare `timeouts` with their idle times.',
  ],
  dropIcmpErrorNoSession: ['drop', 'ICMP error whose embedded packet matches no session', 'Late or forged errors.'],
  dropTooBig: [
    'drop',
    'larger than the MTU of the other side, where no ICMP error may be sent',
    'Check the MTUs of both sides; the sender was not notified.',
  ],
  dropTtlNoError: ['drop', 'TTL expired, where no ICMP error may be sent', 'Check for a routing loop.'],
  dropSynTable: [
    'drop',
    'unsolicited SYN while the table of held SYNs is full',
    'A SYN flood from the internet (`isthmus drops` shows from where); with `dropExternallyInitiatedTcp` none is held.',
  ],
  dropErrorRate: [
    'drop',
    'ICMP error suppressed by the rate limit (`icmp.errorsPerSecond`)',
    'Many packets are answered with errors; the `answer…` counters give the reasons.',
  ],
  answerTtl: ['answer', 'answered with time exceeded', 'Traceroutes; otherwise check for a routing loop.'],
  answerTooBig: [
    'answer',
    'answered with packet too big or fragmentation needed',
    'Path MTU discovery at work; if users report stalled connections, check whether ICMP is filtered on the path.',
  ],
  answerPool4Exhausted: [
    'answer',
    'no free port in pool4; answered with address unreachable',
    '`isthmus top clients --sort ports` shows who has them. Add addresses to `pool4`, or set `limits.portsPerClient`.',
  ],
  answerNoSlice: [
    'answer',
    'new mapping while this node allocates from no slice of pool4, as while it joins; answered with address unreachable',
    'Expected for a second at the start of a node, before it announces; otherwise `isthmus pool` shows which node allocates from its slice.',
  ],
  answerSessionLimit: [
    'answer',
    'session or BIB table full; answered with address unreachable',
    'Raise `limits.sessions` or `limits.bibEntries`, or set limits per client.',
  ],
  answerClientLimit: [
    'answer',
    'the client has reached one of its limits; answered with administratively prohibited',
    '`isthmus drops` names the clients; if their traffic is legitimate, raise their limits (`limits.sharePerClient` and those per client).',
  ],
  answerNetworkLimit: [
    'answer',
    'the network of the client has reached its share; answered with administratively prohibited',
    '`isthmus drops` names its clients; if their traffic is legitimate, raise `limits.sharePerNetwork`.',
  ],
  answerReserved: [
    'answer',
    'tables or ports run short, and the rest is reserved for clients that hold few; answered with address unreachable',
    'Add addresses to `pool4` or raise the table sizes; `isthmus top` shows who uses them.',
  ],
  answerOutsideLimit: [
    'answer',
    'TCP connection from the IPv4 side to a client at its limit of such sessions; answered with administratively prohibited',
    'A flood from the internet (`isthmus drops` shows from where), or a busy server: raise `limits.sessionsFromOutsidePerClient`.',
  ],
  answerFiltered: [
    'answer',
    'filtered; answered with administratively prohibited',
    'As configured (`addressDependentFiltering`).',
  ],
  answerNonGlobal: [
    'answer',
    'non-global IPv4 destination within the well-known prefix (RFC 6052 section 3.1); answered with administratively prohibited',
    'Use a network-specific prefix for private destinations, or set `allowNonGlobal`.',
  ],
  answerDenied: [
    'answer',
    'IPv4 destination on the denylist; answered with administratively prohibited',
    'As configured; see `denylist4`.',
  ],
  answerProtocol: [
    'answer',
    'transport protocol without a BIB; answered with port or protocol unreachable (RFC 6146 section 3.4)',
    'NAT64 translates TCP, UDP and ICMP; other protocols need SIIT.',
  ],
  answerSourceRoute: [
    'answer',
    'unexpired source route option; answered with source route failed',
    'Hostile packets, or experiments.',
  ],
  answerSource6: [
    'answer',
    'IPv6 source without an IPv4 address; answered with source address failed policy',
    'Add an EAM entry for the source, or do not route it to the instance.',
  ],
  answerRoutingHeader: [
    'answer',
    'routing header with segments left; answered with parameter problem',
    'Hostile packets, or experiments.',
  ],
  answerExtensionHeader: [
    'answer',
    'extension header after a Fragment header (RFC 7915 section 5.1.1); answered with administratively prohibited',
    'Hostile packets, or fragmented IPsec AH, which cannot be translated.',
  ],
  answerZeroChecksumUdp: [
    'answer',
    'UDP over IPv4 with checksum zero that cannot be computed; answered with administratively prohibited',
    'Enable UDP checksums at the sender; for SIIT set `zeroChecksumUdp: compute`.',
  ],
  answerSynTimeout: [
    'answer',
    'held SYN without an outgoing SYN in time; answered with port unreachable',
    'Scans from the internet: `isthmus drops` shows from where.',
  ],
  heldFragment: [
    'hold',
    'fragment held until the first fragment of its datagram arrives',
    'Fragments arrive out of order; a high rate suggests per-packet load balancing.',
  ],
  heldForPeer: [
    'hold',
    'first packet of a session, held until another node confirms its record',
    'Expected with `deferFirstPacket`, unless `peerLate` grows too.',
  ],
  heldForRecord: [
    'hold',
    'packet for a port of another node, held until the record of its session arrives',
    'Expected with ECMP, where answers arrive at another node than the first packet left by, and with scans of pool4; `recordLate` says how often in vain.',
  ],
  heldSyn: ['hold', 'unsolicited SYN held for a simultaneous open', 'Scans from the internet, or simultaneous opens.'],
  peerConfirmed: ['fact', 'held first packets that were sent after another node confirmed the record'],
  peerLate: [
    'fact',
    'held first packets that were sent at their deadline, unconfirmed',
    'The other nodes confirm late: compare LAG FRAMES and LOST FRAMES in `isthmus status`.',
  ],
  deferRefused: ['fact', 'first packets that were not held: limit reached, fragment, or packet too long'],
  recordCame: ['fact', 'held packets whose record arrived in time'],
  recordLate: [
    'fact',
    'held packets that were processed at their deadline, without a record',
    'A scan of pool4 that reaches ports of another node which no client has: `isthmus drops` shows from where. If clients miss answers, records come late instead: compare LAG FRAMES and LOST FRAMES in `isthmus status`.',
  ],
  awaitRefused: [
    'fact',
    'packets that were not held for a record: limit reached (in total or of one port), or packet too long',
    'A flood to the ports of another node: `isthmus drops` shows from where.',
  ],
  mssClamped: ['fact', 'TCP SYNs whose MSS option was lowered'],
  mssMalformed: ['fact', 'TCP SYNs with malformed options, whose MSS option was not searched further'],
  ftpCommands: ['fact', 'FTP commands translated (EPSV, EPRT, ALGS)'],
  ftpReplies: ['fact', 'FTP replies translated (227, and replies to ALGS)'],
  ftpUnfit: [
    'fact',
    'EPRT commands that were not translated to PORT: no free port, address of another host, or line too long',
    'Use passive mode at the client.',
  ],
  ftpUntracked: [
    'fact',
    'FTP control sessions beyond the limit, processed without state',
    'None needed; `ALGS`, AUTH and PASV may fail in these sessions.',
  ],
  tcpProbes: [
    'fact',
    'probes sent to clients whose established connection reached its idle timeout (RFC 6146 section 3.5.2.2)',
  ],
  fastPathInstalled: ['fact', 'sessions installed in the fast path'],
  fastPathRemoved: ['fact', 'sessions removed from the fast path'],
  fastPathFull: ['fact', 'sessions not installed because the fast path was full'],
  sessionsCreated: ['fact', 'sessions created by packets'],
  translatedWithoutSession: [
    'fact',
    'UDP and ICMP packets from the IPv4 side that opened no session: the client is at its limit of such sessions',
    'A flood of UDP from the internet; for a server with many peers raise `limits.sessionsFromOutsidePerClient`.',
  ],
  sessionsGaveWay: [
    'fact',
    'sessions without an answer that ended early because tables or ports ran short',
    'Add addresses to `pool4`, raise the table sizes, or find the flood.',
  ],
  sessionsExpired: ['fact', 'sessions that expired'],
  sessionsClosed: ['fact', 'sessions removed for another reason than expiry'],
  bibCreated: ['fact', 'BIB entries created'],
  bibDeleted: ['fact', 'BIB entries removed'],
  recordsWritten: ['fact', 'session records written to the log of this node'],
  marksWritten: [
    'fact',
    'marks (session count and digest) written to the log of this node, one per heartbeat interval',
  ],
  recordsApplied: ['fact', 'records of other nodes that changed the table'],
  recordsStale: ['fact', 'records of other nodes that were older than the state in the table'],
  recordsConflict: [
    'fact',
    'records whose pool4 port belongs to another client on this node',
    'Two nodes allocated the same port; compare `slots` and `slot` on all nodes.',
  ],
  recordsRefused: [
    'fact',
    'records that are malformed or do not fit the table',
    'Compare the software versions and `limits` of the nodes.',
  ],
  marksRead: ['fact', 'marks of other nodes that were compared without proving drift'],
  setsDiffering: [
    'fact',
    'marks of other nodes that proved drift of the replica on this node',
    'A snapshot repairs the replica; if the counter keeps growing, check the links.',
  ],
} as const satisfies Record<string, CounterText>;

export type CounterName = keyof typeof rows;

// Object.keys loses the type of the keys of the literal above
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const names = Object.keys(rows) as CounterName[];

/** Every counter, in the order of their indexes. */
export const COUNTERS: readonly CounterRow[] = names.map((name) => {
  const [kind, help, advice = '']: CounterText = rows[name];
  return { name, kind, help, advice };
});

/** Index of each counter in the array. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
export const Counter = Object.fromEntries(names.map((name, index) => [name, index])) as Record<CounterName, number>;

/** The ends of a packet, as `ParsedPacket` has them. */
export interface PacketEnds {
  readonly family: 4 | 6;
  readonly protocol: number;
  readonly src0: number;
  readonly src1: number;
  readonly src2: number;
  readonly src3: number;
  readonly dst0: number;
  readonly dst1: number;
  readonly dst2: number;
  readonly dst3: number;
  readonly srcPort: number;
  readonly dstPort: number;
}

/**
 * One number for each row of COUNTERS. Float64 because it holds 2^53 without BigInt and is written atomically by one
 * thread; other threads may read it from shared memory at any time.
 */
export class TranslatorCounters {
  static readonly BYTES = 8 * COUNTERS.length;
  readonly values: Float64Array;
  /** Is told of each packet that is not translated, beside what counts it. */
  drops: { note(counter: number, packet: PacketEnds): void } | undefined;

  /** @param buffer at least TranslatorCounters.BYTES long from `offset` on. */
  constructor(buffer: ArrayBufferLike = new ArrayBuffer(TranslatorCounters.BYTES), offset = 0) {
    this.values = new Float64Array(buffer, offset, COUNTERS.length);
  }

  add(index: number): void {
    this.values[index] += 1;
  }

  /** Counts a packet that is dropped, or answered with an error. */
  addDropped(index: number, packet: PacketEnds): void {
    this.values[index] += 1;
    this.drops?.note(index, packet);
  }
}
