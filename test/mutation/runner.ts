import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type RunnerTask as Task,
  type RunnerTestCase as Test,
  type RunnerTestFile as File,
  type RunnerTestSuite as Suite,
  TestRunner,
  vi,
} from 'vitest';
import type { Mutant } from './instrument.ts';

/** What the instrumented source reads and writes (StrykerJS's instrumenter). */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  /** `false`: what is reached is not counted. */
  counts?: boolean;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: {
    readonly static: Record<string, number>;
    readonly perTest: Record<string, Record<string, number>>;
  };
}

/** Vitest's own list of what `onTestFinished` has added. */
interface Repeatable extends Test {
  onFinished?: Array<(context: Test['context']) => unknown>;
}

/** How often each test reaches each change. */
type Reached = ReadonlyMap<Test, Readonly<Record<string, number>>>;

/** One line of the journal: what became of one change, or of a file of tests. */
type Line =
  | { readonly started: string }
  | { readonly begun: string; readonly file: string }
  | { readonly killed: string; readonly file: string; readonly by: string }
  | { readonly dirty: string; readonly file: string }
  | {
      readonly covered: readonly string[];
      readonly unconditional: readonly string[];
      readonly file: string;
      ms: number;
    }
  | { readonly done: string; readonly unusable: readonly string[] };

const state = process.env['MUTATION_STATE'] ?? '';
const phase = process.env['MUTATION_PHASE'] ?? '';
const every = Number(process.env['MUTATION_EVERY'] ?? 1);
// oxlint-disable-next-line no-underscore-dangle, typescript/no-unsafe-type-assertion -- the instrumenter's own name
const switches: Switches = ((globalThis as { __stryker__?: Switches }).__stryker__ ??= {});
// Tests put others in their place.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const now = performance.now.bind(performance);
/** A change that makes a test take so much longer than it took is noticed. */
const TIMES_LONGER = 5;
const LONGER_MS = 3000;
/** Its time is counted in such pieces: while the machine gives this process no time, none is counted. */
const PIECE_MS = 100;
/** A change may be reached so many times as often as without it: then it has made a loop without end. */
const TIMES_AS_OFTEN = 100;
const AS_OFTEN = 10_000;

/**
 * Runs each file of tests once as it is, and then, in the same process, those of its tests that reach a change again
 * and again, each time with that change: loading a file takes a hundred times as long as most tests.
 */
export default class MutationRunner extends TestRunner {
  readonly #tookMs = new Map<string, number>();
  #beganMs = 0;

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    switches.currentTestId = `in ${suite.id}`;
    if (suite === suite.file) {
      const journal = new Journal();
      switches.counts = true;
      journal.add({ started: versionOf(suite.file) });
      // Others have noticed all that it reaches.
      if (phase === 'changes' && !journal.isNeeded(versionOf(suite.file))) {
        for (const test of testsOf(suite.file)) test.mode = 'skip';
      }
    }
    await super.onBeforeRunSuite(suite);
  }

  override onBeforeTryTask(test: Test): void {
    super.onBeforeTryTask(test);
    switches.currentTestId = test.id;
    this.#beganMs = now();
  }

  override onAfterRunTask(test: Test): void {
    this.#tookMs.set(test.id, now() - this.#beganMs);
    switches.currentTestId = `in ${test.suite?.id ?? test.file.id}`;
    super.onAfterRunTask(test);
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    switches.currentTestId = undefined;
    // Before the state of its snapshots is gone.
    if (suite === suite.file) await this.#afterAll(suite.file);
    await super.onAfterRunSuite(suite);
  }

  async #afterAll(file: File): Promise<void> {
    const tests = testsOf(file).filter((test) => test.result?.state === 'pass');
    const reached = reachedBy(tests);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vitest.config.ts has written it
    const { mutants } = JSON.parse(readFileSync(join(state, 'mutants.json'), 'utf8')) as { mutants: Mutant[] };
    const wanted = mutants.filter(({ id, status }) => status !== 'Ignored' && Number(id) % every === 0);
    const covered = wanted.map(({ id }) => id).filter((id) => tests.some((test) => reached.get(test)?.[id]));
    if (phase === 'reach') {
      const unconditional = Object.keys(switches.mutantCoverage?.static ?? {});
      const ms = [...this.#tookMs.values()].reduce((sum, one) => sum + one, 0);
      this.#tookMs.clear();
      new Journal().add({ covered, unconditional, file: versionOf(file), ms });
    } else await this.#mutate(file, tests, covered, reached);
  }

  async #mutate(file: File, tests: readonly Test[], covered: readonly string[], reached: Reached): Promise<void> {
    const journal = new Journal();
    switches.counts = false;
    const left = covered.filter((id) => !journal.isSettled(id, versionOf(file)));
    const unusable: string[] = [];
    for (const test of tests) {
      if (!left.some((id) => reached.get(test)?.[id])) continue;
      if ((await this.#run(file, new Set([test]), undefined)) !== undefined) unusable.push(test.id);
    }
    const usable = tests.filter(({ id }) => !unusable.includes(id));
    for (const id of left) {
      const those = new Set(usable.filter((test) => reached.get(test)?.[id]));
      if (those.size === 0) continue;
      journal.add({ begun: id, file: versionOf(file) });
      const hits = [...those].reduce((sum, test) => sum + (reached.get(test)?.[id] ?? 0), 0);
      const failed = await this.#run(file, those, { id, hits });
      if (failed === undefined) continue;
      // It may have left something behind that fails the tests of the next change.
      if ((await this.#run(file, failed.ran, undefined)) !== undefined && !journal.wasDirty(id)) {
        journal.add({ dirty: id, file: versionOf(file) });
        process.kill(process.pid, 'SIGKILL');
      }
      journal.add({ killed: id, file: versionOf(file), by: failed.by });
    }
    journal.add({ done: versionOf(file), unusable });
  }

  /** @returns the test that failed, and those that ran; undefined: none failed */
  async #run(file: File, tests: ReadonlySet<Test>, mutant: { id: string; hits: number } | undefined) {
    const normalMs = [...tests].reduce((sum, { id }) => sum + (this.#tookMs.get(id) ?? 0), 0);
    const ran = new Set<Test>();
    let current = '';
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      let pieces = (TIMES_LONGER * normalMs + LONGER_MS) / PIECE_MS;
      const next = (): void => {
        if (pieces-- > 0) timer = startTimer(next, PIECE_MS);
        else reject(new Error('too long'));
      };
      next();
    });
    switches.activeMutant = mutant?.id;
    switches.hitCount = mutant === undefined ? undefined : 0;
    switches.hitLimit = mutant === undefined ? undefined : TIMES_AS_OFTEN * mutant.hits + AS_OFTEN;
    try {
      const begun = (test: Test): void => {
        current = test.name;
        ran.add(test);
      };
      await Promise.race([this.#suite(file, tests, begun), late]);
      return undefined;
    } catch {
      return { by: current === '' ? file.name : current, ran: ran.size === 0 ? tests : ran };
    } finally {
      stopTimer(timer);
      switches.activeMutant = undefined;
      switches.hitCount = undefined;
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  }

  async #suite(suite: Suite, wanted: ReadonlySet<Test>, begun: (test: Test) => void): Promise<void> {
    if (!testsOf(suite).some((test) => wanted.has(test))) return;
    const hooks = TestRunner.getSuiteHooks(suite);
    const ends: Array<() => unknown> = [];
    try {
      for (const hook of hooks.beforeAll) {
        const end: unknown = await hook(suite);
        if (typeof end === 'function') ends.push(() => end(suite) as unknown);
      }
      for (const task of suite.tasks) {
        if (task.type === 'suite') await this.#suite(task, wanted, begun);
        else if (wanted.has(task)) {
          begun(task);
          await this.#test(task);
        }
      }
    } finally {
      for (const hook of hooks.afterAll.toReversed()) await hook(suite);
      for (const end of ends.toReversed()) await end();
    }
  }

  async #test(test: Repeatable): Promise<void> {
    const suites: Suite[] = [];
    for (let suite = test.suite ?? test.file; ; suite = suite.suite ?? test.file) {
      suites.unshift(suite);
      if (suite === test.file) break;
    }
    test.promises = [];
    test.onFinished = [];
    const ends: Array<() => unknown> = [];
    await super.onBeforeRunTask(test);
    super.onBeforeTryTask(test);
    try {
      for (const suite of suites) {
        for (const hook of TestRunner.getSuiteHooks(suite).beforeEach) {
          const end: unknown = await hook(test.context, suite);
          if (typeof end === 'function') ends.push(() => end(test.context, suite) as unknown);
        }
      }
      await TestRunner.getTestFn(test)();
      await Promise.all(test.promises);
      super.onAfterTryTask(test);
    } finally {
      for (const suite of suites.toReversed()) {
        for (const hook of TestRunner.getSuiteHooks(suite).afterEach.toReversed()) await hook(test.context, suite);
      }
      for (const end of ends.toReversed()) await end();
      for (const hook of test.onFinished.toReversed()) await hook(test.context);
      super.onAfterRunTask(test);
    }
  }
}

/** The name of the file with a digest of its content, as mutate.mjs says it: when it has changed it is another one. */
function versionOf(file: File): string {
  const versions = (process.env['MUTATION_TESTS'] ?? '').split('\n');
  return versions.find((version) => version.startsWith(`${file.name}@`)) ?? file.name;
}

function testsOf(task: Task): Test[] {
  return task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task];
}

/** How often each test reaches each change, itself or in what its suites do before it. */
function reachedBy(tests: readonly Test[]): Reached {
  const perTest = switches.mutantCoverage?.perTest ?? {};
  return new Map(
    tests.map((test) => {
      const all = { ...perTest[test.id] };
      for (let suite: Suite | undefined = test.suite ?? test.file; suite !== undefined; suite = suite.suite) {
        Object.assign(all, { ...perTest[`in ${suite.id}`], ...all });
      }
      Object.assign(all, { ...perTest[`in ${test.file.id}`], ...all });
      return [test, all];
    }),
  );
}

/** What is known already, from before a restart too. */
class Journal {
  readonly #path = join(state, 'journal');
  readonly #lines: Line[] = existsSync(this.#path)
    ? readFileSync(this.#path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `add` has written it
        .map((line) => JSON.parse(line) as Line)
    : [];

  add(line: Line): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  /** It was killed by any file, or tried by this one. */
  isSettled(id: string, file: string): boolean {
    const tries = this.wasDirty(id) ? 2 : 1;
    const begun = this.#lines.filter((line) => 'begun' in line && line.begun === id && line.file === file);
    return begun.length >= tries || this.#lines.some((line) => 'killed' in line && line.killed === id);
  }

  /** Something that this file reaches is not settled. */
  isNeeded(file: string): boolean {
    return this.#lines.some(
      (line) => 'covered' in line && line.file === file && line.covered.some((id) => !this.isSettled(id, file)),
    );
  }

  wasDirty(id: string): boolean {
    return this.#lines.some((line) => 'dirty' in line && line.dirty === id);
  }
}
