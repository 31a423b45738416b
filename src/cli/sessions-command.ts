import { type Command, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { parseCount } from './events-command.ts';
import type { TableOptions } from './sessions-run.ts';

export function registerSessionsCommands(program: Command): void {
  const sessions = program.command('sessions').description('list sessions, owned and replicated');
  tableOptions(sessions)
    .option('--remote <address[:port]>', 'only sessions with this IPv4 peer')
    .option('--owner <node>', 'only sessions owned by this node (name or slot)');
  allNodesOption(connectionOptions(sessions)).action(async (options: TableOptions) => {
    const { runSessions } = await import('./sessions-run.ts');
    await runSessions(options);
  });
  const bib = program
    .command('bib')
    .description('list the BIB: the pool4 address and port of each client address and port');
  allNodesOption(connectionOptions(tableOptions(bib))).action(async (options: TableOptions) => {
    const { runBib } = await import('./sessions-run.ts');
    await runBib(options);
  });
}

function tableOptions(command: Command): Command {
  return command
    .option('--instance <name>', 'only entries of this instance')
    .addOption(new Option('--protocol <name>', 'only entries of this protocol').choices(['tcp', 'udp', 'icmp']))
    .option('--client <address|prefix>', 'only entries of this IPv6 client')
    .option('--pool4 <address[:port]>', 'only entries with this pool4 address')
    .option('--limit <count>', 'maximum number of entries to print; 0: all', parseCount, 1000)
    .option('--json', 'print one JSON object per line');
}
