import type { Course } from './course.ts';

/** The percentiles that are reported. */
export const LATENCIES = [50, 90, 99] as const;

const PINGS = 300;

/** Round trips of single pings over an otherwise idle course, µs, one value for each percentile. */
export async function measureLatency({ client6 }: Course, server: string): Promise<number[]> {
  // The first packets look up neighbours and make the session.
  await client6.run(['ping', '-6', '-q', '-c', '5', '-i', '0.02', server]);
  const { stdout } = await client6.run(['ping', '-6', '-n', '-c', String(PINGS), '-i', '0.01', server]);
  const times = [...stdout.matchAll(/time=([\d.]+) ms/g)].map(([, text]) => Number(text) * 1000).sort((a, b) => a - b);
  if (times.length < PINGS * 0.99) throw new Error(`${PINGS - times.length} of ${PINGS} pings to ${server} were lost`);
  return LATENCIES.map(
    (percentile) => times[Math.min(times.length - 1, Math.floor((times.length * percentile) / 100))] ?? 0,
  );
}
