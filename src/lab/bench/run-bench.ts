import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { z } from 'zod';
import { buildCourse, type Course, setChecksums, SYSTEMS, type System } from './course.ts';
import { measureJoin } from './join/join-rows.ts';
import { LISTING, measureListing } from './observed/listing-rows.ts';
import { measureObserved, OBSERVED } from './observed/observed-rows.ts';
import { measureReplication, REPLICATION } from './replication/replication-rows.ts';
import { ALL_PPS, measurePackets, PACKET_ROWS } from './pps/pps-rows.ts';
import { type ReportRow, reportRows, reportTable } from './report.ts';
import type { Measurement, Values } from './measurement.ts';
import { MEASUREMENTS } from './rows.ts';

export interface BenchOptions {
  /** Names of measurements, separated by commas; absent: all. */
  readonly only?: string;
  readonly json?: string;
  readonly runs: string;
  readonly seconds: string;
  /** JSON: what the worker under test is told, see `WorkerTuning`. */
  readonly worker: string;
}

const workerTuning = z.strictObject({
  cpu: z.int().nonnegative().exactOptional(),
  niceness: z.int().min(-20).max(19).exactOptional(),
  spinUs: z.int().nonnegative().exactOptional(),
  joinDatagrams: z.boolean().exactOptional(),
});

type WorkerTuning = z.output<typeof workerTuning>;

/** Only where they are asked for: they take longer than all else, or need a browser and Prometheus. */
const JOIN = 'join';
const APART: readonly string[] = [JOIN, OBSERVED, LISTING];
/** Names for all rows that begin with them. */
const FAMILIES: readonly string[] = [ALL_PPS, 'natlog'];

interface Chosen {
  readonly course: readonly Measurement[];
  readonly replication: readonly string[];
  readonly packets: readonly string[];
  readonly join: boolean;
  readonly observed: boolean;
  readonly listing: boolean;
}

function chosen(only: string | undefined): Chosen {
  const [course, replication] = [MEASUREMENTS.map(({ name }) => name), [...REPLICATION.keys()]];
  const all = [...course, ...PACKET_ROWS, ...replication];
  const rowsOf = (family: string): string[] => all.filter((name) => name.startsWith(`${family}-`));
  const names = (only?.split(',') ?? all).flatMap((name) => (FAMILIES.includes(name) ? rowsOf(name) : [name]));
  const unknown = names.filter((name) => !all.includes(name) && !APART.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(
      `no row is called ${unknown.join(', ')}; there are ${[...all, ...FAMILIES, ...APART].join(', ')}`,
    );
  }
  return {
    course: MEASUREMENTS.filter(({ name }) => names.includes(name)),
    replication: replication.filter((name) => names.includes(name)),
    packets: PACKET_ROWS.filter((name) => names.includes(name)),
    join: names.includes(JOIN),
    observed: names.includes(OBSERVED),
    listing: names.includes(LISTING),
  };
}

/**
 * Measures Isthmus, the kernel and TAYGA in turns, then replication, and prints how they compare. @returns the exit
 * status
 */
export async function runBench(options: BenchOptions): Promise<number> {
  let measurements: Chosen;
  let tuning: WorkerTuning;
  try {
    measurements = chosen(options.only);
    tuning = tuningOf(options.worker);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Linux ${release()}, Node.js ${process.version}`;
  console.log(`${machine}, ${new Date().toISOString()}`);
  const [runs, seconds] = [Number(options.runs), Number(options.seconds)];
  const rows = measurements.course.length === 0 ? [] : await courseRows(measurements.course, options, tuning);
  if (measurements.packets.length > 0) {
    rows.push(...(await measurePackets(measurements.packets, runs, seconds, tuning)));
  }
  if (measurements.replication.length > 0) {
    rows.push(...(await measureReplication(measurements.replication, runs, seconds)));
  }
  if (measurements.join) rows.push(...(await measureJoin(runs)));
  if (measurements.observed) rows.push(...(await measureObserved(runs, seconds)));
  if (measurements.listing) rows.push(...(await measureListing(runs)));
  console.log(`\n${reportTable(rows)}`);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ machine, date: new Date().toISOString(), rows })}\n`);
  }
  return 0;
}

/** @throws RangeError */
function tuningOf(text: string): WorkerTuning {
  try {
    return workerTuning.parse(JSON.parse(text));
  } catch {
    const example = '{"spinUs":100}; cpu, niceness, spinUs and joinDatagrams are possible';
    throw new RangeError(`--worker: ${JSON.stringify(text)} is not possible; write it like ${example}`);
  }
}

async function courseRows(
  measurements: readonly Measurement[],
  options: BenchOptions,
  tuning: WorkerTuning,
): Promise<ReportRow[]> {
  const course = await buildCourse(tuning);
  try {
    const results = await measureAll(course, measurements, Number(options.runs), Number(options.seconds));
    return reportRows(
      measurements.flatMap(({ rows }) => rows),
      results,
    );
  } finally {
    await course.world.close();
  }
}

/** The systems take turns within each run, so that a slow minute of the machine is shared. */
async function measureAll(
  course: Course,
  measurements: readonly Measurement[],
  runs: number,
  seconds: number,
): Promise<Map<string, Map<System, number[]>>> {
  const results = new Map<string, Map<System, number[]>>();
  for (const measurement of measurements) {
    await setChecksums(course, measurement.name.startsWith('udp'));
    for (let run = 1; run <= runs; run++) {
      for await (const [system, values] of oneRun(course, measurement, seconds)) {
        const texts = [...values].map(([name, value]) => `${name} ${value.toPrecision(4)}`);
        console.log(`run ${run}  ${system.padEnd(8)} ${texts.join('  ')}`);
        for (const [name, value] of values) {
          const row = results.get(name) ?? new Map<System, number[]>();
          row.set(system, [...(row.get(system) ?? []), value]);
          results.set(name, row);
        }
      }
    }
  }
  return results;
}

async function* oneRun(
  course: Course,
  measurement: Measurement,
  seconds: number,
): AsyncGenerator<readonly [System, Values]> {
  const { systems = SYSTEMS, fastPath = false } = measurement;
  if ('together' in measurement) {
    await course.isthmus({ fastPath });
    yield* await measurement.together(course, systems);
    return;
  }
  for (const system of systems) {
    await course.isthmus({ fastPath: fastPath && system === 'isthmus' });
    yield [system, await measurement.run(course, system, seconds)];
  }
}
