import type { PageNode, PageShare, PageView } from '../page-model.ts';

/** Sums over the selection, or over everything without one. */
export interface Figures {
  readonly slowBits: number;
  readonly fastBits: number;
  readonly packets: number;
  readonly newSessions: number;
  readonly drops: number;
  readonly sessions: number;
  /** The fullest slice of pool4, percent, and its owner; undefined: none. */
  readonly pool: { readonly percent: number; readonly where: string } | undefined;
  /** The most frequent reason for drops or errors, where most of them occur; empty: none. */
  readonly topDrop: string;
  /** The instance concerned; empty: none. */
  readonly topDropOf: string;
  /** The traffic is unknown. */
  readonly unknown: boolean;
}

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
    sessions: shares.reduce((total, { share }) => total + share.sessions, 0),
    pool: fullest(shares),
    topDrop: worst?.traffic?.topDrop ?? '',
    topDropOf: worst?.instance ?? '',
    unknown: known.length === 0,
  };
}

function dropsOf({ traffic }: PageShare): number {
  return traffic?.drops ?? 0;
}

function fullest(shares: readonly { node: PageNode; share: PageShare }[]): Figures['pool'] {
  const pools = shares
    .map(({ node, share }) => ({
      percent: share.traffic?.poolPercent ?? -1,
      where: `${node.name}: ${share.traffic?.poolSlice ?? ''}`,
    }))
    .filter((pool) => pool.percent >= 0);
  return pools.toSorted((one, other) => other.percent - one.percent)[0];
}

export function bitsOf(node: PageNode): number {
  return node.instances.reduce((sum, { traffic }) => sum + (traffic?.slowBits ?? 0) + (traffic?.fastBits ?? 0), 0);
}

export function sessionsOf(node: PageNode): number {
  return node.instances.reduce((sum, { sessions }) => sum + sessions, 0);
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
