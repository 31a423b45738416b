import { defineConfig } from 'vitest/config';

/**
 * Time limits only end what hangs: they are far above what the slowest machine needs.
 *
 * One project for each kind of test; `npm test` runs them all (deploy/test.sh), `npx vitest run --project unit` one of them.
 */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Nothing but computing: these can wait for every other program of the machine.
      ...['architecture', 'sim', 'property', 'conformance', 'fuzz'].map((name) => ({
        test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: 300_000, hookTimeout: 300_000 },
      })),
      // Builds Debian packages: half a minute of computing for each.
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
      // Boots systemd in root trees of Debian releases: root, and debootstrap's network (deploy/test-systemd.sh).
      {
        test: {
          name: 'systemd',
          include: ['test/systemd/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
