import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { milliseconds, Screen, seconds } from '../../screen.ts';
import { pause } from '../../world/wait.ts';
import { type CaseGroup, GROUPS, type NeighborCase } from './cases.ts';
import { acceptsAdminDown, findNeighbors, hasStaticBfd, type Neighbor } from './neighbor.ts';
import { ALLOWANCE_MS, judge, type NeighborRow } from './result.ts';
import { Rig } from './rig.ts';

export interface NeighborsOptions {
  readonly json?: string;
  /** Words separated by commas; a case is run when each is a part of its name. */
  readonly only?: string;
  /** Labs beside each other. */
  readonly jobs: string;
}

/** Packets are watched for so long beyond the stated time and its allowance before a black hole is called one, ms. */
const BEYOND_MS = 6000;
/** No packet for so long: the traffic has ended, ms. */
const QUIET_MS = 400;

/** Runs every neighbour through every case and returns the exit status. */
export async function runNeighbors({ json, only, jobs }: NeighborsOptions): Promise<number> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  const screen = new Screen();
  endWithWorlds();
  const started = performance.now();
  const work = planOf(await findNeighbors((text) => screen.note(`left out: ${text}`)), only?.split(',') ?? [], screen);
  if (work.length === 0) {
    console.error(`isthmus: no case has "${only ?? ''}" in its name`);
    return EXIT_USAGE;
  }
  const rows: NeighborRow[] = [];
  let broken = 0;
  const take = async (): Promise<void> => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) {
      const { neighbor, group } = next;
      try {
        const measured = await drill(neighbor, group);
        rows.push(...measured);
        for (const row of measured) show(screen, row);
      } catch (error) {
        const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
        screen.note(`${neighbor.name} ${group.kind}, graceful restart ${group.gracefulRestart}: no result: ${reason}`);
        // A lab that did not come up on a loaded machine gets one more chance, at the end.
        if (next.again) broken++;
        else work.push({ ...next, again: true });
      }
      if (json !== undefined) await writeFile(json, `${JSON.stringify(sorted(rows), null, 2)}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(jobs)) }, take));
  const failed = rows.filter(({ ok }) => !ok);
  const took = seconds(performance.now() - started);
  screen.line(`${rows.length} rows, ${failed.length} not as stated, ${broken} groups without a result, in ${took}`);
  return failed.length === 0 && broken === 0 ? EXIT_OK : EXIT_FAILED;
}

interface Work {
  readonly neighbor: Neighbor;
  readonly group: CaseGroup;
  /** It had no result when it was tried first. */
  readonly again: boolean;
}

function planOf(neighbors: readonly Neighbor[], words: readonly string[], screen: Screen): Work[] {
  return neighbors.flatMap((neighbor) =>
    GROUPS.flatMap((group) => {
      if (group.kind === 'static-bfd' && !hasStaticBfd(neighbor)) {
        screen.note(`left out: ${neighbor.name} static-bfd: FRR has no static routes with BFD before 8.5`);
        return [];
      }
      const cases = group.cases.filter((one) => words.every((word) => nameOf(neighbor, one).includes(word)));
      return cases.length === 0 ? [] : [{ neighbor, group: { ...group, cases }, again: false }];
    }),
  );
}

function nameOf({ name }: Neighbor, { kind, method, fault, gracefulRestart }: NeighborCase): string {
  return `${name} ${kind} ${method ?? ''} ${fault} graceful-restart-${gracefulRestart}`;
}

async function drill(neighbor: Neighbor, group: CaseGroup): Promise<NeighborRow[]> {
  const rig = await Rig.open(neighbor, group);
  try {
    const rows: NeighborRow[] = [];
    for (const one of group.cases) {
      await rig.announce(one.method);
      rows.push(...(await measure(rig, neighbor, one)));
    }
    return rows;
  } finally {
    await rig.world.close();
  }
}

async function measure(rig: Rig, neighbor: Neighbor, one: NeighborCase): Promise<NeighborRow[]> {
  const begunMs = (await rig.last()).nowMs;
  const restore = await begin(rig, one);
  const refused = one.method === 'bfd-shutdown' && !acceptsAdminDown(neighbor);
  const untilMs = begunMs + one.statedMs + ALLOWANCE_MS + BEYOND_MS;
  let seen = await rig.last();
  while (seen.nowMs < untilMs && (seen.nowMs - seen.v4 < QUIET_MS || seen.nowMs - seen.v6 < QUIET_MS)) {
    await pause(20);
    seen = await rig.last();
  }
  await restore();
  const stopped = (last: number): number | undefined =>
    seen.nowMs - last < QUIET_MS / 2 ? undefined : Math.max(0, last - begunMs);
  return [
    judge(neighbor.name, one, 4, refused, stopped(seen.v4)),
    judge(neighbor.name, one, 6, refused, stopped(seen.v6)),
  ];
}

/** Makes the fault. @returns what makes it good again */
async function begin(rig: Rig, { fault }: NeighborCase): Promise<() => Promise<void>> {
  const nothing = async (): Promise<void> => undefined;
  if (fault === 'drain') {
    rig.withdraw();
    return nothing;
  }
  if (fault === 'power-loss') {
    await rig.silence();
    return async () => rig.unsilence();
  }
  const daemon = rig.frr.processes.get(rig.daemon);
  await daemon?.signal(fault === 'daemon-killed' ? 'SIGKILL' : 'SIGSTOP');
  return async () => {
    if (fault === 'daemon-hanging') {
      await daemon?.signal('SIGKILL');
      daemon?.resume();
    }
    await daemon?.exited;
    await rig.restartDaemon();
  };
}

function show(screen: Screen, { neighbor, kind, method, fault, family, gracefulRestart, ...row }: NeighborRow): void {
  const restart = kind === 'static-bfd' ? '' : `, graceful restart ${gracefulRestart}`;
  const time = row.stoppedMs === null ? 'packets still come' : `ended after ${milliseconds(row.stoppedMs)}`;
  const text = `${neighbor} ${kind} IPv${family}: ${method === '' ? fault : method}${restart}: ${time}`;
  if (row.ok) screen.good(row.refused ? `${text} (refused by config check for this router)` : text);
  else screen.bad(`${text}; stated ${milliseconds(row.statedMs)}`);
}

function sorted(rows: readonly NeighborRow[]): NeighborRow[] {
  return rows.toSorted(
    (one, other) => one.neighbor.localeCompare(other.neighbor) || one.kind.localeCompare(other.kind),
  );
}
