import { beforeEach } from 'vitest';

/** Each test of the suite goes on where the one before it has ended: after a failure the others are skipped. */
export function goOnFromEachOther(): void {
  let failed: string | undefined;
  beforeEach(({ skip, task, onTestFailed }) => {
    if (failed !== undefined) skip(`"${failed}" has failed before`);
    onTestFailed(() => {
      failed = task.name;
    });
  });
}
