import { missingPrograms } from './programs.ts';
import { whyNoWorld, World } from './world/world.ts';

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** Why the lab cannot run here, in one line; undefined: it can. */
export function whyNoLab(): string | undefined {
  const reason = whyNoWorld();
  if (reason !== undefined) return reason;
  const missing = missingPrograms();
  return missing.length === 0
    ? undefined
    : `the lab needs ${missing.join(', ')}: "bash deploy/prepare.sh demo" installs and builds what is missing`;
}

/** An interrupt, a closed terminal or a closed pipe ends the run, and the lab with it. */
export function endWithWorlds(): void {
  process.once('SIGINT', endWith(130));
  process.once('SIGTERM', endWith(143));
  process.once('SIGHUP', endWith(129));
  process.stdout.once('error', endWith(EXIT_FAILED));
}

function endWith(exitStatus: number): () => void {
  return () => void World.closeAll().finally(() => process.exit(exitStatus));
}
