import { type Course, SERVER_THROUGH, type System } from './course.ts';

/** The percentiles that are reported. */
export const LATENCIES = [50, 90, 99] as const;

/**
 * Whether a ping takes 10 or 60 µs depends on which CPU runs which of its steps, and stays as it is for a second or so:
 * systems that take turns a run at a time would be compared by that. A turn of 20 pings takes 0.2 s.
 */
const TURNS = 20;
const PINGS_A_TURN = 20;
const WARM_PINGS = 15;

/**
 * Round trips of single pings over an otherwise idle course, µs; the systems take turns. All pings of a system have one
 * identifier and so one session, which the first pings make and, with the fast path, bring into it.
 *
 * @returns of each system one value for each percentile
 * @throws Error when more than 1 % are lost
 */
export async function measureLatency(
  course: Course,
  systems: readonly System[],
): Promise<ReadonlyMap<System, readonly number[]>> {
  const times = new Map<System, number[]>(systems.map((system) => [system, []]));
  for (const [index, system] of systems.entries()) await ping(course, system, index, WARM_PINGS);
  for (let turn = 0; turn < TURNS; turn++) {
    for (let place = 0; place < systems.length; place++) {
      const index = (turn + place) % systems.length;
      const system = systems[index];
      if (system !== undefined) times.get(system)?.push(...(await ping(course, system, index, PINGS_A_TURN)));
    }
  }
  return new Map([...times].map(([system, all]) => [system, percentilesOf(system, all)]));
}

async function ping({ client6 }: Course, system: System, index: number, count: number): Promise<number[]> {
  const identifier = String(1000 + index);
  const command = ['ping', '-6', '-n', '-e', identifier, '-c', String(count), '-i', '0.01', SERVER_THROUGH[system]];
  const { stdout } = await client6.run(command);
  return [...stdout.matchAll(/time=([\d.]+) ms/g)].map(([, text]) => Number(text) * 1000);
}

function percentilesOf(system: System, times: readonly number[]): number[] {
  const sent = TURNS * PINGS_A_TURN;
  if (times.length < sent * 0.99) {
    throw new Error(`${sent - times.length} of ${sent} pings to ${SERVER_THROUGH[system]} were lost`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return LATENCIES.map((percentile) => sorted[Math.floor((sorted.length * percentile) / 100)] ?? Number.NaN);
}
