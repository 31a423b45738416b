import type { PageLink, PageLinkEnd } from '../page-model.ts';
import type { Level } from './figures.ts';

/** One direction between two nodes on a link. */
export interface Direction {
  readonly from: string;
  readonly to: string;
  readonly health: string;
}

const LEVELS: Readonly<Record<string, Level>> = { ok: 'good', lossy: 'warning', silent: 'bad', missing: 'bad' };

function levelOf(health: string): Level {
  return LEVELS[health] ?? 'idle';
}

/** Directions with lost frames, or without any. */
export function brokenDirections({ ends }: PageLink): Direction[] {
  return ends.flatMap(({ node, receives }) =>
    receives
      .filter(({ health }) => levelOf(health) === 'bad' || levelOf(health) === 'warning')
      .map(({ from, health }) => ({ from, to: node, health })),
  );
}

/** For several directions: bad when none works, warning when some do. */
function together(levels: readonly Level[]): Level {
  const known = levels.filter((level) => level !== 'idle');
  if (known.length === 0) return 'idle';
  if (known.every((level) => level === 'bad')) return 'bad';
  return known.every((level) => level === 'good') ? 'good' : 'warning';
}

/** Reception at an end, and its transmission as seen by the other ends. */
export function levelsAt(link: PageLink, end: PageLinkEnd): { readonly receives: Level; readonly sends: Level } {
  if (end.health === 'missing') return { receives: 'bad', sends: 'bad' };
  const heard = link.ends.flatMap(({ receives }) => receives.filter(({ from }) => from === end.node));
  return {
    receives: together(end.receives.map(({ health }) => levelOf(health))),
    sends: together(heard.map(({ health }) => levelOf(health))),
  };
}

export function levelOfLink(link: PageLink): Level {
  return together(
    link.ends.flatMap((end) =>
      end.health === 'missing' ? (['bad'] as const) : end.receives.map((one) => levelOf(one.health)),
    ),
  );
}

/** One sentence: which direction is cut. */
export function describeLink(link: PageLink): string {
  const missing = link.ends.filter(({ health }) => health === 'missing').map(({ node }) => `missing on ${node}`);
  const broken = brokenDirections(link).map(({ from, to, health }) => `${from} → ${to} ${health}`);
  const faults = [...missing, ...broken];
  if (faults.length > 0) return faults.join(', ');
  return levelOfLink(link) === 'good' ? 'ok in all directions' : 'no other node is received from';
}
