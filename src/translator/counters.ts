/**
 * What a counter counts: packets that went through, that were answered with an ICMP error, dropped, kept, or facts
 * beside packets.
 */
export type CounterKind = 'pass' | 'answer' | 'drop' | 'hold' | 'fact';

interface CounterRow {
  readonly name: string;
  readonly kind: CounterKind;
  readonly help: string;
  /** What to do when it grows; empty: nothing calls for it. */
  readonly advice: string;
}

type CounterText = readonly [kind: CounterKind, help: string, advice?: string];

const rows = {
  translated6to4: ['pass', 'packets translated from IPv6 to IPv4'],
  translated4to6: ['pass', 'packets translated from IPv4 to IPv6'],
  hairpinned: ['pass', 'packets translated twice and sent back to the IPv6 side'],
  dropTruncated: [
    'drop',
    'shorter than its own headers say',
    'Look for a broken sender, or a link whose MTU cuts packets.',
  ],
  dropBadHeader: [
    'drop',
    'neither IPv4 nor IPv6, or a header that contradicts itself',
    'Stray or hostile packets; look at one with `isthmus translate`.',
  ],
  dropBadHeaderChecksum: ['drop', 'IPv4 header checksum wrong', 'A link or a sender corrupts packets.'],
  dropBadSource: [
    'drop',
    'source address that no packet may come from (multicast, unspecified, loopback, broadcast)',
    'Filter spoofed sources where they enter the network.',
  ],
  dropNotForUs6: [
    'drop',
    'IPv6 destination outside pool6',
    'Only pool6 should be routed to the instance: look at the routes.',
  ],
  dropNotForUs4: [
    'drop',
    'IPv4 destination outside pool4',
    'Only pool4, or the EAM prefixes, should be routed to the instance: look at the routes.',
  ],
  dropNonGlobal: [
    'drop',
    'IPv4 address that is not translated (RFC 6052 section 3.1), where no error may be sent, or as a source',
    'Use a prefix of your own for such destinations, or set `allowNonGlobal`.',
  ],
  dropSourceInPool6: [
    'drop',
    'IPv6 source inside pool6 (a loop; RFC 6146 section 3.5)',
    'Packets of the IPv4 side loop back: look for a route to pool6 that leads the wrong way.',
  ],
  dropProtocol: [
    'drop',
    'transport protocol that is not translated, where no error may be sent',
    'NAT64 translates TCP, UDP and ICMP; other protocols need SIIT.',
  ],
  dropUnknownIcmp: [
    'drop',
    'ICMP message without a counterpart in the other family',
    'Nothing: the message means nothing on the other side.',
  ],
  dropBadIcmpChecksum: [
    'drop',
    'ICMP error with a wrong checksum',
    'A link or a sender corrupts packets, or somebody forges errors.',
  ],
  dropPacketTooBigMtu: [
    'drop',
    'Packet Too Big that reports an MTU below 1280, which no IPv6 link has (RFC 8201 section 4)',
    'Forged errors, or a router with an MTU below 1280: look at their source.',
  ],
  dropExtensionHeader: [
    'drop',
    'IPv6 extension header chain that is too long, cut off, or goes on behind a Fragment header where no error may be sent',
    'Stray or hostile packets.',
  ],
  dropFragment: [
    'drop',
    'fragment that cannot be matched to a session',
    'Later fragments of a session that is gone, or whose first fragment took another way.',
  ],
  dropFragmentedIcmp: [
    'drop',
    'fragment of an ICMP message, which nothing stateless can translate (RFC 7915 section 1.2)',
    'Send smaller pings.',
  ],
  dropDenied: [
    'drop',
    'IPv4 address on the denylist, or in no prefix that is translated',
    'Compare the destination with `denylist4`, `eam` and `pool6`.',
  ],
  dropTinyFragment: ['drop', 'first fragment too short for its transport header (RFC 1858)', 'Hostile packets.'],
  dropFragmentOverlap: ['drop', 'fragment of a datagram whose fragments overlap (RFC 5722)', 'Hostile packets.'],
  dropFragmentDuplicate: [
    'drop',
    'fragment that has come before, while others of its datagram are waited for (RFC 8200 section 4.5)',
    'Nothing: the network delivers copies.',
  ],
  dropFragmentTimeout: [
    'drop',
    'held fragment whose first fragment did not come in time',
    'Lost first fragments; where they only come late, raise `timeouts.fragment`.',
  ],
  dropFragmentSource: [
    'drop',
    'fragment while as many as allowed of its source are held',
    'Find the source; where it is honest, raise `limits.fragmentsHeldPerSource`.',
  ],
  dropFragmentTable: [
    'drop',
    'fragment while as many as allowed are held, or too large to be held',
    'Raise `limits.fragmentsHeld`, or find who floods.',
  ],
  dropZeroChecksumUdp: [
    'drop',
    'UDP over IPv4 without a checksum that could not be computed, where no error may be sent',
    'Have the sender compute checksums; SIIT: `zeroChecksumUdp: compute`.',
  ],
  dropNoMapping: [
    'drop',
    'IPv4 packet for a pool4 port without a BIB entry',
    'Scans from the internet; with complaints about cut connections, compare the timeouts with their idle times.',
  ],
  dropFiltered: [
    'drop',
    'not let in by address-dependent filtering or by an option of the operator',
    'As configured; look at `addressDependentFiltering`, `dropExternallyInitiatedTcp` and `dropPings`.',
  ],
  dropNoSession: [
    'drop',
    'packet without a session of a kind that may not make one',
    'Connections older than their session: compare the timeouts with their idle times.',
  ],
  dropIcmpErrorNoSession: ['drop', 'ICMP error about a packet of no session', 'Late or forged errors.'],
  dropTooBig: [
    'drop',
    'does not fit the other side and no error could be sent',
    'Look at the MTUs of both sides; the sender could not be told.',
  ],
  dropTtlNoError: ['drop', 'TTL used up and no error may be sent', 'Look for a routing loop.'],
  dropSynTable: [
    'drop',
    'unsolicited SYN while as many as allowed are held',
    'A flood of SYNs from the internet; `dropExternallyInitiatedTcp` ends the holding.',
  ],
  dropErrorRate: [
    'drop',
    'an ICMP error was due but the rate limit for errors was reached',
    'Many packets are answered with errors: the counters of answers say why.',
  ],
  answerTtl: ['answer', 'answered with time exceeded', 'Traceroutes; else look for a routing loop.'],
  answerTooBig: [
    'answer',
    'answered with packet too big or fragmentation needed',
    'Path MTU discovery at work; with complaints look whether ICMP is filtered on the way.',
  ],
  answerPool4Exhausted: [
    'answer',
    'no free port in pool4; answered with address unreachable',
    'Add addresses to `pool4`, or limit clients (`limits.portsPerClient`).',
  ],
  answerNoSlice: [
    'answer',
    'a new mapping while this node works in no slice of pool4, as when it joins; answered with address unreachable',
    'Only for a second at the start of a node, which announces later; else look in `isthmus events` which node works in its slice.',
  ],
  answerSessionLimit: [
    'answer',
    'session or BIB table full; answered with address unreachable',
    'Raise `limits.sessions` or `limits.bibEntries`, or limit clients.',
  ],
  answerClientLimit: [
    'answer',
    'the client has reached one of its limits; answered with administratively prohibited',
    'Look at the client; where it is honest, raise its limits.',
  ],
  answerFiltered: [
    'answer',
    'filtered; answered with administratively prohibited',
    'As configured (`addressDependentFiltering`).',
  ],
  answerNonGlobal: [
    'answer',
    'IPv4 destination that is not translated: non-global behind the well-known prefix (RFC 6052 section 3.1), loopback, multicast or reserved; answered with administratively prohibited',
    'Use a prefix of your own for private destinations, or set `allowNonGlobal`.',
  ],
  answerDenied: [
    'answer',
    'IPv4 destination on the denylist; answered with administratively prohibited',
    'As configured; look at `denylist4`.',
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
    'Give the source an EAM, or keep it away from the instance.',
  ],
  answerRoutingHeader: [
    'answer',
    'routing header with segments left; answered with parameter problem',
    'Hostile packets, or experiments.',
  ],
  answerExtensionHeader: [
    'answer',
    'extension header behind a Fragment header (RFC 7915 section 5.1.1); answered with administratively prohibited',
    'Hostile packets, or IPsec AH in fragments, which nothing can translate.',
  ],
  answerZeroChecksumUdp: [
    'answer',
    'UDP over IPv4 without a checksum that could not be computed; answered with administratively prohibited',
    'Have the sender compute checksums; SIIT: `zeroChecksumUdp: compute`.',
  ],
  answerSynTimeout: ['answer', 'held SYN that nobody answered; port unreachable sent', 'Scans from the internet.'],
  heldFragment: [
    'hold',
    'fragment held until the first one of its datagram comes',
    'Fragments arrive out of order; many of them point to load balancing by packet.',
  ],
  heldForPeer: [
    'hold',
    'first packet of a session, held until another node has its record',
    'As `deferFirstPacket` says: right, while `peerLate` does not grow with it.',
  ],
  heldForRecord: [
    'hold',
    'packet for a port of another node, held until the record of its session comes',
    'Answers that another node is asked for than the one that has sent the packet (ECMP): right, while `recordLate` does not grow with it.',
  ],
  heldSyn: [
    'hold',
    'unsolicited SYN held for a simultaneous open',
    'Scans from the internet, or peers that open at the same time.',
  ],
  peerConfirmed: ['fact', 'first packets that went on when another node had the record'],
  peerLate: ['fact', 'first packets that went on because their time was up: no node had confirmed the record'],
  deferRefused: ['fact', 'first packets that could not wait: too many do, or the packet is a fragment or too long'],
  recordCame: ['fact', 'held packets whose record came in time'],
  recordLate: ['fact', 'held packets that went on as if nobody had waited: no record came'],
  awaitRefused: [
    'fact',
    'packets that could not wait for a record: too many do, also for one port, or the packet is too long',
  ],
  mssClamped: ['fact', 'TCP SYNs whose MSS option was lowered'],
  mssMalformed: ['fact', 'TCP SYNs whose options contradict themselves, so that no MSS was looked for behind that'],
  ftpCommands: ['fact', 'FTP commands translated (EPSV, EPRT, ALGS)'],
  ftpReplies: ['fact', 'FTP replies translated (227, and those to ALGS)'],
  ftpUnfit: [
    'fact',
    'EPRT commands that no PORT could take the place of: no port, another host, or no room in the line',
    'Have the client use passive mode.',
  ],
  ftpUntracked: [
    'fact',
    'FTP control sessions of which nothing is remembered because too many are',
    'Nothing; `ALGS`, AUTH and PASV may go wrong in these sessions.',
  ],
  tcpProbes: ['fact', 'probes sent to clients whose established connection was silent for its whole lifetime'],
  fastPathInstalled: ['fact', 'sessions that were given to the fast path'],
  fastPathRemoved: ['fact', 'sessions that were taken back from the fast path'],
  fastPathFull: ['fact', 'sessions that the fast path had no room for'],
  sessionsCreated: ['fact', 'sessions made by packets'],
  sessionsExpired: ['fact', 'sessions ended by time'],
  sessionsClosed: ['fact', 'sessions ended for another reason than time'],
  bibCreated: ['fact', 'BIB entries made'],
  bibDeleted: ['fact', 'BIB entries ended'],
  recordsWritten: ['fact', 'records about sessions that were written to the log of this node'],
  marksWritten: ['fact', 'marks of the own sessions that were written to the log of this node, one for each heartbeat'],
  recordsApplied: ['fact', 'records of other nodes that changed the table'],
  recordsStale: ['fact', 'records of other nodes that were older than what the table holds'],
  recordsConflict: [
    'fact',
    'records whose pool4 port belongs to another client here',
    'Two nodes have given out one port: compare `slots` and `slot` on all nodes.',
  ],
  recordsRefused: [
    'fact',
    'records that are malformed or do not fit the table',
    'Compare versions and `limits` of the nodes.',
  ],
  marksRead: ['fact', 'marks of other nodes that were no proof of a difference'],
  setsDiffering: [
    'fact',
    'marks of other nodes that have proven that our copy of their sessions is another',
    'It repairs itself by a snapshot; when it goes on growing, look at the links.',
  ],
} as const satisfies Record<string, CounterText>;

export type CounterName = keyof typeof rows;

// Object.keys forgets that the literal above has just these keys
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

/**
 * One number for each row of COUNTERS. Float64 because it holds 2^53 without BigInt and is written whole by one thread;
 * others may read it from shared memory at any time.
 */
export class TranslatorCounters {
  static readonly BYTES = 8 * COUNTERS.length;
  readonly values: Float64Array;

  /** @param buffer at least TranslatorCounters.BYTES long from `offset` on. */
  constructor(buffer: ArrayBufferLike = new ArrayBuffer(TranslatorCounters.BYTES), offset = 0) {
    this.values = new Float64Array(buffer, offset, COUNTERS.length);
  }

  add(index: number): void {
    this.values[index] += 1;
  }
}
