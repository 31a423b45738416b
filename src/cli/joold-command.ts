import type { Command } from 'commander';
import { connectionOptions } from './connection-options.ts';
import type { JooldOptions } from './joold-run.ts';

export function registerJooldCommand(program: Command): void {
  const joold = program.command('joold').description('import sessions from a running Jool, or export ours to it');
  const add = (name: string, description: string): Command =>
    connectionOptions(joold.command(name).description(description)).option(
      '--instance <name>',
      'instance; needed where several have the option',
    );
  add('status', 'show what Jool has sent, what is held, what was refused and why, and what is sent to it')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 the groups can be joined, 1 a group cannot be joined, 2 no agent running.')
    .action(async (options: JooldOptions) => {
      const { runJooldStatus } = await import('./joold-run.ts');
      await runJooldStatus(options);
    });
  add('load <file>', 'take over the sessions in a table that `jool session display --csv --numeric` has written')
    .option('--json', 'print JSON')
    .addHelpText('after', '\n- reads standard input. Exit status: 0 all taken, 1 some refused, 2 no agent running.')
    .action(async (file: string, options: JooldOptions) => {
      const { runJooldLoad } = await import('./joold-run.ts');
      await runJooldLoad(file, options);
    });
  const actions = {
    done: 'stop receiving, and own the sessions that were taken over',
    listen: 'receive from Jool again after `done`, where the cluster file has the option `adopt`',
    advertise: 'send all sessions of this node to a standby, where the cluster file has the option `export`',
  };
  for (const [action, description] of Object.entries(actions)) {
    add(action, description)
      .option('--json', 'print JSON')
      .action(async (options: JooldOptions) => {
        const { runJooldChange } = await import('./joold-run.ts');
        await runJooldChange(action, options);
      });
  }
}
