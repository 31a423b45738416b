import type { Drill, DrillStep } from '../drill-file.ts';
import type { Layout, NodeLayout } from '../layout.ts';
import { escapeHtml } from './escape.ts';
import { line, rect, words } from './svg.ts';

const WIDTH = 900;
const HEIGHT = 250;
const NODE_TOP = 92;
const NODE_HEIGHT = 52;
const BUS_TOP = 200;
const BUS_HEIGHT = 34;
/** Space for the store, beside the nodes. */
const STORE_SPACE = 210;

/** Appearance of a part: normal, red if a drill breaks it, amber if it is taken out of service gracefully. */
type Look = '' | 'broken' | 'moved';

/** Effect of a drill on a node, as shown in the picture. */
interface Touch {
  readonly node: Look;
  readonly upstream: Look;
  readonly links: Look;
  readonly store: Look;
  /** Text below the name of the node. */
  readonly note: string;
}

/**
 * The nodes between the upstream routers and each other, with the effect of the drill on its node. The paths of links
 * between nodes are unknown: each ends at "replication". An SVG. Pure.
 */
export function topologyPicture({ nodes, coordinator }: Layout, target: string, drill: Drill): string {
  const touch = touchOf(drill);
  const space = WIDTH - (coordinator ? STORE_SPACE : 0);
  const [middle, share] = [space / 2, space / nodes.length];
  const width = Math.min(150, share - 14);
  const boxes = nodes.map((node, index) =>
    nodeBox(node, { x: (index + 0.5) * share, width, middle }, node.name === target ? touch : UNTOUCHED),
  );
  const targetAt = nodes.findIndex(({ name }) => name === target);
  const label = `${drill.title}: the nodes, their upstreams and links; what was broken on ${target} is red and dashed`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">
${rect({ x: middle - 80, y: 8, width: 160, height: 32 }, 'frame')}${words([middle, 29], 'upstream routers')}
${boxes.join('\n')}
${rect({ x: 14, y: BUS_TOP, width: space - 28, height: BUS_HEIGHT }, 'frame')}
${words([middle, BUS_TOP + 22], 'replication between the nodes')}
${coordinator ? storeBox(touch, (targetAt + 0.5) * share, width) : ''}
</svg>`;
}

interface Place {
  readonly x: number;
  readonly width: number;
  /** Horizontal middle of the box of the upstream routers. */
  readonly middle: number;
}

function nodeBox({ name, links, upstreams }: NodeLayout, { x, width, middle }: Place, touch: Touch): string {
  const below = NODE_TOP + NODE_HEIGHT;
  const left = x - width / 2;
  const stubs = links.flatMap((link, index) => {
    const at = left + ((index + 0.5) * width) / links.length;
    const wire = line([at, below], [at, BUS_TOP], `wire ${touch.links}`);
    return [wire, words([at + 4, (below + BUS_TOP) / 2 + 4], link, touch.links || 'soft', 'start')];
  });
  return [
    line([middle + (x - middle) / 6, 40], [x, NODE_TOP], `wire ${touch.upstream}`, upstreams.join(', ')),
    rect({ x: left, y: NODE_TOP, width, height: NODE_HEIGHT }, `frame ${touch.node}`),
    words([x, NODE_TOP + 22], name),
    words([x, NODE_TOP + 41], touch.note, touch.node || touch.links || touch.store),
    ...stubs,
  ].join('\n');
}

/** @param from position of the node that may be cut off from it */
function storeBox({ store }: Touch, from: number, width: number): string {
  const x = WIDTH - 95;
  const to = x - 75;
  const curve = `M${from} ${NODE_TOP} C${from + width} 50, ${to - 15} 50, ${to} ${NODE_TOP + 20}`;
  const wire = store === '' ? '' : `<path d="${curve}" class="wire ${store}"/>`;
  const box = rect({ x: to, y: NODE_TOP, width: 150, height: NODE_HEIGHT }, 'frame');
  return `${wire}${box}${words([x, NODE_TOP + 31], 'coordinator (etcd)')}`;
}

const UNTOUCHED: Touch = { node: '', upstream: '', links: '', store: '', note: '' };

/** Combined effect of all steps, for example draining before a restart. */
function touchOf({ steps }: Drill): Touch {
  const touches = steps.map(touchOfStep);
  const look = (part: 'node' | 'upstream' | 'links' | 'store'): Look => {
    const looks = new Set(touches.map((touch) => touch[part]));
    return LOOKS.find((one) => looks.has(one)) ?? '';
  };
  const notes = new Set(touches.flatMap(({ note }) => note ?? []));
  return {
    node: look('node'),
    upstream: look('upstream'),
    links: look('links'),
    store: look('store'),
    note: [...notes].join(', '),
  };
}

/** Most severe first. */
const LOOKS: readonly Look[] = ['broken', 'moved'];

function touchOfStep(step: DrillStep): Partial<Touch> {
  if (step.do === 'cut') return { links: 'broken', note: `${LINKS[step.links]} cut${DIRECTIONS[step.direction]}` };
  if (step.do === 'hang') return { node: 'broken', upstream: 'broken', note: `stopped ${step.for / 1000} s` };
  if (step.do === 'end-daemon') return { node: 'broken', upstream: 'broken', note: `${step.daemon} ended` };
  return TOUCHES.get(step.do) ?? {};
}

/** Effects of steps without parameters; others have none. */
const TOUCHES: ReadonlyMap<DrillStep['do'], Partial<Touch>> = new Map([
  ['drain', { node: 'moved', upstream: 'moved', note: 'drained' }],
  ['kill', { node: 'broken', upstream: 'broken', note: 'agent killed' }],
  ['restart', { node: 'moved', upstream: 'moved', note: 'restarted' }],
  ['crash-worker', { node: 'broken', upstream: 'broken', note: 'worker crashed' }],
  ['lose-changes', { links: 'broken', note: 'changes lost' }],
  ['step-clock', { node: 'broken', note: 'clock stepped' }],
  ['cut-coordinator', { store: 'broken', note: 'store cut off' }],
]);

const LINKS = { first: 'a link', each: 'links', all: 'links' } as const;
const DIRECTIONS = { both: '', in: ' (in)', out: ' (out)' } as const;
