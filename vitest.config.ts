import { defineConfig } from 'vitest/config';

/**
 * Time limits only end what hangs: they are far above what the slowest machine needs.
 *
 * One project for each kind of test; `npx vitest run --project unit` runs one of them, `npm test`
 * all but `package`, `long` and `systemd`, which are commands of their own (deploy/test.sh).
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
      ...['lab', 'lab/long'].map((folder) => ({
        test: {
          name: folder.replace('lab/', ''),
          include: [`test/${folder}/*.test.ts`],
          pool: 'forks' as const,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      })),
    ],
  },
});
