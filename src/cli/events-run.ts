import { CONTROL } from '../agent/control/control-service.ts';
import type { Event } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { formatTime, type Paint, paintFor, type Style } from './table.ts';
import type { ConnectionOptions } from './connection-options.ts';

export interface EventsOptions extends ConnectionOptions {
  readonly last: number;
  readonly follow?: true;
  readonly json?: true;
}

export async function runEvents(options: EventsOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const paint = paintFor(process.stdout);
    const request = { last: options.last, follow: options.follow === true };
    for await (const event of client.stream(CONTROL.listEvents, request)) {
      console.log(options.json === true ? JSON.stringify(event) : eventLine(event, paint));
    }
  });
}

const SEVERITY_STYLES: Readonly<Record<string, Style>> = { info: 'plain', warning: 'warning', error: 'bad' };

function eventLine({ time, severity, subject, name, from, to, reason }: Event, paint: Paint): string {
  const change = from === '' ? to : `${from} → ${to}`;
  const what = paint(SEVERITY_STYLES[severity] ?? 'plain', `${subject} ${name}: ${change}`);
  return `${paint('faint', formatTime(time))}  ${what}${reason === '' ? '' : `  (${reason})`}`;
}
