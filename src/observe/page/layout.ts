import type { PageLink, PageNode, PageView } from '../page-model.ts';
import { bitsOf, type Level, levelOfUpstream } from './figures.ts';
import { levelOfLink, levelsAt } from './links.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface NodeBox extends Box {
  readonly node: PageNode;
  /** Share of all nodes' traffic, 0 to 1. */
  readonly share: number;
}

export interface UpstreamBox extends Box {
  readonly name: string;
}

/** An announcement by which an upstream sends traffic to a node. */
export interface Edge {
  readonly node: string;
  readonly upstream: string;
  readonly from: Point;
  readonly to: Point;
  readonly level: Level;
  readonly label: string;
  /** Line width. */
  readonly width: number;
  /** Row of the label above the node, and its width. */
  readonly row: number;
  readonly space: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A link as a line below the nodes, with a connection to each of them. */
export interface Rail {
  readonly link: PageLink;
  readonly level: Level;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly taps: readonly Tap[];
}

export interface Tap {
  readonly node: string;
  readonly x: number;
  readonly top: number;
  readonly sends: Level;
  readonly receives: Level;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly NodeBox[];
  readonly upstreams: readonly UpstreamBox[];
  readonly edges: readonly Edge[];
  readonly rails: readonly Rail[];
}

const CARD = { least: 92, most: 208, height: 108, gap: 16 };
const UPSTREAM = { most: 240, height: 34, gap: 24 };
/** Space between upstreams and nodes: for lines, and one row of labels per upstream. */
const EDGES = { least: 50, row: 16 };
const RAIL = { first: 40, gap: 34, below: 14, beyond: 24 };
const TAP_GAP = 30;
const LINE = { thin: 1.5, more: 7 };

/** Coordinates of the drawing for a given width; with many nodes it gets wider. Pure. */
export function layoutOf({ nodes, links }: PageView, width: number): Layout {
  const names = [...new Set(nodes.flatMap(({ upstreams }) => upstreams.map(({ upstream }) => upstream)))].toSorted();
  const columns = Math.max(1, nodes.length);
  const whole = Math.max(width, columns * (CARD.least + CARD.gap));
  const top = names.length === 0 ? 8 : UPSTREAM.height + EDGES.least + EDGES.row * names.length;
  const boxes = nodeBoxes(nodes, whole, top);
  const upstreams = upstreamBoxes(names, whole);
  const bottom = top + CARD.height;
  const rails = links.map((link, index) => railOf(link, index, links.length, boxes));
  const height = rails.length === 0 ? bottom + RAIL.below : (rails.at(-1)?.y ?? bottom) + RAIL.below;
  return { width: whole, height, nodes: boxes, upstreams, edges: edgesOf(boxes, upstreams), rails };
}

function nodeBoxes(nodes: readonly PageNode[], width: number, y: number): NodeBox[] {
  const column = width / Math.max(1, nodes.length);
  const card = Math.max(CARD.least, Math.min(CARD.most, column - CARD.gap));
  const total = nodes.reduce((sum, node) => sum + bitsOf(node), 0);
  return nodes.map((node, index) => ({
    node,
    x: column * (index + 0.5) - card / 2,
    y,
    width: card,
    height: CARD.height,
    share: total === 0 ? 0 : bitsOf(node) / total,
  }));
}

function upstreamBoxes(names: readonly string[], width: number): UpstreamBox[] {
  const column = width / Math.max(1, names.length);
  const box = Math.min(UPSTREAM.most, column - UPSTREAM.gap);
  return names.map((name, index) => ({
    name,
    x: column * (index + 0.5) - box / 2,
    y: 0,
    width: box,
    height: UPSTREAM.height,
  }));
}

const WORST: readonly Level[] = ['bad', 'warning', 'good', 'idle'];

function edgesOf(boxes: readonly NodeBox[], upstreams: readonly UpstreamBox[]): Edge[] {
  return boxes.flatMap(({ node, share, ...box }) => {
    const here = upstreams.filter(({ name }) => node.upstreams.some(({ upstream }) => upstream === name));
    return here.map((upstream, index) => {
      const announcements = node.upstreams.filter((one) => one.upstream === upstream.name);
      const levels = new Set(announcements.map(levelOfUpstream));
      const level = WORST.find((one) => levels.has(one)) ?? 'idle';
      const spread = box.width / (here.length + 1);
      return {
        node: node.name,
        upstream: upstream.name,
        from: { x: within(box.x + spread * (index + 1), upstream), y: upstream.height },
        to: { x: box.x + spread * (index + 1), y: box.y },
        level,
        label: labelOf(announcements),
        row: here.length - 1 - index,
        space: box.width,
        width: level === 'good' ? LINE.thin + LINE.more * share : LINE.thin,
      };
    });
  });
}

/** A line begins below the upstream's box, as vertically above its node as possible. */
function within(x: number, { x: left, width }: UpstreamBox): number {
  const margin = 12;
  return Math.max(left + margin, Math.min(left + width - margin, x));
}

/** `BFD up`, `BGP Established`; for several of one kind and state `BGP Established ×2`. */
function labelOf(announcements: PageNode['upstreams']): string {
  const counts = new Map<string, number>();
  for (const { kind, state, observed } of announcements) {
    const text = `${kind.toUpperCase()} ${observed === 'withdrawn' ? 'withdrawn' : state || observed}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} ×${count}`)).join(', ');
}

function railOf(link: PageLink, index: number, count: number, boxes: readonly NodeBox[]): Rail {
  const taps = link.ends.flatMap((end): Tap[] => {
    const box = boxes.find(({ node }) => node.name === end.node);
    if (box === undefined) return [];
    const x = box.x + box.width / 2 + (index - (count - 1) / 2) * Math.min(TAP_GAP, box.width / count);
    return [{ node: end.node, x, top: box.y + box.height, ...levelsAt(link, end) }];
  });
  const places = taps.map(({ x }) => x);
  const bottom = (boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0);
  return {
    link,
    level: levelOfLink(link),
    y: bottom + RAIL.first + index * RAIL.gap,
    from: Math.max(0, Math.min(...places) - RAIL.beyond),
    to: Math.max(...places) + RAIL.beyond,
    taps,
  };
}
