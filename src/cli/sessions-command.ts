import { type Command, Option } from 'commander';
import { connectionOptions } from './connection-options.ts';
import { parseCount } from './events-command.ts';
import type { TableOptions } from './sessions-run.ts';

export function registerSessionsCommands(program: Command): void {
  const sessions = program.command('sessions').description('list sessions, own and replicated');
  tableOptions(sessions)
    .option('--remote <address[:port]>', 'with this IPv4 peer only')
    .option('--owner <node>', 'of this node only: its name, or its slot');
  connectionOptions(sessions).action(async (options: TableOptions) => {
    const { runSessions } = await import('./sessions-run.ts');
    await runSessions(options);
  });
  const bib = program.command('bib').description('list the BIB: which client has which IPv4 address and port');
  connectionOptions(tableOptions(bib)).action(async (options: TableOptions) => {
    const { runBib } = await import('./sessions-run.ts');
    await runBib(options);
  });
}

function tableOptions(command: Command): Command {
  return command
    .option('--instance <name>', 'of this instance only')
    .addOption(new Option('--protocol <name>', 'of this protocol only').choices(['tcp', 'udp', 'icmp']))
    .option('--client <address|prefix>', 'of this IPv6 client only')
    .option('--pool4 <address[:port]>', 'with this address of pool4 only')
    .option('--limit <count>', 'at most so many; 0: all', parseCount, 1000)
    .option('--json', 'print one JSON object a line');
}
