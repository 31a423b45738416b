/**
 * What a counter counts: packets that went through, that were answered with an ICMP error, dropped, kept, or facts
 * beside packets.
 */
export type CounterKind = 'pass' | 'answer' | 'drop' | 'hold' | 'fact';

interface CounterRow {
  readonly name: string;
  readonly kind: CounterKind;
  readonly help: string;
}

const rows = {
  translated6to4: ['pass', 'packets translated from IPv6 to IPv4'],
  translated4to6: ['pass', 'packets translated from IPv4 to IPv6'],
  hairpinned: ['pass', 'packets translated twice and sent back to the IPv6 side'],
  dropTruncated: ['drop', 'shorter than its own headers say'],
  dropBadHeader: ['drop', 'neither IPv4 nor IPv6, or a header that contradicts itself'],
  dropBadHeaderChecksum: ['drop', 'IPv4 header checksum wrong'],
  dropBadSource: ['drop', 'source address that no packet may come from (multicast, unspecified, loopback, broadcast)'],
  dropNotForUs6: ['drop', 'IPv6 destination outside pool6'],
  dropNotForUs4: ['drop', 'IPv4 destination outside pool4'],
  dropNonGlobal: [
    'drop',
    'IPv4 address that is not translated (RFC 6052 section 3.1), where no error may be sent, or as a source',
  ],
  dropSourceInPool6: ['drop', 'IPv6 source inside pool6 (a loop; RFC 6146 section 3.5)'],
  dropProtocol: ['drop', 'transport protocol that is not translated, where no error may be sent'],
  dropUnknownIcmp: ['drop', 'ICMP message without a counterpart in the other family'],
  dropBadIcmpChecksum: ['drop', 'ICMP error with a wrong checksum'],
  dropPacketTooBigMtu: [
    'drop',
    'Packet Too Big that reports an MTU below 1280, which no IPv6 link has (RFC 8201 section 4)',
  ],
  dropExtensionHeader: [
    'drop',
    'IPv6 extension header chain that is too long, cut off, or goes on behind a Fragment header where no error may be sent',
  ],
  dropFragment: ['drop', 'fragment that cannot be matched to a session'],
  dropFragmentedIcmp: [
    'drop',
    'fragment of an ICMP message, which nothing stateless can translate (RFC 7915 section 1.2)',
  ],
  dropDenied: ['drop', 'IPv4 address on the denylist, or in no prefix that is translated'],
  dropTinyFragment: ['drop', 'first fragment too short for its transport header (RFC 1858)'],
  dropFragmentOverlap: ['drop', 'fragment of a datagram whose fragments overlap (RFC 5722)'],
  dropFragmentDuplicate: [
    'drop',
    'fragment that has come before, while others of its datagram are waited for (RFC 8200 section 4.5)',
  ],
  dropFragmentTimeout: ['drop', 'held fragment whose first fragment did not come in time'],
  dropFragmentSource: ['drop', 'fragment while as many as allowed of its source are held'],
  dropFragmentTable: ['drop', 'fragment while as many as allowed are held, or too large to be held'],
  dropZeroChecksumUdp: [
    'drop',
    'UDP over IPv4 without a checksum that could not be computed, where no error may be sent',
  ],
  dropNoMapping: ['drop', 'IPv4 packet for a pool4 port without a BIB entry'],
  dropFiltered: ['drop', 'not let in by address-dependent filtering or by an option of the operator'],
  dropNoSession: ['drop', 'packet without a session of a kind that may not make one'],
  dropIcmpErrorNoSession: ['drop', 'ICMP error about a packet of no session'],
  dropTooBig: ['drop', 'does not fit the other side and no error could be sent'],
  dropTtlNoError: ['drop', 'TTL used up and no error may be sent'],
  dropSynTable: ['drop', 'unsolicited SYN while as many as allowed are held'],
  dropErrorRate: ['drop', 'an ICMP error was due but the rate limit for errors was reached'],
  answerTtl: ['answer', 'answered with time exceeded'],
  answerTooBig: ['answer', 'answered with packet too big or fragmentation needed'],
  answerPool4Exhausted: ['answer', 'no free port in pool4; answered with address unreachable'],
  answerNoSlice: [
    'answer',
    'a new mapping while this node works in no slice of pool4, as when it joins; answered with address unreachable',
  ],
  answerSessionLimit: ['answer', 'session or BIB table full; answered with address unreachable'],
  answerClientLimit: ['answer', 'the client has reached one of its limits; answered with administratively prohibited'],
  answerFiltered: ['answer', 'filtered; answered with administratively prohibited'],
  answerNonGlobal: [
    'answer',
    'IPv4 destination that is not translated: non-global behind the well-known prefix (RFC 6052 section 3.1), loopback, multicast or reserved; answered with administratively prohibited',
  ],
  answerDenied: ['answer', 'IPv4 destination on the denylist; answered with administratively prohibited'],
  answerProtocol: [
    'answer',
    'transport protocol without a BIB; answered with port or protocol unreachable (RFC 6146 section 3.4)',
  ],
  answerSourceRoute: ['answer', 'unexpired source route option; answered with source route failed'],
  answerSource6: ['answer', 'IPv6 source without an IPv4 address; answered with source address failed policy'],
  answerRoutingHeader: ['answer', 'routing header with segments left; answered with parameter problem'],
  answerExtensionHeader: [
    'answer',
    'extension header behind a Fragment header (RFC 7915 section 5.1.1); answered with administratively prohibited',
  ],
  answerZeroChecksumUdp: [
    'answer',
    'UDP over IPv4 without a checksum that could not be computed; answered with administratively prohibited',
  ],
  answerSynTimeout: ['answer', 'held SYN that nobody answered; port unreachable sent'],
  heldFragment: ['hold', 'fragment held until the first one of its datagram comes'],
  heldForPeer: ['hold', 'first packet of a session, held until another node has its record'],
  heldForRecord: ['hold', 'packet for a port of another node, held until the record of its session comes'],
  heldSyn: ['hold', 'unsolicited SYN held for a simultaneous open'],
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
  ],
  ftpUntracked: ['fact', 'FTP control sessions of which nothing is remembered because too many are'],
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
  recordsConflict: ['fact', 'records whose pool4 port belongs to another client here'],
  recordsRefused: ['fact', 'records that are malformed or do not fit the table'],
  marksRead: ['fact', 'marks of other nodes that were no proof of a difference'],
  setsDiffering: ['fact', 'marks of other nodes that have proven that our copy of their sessions is another'],
} as const satisfies Record<string, readonly [CounterKind, string]>;

export type CounterName = keyof typeof rows;

// Object.keys forgets that the literal above has just these keys
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const names = Object.keys(rows) as CounterName[];

/** Every counter, in the order of their indexes. */
export const COUNTERS: readonly CounterRow[] = names.map((name) => ({
  name,
  kind: rows[name][0],
  help: rows[name][1],
}));

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
