import { CONTROL } from '../agent/control/control-service.ts';
import type { Event } from '../agent/control/messages.ts';
import { inOrder } from '../agent/events/event-log.ts';
import { withAgent } from './control-connection.ts';
import { EventSearch } from './no-events.ts';
import { type StoredOptions, storedRecords } from './stored-records.ts';
import { formatTime, type Paint, paintFor, type Style } from './table.ts';
import { toJson } from './json.ts';
import { type TimeOptions, windowOf } from './time-window.ts';

/** Default number of events. */
const LAST = 50;

export interface EventsOptions extends StoredOptions, TimeOptions {
  readonly last?: number;
  readonly follow?: true;
  readonly json?: true;
}

export async function runEvents(options: EventsOptions): Promise<void> {
  const paint = paintFor(process.stdout);
  const timed = options.since !== undefined || options.until !== undefined;
  const last = options.last ?? (timed ? 0 : LAST);
  const print = (event: Event): void => console.log(options.json === true ? toJson(event) : eventLine(event, paint));
  const explained = options.json !== true && options.follow !== true;
  await withAgent(
    options,
    async (client) => {
      const search = new EventSearch(windowOf(options));
      const request = { last, follow: options.follow === true };
      for await (const event of client.stream(CONTROL.listEvents, request)) if (search.take(event)) print(event);
      if (explained) search.explain();
    },
    () => {
      const search = new EventSearch(windowOf(options));
      for (const { events } of storedRecords(options)) {
        for (const event of inOrder(events.slice(-last))) if (search.take(event)) print(event);
      }
      if (explained) search.explain();
    },
  );
}

const SEVERITY_STYLES: Readonly<Record<string, Style>> = { info: 'plain', warning: 'warning', error: 'bad' };

export function eventLine({ time, severity, subject, name, from, to, reason }: Event, paint: Paint): string {
  const change = from === '' ? to : `${from} → ${to}`;
  const what = paint(SEVERITY_STYLES[severity] ?? 'plain', `${subject} ${name}: ${change}`);
  return `${paint('faint', formatTime(time))}  ${what}${reason === '' ? '' : `  (${reason})`}`;
}
