import type { InstanceStatus } from '../agent/control/messages.ts';
import { WORKER_COUNTERS } from '../dataplane/worker-counters.ts';
import { COUNTERS } from '../translator/counters.ts';
import { counter, gauge, type MetricRow, type Sample, sample } from './metric-row.ts';

type Kind = (typeof COUNTERS)[number]['kind'];

const SECOND_MS = 1000;
const ALL = [...COUNTERS, ...WORKER_COUNTERS];

/** Counters exported by specific metrics below instead of by name. */
const TRANSLATED = [
  { name: 'translated6to4', direction: '6to4', path: 'slow' },
  { name: 'translated4to6', direction: '4to6', path: 'slow' },
  { name: 'hairpinned', direction: 'hairpin', path: 'slow' },
  { name: 'fastPackets6to4', direction: '6to4', path: 'fast' },
  { name: 'fastPackets4to6', direction: '4to6', path: 'fast' },
];
const FAST_BYTES = [
  { name: 'fastBytes6to4', direction: '6to4' },
  { name: 'fastBytes4to6', direction: '4to6' },
];
const TUN_PACKETS = [
  { name: 'tunPacketsRead', direction: 'read' },
  { name: 'tunPacketsWritten', direction: 'written' },
];
const TUN_BYTES = [
  { name: 'tunBytesRead', direction: 'read' },
  { name: 'tunBytesWritten', direction: 'written' },
];
const TAKEN = new Set([...TRANSLATED, ...FAST_BYTES, ...TUN_PACKETS, ...TUN_BYTES].map(({ name }) => name));

/** Counters of instances, one metric per meaning; every reason is exported from the start, with zero. */
export const INSTANCE_METRICS: readonly MetricRow[] = [
  counter(
    'isthmus_translated_packets_total',
    'Translated packets by direction and path; a GSO packet counts once.',
    ['translator', 'direction', 'path'],
    ofCounters(TRANSLATED),
  ),
  reasons('isthmus_dropped_packets_total', 'drop', 'Packets dropped without an answer, by reason.'),
  reasons('isthmus_answered_packets_total', 'answer', 'Packets answered with an ICMP error, by reason.'),
  reasons('isthmus_held_packets_total', 'hold', 'Packets held to be processed again later, by reason.'),
  counter(
    'isthmus_fast_path_bytes_total',
    'Bytes translated by the fast path, as sent, from the IP header on.',
    ['translator', 'direction'],
    ofCounters(FAST_BYTES),
  ),
  counter(
    'isthmus_tun_packets_total',
    'Packets read from and written to the TUN; a GSO packet counts once.',
    ['translator', 'direction'],
    ofCounters(TUN_PACKETS),
  ),
  counter(
    'isthmus_tun_bytes_total',
    'Bytes read from and written to the TUN.',
    ['translator', 'direction'],
    ofCounters(TUN_BYTES),
  ),
  ...ALL.filter(({ name, kind }) => kind === 'fact' && !TAKEN.has(name)).map(factMetric),
  gauge('isthmus_sessions_limit', 'Sessions that the table of an instance holds at most.', ['translator'], (status) =>
    stateful(status.instances, ({ sessionLimit }) => sessionLimit),
  ),
  gauge('isthmus_bib_entries_limit', 'BIB entries that an instance holds at most.', ['translator'], (status) =>
    stateful(status.instances, ({ bibLimit }) => bibLimit),
  ),
  gauge(
    'isthmus_pool4_ports',
    'Ports of the slices of pool4 from which this node allocates, over all addresses of the prefix.',
    ['translator', 'prefix', 'ports', 'protocol', 'slot'],
    (status) => ofSlices(status.instances, ({ size }) => size),
  ),
  gauge(
    'isthmus_pool4_ports_used',
    'Ports of these slices that are in use or held.',
    ['translator', 'prefix', 'ports', 'protocol', 'slot'],
    (status) => ofSlices(status.instances, ({ used }) => used),
  ),
  gauge(
    'isthmus_fast_path_attached',
    '1 while the fast path of an instance is on, 0 while it is off; absent where it is not used, or `auto` keeps it off.',
    ['translator'],
    (status) =>
      status.instances
        .filter(({ fastPath }) => fastPath !== '' && !fastPath.startsWith('auto: off'))
        .map(({ name, fastPath }) => sample({ translator: name }, fastPath.startsWith('on') ? 1 : 0)),
  ),
  counter(
    'isthmus_worker_cpu_seconds_total',
    'Processor time of each worker; its rate is the utilisation of one processor.',
    ['translator', 'shard'],
    (status) =>
      status.instances.flatMap(({ name, workerCpuMs }) =>
        workerCpuMs.map((ms, shard) => sample({ translator: name, shard: String(shard) }, ms / SECOND_MS)),
      ),
  ),
];

/** The status omits zero values. */
function valueOf({ counters }: InstanceStatus, name: string): number {
  return counters.find((one) => one.name === name)?.value ?? 0;
}

function ofCounters(rows: readonly Readonly<{ name: string; direction: string; path?: string }>[]): MetricRow['read'] {
  return ({ instances }) =>
    instances.flatMap((instance) =>
      rows.map(({ name, ...labels }) => sample({ translator: instance.name, ...labels }, valueOf(instance, name))),
    );
}

function reasons(name: string, kind: Kind, help: string): MetricRow {
  const names = ALL.filter((one) => one.kind === kind).map((one) => one.name);
  return counter(name, `${help} docs/counters.md explains each.`, ['translator', 'reason'], ({ instances }) =>
    instances.flatMap((instance) =>
      names.map((reason) => sample({ translator: instance.name, reason }, valueOf(instance, reason))),
    ),
  );
}

/** `sessionsCreated` becomes `isthmus_sessions_created_total`. */
function factMetric({ name, help }: { readonly name: string; readonly help: string }): MetricRow {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const sentence = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
  return counter(`isthmus_${snake}_total`, sentence, ['translator'], ({ instances }) =>
    instances.map((instance) => sample({ translator: instance.name }, valueOf(instance, name))),
  );
}

function stateful(instances: readonly InstanceStatus[], limit: (instance: InstanceStatus) => number): Sample[] {
  return instances
    .filter((instance) => limit(instance) > 0)
    .map((instance) => sample({ translator: instance.name }, limit(instance)));
}

function ofSlices(
  instances: readonly InstanceStatus[],
  value: (slice: InstanceStatus['pool'][number]) => number,
): Sample[] {
  return instances.flatMap(({ name, pool }) =>
    pool.map((slice) => {
      const { prefix, protocol, slot, firstPort, lastPort } = slice;
      const labels = { translator: name, prefix, ports: `${firstPort}-${lastPort}`, protocol, slot: String(slot) };
      return sample(labels, value(slice));
    }),
  );
}
