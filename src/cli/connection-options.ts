import { type Command, Option } from 'commander';

export const DEFAULT_RUN_DIR = '/run/isthmus';
/** The unit's; without one an agent keeps everything in its run directory. */
const DEFAULT_STATE_DIR = '/var/lib/isthmus';

export interface ConnectionOptions {
  readonly node?: string;
  readonly runDir: string;
}

/** For what can be shown from files when no agent runs. */
export function storedOption(): Option {
  return new Option('--state-dir <dir>', 'where the agent stores events, for when none runs').default(
    DEFAULT_STATE_DIR,
  );
}

/** Adds the options by which a command finds the agent. */
export function connectionOptions(command: Command): Command {
  return command
    .option('--node <name>', 'node whose agent to query; needed only if several agents run on this machine')
    .addOption(new Option('--run-dir <dir>', 'directory of the control socket of the agent').default(DEFAULT_RUN_DIR));
}
