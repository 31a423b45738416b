import { missingPrograms } from '../../src/lab/programs.ts';
import { whyNoWorld } from '../../src/lab/world/world.ts';

function whyNot(): string | undefined {
  const reason = whyNoWorld();
  if (reason !== undefined) return reason;
  const missing = missingPrograms();
  return missing.length === 0
    ? undefined
    : `missing: ${missing.join(', ')} (bash deploy/prepare.sh test installs and builds)`;
}

const reason = whyNot();
if (reason !== undefined) process.stdout.write(`lab tests are skipped: ${reason}\n`);

/** Whether lab tests can run here: `describe.runIf(labTest)`. The reason is printed where they cannot. */
export const labTest = reason === undefined;
