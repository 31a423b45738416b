import type { WorkerTuning } from '../../../dataplane/instance-options.ts';
import { World } from '../../world/world.ts';
import { median, type ReportRow } from '../report.ts';
import { establish, keepSettled, LaneError, verifyChecksums } from './established.ts';
import { buildLane, type Lane, type LaneSystem, type Direction } from './lanes.ts';
import {
  BareLink,
  type CountedAt,
  isMeasurementError,
  type PacketCost,
  packetCost,
  sessionCost,
} from './packet-cost.ts';

/** Systems with which Isthmus is compared. */
const PEERS = ['kernel', 'masquerade', 'tayga'] as const;
const MANY_FLOWS = 10_000;
const FLOWS = [1, MANY_FLOWS] as const;
const DIRECTIONS: readonly Direction[] = ['6to4', '4to6'];
const NEW_SESSIONS = 50_000;
const SHORT_SESSIONS = 2000;
/** Packets of sessions without answer, which do not enter the fast path. */
const SHORT_PACKETS = 3;
/** The ninth packet enters the fast path, and no more follow: the worst case. */
const ENTERING_PACKETS = 9;
const NS_PER_MS = 1e6;

/**
 * Measurement variants of Isthmus. With joined datagrams, packets are counted after the next link, where they have been
 * segmented; otherwise when they leave the gateway, so that only the gateway is measured.
 */
const SERIES = [
  { name: 'pps-slow', system: 'slow', countedAt: 'far' },
  { name: 'pps-fast', system: 'fast', countedAt: 'egress' },
  { name: 'pps-siit', system: 'siit', countedAt: 'egress' },
] as const;

/** One measurement, made once per run. */
interface Job {
  readonly system: LaneSystem;
  readonly direction: Direction;
  readonly flows: number;
  readonly countedAt: CountedAt;
  /** Number of packets of each new session; 0: the flows are known. */
  readonly fresh: number;
}

/** One row of the report, except the peer. */
interface PacketRow extends Job {
  readonly name: string;
  readonly against: readonly LaneSystem[];
}

const SESSIONS: PacketRow = {
  name: 'sessions',
  system: 'slow',
  direction: '6to4',
  flows: NEW_SESSIONS,
  countedAt: 'far',
  fresh: 1,
  against: PEERS,
};

/** Cost of the fast path for sessions that do not benefit from it: compared with the same without it. */
const SHORT: PacketRow = {
  name: 'short',
  system: 'short',
  direction: '6to4',
  flows: SHORT_SESSIONS,
  countedAt: 'far',
  fresh: SHORT_PACKETS,
  against: ['slow'],
};

const ENTERING: PacketRow = { ...SHORT, name: 'entering', fresh: ENTERING_PACKETS };

const ROWS: readonly PacketRow[] = [
  ...SERIES.flatMap(({ name, system, countedAt }) =>
    DIRECTIONS.flatMap((direction) =>
      FLOWS.map((flows) => ({
        name: `${name}-${direction}`,
        system,
        direction,
        flows,
        countedAt,
        fresh: 0,
        against: PEERS,
      })),
    ),
  ),
  SESSIONS,
  SHORT,
  ENTERING,
];

/** Names for `--only`; `pps` selects all of `pps-…`. */
export const PACKET_ROWS: readonly string[] = [...new Set(ROWS.map(({ name }) => name))];
export const ALL_PPS = 'pps';

/** Values of all runs, by job. */
export type PacketResults = ReadonlyMap<string, readonly PacketCost[]>;

export function jobName({ system, direction, flows, countedAt, fresh }: Job): string {
  return [system, direction, flows, countedAt, ...(fresh > 0 ? [`new ${fresh}`] : [])].join(' ');
}

/** Measurements needed for these rows, without duplicates: peers are used in several rows. */
export function jobsOf(names: readonly string[]): Job[] {
  const jobs = new Map<string, Job>();
  for (const { name, system, against, ...how } of ROWS) {
    if (!names.includes(name)) continue;
    for (const one of [system, ...against]) {
      const job = { ...how, system: one };
      jobs.set(jobName(job), job);
    }
  }
  return [...jobs.values()];
}

/** The rows of the report: CPU time per packet, and packets per CPU second. */
export function packetReport(names: readonly string[], results: PacketResults): ReportRow[] {
  return ROWS.filter(({ name }) => names.includes(name)).flatMap((row) =>
    row.against.flatMap((against): ReportRow[] => {
      const own = results.get(jobName(row)) ?? [];
      const other = results.get(jobName({ ...row, system: against })) ?? [];
      if (own.length === 0 || other.length === 0) return [];
      const figures = (of: (cost: PacketCost) => number): Pick<ReportRow, 'runs' | 'againstRuns'> => ({
        runs: own.map(of),
        againstRuns: other.map(of),
      });
      const cpu = figures(({ ns }) => ns);
      const rate = figures(({ ns }) => NS_PER_MS / ns);
      const rateName = `${row.name}-rate`;
      return [
        reportRow(row, against, { unit: row.fresh === 1 ? 'CPU ns/session' : 'CPU ns/packet', better: 'less' }, cpu),
        reportRow({ ...row, name: rateName }, against, { unit: 'k/s a CPU', better: 'more' }, rate),
      ];
    }),
  );
}

function reportRow(
  { name, flows }: PacketRow,
  against: string,
  kind: Pick<ReportRow, 'unit' | 'better'>,
  { runs, againstRuns }: Pick<ReportRow, 'runs' | 'againstRuns'>,
): ReportRow {
  const [value, againstValue] = [median(runs), median(againstRuns)];
  return { name, flows, against, ratio: value / againstValue, value, againstValue, runs, againstRuns, ...kind };
}

/** Measures CPU time per packet, in a different order in each run. */
export async function measurePackets(
  names: readonly string[],
  runs: number,
  seconds: number,
  tuning: WorkerTuning,
): Promise<readonly ReportRow[]> {
  const jobs = jobsOf(names);
  const world = await World.create();
  try {
    const lanes = new Map<LaneSystem, Lane>();
    for (const { system } of jobs) {
      if (!lanes.has(system)) lanes.set(system, await buildLane(world, system, tuning));
    }
    const bare = await BareLink.open(world);
    const bench = new PacketBench(lanes, bare, seconds);
    try {
      await bench.verify(jobs);
      for (let run = 1; run <= runs; run++) {
        for (const job of shuffled(jobs)) await bench.measure(run, job);
      }
    } finally {
      bare.close();
    }
    return packetReport(names, bench.results);
  } finally {
    await world.close();
  }
}

class PacketBench {
  readonly results = new Map<string, PacketCost[]>();
  readonly #lanes: ReadonlyMap<LaneSystem, Lane>;
  readonly #bare: BareLink;
  readonly #seconds: number;
  readonly #failed = new Set<LaneSystem>();
  #clients = 0;

  constructor(lanes: ReadonlyMap<LaneSystem, Lane>, bare: BareLink, seconds: number) {
    this.#lanes = lanes;
    this.#bare = bare;
    this.#seconds = seconds;
  }

  /** Every system's packets are verified before measuring; a system with incorrect packets is skipped. */
  async verify(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) {
      if (job.fresh > 0) continue;
      const lane = this.#lane(job.system);
      const verified = await attempted(job, async () =>
        verifyChecksums(lane, job.direction, await establish(lane, job.flows)),
      );
      if (!verified) this.#failed.add(job.system);
    }
    const names = [...this.#lanes.keys()].filter((system) => !this.#failed.has(system));
    console.log(`checksums verified by the kernels behind ${names.join(', ')}`);
  }

  async measure(run: number, job: Job): Promise<void> {
    const { system, flows, direction, countedAt, fresh } = job;
    if (this.#failed.has(system)) return;
    const lane = this.#lane(system);
    await keepSettled(this.#lanes.get('fast'), MANY_FLOWS);
    await attempted(job, async () => {
      const ports = fresh > 0 ? undefined : await establish(lane, flows);
      const course = {
        lane,
        direction,
        flows,
        countedAt,
        bare: this.#bare,
        ports: direction === '4to6' ? ports : undefined,
      };
      const cost = await (fresh > 0
        ? sessionCost(course, fresh, () => ++this.#clients)
        : packetCost(course, this.#seconds));
      console.log(`run ${run}  ${jobName(job).padEnd(32)} ${cost.ns.toFixed(0)} ns  lost ${cost.loss.toFixed(3)}`);
      this.results.set(jobName(job), [...(this.results.get(jobName(job)) ?? []), cost]);
    });
  }

  #lane(system: LaneSystem): Lane {
    const lane = this.#lanes.get(system);
    if (lane === undefined) throw new LaneError(`there is no lane for ${system}`);
    return lane;
  }
}

/** @returns whether it succeeded; failures are reported and skipped */
async function attempted(job: Job, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof LaneError) && !isMeasurementError(error)) throw error;
    console.error(`${jobName(job)} cannot be measured: ${error.message}`);
    return false;
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
