/** Index of each counter of the worker, which counts TUN and ring events; the translator counts packets. */
export const WorkerCounter = {
  tunPacketsRead: 0,
  tunBytesRead: 1,
  tunPacketsWritten: 2,
  tunBytesWritten: 3,
  tunWriteBusy: 4,
  tunWriteRefused: 5,
  tunUnsendable: 6,
  tunTruncated: 7,
  tunReadErrors: 8,
  burstsFull: 9,
  sleeps: 10,
  outboxStalls: 11,
  inboxRecords: 12,
  datagramsJoined: 13,
  fastPackets6to4: 14,
  fastBytes6to4: 15,
  fastPackets4to6: 16,
  fastBytes4to6: 17,
  fastAttachFailures: 18,
  handedOver: 19,
  handOverRefused: 20,
  fastPathDropped: 21,
  fastExcludedFence: 22,
  fastExcludedOther: 23,
  fastExcludedProtocol: 24,
  fastExcludedFragment: 25,
  fastExcludedOptions: 26,
  fastExcludedNoFlow: 27,
  fastExcludedTcpFlags: 28,
  fastExcludedHopLimit: 29,
  fastExcludedLength: 30,
  fastExcludedHeaderChecksum: 31,
  fastExcludedZeroChecksum: 32,
  fastExcludedTooBig: 33,
  fastExcludedNoRoute: 34,
  fastExcludedRefused: 35,
} as const;

type WorkerCounterName = keyof typeof WorkerCounter;

const EXPLANATIONS: Readonly<
  Record<WorkerCounterName, readonly [kind: 'pass' | 'fact' | 'drop', help: string, advice?: string]>
> = {
  tunPacketsRead: ['fact', 'packets read from the TUN; a GSO packet counts once'],
  tunBytesRead: ['fact', 'bytes read from the TUN'],
  tunPacketsWritten: ['fact', 'packets written to the TUN; a GSO packet counts once'],
  tunBytesWritten: ['fact', 'bytes written to the TUN'],
  tunWriteBusy: [
    'drop',
    'translated packets that the TUN did not take (EAGAIN or ENOBUFS)',
    'The kernel is short of packet memory.',
  ],
  tunWriteRefused: [
    'drop',
    'translated packets that the kernel rejected',
    'Check that the TUN is up and its MTU is large enough.',
  ],
  tunUnsendable: [
    'drop',
    'translated packets whose offload type the TUN does not support',
    'No known sender causes these; report them as a bug, with a capture.',
  ],
  tunTruncated: ['drop', 'packets longer than the largest IP packet', 'Stray packets.'],
  tunReadErrors: [
    'fact',
    'reads from the TUN that failed, for example while it was down',
    'Check whether the TUN was set down.',
  ],
  burstsFull: ['fact', 'bursts that ended at their limit with packets still queued'],
  sleeps: ['fact', 'times the worker slept because it was idle'],
  outboxStalls: [
    'fact',
    'worker iterations in which the outbox was full',
    'Replication does not keep up; check the links.',
  ],
  inboxRecords: ['fact', 'records of other nodes read from the inbox'],
  datagramsJoined: ['fact', 'datagrams written to the TUN as part of a larger packet, which the kernel segments (USO)'],
  fastPackets6to4: ['pass', 'packets translated from IPv6 to IPv4 by the fast path; a GSO packet counts once'],
  fastBytes6to4: ['fact', 'bytes of `fastPackets6to4` as sent, from the IP header on'],
  fastPackets4to6: ['pass', 'packets translated from IPv4 to IPv6 by the fast path'],
  fastBytes4to6: ['fact', 'bytes of `fastPackets4to6` as sent, from the IP header on'],
  fastAttachFailures: ['fact', 'failed attempts to attach the fast path to an interface that was recreated'],
  handedOver: ['fact', 'packets that arrived at this shard and were redistributed to their own'],
  handOverRefused: [
    'drop',
    'packets for another shard whose ring was full',
    'A worker does not keep up with redistributed packets (IPv4 fragments, hairpins, or all without kernel queue steering: see `isthmus status`).',
  ],
  fastPathDropped: [
    'drop',
    'packets of the fast path that the kernel failed to rewrite after the first change',
    'The kernel is short of packet memory.',
  ],
  fastExcludedFence: [
    'fact',
    'packets left to the slow path because the worker had not renewed the fast path for a second',
    'The worker made no progress for a time: `isthmus events` names the reason.',
  ],
  fastExcludedOther: [
    'fact',
    'packets left alone by the fast path: neither IPv4 nor IPv6, with a VLAN tag, or not for this host',
  ],
  fastExcludedProtocol: [
    'fact',
    'packets left to the slow path, or to the machine itself: neither TCP, UDP nor an ICMP echo',
  ],
  fastExcludedFragment: ['fact', 'fragments left to the slow path'],
  fastExcludedOptions: ['fact', 'packets with IPv4 options or IPv6 extension headers left to the slow path'],
  fastExcludedNoFlow: [
    'fact',
    'packets that are of no flow in the fast path: new sessions, and what is not for the instance',
  ],
  fastExcludedTcpFlags: ['fact', 'packets of flows in the fast path with SYN, FIN or RST, left to the slow path'],
  fastExcludedHopLimit: ['fact', 'packets of flows in the fast path with an expired TTL, left to the slow path'],
  fastExcludedLength: [
    'fact',
    'packets whose length fields contradict each other or the packet, left to the slow path',
    'Stray or hostile packets.',
  ],
  fastExcludedHeaderChecksum: [
    'fact',
    'packets of flows in the fast path with a wrong IPv4 header checksum, left to the slow path',
    'A link or a sender corrupts packets.',
  ],
  fastExcludedZeroChecksum: [
    'fact',
    'UDP packets of flows in the fast path without a checksum, left to the slow path',
    'Enable UDP checksums at the sender.',
  ],
  fastExcludedTooBig: [
    'fact',
    'packets of flows in the fast path that are larger than the MTU of the other side, left to the slow path',
    'Path MTU discovery at work, unless it keeps growing.',
  ],
  fastExcludedNoRoute: [
    'fact',
    'packets of flows in the fast path without a route or a neighbor, left to the slow path',
    'Normal for the first packet to a neighbor; check routes and forwarding if it keeps growing.',
  ],
  fastExcludedRefused: [
    'fact',
    'packets of flows in the fast path that the kernel did not let be changed, left to the slow path',
    'The kernel is short of packet memory.',
  ],
};

/** Every counter, in the order of their indexes. */
export const WORKER_COUNTERS = Object.entries(EXPLANATIONS).map(([name, [kind, help, advice = '']]) => ({
  name,
  kind,
  help,
  advice,
}));
