import { type Command, Option } from 'commander';
import { LOG_LEVELS } from '../cluster/log-levels.ts';
import { LOG_FORMATS } from '../observe/log-format.ts';
import { DEFAULT_RUN_DIR } from './connection-options.ts';
import { parseHttpAddress } from './http-address.ts';
import type { AgentOptions } from './agent-run.ts';

export function registerAgentCommand(program: Command): void {
  program
    .command('agent')
    .description('run a node of the cluster until SIGTERM or SIGINT; SIGHUP reloads the cluster file')
    .requiredOption('--config <file>', 'the cluster file')
    .requiredOption('--node <name>', 'which of its nodes this machine is')
    .addOption(new Option('--run-dir <dir>', 'where socket and lock are').default(DEFAULT_RUN_DIR))
    .option('--state-dir <dir>', 'where drain, epoch and events outlive the agent (default: the run directory)')
    .option('--http <address:port>', 'offer /metrics, /healthz, /readyz and a status page there', parseHttpAddress)
    .addOption(new Option('--log-level <level>', 'instead of the one in the cluster file').choices(LOG_LEVELS))
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
