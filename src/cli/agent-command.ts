import { type Command, Option } from 'commander';
import { LOG_LEVELS } from '../cluster/log-levels.ts';
import { LOG_FORMATS } from '../observe/log-format.ts';
import { DEFAULT_RUN_DIR } from './connection-options.ts';
import { readHttpAddress } from './http-address.ts';
import type { AgentOptions } from './agent-run.ts';

export function registerAgentCommand(program: Command): void {
  program
    .command('agent')
    .description('run a node of the cluster; SIGTERM and SIGINT stop it, SIGHUP reloads the cluster file')
    .requiredOption('--config <file>', 'cluster file')
    .requiredOption('--node <name>', 'name of this node in the cluster file')
    .addOption(new Option('--run-dir <dir>', 'directory of control socket and lock file').default(DEFAULT_RUN_DIR))
    .option('--state-dir <dir>', 'directory of persistent state: drain, epoch, events (default: the run directory)')
    .option(
      '--http <address:port>',
      'serve /metrics, /healthz, /readyz and a status page at this address (default: `http` of the node in the cluster file)',
      readHttpAddress,
    )
    .addOption(new Option('--log-level <level>', 'override the log level of the cluster file').choices(LOG_LEVELS))
    .addOption(
      new Option('--log-format <format>', 'auto: text on a terminal and in the journal, else JSON')
        .choices(LOG_FORMATS)
        .default('auto'),
    )
    .action(async (options: AgentOptions) => {
      const { runAgent } = await import('./agent-run.ts');
      process.exitCode = await runAgent(options);
    });
}
