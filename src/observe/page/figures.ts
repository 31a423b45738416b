import type { PageNode, PageShare, PageTraffic, PageView } from '../page-model.ts';

/** Sums over the selection, or over everything without one. */
export interface Figures {
  readonly slowBits: number;
  readonly fastBits: number;
  readonly packets: number;
  readonly newSessions: number;
  readonly drops: number;
  /** Also those of nodes that are away, as far as they are held. */
  readonly sessions: number;
  /** Undefined: no node allocates from pool4. */
  readonly pool: PoolFigures | undefined;
  /** The most frequent reason for a drop or an answer, where most of them are; empty: there is none. */
  readonly topDrop: string;
  /** The instance concerned; empty: none. */
  readonly topDropOf: string;
  /** The traffic is unknown. */
  readonly unknown: boolean;
  /** There is no more traffic than the checks of the nodes make. */
  readonly onlyChecks: boolean;
}

/** Ports in use, percent. */
export interface PoolFigures {
  /** Of the fullest slice. */
  readonly percent: number;
  readonly where: string;
  /** Of all slices from which these nodes allocate. */
  readonly all: number;
  readonly nodes: readonly string[];
}

/** Packets per second of the checks of one instance, and a few more. */
const CHECK_PACKETS = 5;

export interface Selection {
  readonly kind: 'node' | 'instance';
  readonly name: string;
}

/** Whether a value of a node and an instance belongs to the selection; an empty instance belongs to all. */
export function belongs(selection: Selection | undefined, node: string, instance: string): boolean {
  if (selection === undefined) return true;
  if (selection.kind === 'node') return node === selection.name || node === '';
  return instance === selection.name || instance === '';
}

export function figuresOf(view: PageView, selection?: Selection): Figures {
  const shares = view.nodes.flatMap((node) =>
    node.instances.filter(({ instance }) => belongs(selection, node.name, instance)).map((share) => ({ node, share })),
  );
  const known = shares.flatMap(({ share }) => (share.traffic === undefined ? [] : [share.traffic]));
  const sum = (pick: (traffic: (typeof known)[number]) => number): number =>
    known.reduce((total, traffic) => total + pick(traffic), 0);
  const worst = shares.toSorted((one, other) => dropsOf(other.share) - dropsOf(one.share))[0]?.share;
  return {
    slowBits: sum(({ slowBits }) => slowBits),
    fastBits: sum(({ fastBits }) => fastBits),
    packets: sum(({ packets }) => packets),
    newSessions: sum(({ newSessions }) => newSessions),
    drops: sum(({ drops }) => drops),
    sessions: shares.reduce((total, { share }) => total + share.sessions + share.held, 0),
    pool: poolOf(shares, view.nodes),
    topDrop: worst?.traffic?.topDrop ?? '',
    topDropOf: worst?.instance ?? '',
    unknown: known.length === 0,
    onlyChecks: known.every(({ packets, fastBits }) => packets <= CHECK_PACKETS && fastBits === 0),
  };
}

function dropsOf({ traffic }: PageShare): number {
  return traffic?.drops ?? 0;
}

function poolOf(shares: readonly { node: PageNode; share: PageShare }[], nodes: readonly PageNode[]): Figures['pool'] {
  const pools = shares.flatMap(({ node, share: { traffic } }) =>
    traffic === undefined || traffic.poolPercent < 0 ? [] : [{ node, traffic }],
  );
  const [first] = pools.toSorted((one, other) => other.traffic.poolPercent - one.traffic.poolPercent);
  if (first === undefined) return undefined;
  const sum = (pick: (traffic: PageTraffic) => number): number =>
    pools.reduce((total, { traffic }) => total + pick(traffic), 0);
  const size = sum(({ poolSize }) => poolSize);
  return {
    percent: first.traffic.poolPercent,
    where: `${first.node.name}: ${sliceText(first.traffic.poolSlice, first.node, nodes)}`,
    all: size === 0 ? 0 : (100 * sum(({ poolUsed }) => poolUsed)) / size,
    nodes: [...new Set(pools.map(({ node }) => node.name))].toSorted(),
  };
}

/** A slice is called by its slot: `192.0.2.0/28 tcp, slot 1`; people know the node. */
function sliceText(slice: string, user: PageNode, nodes: readonly PageNode[]): string {
  const [, what, slot] = /^(.*), slot (\d+)$/.exec(slice) ?? [];
  if (what === undefined || Number(slot) === user.slot) return what ?? slice;
  const owner = nodes.find((node) => node.slot === Number(slot));
  return owner === undefined ? slice : `${what}, slice of ${owner.name}`;
}

export function bitsOf(node: PageNode): number {
  return node.instances.reduce((sum, { traffic }) => sum + (traffic?.slowBits ?? 0) + (traffic?.fastBits ?? 0), 0);
}

export function sessionsOf(node: PageNode): number {
  return node.instances.reduce((sum, { sessions }) => sum + sessions, 0);
}

/** Sessions of a node that is away, of which the node with the page answers for. */
export function heldOf(node: PageNode): number {
  return node.instances.reduce((sum, { held }) => sum + held, 0);
}

/** Whether what an address leads to is there. */
export function exists({ nodes, instances }: PageView, { kind, name }: Selection): boolean {
  if (kind === 'instance' && instances.some((one) => one.name === name)) return true;
  return nodes.some((node) =>
    kind === 'node' ? node.name === name : node.instances.some(({ instance }) => instance === name),
  );
}

/** Severity; determines colour and mark. */
export type Level = 'good' | 'warning' | 'bad' | 'idle';

export function levelOfNode({ alive, state }: Pick<PageNode, 'alive' | 'state'>): Level {
  if (!alive || state === 'failed') return 'bad';
  if (state === 'active') return 'good';
  return state === 'withdrawn' ? 'idle' : 'warning';
}

export function levelOfHealth(health: string): Level {
  if (health === 'healthy') return 'good';
  return health === 'degraded' ? 'warning' : 'bad';
}

type Upstream = PageNode['upstreams'][number];

/** Whether an upstream sends traffic to the node because of this announcement. */
export function isEffective({ kind, observed, state }: Upstream): boolean {
  const up = kind === 'vrrp' ? ['master', 'backup'] : kind === 'bfd' ? ['up'] : ['established'];
  return observed === 'announced' && up.includes(state.toLowerCase());
}

export function levelOfUpstream(upstream: Upstream): Level {
  const { observed, wanted } = upstream;
  if (observed === 'unknown') return 'warning';
  if (observed !== wanted) return 'bad';
  if (observed === 'withdrawn') return 'idle';
  return isEffective(upstream) ? 'good' : 'bad';
}
