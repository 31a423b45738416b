import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageEvent } from '../page-model.ts';
import type { Level } from './figures.ts';
import { clockTime, dateAndTime } from './format.ts';
import { Mark, Panel } from './parts.tsx';

const LEVELS: Readonly<Record<string, Level>> = { warning: 'warning', error: 'bad' };
const DAY_MS = 86_400_000;

/** What happened, newest first. */
export function Events({
  events,
  time,
}: {
  readonly events: readonly PageEvent[];
  readonly time: number;
}): JSX.Element {
  const [all, setAll] = useState(true);
  const shown = events.filter(({ severity }) => all || severity !== 'info').toReversed();
  const choice = (
    <button type="button" aria-pressed={!all} onClick={() => setAll(!all)}>
      Warnings only
    </button>
  );
  return (
    <Panel title="Events" id="events" class="events" aside={choice}>
      {shown.length === 0 ? (
        <p class="nothing">None.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
        <ol tabIndex={0} aria-labelledby="events-title">
          {shown.map((event) => (
            <EventLine event={event} time={time} key={`${event.time} ${event.code} ${event.name} ${event.to}`} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function EventLine({ event, time }: { readonly event: PageEvent; readonly time: number }): JSX.Element {
  const { severity, subject, name, from, to, reason } = event;
  const shown = time - event.time < DAY_MS ? clockTime(event.time) : dateAndTime(event.time);
  return (
    <li>
      <time dateTime={new Date(event.time).toISOString()}>{shown}</time>
      <Mark level={LEVELS[severity] ?? 'idle'} />
      <span>
        <b>{`${subject} ${name}`}</b> {from === '' ? to : `${from} → ${to}`}
        <small>{reason}</small>
      </span>
    </li>
  );
}
