import type { StatusReply } from '../agent/control/messages.ts';

/** A node as the operator's side sees it; undefined: its agent does not answer. */
export type Views = ReadonlyMap<string, StatusReply | undefined>;

/** A node with what joins it to others. */
export interface NodeLayout {
  readonly name: string;
  /** Its replication links. */
  readonly links: readonly string[];
  /** The upstreams that it announces to. */
  readonly upstreams: readonly string[];
}

/** The cluster as a drill found it, for the picture of the report. */
export interface Layout {
  readonly nodes: readonly NodeLayout[];
  /** The nodes meet in a store of their own. */
  readonly coordinator: boolean;
}

/** Pure. A node that does not answer has no links and no upstreams. */
export function layoutOf(views: Views): Layout {
  const nodes = [...views].map(([name, view]): NodeLayout => {
    const upstreams = new Set(view?.announcements.map(({ upstream }) => upstream));
    return { name, links: view?.links.map((link) => link.name) ?? [], upstreams: [...upstreams] };
  });
  return { nodes, coordinator: hasStore(views) };
}

/** Whether the nodes meet in a store of their own: the check of it shows that. */
export function hasStore(views: Views): boolean {
  return [...views.values()].some((view) => view?.checks.some(({ name }) => name === 'coordinator'));
}
