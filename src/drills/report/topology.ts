import type { Drill } from '../drill-file.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 900;
const HEIGHT = 190;

/** The nodes between their upstream and each other, the broken part in red. An SVG. */
export function topologyPicture(names: readonly string[], target: string, drill: Drill): string {
  const cut = drill.steps.find((step) => step.do === 'cut');
  const at = (index: number): number => ((index + 0.5) * WIDTH) / names.length;
  const boxes = names.map((name, index) => {
    const broken = name === target && cut === undefined;
    const x = at(index);
    return `<line x1="${WIDTH / 2}" y1="40" x2="${x}" y2="90" stroke="${broken ? '#c00' : '#777'}" stroke-width="2"${broken ? ' stroke-dasharray="6 4"' : ''}/>
<rect x="${x - 50}" y="90" width="100" height="36" rx="5" fill="${broken ? '#fbe3e3' : '#eef3f8'}" stroke="${broken ? '#c00' : '#456'}"/>
<text x="${x}" y="113" text-anchor="middle">${escapeHtml(name)}</text>`;
  });
  const links = names.slice(0, names.length > 2 ? undefined : 1).map((name, index) => {
    const next = (index + 1) % names.length;
    const touched = cut !== undefined && (name === target || names[next] === target);
    const [x1, x2] = [at(index), at(next)];
    const depth = next > index ? 160 : 185;
    return `<path d="M${x1} 126 C${x1} ${depth}, ${x2} ${depth}, ${x2} 126" fill="none" stroke="${touched ? '#c00' : '#2a8c4a'}" stroke-width="2"${touched ? ' stroke-dasharray="6 4"' : ''}/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="the nodes; what was broken is red and dashed">
<rect x="${WIDTH / 2 - 60}" y="8" width="120" height="32" rx="5" fill="#f5f5f5" stroke="#777"/><text x="${WIDTH / 2}" y="29" text-anchor="middle">upstreams</text>
${boxes.join('\n')}
${links.join('\n')}
</svg>`;
}
