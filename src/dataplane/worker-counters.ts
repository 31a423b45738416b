/**
 * What the worker counts about its TUN and its rings: the index of each counter. What happens to packets the translator
 * counts.
 */
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
} as const;

type WorkerCounterName = keyof typeof WorkerCounter;

const EXPLANATIONS: Readonly<
  Record<WorkerCounterName, readonly [kind: 'fact' | 'drop', help: string, advice?: string]>
> = {
  tunPacketsRead: ['fact', 'packets read from the TUN; a segmented one counts once'],
  tunBytesRead: ['fact', 'bytes read from the TUN'],
  tunPacketsWritten: ['fact', 'packets written to the TUN; a segmented one counts once'],
  tunBytesWritten: ['fact', 'bytes written to the TUN'],
  tunWriteBusy: [
    'drop',
    'translated packets that the kernel had no room for',
    'The kernel is short of memory for packets.',
  ],
  tunWriteRefused: [
    'drop',
    'translated packets that the kernel refused',
    'Look whether the TUN is up and its MTU is large enough.',
  ],
  tunUnsendable: [
    'drop',
    'translated packets whose offload the TUN cannot express',
    'Nothing sends such offloads through a router; tell the maintainers how they came about.',
  ],
  tunTruncated: ['drop', 'packets longer than the largest IP packet', 'Stray packets.'],
  tunReadErrors: [
    'fact',
    'reads from the TUN that failed, for example while it was down',
    'Look whether somebody has taken the TUN down.',
  ],
  burstsFull: ['fact', 'bursts that ended at their bound with packets still waiting'],
  sleeps: ['fact', 'times that the worker slept until there was work'],
  outboxStalls: [
    'fact',
    'turns in which the outbox had no room for the journal',
    'Replication cannot keep up: look at the links.',
  ],
  inboxRecords: ['fact', 'records of other nodes taken from the inbox'],
  datagramsJoined: [
    'fact',
    'datagrams that were written to the TUN as parts of larger packets, for the kernel to cut (USO)',
  ],
  fastPackets6to4: [
    'fact',
    'packets translated from IPv6 to IPv4 by the fast path, without the worker; a segmented one counts once',
  ],
  fastBytes6to4: ['fact', 'bytes of these, with their MAC headers, as they went out'],
  fastPackets4to6: ['fact', 'packets translated from IPv4 to IPv6 by the fast path'],
  fastBytes4to6: ['fact', 'bytes of these'],
  fastAttachFailures: ['fact', 'times that the fast path could not be attached to an interface that had come back'],
  handedOver: ['fact', 'packets that came to this shard and were given to the one that they belong to'],
  handOverRefused: [
    'drop',
    'packets for another shard whose ring had no room for them',
    'A worker cannot keep up with what the others give it (IPv4 fragments, hairpins, or all where the kernel does not steer: see `status`).',
  ],
};

/** Every counter, in the order of their indexes. */
export const WORKER_COUNTERS = Object.entries(EXPLANATIONS).map(([name, [kind, help, advice = '']]) => ({
  name,
  kind,
  help,
  advice,
}));
