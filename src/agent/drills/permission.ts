import type { ClusterConfig } from '../../cluster/schema.ts';

type Drills = ClusterConfig['drills'];

/**
 * Why a node does not take part in a drill at this time; undefined: it does. Pure.
 * @param timeMs time of day, milliseconds since 1970
 */
export function whyNoDrill({ allowed, nodes, windows }: Drills, node: string, timeMs: number): string | undefined {
  if (!allowed) return `the cluster file of ${node} does not allow drills (drills: { allowed: true })`;
  if (nodes !== undefined && !nodes.includes(node))
    return `drills are not allowed on ${node}, only on ${nodes.join(', ')}`;
  if (windows.length === 0 || windows.some((window) => isWithin(window, timeMs))) return undefined;
  return `drills are allowed from ${windows.join(' and ')} (UTC) only`;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** A window whose end is before its start extends over midnight. */
function isWithin(window: string, timeMs: number): boolean {
  const [from = 0, to = 0] = window.split('-').map(minutesOf);
  const now = Math.floor(timeMs / MINUTE_MS) % DAY_MINUTES;
  return from <= to ? from <= now && now < to : now >= from || now < to;
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return 60 * hours + minutes;
}
