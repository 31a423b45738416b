import type { Command } from 'commander';
import { EXIT_USAGE } from './exit-status.ts';

/** Commander ends with 1 on wrong usage; ours is 2. Help and version end with 0. */
export function exitWithUsage(command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE));
  for (const child of command.commands) exitWithUsage(child);
}
