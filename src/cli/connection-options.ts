import { type Command, Option } from 'commander';

export const DEFAULT_RUN_DIR = '/run/isthmus';

export interface ConnectionOptions {
  readonly node?: string;
  readonly runDir: string;
}

/** Adds the options by which a command finds the agent. */
export function connectionOptions(command: Command): Command {
  return command
    .option('--node <name>', 'the node whose agent to ask; needed only where several agents run on one machine')
    .addOption(new Option('--run-dir <dir>', 'where the agent keeps its socket').default(DEFAULT_RUN_DIR));
}
