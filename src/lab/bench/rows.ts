import { SERVER_THROUGH } from './course.ts';
import { measureCapacity, measureConnectionRate } from './connections.ts';
import { measureCollections } from './garbage.ts';
import { LATENCIES, measureLatency } from './latency.ts';
import type { MeasuredTogether, Measurement, Values } from './measurement.ts';
import { natLogMeasurements } from './nat-log/nat-log-rows.ts';
import { measureTcp } from './tcp.ts';
import { UdpStream } from './udp.ts';

function tcp(name: string, what: string, reverse: boolean): Measurement {
  return {
    name,
    rows: [
      { name, unit: 'Gbit/s', more: true, what },
      { name: `${name}-cpu`, unit: 'CPU s/GB', more: false, what: `${what}: processor time of the whole machine` },
    ],
    run: async (course, system, seconds) => {
      const { gbits, cpuPerGb } = await measureTcp(course, SERVER_THROUGH[system], reverse, seconds);
      return new Map([
        [name, gbits],
        [`${name}-cpu`, cpuPerGb],
      ]);
    },
  };
}

/** @param size bytes of the IPv4 packet; the IPv6 one is 20 longer */
function udp(name: string, what: string, size: number, reverse: boolean): Measurement {
  return {
    name,
    rows: [
      { name, unit: 'kpkt/s', more: true, what: `${what}, highest rate without loss` },
      { name: `${name}-cpu`, unit: 'CPU s/Mpkt', more: false, what: `${what}: processor time of the whole machine` },
      { name: `${name}-flood`, unit: 'kpkt/s', more: true, what: `${what}, delivered when flooded` },
    ],
    run: async (course, system, seconds) => {
      const stream = await UdpStream.open(course, SERVER_THROUGH[system], reverse);
      try {
        const payload = size - 28;
        const { rate, cpuPerMillion } = await stream.highestRateWithoutLoss(payload, seconds);
        const flooded = await stream.flood(payload, seconds);
        return new Map([
          [name, rate / 1000],
          [`${name}-cpu`, cpuPerMillion],
          [`${name}-flood`, flooded / 1000],
        ]);
      } finally {
        await stream.close();
      }
    },
  };
}

const latency: MeasuredTogether = {
  name: 'latency',
  rows: LATENCIES.map((percentile) => ({
    name: `latency-p${percentile}`,
    unit: 'µs',
    more: false,
    what: `ping over an idle gateway, ${percentile} % are faster`,
  })),
  together: async (course, systems) => {
    const measured = await measureLatency(course, systems);
    return new Map([...measured].map(([system, values]) => [system, latencyValues(values)]));
  },
};

function latencyValues(values: readonly number[]): Values {
  return new Map(LATENCIES.map((percentile, index) => [`latency-p${percentile}`, values[index] ?? Number.NaN]));
}

/** New connections that a first packet each makes, and how many the table holds: RFC 9693. */
const connections: Measurement = {
  name: 'connections',
  rows: [
    {
      name: 'connections',
      unit: 'k/s',
      more: true,
      what: 'new connections a second, none of whose first packets is lost; the others have nothing to remember',
    },
  ],
  run: async (course, system, seconds) =>
    new Map([['connections', await measureConnectionRate(course, system, seconds)]]),
};

const TABLE = 1_000_000;
const FILL_RATE = 20_000;

const capacity: Measurement = {
  name: 'capacity',
  rows: [
    { name: 'capacity', unit: 'k', more: true, what: `connections held, each proven by a packet; limit ${TABLE}` },
  ],
  systems: ['isthmus'],
  run: async (course) => new Map([['capacity', await measureCapacity(course, TABLE, FILL_RATE)]]),
};

const garbage: Measurement = {
  name: 'garbage',
  rows: [
    {
      name: 'garbage',
      unit: 'in 10 s',
      more: false,
      what: 'collections of garbage in the whole process while 40,000 packets a second pass',
    },
  ],
  systems: ['isthmus'],
  run: async (course, system) => new Map([['garbage', await measureCollections(course, SERVER_THROUGH[system])]]),
};

/** The same with the fast path. */
function fast(measurement: Measurement): Measurement {
  const renamed = (name: string): string => name.replace(measurement.name, `${measurement.name}-fast`);
  const renamedValues = (values: Values): Values => new Map([...values].map(([name, value]) => [renamed(name), value]));
  const described = {
    name: renamed(measurement.name),
    rows: measurement.rows.map((row) => ({ ...row, name: renamed(row.name), what: `${row.what}; fast path` })),
    fastPath: true,
  };
  if ('run' in measurement) {
    return { ...described, run: async (...run) => renamedValues(await measurement.run(...run)) };
  }
  return {
    ...described,
    together: async (...run) =>
      new Map([...(await measurement.together(...run))].map(([system, values]) => [system, renamedValues(values)])),
  };
}

const tcp64 = tcp('tcp64', 'bulk TCP, one stream, IPv6 to IPv4', false);
const tcp46 = tcp('tcp46', 'bulk TCP, one stream, IPv4 to IPv6', true);
const udp64 = udp('udp64', 'UDP in 64-byte packets, IPv6 to IPv4', 64, false);
const udp46 = udp('udp46', 'UDP in 64-byte packets, IPv4 to IPv6', 64, true);

export const MEASUREMENTS: readonly Measurement[] = [
  tcp64,
  tcp46,
  udp64,
  udp46,
  udp('udp64-512', 'UDP in 512-byte packets, IPv6 to IPv4', 512, false),
  udp('udp46-512', 'UDP in 512-byte packets, IPv4 to IPv6', 512, true),
  udp('udp64-1280', 'UDP in 1280-byte packets, IPv6 to IPv4', 1280, false),
  udp('udp46-1280', 'UDP in 1280-byte packets, IPv4 to IPv6', 1280, true),
  latency,
  connections,
  capacity,
  garbage,
  ...natLogMeasurements,
  ...[tcp64, tcp46, udp64, udp46, latency].map(fast),
];
