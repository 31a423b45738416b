import { defineConfig } from 'vitest/config';

/** The tests that are run against each mutant: those of the folder's own room, named by `deploy/mutate.sh`. */
const include = process.env['MUTATION_TESTS']?.split(' ');

export default defineConfig({
  test: { include: include ?? ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
  plugins: [
    {
      name: 'processes instead of threads',
      // StrykerJS asks for threads. Code that calls the kernel by addresses can end a whole process with them, and a
      // mutant of such code does. The files of one mutant share a process: loading it takes longer than the tests.
      configureVitest: ({ project }) => {
        project.config.pool = 'forks';
        project.config.isolate = false;
      },
    },
  ],
});
