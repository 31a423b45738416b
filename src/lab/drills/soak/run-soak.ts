import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { Screen, seconds } from '../../screen.ts';
import { checkFlows, churned, flooded, streamed, TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { residentBytes } from '../hostile/misfortunes.ts';
import { type HostileStage, openHostileStage, SERVER6 } from '../hostile/stage.ts';
import { openSources, type Source } from './sources.ts';
import { isCalm, passed, type SoakResult, type SoakRow } from './result.ts';

export interface SoakOptions {
  readonly minutes: string;
  /** With a loop at normal priority on every CPU. */
  readonly hog?: true;
  /** One half only: with the fast path, or without. */
  readonly half?: string;
  readonly json?: string;
}

const LONG_TCP = 60;
const CHURN_PER_SECOND = 20;
const CHURN_CLIENT = '2001:db8:6::77';
const FLOOD_MS = 15_000;
/** Pause between two floods, for tables to empty. */
const CALM_MS = 3_000;
const NODES = 2;
/** By name: with the fast path, or without. */
const HALVES: ReadonlyMap<string, readonly boolean[]> = new Map([
  ['slow', [false]],
  ['fast', [true]],
]);

/** Runs floods of all kinds one after the other, half of the time each without and with the fast path. */
export async function runSoak({ minutes, json, hog, half }: SoakOptions): Promise<number> {
  const lastsMs = Number(minutes) * 60_000;
  const halves = half === undefined ? [false, true] : HALVES.get(half);
  const reason = whyNoLab() ?? (lastsMs >= 60_000 ? undefined : 'a soak lasts a minute or more');
  if (reason !== undefined || halves === undefined) {
    console.error(`isthmus: ${reason ?? `--half is ${[...HALVES.keys()].join(' or ')}`}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  const result: { rows: SoakRow[]; memory: SoakResult['memory'][number][] } = { rows: [], memory: [] };
  const halfMs = lastsMs / halves.length;
  for (const fastPath of halves) {
    screen.step(`${seconds(halfMs)} of floods, ${fastPath ? 'with' : 'without'} the fast path`);
    const stage = await openHostileStage({ nodes: NODES, fastPath, hog: hog === true }, { tcp: LONG_TCP, start: HTTP });
    try {
      await soak(screen, stage, halfMs, result);
    } catch (error) {
      screen.bad(error instanceof Error ? error.message : String(error));
      screen.quote(stage.site.world.tails(15, 'agent'));
      return EXIT_FAILED;
    } finally {
      await stage.site.world.close();
    }
    if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  }
  for (const { node, fastPath, first, last } of result.memory) {
    const mib = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
    screen.note(
      `${node}${fastPath ? ', fast path' : ''}: ${mib(first)} after the first round, ${mib(last)} at the end`,
    );
  }
  return passed(result) ? EXIT_OK : EXIT_FAILED;
}

const HTTP = { args: ['--http', '127.0.0.1:9464'] };

async function soak(
  screen: Screen,
  stage: HostileStage,
  lastsMs: number,
  result: { readonly rows: SoakRow[]; readonly memory: SoakResult['memory'][number][] },
): Promise<void> {
  const { site, agents, setting } = stage;
  await site.client6.ip([`addr add ${CHURN_CLIENT}/64 dev eth0 nodad`]);
  const churn = new TrafficProgram(site.client6, 'churn', [SERVER6, String(CHURN_PER_SECOND), CHURN_CLIENT]);
  await churn.next('ready', 30_000);
  const sources = await openSources(stage);
  const until = performance.now() + lastsMs;
  let first: readonly number[] | undefined;
  do {
    for (const source of sources) {
      if (performance.now() >= until && first !== undefined) break;
      const row = await oneFlood(stage, source, churn);
      result.rows.push(row);
      show(screen, row);
    }
    first ??= await Promise.all(agents.map(residentBytes));
  } while (performance.now() < until);
  await pause(CALM_MS);
  const last = await Promise.all(agents.map(residentBytes));
  for (const [index, { node }] of agents.entries()) {
    result.memory.push({ node, fastPath: setting.fastPath, first: first[index] ?? 0, last: last[index] ?? 0 });
  }
}

async function oneFlood(
  stage: HostileStage,
  { name, program, perSecond }: Source,
  churn: TrafficProgram,
): Promise<SoakRow> {
  const { stream, quiet, withdrawals, agents, setting } = stage;
  const before = {
    withdrawn: await withdrawals.count(agents),
    short: await churned(churn),
    sent: await flooded(program),
  };
  stream.send('mark');
  const begun = performance.now();
  program.send(`rate ${perSecond}`);
  await pause(FLOOD_MS);
  program.send('rate 0');
  const lastedS = (performance.now() - begun) / 1000;
  await pause(CALM_MS);
  const packets = await streamed(stream);
  const flows = await checkFlows(quiet, 15_000);
  const [short, sent] = [await churned(churn), await flooded(program)];
  const row = {
    flood: name,
    fastPath: setting.fastPath,
    seconds: Math.round(lastedS),
    perSecond: Math.round((sent.sent - before.sent.sent) / lastedS),
    withdrawals: (await withdrawals.count(agents)) - before.withdrawn,
    brokenTcp: packets.tcpBroken + flows.tcpBroken,
    stallMs: Math.round(packets.outageMs),
    opened: short.opened - before.short.opened,
    failed: short.failed - before.short.failed,
  };
  return { ...row, ok: isCalm(row) };
}

function show(screen: Screen, row: SoakRow): void {
  const { flood, perSecond, withdrawals, brokenTcp, stallMs, opened, failed } = row;
  const text =
    `${flood}, ${perSecond}/s: ${withdrawals} withdrawals, ${brokenTcp} TCP broken, stall ${stallMs} ms, ` +
    `${opened - failed} of ${opened} new connections`;
  if (row.ok) screen.good(text);
  else screen.bad(text);
}
