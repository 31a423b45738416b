import { defineConfig } from 'vitest/config';

/** The tests that are run against each mutant: those of the folder's own room, named by `deploy/mutate.sh`. */
const include = process.env['MUTATION_TESTS']?.split(' ');

export default defineConfig({
  test: { include: include ?? ['test/unit/**/*.test.ts'], pool: 'threads', testTimeout: 60_000 },
});
