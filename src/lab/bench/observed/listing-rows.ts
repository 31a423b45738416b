import type { GatewayAgent } from '../../gateway/agent.ts';
import { ISTHMUS } from '../../programs.ts';
import { POOL6, SERVER4 } from '../../topology/site.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import { Generator } from '../pps/generator.ts';
import { namespaceOf } from '../pps/packet-cost.ts';
import { median, type ReportRow } from '../report.ts';
import { type ObservedSite, openObservedSite } from './observed-site.ts';

export const LISTING = 'listing';
/** How many sessions are listed at least; `ISTHMUS_BENCH_SESSIONS` says another number. */
const SESSIONS = 500_000;
const MOST_SESSIONS = 8_000_000;
const FLOWS = 50_000;
/** So that most of the packets find room in the queues. A second. */
const FILL_RATE = 150_000;
/** Rounds for each that would do if no packet were lost. */
const FILL_TRIES = 6;
/** The first sessions are still there when the last one is made. */
const UDP_TIMEOUT = '1h';
const PINGS = 600;
const PERCENTILES = [50, 99] as const;
const WITHIN_MS = 300_000;
/** After the listing has begun. */
const SETTLE_MS = 500;
const SERVER6 = `${POOL6.split('/')[0]}${SERVER4}`;

/** How long packets of the slow path take while all sessions are listed, beside the same without that. */
export async function measureListing(runs: number): Promise<readonly ReportRow[]> {
  const wanted = wantedSessions(process.env['ISTHMUS_BENCH_SESSIONS']);
  const tables = { sessions: Math.max(2_000_000, wanted + 10 * FLOWS), udp: UDP_TIMEOUT };
  const place = await openObservedSite(tables);
  try {
    const begin = performance.now();
    const filled = await fill(place, wanted);
    console.log(`${filled} sessions, made within ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    const { carrier, site } = place;
    await pings(site.client6);
    const times = { listing: [] as number[][], alone: [] as number[][] };
    for (let run = 1; run <= runs; run++) {
      for (const name of run % 2 === 0 ? (['listing', 'alone'] as const) : (['alone', 'listing'] as const)) {
        const ping = async (): Promise<number[]> => pings(site.client6);
        const values = name === 'alone' ? await ping() : await whileListing(carrier, ping);
        times[name].push(values);
        console.log(`run ${run}  ${name.padEnd(8)} ${values.map((value) => value.toFixed(0)).join('  ')} µs`);
      }
    }
    return PERCENTILES.map((percentile, index) => rowOf(percentile, index, times.listing, times.alone));
  } finally {
    await place.site.world.close();
  }
}

function rowOf(percentile: number, index: number, listing: number[][], alone: number[][]): ReportRow {
  const valuesOf = (all: number[][]): number[] => all.map((values) => values[index] ?? Number.NaN);
  const [runs, againstRuns] = [valuesOf(listing), valuesOf(alone)];
  const [value, againstValue] = [median(runs), median(againstRuns)];
  const figures = { value, againstValue, runs, againstRuns, ratio: value / againstValue };
  return { name: `${LISTING}-p${percentile}`, unit: 'µs', better: 'less', against: 'alone', ...figures };
}

/** @throws RangeError */
export function wantedSessions(text: string | undefined): number {
  if (text === undefined) return SESSIONS;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > MOST_SESSIONS)
    throw new RangeError(`ISTHMUS_BENCH_SESSIONS is ${text}; a number from 1 to ${MOST_SESSIONS} is needed`);
  return number;
}

/** @returns the sessions that the gateway owns */
async function fill({ site, carrier, stream }: ObservedSite, wanted: number): Promise<number> {
  const rounds = FILL_TRIES * Math.ceil(wanted / FLOWS);
  for (let round = 1; round <= rounds; round++) {
    const end = { namespace: namespaceOf(site.client6), interface: 'eth0' };
    const generator = new Generator(end, stream(round), FLOWS);
    try {
      await generator.send({ seconds: 10, packets: FLOWS, rate: FILL_RATE });
    } finally {
      generator.close();
    }
    const status = await carrier.until('an answer', () => true, WITHIN_MS);
    const held = status.instances.reduce((sum, { ownSessions }) => sum + ownSessions, 0);
    if (held >= wanted) return held;
  }
  throw new Error(`${rounds} rounds of ${FLOWS} packets did not make ${wanted} sessions`);
}

/** Round trips through the gateway, µs, one for each percentile. */
async function pings(client6: Machine): Promise<number[]> {
  const argv = ['ping', '-6', '-n', '-c', String(PINGS), '-i', '0.005', SERVER6];
  const { stdout } = await client6.run(argv, { timeoutMs: WITHIN_MS });
  const times = [...stdout.matchAll(/time=([\d.]+) ms/g)].map(([, text]) => Number(text) * 1000);
  const sorted = times.toSorted((one, other) => one - other);
  return PERCENTILES.map((percentile) => sorted[Math.floor((sorted.length * percentile) / 100)] ?? Number.NaN);
}

/** One listing after the other until the work is done; the last one goes on to its end. */
async function whileListing(carrier: GatewayAgent, work: () => Promise<number[]>): Promise<number[]> {
  const done = new AbortController();
  const begin = performance.now();
  let lines = 0;
  const listings = (async (): Promise<void> => {
    while (!done.signal.aborted) {
      const list = `'${process.execPath}' '${ISTHMUS}' sessions --limit 0 --json | wc -l`;
      const { stdout } = await carrier.machine.run(['sh', '-c', list], { timeoutMs: WITHIN_MS });
      lines += Number(stdout);
    }
  })();
  try {
    await pause(SETTLE_MS);
    return await work();
  } finally {
    done.abort();
    await listings;
    console.log(`meanwhile ${lines} sessions were listed, in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
}
