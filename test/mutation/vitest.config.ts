import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { type Instrumented, instrument } from './instrument.ts';

/** What `mutate.mjs` says: the files to change, the tests to run, and where the journal is. */
const list = (name: string): string[] => (process.env[name] ?? '').split('\n').filter((one) => one !== '');
const state = process.env['MUTATION_STATE'] ?? '';

const tests = list('MUTATION_TESTS').map((version) => version.replace(/@[0-9a-f]+$/, ''));

/** In the order of the list. */
class Sequencer extends BaseSequencer {
  override sort(files: Parameters<BaseSequencer['sort']>[0]): ReturnType<BaseSequencer['sort']> {
    const places = new Map(tests.map((path, place) => [resolve(path), place]));
    return Promise.resolve(
      files.toSorted((left, right) => (places.get(left.moduleId) ?? 0) - (places.get(right.moduleId) ?? 0)),
    );
  }
}

/** Once for all processes of a run. */
async function instrumented(): Promise<Instrumented> {
  const path = join(state, 'instrumented.json');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Instrumented;
  const every = Number(process.env['MUTATION_EVERY'] ?? 1);
  const made = await instrument(list('MUTATION_SOURCES'), (id) => Number(id) % every === 0);
  writeFileSync(join(state, 'mutants.json'), JSON.stringify({ mutants: made.mutants }));
  writeFileSync(path, JSON.stringify(made));
  return made;
}

export default defineConfig(async () => {
  const { files } = await instrumented();
  const contents = new Map(files.map(({ name, content }) => [name, content]));
  return {
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        load: (id: string): string | undefined => contents.get(id.split('?')[0] ?? ''),
      },
    ],
    test: {
      include: tests,
      sequence: { sequencer: Sequencer },
      // Code that calls the kernel by addresses can end a whole process, and a mutant of such code does.
      pool: 'forks',
      isolate: false,
      fileParallelism: false,
      maxWorkers: 1,
      runner: './test/mutation/runner.ts',
      testTimeout: 60_000,
      teardownTimeout: 1000,
    },
  };
});
