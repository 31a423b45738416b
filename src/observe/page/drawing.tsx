import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageView } from '../page-model.ts';
import { bitsOf, isEffective, type Level, levelOfNode, sessionsOf } from './figures.ts';
import { percent, quantity } from './format.ts';
import { type Edge, type Layout, layoutOf, type NodeBox, type Rail, type Tap } from './layout.ts';
import { describeLink } from './links.ts';
import { Panel } from './parts.tsx';

const FIRST_WIDTH = 640;
const ARROW = 5;
/** Mean width of a letter of the small text, pixels, and the height of a line of it. */
const LETTER = 6.6;
const LABEL_ROW = 16;

/** The cluster: upstreams above, nodes, and the links between them below. */
export function Drawing({ view }: { readonly view: PageView }): JSX.Element {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const layout = layoutOf(view, width);
  return (
    <Panel title="Cluster" id="cluster" class="drawing">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- of a large cluster it scrolls sideways */}
      <div class="sideways" ref={holder} tabIndex={layout.width > width ? 0 : -1}>
        <svg
          width={layout.width}
          height={layout.height}
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          role="group"
          aria-label={describe(view)}
        >
          <Shapes layout={layout} />
        </svg>
      </div>
    </Panel>
  );
}

function Shapes({ layout }: { readonly layout: Layout }): JSX.Element {
  return (
    <>
      {layout.edges.map((edge) => (
        <EdgeLine edge={edge} key={`${edge.node} ${edge.upstream}`} />
      ))}
      {layout.rails.map((rail) => (
        <RailLine rail={rail} key={rail.link.name} />
      ))}
      {layout.upstreams.map(({ name, x, y, width, height }) => (
        <g class="upstream" key={name}>
          <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={height / 2} />
          <text x={x + width / 2} y={y + height / 2 + 5} text-anchor="middle">
            {fitted(name, width - 24, 8)}
          </text>
        </g>
      ))}
      {layout.nodes.map((box) => (
        <NodeCard box={box} key={box.node.name} />
      ))}
    </>
  );
}

function useWidth(holder: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(FIRST_WIDTH);
  useLayoutEffect(() => {
    if (holder.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? FIRST_WIDTH)));
    observer.observe(holder.current);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** As much of a text as fits, by the mean width of a letter. */
function fitted(text: string, width: number, letter: number): string {
  const letters = Math.max(3, Math.floor(width / letter));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

function NodeCard({ box }: { readonly box: NodeBox }): JSX.Element {
  const { node, x, y, width, height, share } = box;
  const level = levelOfNode(node);
  const left = x + 14;
  const known = node.instances.some(({ traffic }) => traffic !== undefined);
  const lines = node.alive
    ? [known ? quantity(bitsOf(node), 'bit/s') : 'traffic unknown', `${quantity(sessionsOf(node))} sessions`]
    : ['no heartbeats', ''];
  const [name, state, figure, small] = [
    fitted(node.name, width - 28, 9),
    fitted(node.state, width - 28, 7),
    lines[0] ?? '',
    fitted(lines[1] ?? '', width - 20, LETTER),
  ];
  return (
    <g>
      {/* Not in the link: it is no text that stands on it. */}
      <title>{`${percent(share)} of the traffic. ${node.reason}`}</title>
      <a
        href={`#node/${encodeURIComponent(node.name)}`}
        aria-label={labelOf([name, state, figure, small], [node.name, node.state, ...lines])}
      >
        <g class={`node ${level}`}>
          <rect class="card" x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx="9" />
          <rect class="edge" x={x} y={y + 12} width="4" height={height - 24} rx="2" />
          <text class="name" x={left} y={y + 26}>
            {name}
          </text>{' '}
          <text class="state" x={left} y={y + 45}>
            {state}
          </text>{' '}
          <text class="figure" x={left} y={y + 68}>
            {figure}
          </text>{' '}
          <text class="small" x={left} y={y + 85}>
            {small}
          </text>
          <rect class="track" x={left} y={y + 94} width={width - 28} height="4" rx="2" />
          <rect class="share" x={left} y={y + 94} width={(width - 28) * share} height="4" rx="2" />
        </g>
      </a>
    </g>
  );
}

/** Who speaks to the page names a link by what stands on it: that is in its label as it stands, what was cut off after it. */
function labelOf(shown: readonly string[], whole: readonly string[]): string {
  const cut = whole.filter((text, index) => text !== shown[index]);
  return [`node ${shown.join(' ')}`.trim(), ...cut].join('. ');
}

function EdgeLine({ edge }: { readonly edge: Edge }): JSX.Element {
  const { from, to, level, width, row, space } = edge;
  const label = fitted(edge.label, space, LETTER);
  const y = to.y - 18 - row * LABEL_ROW;
  const middle = (from.y + to.y) / 2;
  return (
    <g class={`announcement ${level}`}>
      <path d={`M${from.x} ${from.y}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y - 6}`} stroke-width={width} />
      <path class="head" d={arrow(to.x, to.y - 1, 1)} />
      <text class="halo" x={to.x} y={y} text-anchor="middle">
        {label}
      </text>
      <text x={to.x} y={y} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}

/** @param way 1 points down, -1 up */
function arrow(x: number, y: number, way: 1 | -1): string {
  return `M${x} ${y}l${-ARROW} ${-way * (ARROW + 3)}h${2 * ARROW}Z`;
}

function RailLine({ rail }: { readonly rail: Rail }): JSX.Element {
  const { link, level, y, from, to, taps } = rail;
  const text = describeLink(link);
  // Between two nodes, where nothing else is.
  const [first, second = first] = taps.map(({ x }) => x);
  const middle = second === first ? (from + to) / 2 : (first + second) / 2;
  const whole = level === 'good' || level === 'idle' ? link.name : `${link.name}: ${text}`;
  const shown = fitted(whole, Math.abs(second - first) - 24, LETTER);
  return (
    <g class="link">
      <line class={`rail ${level}`} x1={from} x2={to} y1={y} y2={y} />
      {taps.map((tap) => (
        <TapLines tap={tap} y={y} key={tap.node} />
      ))}
      <text class="halo" x={middle} y={y - 7} text-anchor="middle">
        {shown}
      </text>
      <text class={level} x={middle} y={y - 7} text-anchor="middle">
        {shown}
      </text>
      <title>{`${link.name}: ${text}`}</title>
    </g>
  );
}

const TAP = 4;

/** Left what the node sends, right what it receives. */
function TapLines({ tap: { x, top, sends, receives }, y }: { readonly tap: Tap; readonly y: number }): JSX.Element {
  return (
    <>
      <Lane level={sends} x={x - TAP} top={top} bottom={y - 1} head={arrow(x - TAP, y - 1, 1)} />
      <Lane level={receives} x={x + TAP} top={top} bottom={y - 1} head={arrow(x + TAP, top + 1, -1)} />
    </>
  );
}

interface LaneProps {
  readonly level: Level;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly head: string;
}

function Lane({ level, x, top, bottom, head }: LaneProps): JSX.Element {
  const middle = (top + bottom) / 2;
  return (
    <g class={`lane ${level}`}>
      <line x1={x} x2={x} y1={top + 1} y2={bottom} />
      <path class="head" d={head} />
      {level === 'bad' ? <path class="cross" d={`M${x - 4} ${middle - 4}l8 8m0-8l-8 8`} /> : null}
    </g>
  );
}

/** The drawing in one sentence, for who does not see it. */
function describe({ nodes, links }: PageView): string {
  const states = nodes.map((node) => {
    const routes = node.upstreams.filter(isEffective).map(({ upstream }) => upstream);
    const from = routes.length === 0 ? 'no traffic' : `traffic from ${[...new Set(routes)].join(' and ')}`;
    return `${node.name} ${node.state}, ${from}`;
  });
  const rails = links.map((link) => `link ${link.name}: ${describeLink(link)}`);
  return `The cluster: ${[...states, ...rails].join('; ')}.`;
}
