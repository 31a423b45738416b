import type { JSX } from 'preact';
import type {
  PageCheck,
  PageCounter,
  PageInstance,
  PageLink,
  PageNode,
  PageSources,
  PageUpstream,
  PageView,
} from '../page-model.ts';
import { bitsOf, heldOf, type Level, levelOfNode, levelOfUpstream, sessionsOf } from './figures.ts';
import { refusedByOthers, sourcesText } from './figure-texts.ts';
import { duration, quantity } from './format.ts';
import { describeLink, levelOfLink } from './links.ts';
import { type Column, Mark, Panel, Table } from './parts.tsx';

export function NodeLink({ name }: { readonly name: string }): JSX.Element {
  return <a href={`#node/${encodeURIComponent(name)}`}>{name}</a>;
}

function InstanceLink({ name }: { readonly name: string }): JSX.Element {
  return <a href={`#instance/${encodeURIComponent(name)}`}>{name}</a>;
}

/** Which node carries what: a row for each instance, a column for each node. */
export function TrafficTable({ view }: { readonly view: PageView }): JSX.Element {
  const names = [...new Set(view.nodes.flatMap(({ instances }) => instances.map(({ instance }) => instance)))];
  const most = Math.max(1, ...view.nodes.flatMap((node) => names.map((name) => bitsOf(shareOnly(node, name)))));
  const columns: Column<string>[] = [
    { title: 'Instance', cell: (name) => <InstanceLink name={name} /> },
    ...view.nodes.map((node) => ({
      title: node.name,
      numeric: true,
      cell: (name: string) => <Share node={shareOnly(node, name)} most={most} />,
    })),
  ];
  return (
    <Panel title="Where traffic goes" id="traffic">
      <Table label="Traffic of each instance by node" columns={columns} rows={names} keyOf={(name) => name} />
    </Panel>
  );
}

/** A node as if it had one instance. */
function shareOnly(node: PageNode, name: string): PageNode {
  return { ...node, instances: node.instances.filter(({ instance }) => instance === name) };
}

function Share({ node, most }: { readonly node: PageNode; readonly most: number }): JSX.Element {
  const bits = bitsOf(node);
  const known = node.instances.some(({ traffic }) => traffic !== undefined);
  return (
    <span class="carried">
      <span>{known ? quantity(bits, 'bit/s') : node.alive ? 'unknown' : 'down'}</span>
      <meter min={0} max={most} value={bits} aria-hidden="true" />
      <small>{`${quantity(sessionsOf(node) + heldOf(node))} sessions${node.alive ? '' : ' held for it'}`}</small>
    </span>
  );
}

const NODE_COLUMNS = (time: number): Column<PageNode>[] => [
  {
    title: 'Node',
    cell: (node) => (
      <>
        <Mark level={levelOfNode(node)} />
        {'\u00a0'}
        <NodeLink name={node.name} />
      </>
    ),
  },
  { title: 'State', cell: ({ state, reason, alive }) => (alive ? `${state}: ${reason}` : 'down: no heartbeats') },
  { title: 'For', numeric: true, cell: ({ since, alive }) => (alive && since > 0 ? duration(time - since) : '–') },
  { title: 'Routes', cell: ({ alive, announcing }) => routesOf(alive, announcing) },
  {
    title: 'Sessions',
    numeric: true,
    cell: (node) => (node.alive ? quantity(sessionsOf(node)) : `${quantity(heldOf(node))} held for it`),
  },
  { title: 'If it were lost now', cell: (node) => lossOf(node) },
  {
    title: 'Lag',
    numeric: true,
    cell: ({ self, alive, lagMs }) => (self || !alive ? '–' : `${quantity(lagMs / 1000)} s`),
  },
];

export function NodeTable({ view }: { readonly view: PageView }): JSX.Element {
  return (
    <Panel title="Nodes" id="nodes" class="whole">
      <Table label="Nodes" columns={NODE_COLUMNS(view.time)} rows={view.nodes} keyOf={({ name }) => name} />
    </Panel>
  );
}

/** The last report of a node that is down says nothing about its routes now. */
export function routesOf(alive: boolean, announcing: boolean): string {
  if (!alive) return 'unknown';
  return announcing ? 'announced' : 'withdrawn';
}

export function lossOf({ alive, heldBy, sessionsAtRisk, ...node }: PageNode): string {
  if (!alive) return '–';
  if (sessionsOf({ alive, heldBy, sessionsAtRisk, ...node }) === 0) return 'it owns no session';
  if (heldBy.length > 0) return `no session: held by ${heldBy.join(', ')}`;
  return `${quantity(sessionsAtRisk)} sessions would end`;
}

interface UpstreamRow extends PageUpstream {
  readonly node: string;
}

const UPSTREAM_COLUMNS: Column<UpstreamRow>[] = [
  {
    title: 'Upstream',
    cell: (row) => (
      <>
        <Mark level={levelOfUpstream(row)} /> {row.upstream}
      </>
    ),
  },
  { title: 'Node', cell: ({ node }) => <NodeLink name={node} /> },
  { title: 'Peer', cell: ({ peer }) => <code>{peer}</code> },
  { title: 'Session', cell: ({ kind, state }) => `${kind.toUpperCase()} ${state}` },
  {
    title: 'Observed',
    cell: ({ observed, wanted }) => (observed === wanted ? observed : `${observed}, not ${wanted}`),
  },
  { title: 'Detail', cell: ({ detail }) => detail },
];

export function UpstreamTable({ nodes }: { readonly nodes: readonly PageNode[] }): JSX.Element | null {
  const rows = nodes.flatMap(({ name, upstreams }) => upstreams.map((upstream) => ({ ...upstream, node: name })));
  if (rows.length === 0) return null;
  const keyOf = ({ node, upstream, kind, peer }: UpstreamRow): string => `${node} ${upstream} ${kind} ${peer}`;
  return (
    <Panel title="Upstreams" id="upstreams" class="whole">
      <Table label="Upstreams" columns={UPSTREAM_COLUMNS} rows={rows} keyOf={keyOf} />
    </Panel>
  );
}

const LINK_COLUMNS: Column<PageLink>[] = [
  {
    title: 'Link',
    cell: (link) => (
      <>
        <Mark level={levelOfLink(link)} /> {link.name}
      </>
    ),
  },
  { title: 'Nodes', cell: ({ ends }) => ends.map(({ node }) => node).join(', ') },
  { title: 'Frames arrive', cell: describeLink },
];

export function LinkTable({ links }: { readonly links: readonly PageLink[] }): JSX.Element | null {
  if (links.length === 0) return null;
  return (
    <Panel title="Replication links" id="links">
      <Table label="Replication links" columns={LINK_COLUMNS} rows={links} keyOf={({ name }) => name} />
    </Panel>
  );
}

const CHECK_LEVELS: Readonly<Record<string, Level>> = { ok: 'good', failed: 'bad' };

const EFFECTS: Readonly<Record<string, string>> = {
  withdraw: 'the node is withdrawn',
  degrade: 'it is reported, nothing more',
  off: 'nothing',
};

const CHECK_COLUMNS: Column<PageCheck>[] = [
  {
    title: 'Check',
    cell: ({ name, result }) => (
      <>
        <Mark level={CHECK_LEVELS[result] ?? 'warning'} /> {name}
      </>
    ),
  },
  { title: 'Result', cell: ({ result }) => result },
  { title: 'If it fails', cell: ({ effect }) => EFFECTS[effect] ?? effect },
  { title: 'Last probe', cell: ({ text }) => text },
];

export function CheckTable({ view }: { readonly view: PageView }): JSX.Element {
  return (
    <Panel title={`Checks of ${view.node}`} id="checks" class="whole">
      <Table label="Checks" columns={CHECK_COLUMNS} rows={view.checks} keyOf={({ name }) => name} />
    </Panel>
  );
}

const REFUSED_COLUMNS = (instance: string, sources: PageSources | undefined): Column<PageCounter>[] => [
  { title: 'Reason', cell: ({ name }) => <code>{name}</code> },
  { title: 'Packets', numeric: true, cell: ({ value }) => quantity(value) },
  { title: 'Sources, last minute', cell: ({ name }) => sourcesText(sources, instance, name) },
  { title: 'Meaning', cell: ({ help }) => help },
  { title: 'What to do', cell: ({ advice }) => advice },
];

interface RefusedProps {
  readonly instance: PageInstance;
  readonly view: PageView;
  readonly sources: PageSources | undefined;
}

export function RefusedTable({ instance, view, sources }: RefusedProps): JSX.Element {
  const { node, nodes } = view;
  return (
    <Panel title={`Dropped or answered with an error by ${node} alone, since its start`} id="refused" class="whole">
      {instance.refused.length === 0 ? (
        <p class="nothing">Nothing.</p>
      ) : (
        <Table
          label="Reasons"
          columns={REFUSED_COLUMNS(instance.name, sources)}
          rows={instance.refused}
          keyOf={({ name }) => name}
        />
      )}
      {nodes.length > 1 ? <p class="note">{`By the other nodes: ${refusedByOthers(nodes, instance.name)}.`}</p> : null}
    </Panel>
  );
}
