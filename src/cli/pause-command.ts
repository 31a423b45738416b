import type { Command } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { wholeNumber } from './whole-number.ts';
import type { PauseOptions, SwitchoverOptions } from './pause-run.ts';

export function registerPauseCommands(program: Command): void {
  const pause = program
    .command('pause')
    .description(
      'have the checks of a node change nothing: it is neither withdrawn nor restored by them, its TUNs and routes are not ' +
        'repaired, and it takes no slice of another node; the guard still withdraws for an agent that is dead; persists ' +
        'across restarts',
    )
    .option('--reason <text>', 'reason, shown in events and status')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 paused, 1 not stored, 2 no agent running.');
  allNodesOption(connectionOptions(pause)).action(async (options: PauseOptions) => {
    const { runPause } = await import('./pause-run.ts');
    await runPause(options);
  });
  const resume = program
    .command('resume')
    .description('have a paused node follow its checks again')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 resumed, 1 the node is not paused, 2 no agent running.');
  allNodesOption(connectionOptions(resume)).action(async (options: PauseOptions) => {
    const { runResume } = await import('./pause-run.ts');
    await runResume(options);
  });
  const switchover = program
    .command('switchover')
    .description(
      'move the traffic of one node to another one: return the second to service if it is drained, then drain the first',
    )
    .argument('<from>', 'node that is to be drained')
    .argument('<to>', 'node that is to serve')
    .option('--reason <text>', 'reason, shown in events and status')
    .option('--timeout <seconds>', 'how long to wait until the second node is active', wholeNumber(1, 3600), 60)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 the first node is drained and the second serves, 1 refused or not complete, 2 no agent running.',
    );
  connectionOptions(switchover).action(async (from: string, to: string, options: SwitchoverOptions) => {
    const { runSwitchover } = await import('./pause-run.ts');
    await runSwitchover(from, to, options);
  });
}
