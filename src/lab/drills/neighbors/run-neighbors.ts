import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { milliseconds, Screen, seconds } from '../../screen.ts';
import { drill } from './measure.ts';
import { findRouters } from './neighbor.ts';
import { planOf, type Work } from './plan.ts';
import { merged, type NeighborRow, parseRows, rowsText } from './result.ts';

export interface NeighborsOptions {
  readonly json?: string;
  /** Words separated by commas; a case is run if its name contains all of them. */
  readonly only?: string;
  /** Number of concurrent labs. */
  readonly jobs: string;
  /** Keep the rows in the file; passing cases are not repeated. */
  readonly append?: boolean;
  /** No lab is started after this time. */
  readonly minutes?: string;
}

/** Runs every case for every combination of gateway and neighbour, and returns the exit status. */
export async function runNeighbors(options: NeighborsOptions): Promise<number> {
  const { json, only, jobs } = options;
  const reason = options.append === true && json === undefined ? '--append needs --json FILE' : whyNoLab();
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  const known = options.append === true && json !== undefined ? await readRows(json) : [];
  if (known === undefined) return EXIT_USAGE;
  const screen = new Screen();
  endWithWorlds();
  const note = (text: string): void => screen.note(`left out: ${text}`);
  const work = planOf(await findRouters(note), only?.split(',') ?? [], known, note);
  if (work.length === 0 && known.length === 0) {
    console.error(`isthmus: no case has "${only ?? ''}" in its name`);
    return EXIT_USAGE;
  }
  const run = new Run(work, known, screen, options);
  await Promise.all(Array.from({ length: Math.max(1, Number(jobs)) }, () => run.take()));
  return run.end();
}

/** @returns undefined: the file has another content, which was reported */
async function readRows(file: string): Promise<NeighborRow[] | undefined> {
  if (!existsSync(file)) return [];
  try {
    return parseRows(await readFile(file, 'utf8'));
  } catch {
    console.error(`isthmus: ${file} does not hold rows of this drill; give --json another name`);
    return undefined;
  }
}

class Run {
  readonly #work: (Work & { readonly again?: boolean })[];
  readonly #screen: Screen;
  readonly #json: string | undefined;
  readonly #startedMs = performance.now();
  readonly #untilMs: number;
  #rows: readonly NeighborRow[];
  #measured = 0;
  #broken = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(work: readonly Work[], known: readonly NeighborRow[], screen: Screen, options: NeighborsOptions) {
    this.#work = [...work];
    this.#rows = known;
    this.#screen = screen;
    this.#json = options.json;
    const minutes = Number(options.minutes ?? 0);
    this.#untilMs = minutes > 0 ? this.#startedMs + minutes * 60_000 : Number.POSITIVE_INFINITY;
  }

  /** Processes rigs until none is left or the time is over. */
  async take(): Promise<void> {
    for (let next = this.#work.shift(); next !== undefined; next = this.#work.shift()) {
      if (performance.now() > this.#untilMs) {
        this.#work.unshift(next);
        return;
      }
      try {
        const rows = await drill(next);
        this.#measured += rows.length;
        this.#rows = merged(this.#rows, rows);
        for (const row of rows) show(this.#screen, row);
        await this.#save();
      } catch (error) {
        const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
        const { gateway, neighbor, group } = next;
        const names = `${gateway.name}, ${neighbor.name} ${group.kind}`;
        this.#screen.note(`${names}, graceful restart ${group.gracefulRestart}: no result: ${reason}`);
        // A lab that failed to start on a loaded machine is retried once, at the end.
        if (next.again === true) this.#broken++;
        else this.#work.push({ ...next, again: true });
      }
    }
  }

  end(): number {
    const failed = this.#rows.filter(({ ok }) => !ok).length;
    const took = seconds(performance.now() - this.#startedMs);
    const left = this.#work.length;
    const text = `${this.#measured} rows in ${took}; of ${this.#rows.length} in all ${failed} not as stated`;
    const more = `${this.#broken} groups without a result, ${left} left to be run`;
    this.#screen.line(`${text}; ${more}`);
    return failed === 0 && this.#broken === 0 && left === 0 ? EXIT_OK : EXIT_FAILED;
  }

  /** Written atomically: an interrupted run keeps its results. */
  async #save(): Promise<void> {
    const json = this.#json;
    if (json === undefined) return;
    const before = this.#saving;
    this.#saving = (async () => {
      await before;
      await writeFile(`${json}.new`, rowsText(this.#rows));
      await rename(`${json}.new`, json);
    })();
    await this.#saving;
  }
}

function show(
  screen: Screen,
  { gateway, neighbor, kind, method, fault, family, gracefulRestart, ...row }: NeighborRow,
): void {
  const restart = kind === 'static-bfd' ? '' : `, graceful restart ${gracefulRestart}`;
  const time = row.stoppedMs === null ? 'packets still come' : `ended after ${milliseconds(row.stoppedMs)}`;
  const what = method === '' ? fault : method;
  const text = `${gateway} to ${neighbor} ${kind} IPv${family}: ${what}${restart}: ${time}`;
  if (row.ok) screen.good(row.refused ? `${text} (refused by config check for this router)` : text);
  else screen.bad(`${text}; stated ${milliseconds(row.statedMs)}, the gateway's own part ${milliseconds(row.ownMs)}`);
}
