import type { ComponentChildren, JSX } from 'preact';
import type { PageProblem, PageView } from '../page-model.ts';
import { figuresOf, type Selection } from './figures.ts';
import { percent, quantity } from './format.ts';
import { Mark, Panel } from './parts.tsx';

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: ComponentChildren;
}

/** The figures of now in a row. */
export function Tiles({
  view,
  selection,
}: {
  readonly view: PageView;
  readonly selection: Selection | undefined;
}): JSX.Element {
  return (
    <dl class="tiles">
      {tilesOf(view, selection).map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} <small>{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const UNKNOWN = '–';

function tilesOf(view: PageView, selection: Selection | undefined): Tile[] {
  const { slowBits, fastBits, packets, newSessions, drops, topDrop, topDropOf, sessions, pool, unknown } = figuresOf(
    view,
    selection,
  );
  const bits = slowBits + fastBits;
  const known = (text: string): string => (unknown ? UNKNOWN : text);
  return [
    { name: 'Traffic', value: known(quantity(bits, 'bit/s')), note: known(`${quantity(packets)} packets/s`) },
    { name: 'Fast path', value: bits === 0 ? UNKNOWN : percent(fastBits / bits), note: 'of the traffic' },
    { name: 'Sessions', value: quantity(sessions), note: known(`${quantity(newSessions)} new/s`) },
    {
      name: 'Pool in use',
      value: pool === undefined ? UNKNOWN : percent(pool.percent / 100),
      note: pool === undefined ? '' : pool.where,
    },
    {
      name: 'Dropped',
      value: known(`${quantity(drops)}/s`),
      note: topDrop === '' ? 'nothing in the last minute' : <Reason name={topDrop} instance={topDropOf} />,
    },
  ];
}

/** What it means is said where the instance is shown alone. */
function Reason({ name, instance }: { readonly name: string; readonly instance: string }): JSX.Element {
  return (
    <>
      mostly <a href={`#instance/${encodeURIComponent(instance)}`}>{name}</a>
    </>
  );
}

/** Worst first; a screen reader says new ones. */
export function Problems({ problems }: { readonly problems: readonly PageProblem[] }): JSX.Element {
  return (
    <div aria-live="polite">
      {problems.length === 0 ? null : (
        <Panel
          title={`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}
          id="problems"
          class="problems"
        >
          <ul>
            {problems.map(({ severity, subject, text, code }) => (
              <li key={`${code} ${subject} ${text}`}>
                <Mark level={severity === 'notServing' ? 'bad' : 'warning'} />
                <span>
                  <b>{subject}</b> {text}
                </span>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
