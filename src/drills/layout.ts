import type { StatusReply } from '../agent/control/messages.ts';

/** A node's own status; undefined: its agent does not answer. */
export type Views = ReadonlyMap<string, StatusReply | undefined>;

/** A node with its connections. */
export interface NodeLayout {
  readonly name: string;
  /** Its replication links. */
  readonly links: readonly string[];
  /** The upstreams that it announces to. */
  readonly upstreams: readonly string[];
}

/** The cluster at the start of a drill, for the picture in the report. */
export interface Layout {
  readonly nodes: readonly NodeLayout[];
  /** The nodes use a coordinator store. */
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

/** Whether the nodes use a coordinator store, as shown by its check. */
export function hasStore(views: Views): boolean {
  return [...views.values()].some((view) => view?.checks.some(({ name }) => name === 'coordinator'));
}
