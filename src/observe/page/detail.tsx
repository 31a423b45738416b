import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageInstance, PageNode, PageView } from '../page-model.ts';
import { figuresOf, levelOfNode, type Selection } from './figures.ts';
import { dateAndTime, duration, percent, quantity } from './format.ts';
import { Mark } from './parts.tsx';
import { lossOf, RefusedTable, routesOf, UpstreamTable } from './tables.tsx';

interface DetailProps {
  readonly view: PageView;
  readonly selection: Selection;
}

/** One node or one instance; the plots below it are of that alone. */
export function Detail({ view, selection }: DetailProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever followed the link by keyboard, or hears the page, is where the link leads.
  useEffect(() => heading.current?.focus(), [selection.kind, selection.name]);
  const node = selection.kind === 'node' ? view.nodes.find(({ name }) => name === selection.name) : undefined;
  const instance = view.instances.find(({ name }) => selection.kind === 'instance' && name === selection.name);
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
        <Facts facts={[...factsOf(view, selection), ...nodeFacts(node, view.time), ...instanceFacts(instance)]} />
      </section>
      {node === undefined ? null : <UpstreamTable nodes={[node]} />}
      {instance === undefined ? null : <RefusedTable instance={instance} node={view.node} />}
    </>
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

function factsOf(view: PageView, selection: Selection): Fact[] {
  const { slowBits, fastBits, packets, newSessions, drops, sessions, pool, unknown } = figuresOf(view, selection);
  const held: Fact = ['Sessions', quantity(sessions)];
  if (unknown) return [held, ['Traffic', 'not known here']];
  const bits = slowBits + fastBits;
  const fast = bits === 0 ? '' : `, ${percent(fastBits / bits)} on the fast path`;
  return [
    ['Traffic', `${quantity(bits, 'bit/s')}, ${quantity(packets)} packets/s${fast}`],
    [held[0], `${quantity(sessions)}, ${quantity(newSessions)} new/s`],
    ['Dropped or answered', `${quantity(drops)} packets/s`],
    ['Pool', pool === undefined ? '' : `${percent(pool.percent / 100)} of the fullest slice: ${pool.where}`],
  ];
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
    ['Routes', routesOf(alive, announcing)],
    ['If it were lost now', lossOf(node)],
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

function instanceFacts(instance: PageInstance | undefined): Fact[] {
  if (instance === undefined) return [];
  const { kind, state, reason, fastPath, queues, pool6, bibEntries } = instance;
  return [
    ['Kind', kind],
    ['State', state === 'running' ? state : `${state}: ${reason}`],
    ['pool6', pool6.join(', ')],
    ['BIB entries', kind === 'nat64' ? quantity(bibEntries) : ''],
    ['Fast path', fastPath],
    ['Queues', queues],
  ];
}
