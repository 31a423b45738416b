import { CONTROL } from '../agent/control/control-service.ts';
import type { Event } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { eventLine } from './events-run.ts';
import { historyOf } from './history.ts';
import { type StoredOptions, storedRecords } from './stored-records.ts';
import { paintFor } from './table.ts';
import { toJson } from './json.ts';

export interface HistoryOptions extends StoredOptions {
  readonly last: number;
  readonly json?: true;
}

export async function runClusterHistory(options: HistoryOptions): Promise<void> {
  const { last, json, ...rest } = options;
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
  for (const event of historyOf(events, last)) {
    console.log(json === true ? toJson(event) : `${event.node}  ${eventLine(event, paint)}`);
  }
}
