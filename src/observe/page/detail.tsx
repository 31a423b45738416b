import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageInstance, PageNode, PageSources, PageView } from '../page-model.ts';
import { exists, heldOf, levelOfNode, type Selection } from './figures.ts';
import { dateAndTime, duration, quantity } from './format.ts';
import { Mark } from './parts.tsx';
import { lossOf, RefusedTable, routesOf, UpstreamTable } from './tables.tsx';

interface DetailProps {
  readonly view: PageView;
  readonly sources: PageSources | undefined;
  readonly selection: Selection;
}

/** One node or one instance; the plots below it are of that alone. */
export function Detail({ view, sources, selection }: DetailProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever followed the link by keyboard, or hears the page, is where the link leads.
  useEffect(() => heading.current?.focus(), [selection.kind, selection.name]);
  const node = selection.kind === 'node' ? view.nodes.find(({ name }) => name === selection.name) : undefined;
  const instance = view.instances.find(({ name }) => selection.kind === 'instance' && name === selection.name);
  const found = exists(view, selection);
  // Its figures are in the tiles below.
  const facts = [...nodeFacts(node, view.time), ...instanceFacts(instance, view.node)];
  return (
    <>
      <section class="panel detail" aria-labelledby="detail-title">
        <header>
          <h2 id="detail-title" tabIndex={-1} ref={heading}>
            {node === undefined ? null : <Mark level={levelOfNode(node)} />} {`${selection.kind} ${selection.name}`}
          </h2>
          <a class="button" href="#">
            Whole cluster
          </a>
        </header>
        {found ? <Facts facts={facts} /> : <Absent view={view} selection={selection} />}
      </section>
      {node === undefined ? null : <UpstreamTable nodes={[node]} />}
      {instance === undefined ? null : <RefusedTable instance={instance} view={view} sources={sources} />}
    </>
  );
}

/** The address leads to what is not in the cluster, or is there no more. */
function Absent({ view, selection }: Omit<DetailProps, 'sources'>): JSX.Element {
  const { kind, name } = selection;
  const names = kind === 'node' ? view.nodes.map((node) => node.name) : view.instances.map((one) => one.name);
  return (
    <p role="alert">
      {`There is no ${kind} ${name} in this cluster. There are: `}
      {names.map((one, index) => (
        <span key={one}>
          {index === 0 ? '' : ', '}
          <a href={`#${kind}/${encodeURIComponent(one)}`}>{one}</a>
        </span>
      ))}
    </p>
  );
}

type Fact = readonly [name: string, value: ComponentChildren];

function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function nodeFacts(node: PageNode | undefined, time: number): Fact[] {
  if (node === undefined) return [];
  const { alive, state, reason, since, started, software, announcing, differs, framesLost, lagMs, lagFrames, self } =
    node;
  return [
    [
      'State',
      alive ? `${state}${since > 0 ? ` for ${duration(time - since)}` : ''}: ${reason}` : 'down: no heartbeats',
    ],
    ['If it were lost now', lossOf(node)],
    ['Its sessions while it is away', alive ? '' : `${quantity(heldOf(node))} are held here and answered for`],
    ['Routes', routesOf(alive, announcing)],
    [
      'Replication lag',
      self
        ? ''
        : `${quantity(lagMs / 1000)} s, ${quantity(lagFrames)} frames; ${quantity(framesLost)} lost since the start`,
    ],
    ['Configuration', differs.length === 0 ? '' : `differs: ${differs.join(', ')}`],
    ['Software', software],
    ['Started', started > 0 ? dateAndTime(started) : ''],
  ];
}

function instanceFacts(instance: PageInstance | undefined, node: string): Fact[] {
  if (instance === undefined) return [];
  const { kind, state, reason, fastPath, queues, pool6, pool4, bibEntries } = instance;
  return [
    ['Kind', kind],
    ['State', state === 'running' ? state : `${state}: ${reason}`],
    ['pool6', pool6.join(', ')],
    [`pool4, slices of ${node}`, pool4.join(', ')],
    ['BIB entries', kind === 'nat64' ? quantity(bibEntries) : ''],
    ['Fast path', fastPath],
    ['Queues', queues],
  ];
}
