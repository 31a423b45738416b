import { type Command, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { parseCount } from './events-command.ts';
import type { FollowOptions } from './sessions-follow-run.ts';
import type { EndOptions, TableOptions } from './sessions-run.ts';
import { givenText } from './given-text.ts';

export function registerSessionsCommands(program: Command): void {
  const sessions = program.command('sessions').description('list sessions, owned and replicated');
  registerEnd(sessions);
  registerFollow(sessions);
  tableOptions(sessions)
    .option('--count', 'only print how many sessions match')
    .addOption(new Option('--sort <figure>', 'the largest first, of at most 10000').choices(['age', 'idle', 'bytes']))
    .option('--remote <address[:port]|prefix>', 'only sessions with this IPv4 peer', givenText)
    .option('--owner <node>', 'only sessions owned by this node (name or slot)', givenText);
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

function registerEnd(sessions: Command): void {
  const end = sessions
    .command('end')
    .description('end sessions of a client, a pool4 address or a remote address that this node owns')
    .option('--remote <address[:port]|prefix>', 'only sessions with this IPv4 peer', givenText)
    .option('--json', 'print JSON');
  allNodesOption(connectionOptions(filterOptions(end))).action(async (options: EndOptions) => {
    const { runEnd } = await import('./sessions-run.ts');
    await runEnd(options);
  });
}

function registerFollow(sessions: Command): void {
  const follow = sessions
    .command('follow')
    .description('show each session of this node as it is made or ends, until interrupted')
    .option('--remote <address[:port]|prefix>', 'only sessions with this IPv4 peer', givenText)
    .option('--json', 'print one JSON object per line');
  connectionOptions(filterOptions(follow)).action(async (options: FollowOptions) => {
    const { runFollow } = await import('./sessions-follow-run.ts');
    await runFollow(options);
  });
}

function tableOptions(command: Command): Command {
  return filterOptions(command)
    .option('--limit <count>', 'maximum number of entries to print; 0: all', parseCount, 1000)
    .option('--json', 'print one JSON object per line');
}

export function filterOptions(command: Command): Command {
  return command
    .option('--instance <name>', 'only entries of this instance', givenText)
    .addOption(new Option('--protocol <name>', 'only entries of this protocol').choices(['tcp', 'udp', 'icmp']))
    .option('--client <address|[address]:port|prefix>', 'only entries of this IPv6 client', givenText)
    .option('--pool4 <address[:port]|prefix>', 'only entries with this pool4 address', givenText)
    .option('--outside-pool4', 'only entries on addresses that are no longer in pool4');
}
