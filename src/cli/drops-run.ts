import type { ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { DropEnd, DropReason, DropsReply } from '../agent/control/messages.ts';
import type { AllNodesOptions } from './connection-options.ts';
import { printJson, withAgent } from './control-connection.ts';
import { toJson } from './json.ts';
import { endpoint } from './sessions-run.ts';
import { markedAddress, markNotes } from './own-address.ts';
import { formatCount, formatDuration, formatSi, formatTable, type Paint, paintFor, plainPaint } from './table.ts';
import { watch } from './watch.ts';

export interface DropsOptions extends AllNodesOptions {
  readonly reason?: string;
  readonly instance?: string;
  readonly limit: number;
  readonly watch?: true;
  readonly json?: true;
}

export async function runDrops(options: DropsOptions): Promise<void> {
  if (options.watch === true) {
    await watch(options, async (client) => {
      const reply = await ask(client, options);
      return options.json === true ? `${toJson(reply)}\n` : `${dropsScreen(reply, paintFor(process.stdout))}\n`;
    });
    return;
  }
  await withAgent(options, async (client) => {
    const reply = await ask(client, options);
    if (options.json === true) printJson(reply, options, client);
    else console.log(dropsScreen(reply, paintFor(process.stdout)));
  });
}

function ask(client: ControlClient, { instance = '', reason = '', limit }: DropsOptions): Promise<DropsReply> {
  return client.call(CONTROL.getDrops, { instance, reason, limit });
}

/** A block for each reason: what was counted, from where, and to where. */
export function dropsScreen({ reasons }: DropsReply, paint: Paint = plainPaint): string {
  if (reasons.length === 0) return 'no packet was dropped or answered with an ICMP error within the last minute';
  const blocks = reasons.map((reason) => blockOf(reason, paint).join('\n'));
  const notes = markNotes(reasons.flatMap(({ sources, destinations }) => [...sources, ...destinations]));
  return [...blocks, ...(notes.length === 0 ? [] : [notes.join('\n')])].join('\n\n');
}

function blockOf(
  { instance, reason, help, advice, packets, spanMs, sources, destinations }: DropReason,
  paint: Paint,
): string[] {
  const perSecond = (1000 * packets) / spanMs;
  const rate = spanMs < 1000 || perSecond < 1 ? '' : `, ${formatSi(perSecond)}/s`;
  const counted = packets === 1 ? '1 packet' : `${formatCount(packets)} packets`;
  return [
    `${paint('heading', reason)}  instance ${instance}: ${counted} in ${formatDuration(spanMs)}${rate}`,
    paint('faint', `  ${help}`),
    ...(advice === '' ? [] : [paint('faint', `  ${advice}`)]),
    ...endLines('SOURCE', sources, paint),
    ...endLines('DESTINATION', destinations, paint),
    ...(sources.length + destinations.length === 0 ? [`  ${WITHOUT_ADDRESSES}`] : []),
  ];
}

const WITHOUT_ADDRESSES =
  'no addresses: these packets are dropped outside the translator; tcpdump shows them as they come in';

const RIGHT = 'right' as const;

function endLines(title: string, ends: readonly DropEnd[], paint: Paint): string[] {
  if (ends.length === 0) return [];
  const columns = [
    { title },
    { title: 'PACKETS', align: RIGHT },
    { title: 'EXCESS', align: RIGHT },
    { title: 'EXAMPLE' },
  ];
  const rows = ends.map((end) => [
    end.address === '' ? 'unreadable' : markedAddress(end),
    formatCount(end.packets),
    end.excess === 0 ? '-' : formatCount(end.excess),
    exampleOf(end),
  ]);
  return formatTable(columns, rows, paint).map((line) => `  ${line}`);
}

function exampleOf({ protocol, source, sourcePort, destination, destinationPort }: DropEnd): string {
  if (source === '') return 'too short';
  const hasPorts = (protocol === 'tcp' || protocol === 'udp') && sourcePort + destinationPort > 0;
  if (!hasPorts) return `${protocol} ${source} → ${destination}`;
  return `${protocol} ${endpoint(source, sourcePort)} → ${endpoint(destination, destinationPort)}`;
}
