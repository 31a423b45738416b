import type { ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { StatsReply } from '../agent/control/messages.ts';
import type { AllNodesOptions } from './connection-options.ts';
import { printJson, withAgent } from './control-connection.ts';
import { foldLines } from './fold-lines.ts';
import { statsScreen, sumStats } from './stats-screen.ts';
import { paintFor } from './table.ts';
import { watch } from './watch.ts';
import { toJson } from './json.ts';

export interface StatsOptions extends AllNodesOptions {
  readonly instance?: string;
  readonly explain?: true;
  readonly zero?: true;
  readonly watch?: true;
  readonly json?: true;
}

export async function runStats(options: StatsOptions): Promise<void> {
  if (options.watch === true) return watch(options, (client) => draw(client, options));
  const replies: StatsReply[] = [];
  await withAgent(options, async (client) => {
    const stats = await client.call(CONTROL.getStats, { instance: options.instance ?? '' });
    replies.push(stats);
    if (options.json === true) printJson(stats, options, client);
    else process.stdout.write(screenOf(stats, options));
  });
  if (options.all === true && replies.length > 0) printSum(replies, options);
}

/** Sum of the nodes that have answered. */
function printSum(replies: readonly StatsReply[], options: StatsOptions): void {
  const nodes = replies.map(({ node }) => node);
  const reply = sumStats(replies, nodes.join(' + '));
  if (options.json === true) console.log(toJson({ nodes, reply }));
  else process.stdout.write(`\n${paintFor(process.stdout)('heading', 'sum')}\n${screenOf(reply, options)}`);
}

async function draw(client: ControlClient, options: StatsOptions): Promise<string> {
  const stats = await client.call(CONTROL.getStats, { instance: options.instance ?? '' });
  return options.json === true ? `${toJson(stats)}\n` : screenOf(stats, options);
}

function screenOf(stats: StatsReply, { explain, zero }: StatsOptions): string {
  const screen = statsScreen(stats, { explain: explain === true, zero: zero === true }, paintFor(process.stdout));
  return foldLines(screen, process.stdout.columns);
}
