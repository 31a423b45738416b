import { availableParallelism, getPriority, setPriority } from 'node:os';
import { setAffinity } from '../../../linux/thread.ts';
import { pause } from '../../world/wait.ts';
import { type Amount, Generator } from '../pps/generator.ts';
import { namespaceOf } from '../pps/packet-cost.ts';
import { Sink } from '../pps/sink.ts';
import { median, type ReportRow } from '../report.ts';
import { type Observed, Observers } from './observers.ts';
import { HTTP, type ObservedSite, openObservedSite, WORKER_CPU } from './observed-site.ts';
import { threadTimes } from './thread-times.ts';

export const OBSERVED = 'observed';
const FLOWS = 1000;
const NEW_SESSIONS = 50_000;
const WARM_RATE = 10_000;
const WARM_PASSES = 12;
/** After the last packet was sent, time for those on their way, and for what follows them in the agent. */
const SETTLE_MS = 300;
/** Of each block: its slices take turns. */
const ROUNDS = 3;
const ENOUGH = 0.95;
const SENDER_NICENESS = -15;
/** What is offered at the limit, in parts of a rate that loses packets: more would only cost the sender's CPU. */
const OFFERED = 1.25;
/** Rates that are tried to find the limit, packets a second. */
const LOWEST_RATE = 20_000;
const HIGHEST_RATE = 1_000_000;
const RATE_STEP = 1.25;
const TRY_SECONDS = 0.5;
const MS_PER_SECOND = 1000;

/** What a gateway did in a time. */
interface Slice {
  readonly sent: number;
  readonly delivered: number;
  readonly seconds: number;
  readonly workersNs: number;
  readonly mainNs: number;
  readonly allNs: number;
}

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly of: (slice: Slice) => number;
}

/** CPU time at a rate that is far from the limit, so that both sides do the same work however busy the machine is. */
const AT_A_RATE: readonly Figure[] = [
  { name: 'worker', unit: 'CPU ms/s', better: 'less', of: ({ workersNs, seconds }) => workersNs / seconds / 1e6 },
  { name: 'main', unit: 'CPU ms/s', better: 'less', of: ({ mainNs, seconds }) => mainNs / seconds / 1e6 },
  { name: 'agent', unit: 'CPU ms/s', better: 'less', of: ({ allNs, seconds }) => allNs / seconds / 1e6 },
];
/** With more packets than the gateway carries. */
const AT_THE_LIMIT: readonly Figure[] = [
  { name: 'limit', unit: 'k/s', better: 'more', of: ({ delivered, seconds }) => delivered / seconds / 1000 },
  { name: 'limit-offered', unit: 'k/s', better: 'more', of: ({ sent, seconds }) => sent / seconds / 1000 },
  { name: 'limit-cpu', unit: 'CPU ns each', better: 'less', of: ({ workersNs, delivered }) => workersNs / delivered },
];

interface Kind {
  readonly name: string;
  readonly fresh: boolean;
  /** Packets a second; absent: more than the gateway carries. */
  readonly rate?: number;
  readonly figures: readonly Figure[];
}

const KINDS: readonly Kind[] = [
  { name: 'packets', fresh: false, rate: 4000, figures: AT_A_RATE },
  { name: 'sessions', fresh: true, rate: 2000, figures: AT_A_RATE },
  { name: 'packets', fresh: false, figures: AT_THE_LIMIT },
  { name: 'sessions', fresh: true, figures: AT_THE_LIMIT },
];

/** A slice of each kind, in their order: the sum of its rounds. */
type Block = readonly Slice[];

/**
 * The gateway of a real pair, beside the same with everybody watching it. Blocks with and without observers take turns,
 * and which of them is first. The worker has a CPU of its own, the sender, the agents and the observers have the rest:
 * else the observers would take the worker's CPU, which is not what being observed costs.
 */
export async function measureObserved(runs: number, seconds: number): Promise<readonly ReportRow[]> {
  const cpus = Array.from({ length: availableParallelism() }, (_, cpu) => cpu);
  const others = cpus.filter((cpu) => cpu !== WORKER_CPU);
  if (others.length > 0) setAffinity(others);
  try {
    return await measureBlocks(runs, seconds);
  } finally {
    setAffinity(cpus);
  }
}

async function measureBlocks(runs: number, seconds: number): Promise<readonly ReportRow[]> {
  const place = await openObservedSite();
  try {
    const bench = new ObservedBench(place, seconds);
    await bench.establish();
    const blocks = { observed: [] as Block[], alone: [] as Block[] };
    for (let run = 1; run <= runs; run++) {
      for (const name of run % 2 === 0 ? (['observed', 'alone'] as const) : (['alone', 'observed'] as const)) {
        const block = name === 'alone' ? await bench.block() : await bench.observedBlock();
        blocks[name].push(block);
        console.log(`run ${run}  ${name.padEnd(8)} ${textOf(block)}`);
      }
    }
    return reportOf(blocks.observed, blocks.alone);
  } catch (error) {
    const tails = place.site.world.tails(40, 'agent');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  } finally {
    await place.site.world.close();
  }
}

function textOf(block: Block): string {
  return KINDS.flatMap(({ name, figures }, at) => {
    const slice = block[at];
    return slice === undefined ? [] : figures.map((one) => `${name}-${one.name} ${one.of(slice).toPrecision(4)}`);
  }).join('  ');
}

/** The ratio is the median of those of all runs. */
export function reportOf(observed: readonly Block[], alone: readonly Block[]): ReportRow[] {
  return KINDS.flatMap(({ name, figures }, at) =>
    figures.flatMap(({ name: figure, unit, better, of }): ReportRow[] => {
      const valuesOf = (blocks: readonly Block[]): number[] =>
        blocks.flatMap((block) => (block[at] === undefined ? [] : [of(block[at])]));
      const [runs, againstRuns] = [valuesOf(observed), valuesOf(alone)];
      const row = `${OBSERVED}-${name}-${figure}`;
      const pairs = runs.map((value, run) => [value, againstRuns[run] ?? Number.NaN] as const);
      const compared: ReportRow = {
        name: row,
        unit,
        better,
        against: 'alone',
        ratio: median(pairs.map(([value, other]) => value / other)),
        runs,
        againstRuns,
        value: median(runs),
        againstValue: median(againstRuns),
      };
      return figures === AT_A_RATE ? [compared, lossRow(row, pairs)] : [compared];
    }),
  );
}

/** What the observers take of the thread's time: of a worker's, the part of its packets that it cannot carry then. */
function lossRow(name: string, pairs: ReadonlyArray<readonly [number, number]>): ReportRow {
  const runs = pairs.map(([observed, alone]) => (100 * (observed - alone)) / MS_PER_SECOND);
  const none = { against: 'none', ratio: null, againstRuns: [], againstValue: null };
  return { name: `${name}-loss`, unit: '% of a CPU', better: 'less', runs, value: median(runs), ...none };
}

class ObservedBench {
  readonly #place: ObservedSite;
  readonly #seconds: number;
  #clients = 0;
  /** Packets a second that are offered at the limit, by kind. */
  readonly #offered = new Map<Kind, number>();

  constructor(place: ObservedSite, seconds: number) {
    this.#place = place;
    this.#seconds = seconds;
  }

  /** Sends packets of all flows until they have sessions, at a rate that nothing is lost at; then finds the limits. */
  async establish(): Promise<void> {
    const generator = this.#generator(0, FLOWS);
    try {
      for (let pass = 0; pass < WARM_PASSES; pass++) {
        await generator.send({ seconds: 60, packets: FLOWS, rate: WARM_RATE });
      }
    } finally {
      generator.close();
    }
    for (const kind of KINDS.filter(({ rate }) => rate === undefined))
      this.#offered.set(kind, await this.#offerOf(kind));
  }

  /**
   * What is offered at the limit, packets a second: more than a rate at which packets are lost. A flood would not find
   * it: the queues in front of the worker turn where the sender runs.
   */
  async #offerOf({ fresh }: Kind): Promise<number> {
    const found = { rate: LOWEST_RATE, slice: await this.#tried(fresh, LOWEST_RATE) };
    while (found.slice.delivered >= ENOUGH * found.slice.sent && found.rate < HIGHEST_RATE) {
      found.rate = Math.round(found.rate * RATE_STEP);
      found.slice = await this.#tried(fresh, found.rate);
    }
    return Math.round(found.rate * OFFERED);
  }

  async #tried(fresh: boolean, rate: number): Promise<Slice> {
    return this.#timed(() => (fresh ? this.#sendNew(rate, TRY_SECONDS) : this.#sendEstablished(rate, TRY_SECONDS)));
  }

  async observedBlock(): Promise<Block> {
    const observers = await Observers.start(this.#place.carrier.machine, HTTP);
    try {
      const before = await observers.seen();
      const block = await this.block();
      reportSeen(before, await observers.seen());
      return block;
    } finally {
      await observers.stop();
    }
  }

  async block(): Promise<Block> {
    const slices = KINDS.map((): Slice[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [at, kind] of KINDS.entries()) slices[at]?.push(await this.#slice(kind));
    }
    return slices.map(sumOf);
  }

  async #slice(kind: Kind): Promise<Slice> {
    const { name, fresh, figures, rate = this.#offered.get(kind) } = kind;
    const slice = await this.#timed(() =>
      fresh ? this.#sendNew(rate, this.#seconds) : this.#sendEstablished(rate, this.#seconds),
    );
    if (figures === AT_A_RATE && slice.delivered < ENOUGH * slice.sent)
      console.log(`${name}: only ${slice.delivered} of ${slice.sent} packets came through`);
    return slice;
  }

  async #sendEstablished(rate: number | undefined, seconds: number): Promise<number> {
    const generator = this.#generator(0, FLOWS);
    try {
      return (await generator.send(amountOf(seconds, rate))).packets;
    } finally {
      generator.close();
    }
  }

  async #sendNew(rate: number | undefined, seconds: number): Promise<number> {
    const end = performance.now() + seconds * 1000;
    let sent = 0;
    for (let left = seconds; left > 0; left = (end - performance.now()) / 1000) {
      const generator = this.#generator(++this.#clients, NEW_SESSIONS);
      try {
        sent += (await generator.send({ ...amountOf(left, rate), packets: NEW_SESSIONS })).packets;
      } finally {
        generator.close();
      }
    }
    return sent;
  }

  async #timed(send: () => Promise<number>): Promise<Slice> {
    const { site, carrier } = this.#place;
    const pid = await carrier.process.hostPid();
    const sink = new Sink({ namespace: namespaceOf(site.server4), interface: 'eth0', direction: 'ingress' });
    try {
      const [begun, before] = [performance.now(), threadTimes(pid)];
      const sent = await firstOfAll(send);
      await pause(SETTLE_MS);
      const seconds = (performance.now() - begun) / 1000;
      const after = threadTimes(pid);
      const delivered = sink.count;
      if (delivered === 0) throw new Error('no packet came through the gateway');
      return {
        sent,
        delivered,
        seconds,
        workersNs: after.workers - before.workers,
        mainNs: after.main - before.main,
        allNs: after.all - before.all,
      };
    } finally {
      sink.close();
    }
  }

  #generator(fresh: number, flows: number): Generator {
    const { site, stream } = this.#place;
    return new Generator({ namespace: namespaceOf(site.client6), interface: 'eth0' }, stream(fresh), flows);
  }
}

/** While packets are sent the sender goes before all else, so that the gateway's limit is what is measured. */
async function firstOfAll(send: () => Promise<number>): Promise<number> {
  const before = getPriority();
  setPriority(SENDER_NICENESS);
  try {
    return await send();
  } finally {
    setPriority(before);
  }
}

function amountOf(seconds: number, rate: number | undefined): Amount {
  return rate === undefined ? { seconds } : { seconds, rate };
}

function sumOf(slices: readonly Slice[]): Slice {
  const sum = (of: (slice: Slice) => number): number => slices.reduce((all, slice) => all + of(slice), 0);
  return {
    sent: sum(({ sent }) => sent),
    delivered: sum(({ delivered }) => delivered),
    seconds: sum(({ seconds }) => seconds),
    mainNs: sum(({ mainNs }) => mainNs),
    workersNs: sum(({ workersNs }) => workersNs),
    allNs: sum(({ allNs }) => allNs),
  };
}

function reportSeen(before: Observed, after: Observed): void {
  const [scrapes, screens] = [after.scrapes - before.scrapes, after.screens - before.screens];
  console.log(`meanwhile ${scrapes} scrapes, ${screens} screens, ${after.followed - before.followed},000 sessions`);
}
