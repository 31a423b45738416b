import { type Command, Option } from 'commander';
import { givenText } from './given-text.ts';

export const DEFAULT_RUN_DIR = '/run/isthmus';
/** That of the unit file; without one an agent stores everything in its run directory. */
const DEFAULT_STATE_DIR = '/var/lib/isthmus';

export interface ConnectionOptions {
  readonly node?: string;
  readonly runDir: string;
}

/** Options of commands that can show every node. */
export interface AllNodesOptions extends ConnectionOptions {
  readonly all?: true;
}

/** For data that is shown from files when no agent runs. */
export function storedOption(): Option {
  return new Option('--state-dir <dir>', 'where the agent stores events, for when none runs').default(
    DEFAULT_STATE_DIR,
  );
}

/** Adds `--all`, for read-only commands. */
export function allNodesOption(command: Command): Command {
  return command.addOption(
    new Option('--all', 'ask every node of the cluster, one after the other').conflicts(['node', 'watch', 'follow']),
  );
}

/** Adds the options for finding the agent. */
export function connectionOptions(command: Command): Command {
  return command
    .option('--node <name>', 'node to ask; another one is asked through the agent of this machine', givenText)
    .addOption(new Option('--run-dir <dir>', 'directory of the control socket of the agent').default(DEFAULT_RUN_DIR));
}
