import type { ComponentChildren, JSX } from 'preact';
import type { PageNode, PageProblem, PageView } from '../page-model.ts';
import { figuresOf, type PoolFigures, type Selection } from './figures.ts';
import { CLIENTS_PLACE } from './clients.tsx';
import { percent, quantity } from './format.ts';
import { fastPathText } from './figure-texts.ts';
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
  const figures = figuresOf(view, selection);
  const { slowBits, fastBits, packets, newSessions, drops, topDrop, topDropOf, sessions, pool, unknown } = figures;
  const bits = slowBits + fastBits;
  const known = (text: string): string => (unknown ? UNKNOWN : text);
  return [
    { name: 'Traffic', value: known(quantity(bits, 'bit/s')), note: known(`${quantity(packets)} packets/s`) },
    { name: 'Fast path', ...fastPathText(figures) },
    { name: 'Sessions', value: quantity(sessions), note: known(`${quantity(newSessions)} new/s`) },
    {
      name: 'Ports in use, fullest slice',
      value: pool === undefined ? UNKNOWN : percent(pool.percent / 100),
      note: pool === undefined ? '' : <Pool {...pool} />,
    },
    {
      name: 'Dropped',
      value: known(`${quantity(drops)}/s`),
      note: topDrop === '' ? 'nothing in the last minute' : <Reason name={topDrop} instance={topDropOf} />,
    },
    {
      name: selection?.kind === 'node' ? 'If it were lost now' : 'If a node were lost now',
      ...lossTile(view, selection),
    },
  ];
}

/** Of the node that is selected, or of the one with which most would be lost. */
function lossTile({ nodes }: PageView, selection: Selection | undefined): Pick<Tile, 'value' | 'note'> {
  const asked = nodes.filter(({ name }) => selection?.kind !== 'node' || name === selection.name);
  const living = asked.filter(({ alive }) => alive);
  const [worst] = living.toSorted((one, other) => atRisk(other) - atRisk(one));
  if (worst === undefined) return { value: UNKNOWN, note: 'it is down' };
  if (atRisk(worst) > 0) return { value: `${quantity(atRisk(worst))} sessions`, note: `would end with ${worst.name}` };
  return { value: 'no session', note: 'would end: another node holds all of them' };
}

function atRisk(node: PageNode): number {
  return node.heldBy.length > 0 ? 0 : node.sessionsAtRisk;
}

function Pool({ where, all, nodes }: PoolFigures): JSX.Element {
  return (
    <>
      {`${where}; ${percent(all / 100)} of all slices of ${nodesText(nodes)}; `}
      <a href={CLIENTS_PLACE}>top clients</a>
    </>
  );
}

const NAMED = 3;

function nodesText(nodes: readonly string[]): string {
  return nodes.length > NAMED ? `${nodes.length} nodes` : nodes.join(', ');
}

/** What it means is said where the instance is shown alone. */
function Reason({ name, instance }: { readonly name: string; readonly instance: string }): JSX.Element {
  return (
    <>
      mean of a minute, mostly <a href={`#instance/${encodeURIComponent(instance)}`}>{name}</a>
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
