import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { instrument } from './instrument.ts';

/** What `mutate.mjs` says: the files to change, the tests to run, and where the journal is. */
const list = (name: string): string[] => (process.env[name] ?? '').split('\n').filter((one) => one !== '');
const state = process.env['MUTATION_STATE'] ?? '';

export default defineConfig(async () => {
  const { files, mutants } = await instrument(list('MUTATION_SOURCES'));
  const contents = new Map(files.map(({ name, content }) => [name, content]));
  writeFileSync(join(state, 'mutants.json'), JSON.stringify({ mutants }));
  return {
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        load: (id: string): string | undefined => contents.get(id.split('?')[0] ?? ''),
      },
    ],
    test: {
      include: list('MUTATION_TESTS').map((version) => version.replace(/@[0-9a-f]+$/, '')),
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
