import type { Command } from 'commander';
import { allNodesOption, connectionOptions, storedOption } from './connection-options.ts';
import type { StatusOptions } from './status-run.ts';

const COLUMNS = `
Columns of nodes:
  SINCE             how long the node has been in this STATE
  ROUTES            whether it announces its routes, as its FRR reports; NO UPSTREAM: no router has a session with it
  LAG FRAMES        replication frames that the other node has sent and this one has not applied yet
  LOST FRAMES       frames since the start that could not be retransmitted; a snapshot replaced their content
  SESSIONS AT RISK  own sessions of the node that would be lost if it were lost now: no other node is proven to have them
Columns of instances:
  SESSIONS          that this node knows: OWN and REPLICATED; FROM GW2: those of gw2 held here, and whether they agree
Columns of traffic, of each instance on each node:
  BIT/S, PACKETS/S  translated on both paths, mean of two seconds; bits of IP packets; NEW/S: sessions per second
  FAST PATH         the part of these packets that the kernel translated
  NODE POOL4        ports in use, of all slices and protocols from which the node allocates (as isthmus pool on it)
  FULLEST SLICE     the same of the slice and protocol with the fewest left: new mappings of that protocol fail at 100 %
  DROPPED, ANSWERED packets of the last minute, and the reason of most: isthmus stats, isthmus drops
Columns of links, since the start of the agent:
  FRAMES IN, OUT    replication frames; FIRST COPIES: that arrived on this link first; DUPLICATES: after another copy
  FORWARDED         frames from the other link of a ring that were sent on by this one; REFUSED: that were not accepted
  HEARTBEATS 2 S    the part of each node's heartbeats of the last 2 s that arrived on this link
Columns of upstreams:
  OBSERVED, WANTED  what FRR shows that the node announces there, and what it should`;

export function registerStatusCommand(program: Command): void {
  const command = program
    .command('status')
    .description('show the cluster on one screen, most severe problem first')
    .option('--json', 'print JSON; with --watch one line per second')
    .option('--watch', 'refresh every second until interrupted')
    .addHelpText('after', COLUMNS)
    .addHelpText('after', '\nExit status: 0 healthy, 1 degraded, 2 not serving or no agent running.');
  allNodesOption(connectionOptions(command.addOption(storedOption()))).action(async (options: StatusOptions) => {
    const { runStatus } = await import('./status-run.ts');
    await runStatus(options);
  });
}
