import type { Command } from 'commander';
import { registerAgentCommand } from './agent-command.ts';
import { registerCompletionCommand } from './completion-command.ts';
import { registerConfigCommand } from './config-command.ts';
import { registerDoctorCommand } from './doctor-command.ts';
import { registerDrillCommand } from './drill-command.ts';
import { registerDrainCommands } from './drain-command.ts';
import { registerDropsCommand } from './drops-command.ts';
import { registerEventsCommand } from './events-command.ts';
import { registerExplainCommand } from './explain-command.ts';
import { registerJooldCommand } from './joold-command.ts';
import { registerHistoryCommand } from './history-command.ts';
import { registerNamespacesCommand } from './namespaces-command.ts';
import { registerPauseCommands } from './pause-command.ts';
import { registerPoolCommand } from './pool-command.ts';
import { endWithoutReader } from './reader-gone.ts';
import { registerProbeCommand } from './probe-command.ts';
import { registerReloadCommand } from './reload-command.ts';
import { registerSessionsCommands } from './sessions-command.ts';
import { registerStatsCommand } from './stats-command.ts';
import { registerStatusCommand } from './status-command.ts';
import { groupDigits } from './table.ts';
import { registerTopCommand } from './top-command.ts';
import { registerTraceCommands } from './trace-command.ts';
import { registerTranslateCommand } from './translate-command.ts';
import { IsthmusCommand } from './usage.ts';
import { registerWhoWasCommand } from './whowas-command.ts';
import { registerWithdrawCommand } from './withdraw-command.ts';
import { describeVersion } from '../agent/status/software-version.ts';

/** The whole command line. Parsing has no side effects until a command's action runs. */
export function buildProgram(): Command {
  const program = new IsthmusCommand('isthmus')
    .description('Highly available NAT64/SIIT gateway for plain Linux machines')
    .version(describeVersion(), '-V, --version', 'print version, build and commit');
  registerAgentCommand(program);
  registerStatusCommand(program);
  registerStatsCommand(program);
  registerSessionsCommands(program);
  registerTopCommand(program);
  registerDropsCommand(program);
  registerPoolCommand(program);
  registerExplainCommand(program);
  registerTraceCommands(program);
  registerDrainCommands(program);
  registerPauseCommands(program);
  registerReloadCommand(program);
  registerDrillCommand(program);
  registerProbeCommand(program);
  registerEventsCommand(program);
  registerWhoWasCommand(program);
  registerHistoryCommand(program);
  registerWithdrawCommand(program);
  registerJooldCommand(program);
  registerNamespacesCommand(program);
  registerDoctorCommand(program);
  registerTranslateCommand(program);
  registerConfigCommand(program);
  registerCompletionCommand(program);
  endWithoutReader(program);
  program.hook('preAction', () => groupDigits(process.stdout.isTTY));
  return program;
}
