import { type Command, InvalidArgumentError } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { Event } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { formatTime, type Paint, paintFor, type Style } from './table.ts';

interface EventsOptions extends ConnectionOptions {
  readonly last: number;
  readonly follow?: true;
  readonly json?: true;
}

export function registerEventsCommand(program: Command): void {
  const command = program
    .command('events')
    .description('show what happened on this node: when, what, from, to and why')
    .option('--last <count>', 'the last so many; 0: all that are kept', parseCount, 50)
    .option('--follow', 'stay and show each new one')
    .option('--json', 'print one JSON object a line');
  connectionOptions(command).action(async (options: EventsOptions) => {
    await withAgent(options, async (client) => {
      const paint = paintFor(process.stdout);
      const request = { last: options.last, follow: options.follow === true };
      for await (const event of client.stream(CONTROL.listEvents, request)) {
        console.log(options.json === true ? JSON.stringify(event) : eventLine(event, paint));
      }
    });
  });
}

const SEVERITY_STYLES: Readonly<Record<string, Style>> = { info: 'plain', warning: 'warning', error: 'bad' };

export function eventLine({ time, severity, subject, name, from, to, reason }: Event, paint: Paint): string {
  const change = from === '' ? to : `${from} → ${to}`;
  const what = paint(SEVERITY_STYLES[severity] ?? 'plain', `${subject} ${name}: ${change}`);
  return `${paint('faint', formatTime(time))}  ${what}${reason === '' ? '' : `  (${reason})`}`;
}

/** @throws InvalidArgumentError */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 0xffffffff) throw new InvalidArgumentError('a number from 0 up is wanted');
  return count;
}
