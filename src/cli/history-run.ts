import { CONTROL } from '../agent/control/control-service.ts';
import type { Event } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { eventLine } from './events-run.ts';
import { type HistoryChoice, historyOf } from './history.ts';
import { noEventsText } from './no-events.ts';
import { type StoredOptions, storedRecords } from './stored-records.ts';
import { paintFor } from './table.ts';
import { toJson } from './json.ts';
import { type TimeOptions, windowAround, windowOf } from './time-window.ts';

/** Default number of events. */
const LAST = 100;

export interface HistoryOptions extends StoredOptions, TimeOptions {
  readonly last?: number;
  readonly at?: number;
  readonly every?: true;
  readonly json?: true;
}

export async function runClusterHistory(options: HistoryOptions): Promise<void> {
  const { json, ...rest } = options;
  const events: Event[] = [];
  let others: string[] = [];
  await withAgent(
    rest,
    async (client) => {
      const { nodes } = await client.call(CONTROL.getStatus, {});
      others = nodes.filter(({ self }) => !self).map(({ name }) => name);
      for await (const event of client.stream(CONTROL.listEvents, { last: 0, follow: false })) events.push(event);
    },
    () => events.push(...storedRecords(rest).flatMap((stored) => stored.events)),
  );
  for (const node of others) {
    await withAgent({ ...rest, node }, async (client) => {
      for await (const event of client.stream(CONTROL.listEvents, { last: 0, follow: false })) events.push(event);
    });
  }
  const paint = paintFor(process.stdout);
  const choice = chosenBy(options);
  const history = historyOf(events, choice);
  for (const event of history) {
    console.log(json === true ? toJson(event) : `${event.node}  ${eventLine(event, paint)}`);
  }
  if (history.length === 0 && json !== true) console.error(`isthmus: ${noEventsText(choice.window, oldestOf(events))}`);
}

function oldestOf(events: readonly Event[]): number | undefined {
  return events.reduce<number | undefined>((oldest, { time }) => Math.min(oldest ?? time, time), undefined);
}

/** The selection made by the options. Pure. */
export function chosenBy(options: HistoryOptions): HistoryChoice {
  const { last, at, every, since, until } = options;
  const timed = at !== undefined || since !== undefined || until !== undefined;
  return {
    last: last ?? (timed ? 0 : LAST),
    // With a time given, everything that happened then is shown.
    every: timed || every === true,
    window: at === undefined ? windowOf(options) : windowAround(at),
  };
}
