import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { endsOf, type EventEnd, joinSeen, type SeenEvent } from '../page-events.ts';
import type { PageEvent } from '../page-model.ts';
import type { Level, Selection } from './figures.ts';
import { clockTime, dateAndTime, shortDuration } from './format.ts';
import { Mark, Panel } from './parts.tsx';

const LEVELS: Readonly<Record<string, Level>> = { warning: 'warning', error: 'bad' };
const DAY_MS = 86_400_000;

interface EventsProps {
  readonly events: readonly PageEvent[];
  /** Of which nodes there are none, and why. */
  readonly missing: readonly string[];
  readonly selection: Selection | undefined;
  readonly time: number;
}

/** What happened on all nodes, newest first. */
export function Events({ events, missing, selection, time }: EventsProps): JSX.Element {
  const [all, setAll] = useState(true);
  const shown = joinSeen(events.filter((event) => concerns(event, selection) && (all || event.severity !== 'info')));
  // With all events shown an end has a line of its own.
  const ends = all ? undefined : endsOf(events);
  const choice = (
    <button type="button" aria-pressed={!all} onClick={() => setAll(!all)}>
      Warnings only
    </button>
  );
  const title = selection === undefined ? 'Events of all nodes' : `Events of ${selection.name}`;
  return (
    <Panel title={title} id="events" class="events" aside={choice}>
      {missing.map((sentence) => (
        <p class="nothing" key={sentence}>
          {sentence}
        </p>
      ))}
      {shown.length === 0 ? (
        <p class="nothing">None.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
        <ol tabIndex={0} aria-labelledby="events-title">
          {shown.toReversed().map((seen) => (
            <EventLine seen={seen} end={ends?.get(seen.event)} time={time} key={keyOf(seen)} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function keyOf({ event: { time, node, code, name, to } }: SeenEvent): string {
  return `${time} ${node} ${code} ${name} ${to}`;
}

/** What a node has seen, and what others have seen of it. */
function concerns({ node, name }: PageEvent, selection: Selection | undefined): boolean {
  if (selection === undefined || (selection.kind === 'node' && node === selection.name)) return true;
  return name.split(/[\s,]+/).includes(selection.name);
}

interface LineProps {
  readonly seen: SeenEvent;
  readonly end: EventEnd | undefined;
  readonly time: number;
}

function EventLine({ seen, end, time }: LineProps): JSX.Element {
  const { severity, subject, name, from, to, reason, time: at } = seen.event;
  const shown = time - at < DAY_MS ? clockTime(at) : dateAndTime(at);
  return (
    <li>
      <time dateTime={new Date(at).toISOString()}>{shown}</time>
      <Mark level={LEVELS[severity] ?? 'idle'} />
      <span>
        <b>{`${subject} ${name}`}</b> {from === '' ? to : `${from} → ${to}`}
        {end === undefined ? '' : ` → ${end.to} after ${shortDuration(end.afterMs)}`}
        <span class="seen">{`on ${seen.nodes.join(', ')}`}</span>
        <small>{reason}</small>
      </span>
    </li>
  );
}
