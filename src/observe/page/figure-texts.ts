import type { PageNode, PageSources } from '../page-model.ts';
import type { Figures } from './figures.ts';
import { percent, quantity } from './format.ts';

/** A share of next to nothing would read like a fault. */
export function fastPathText({ slowBits, fastBits, unknown, onlyChecks }: Figures): { value: string; note: string } {
  const bits = slowBits + fastBits;
  if (unknown || bits === 0) return { value: '–', note: unknown ? '' : 'no traffic' };
  if (onlyChecks) return { value: '–', note: 'no traffic but own checks' };
  return { value: percent(fastBits / bits), note: `of the bits; ${quantity(slowBits, 'bit/s')} by the slow path` };
}

/** Of the last minute, since the counters of other nodes are not known here. */
export function refusedByOthers(nodes: readonly PageNode[], name: string): string {
  return nodes
    .filter(({ self }) => !self)
    .map((node) => {
      const traffic = node.instances.find(({ instance }) => instance === name)?.traffic;
      if (traffic === undefined) return `${node.name} unknown`;
      if (traffic.drops === 0) return `${node.name} none in the last minute`;
      return `${node.name} ${quantity(traffic.drops)}/s in the last minute, mostly ${traffic.topDrop}`;
    })
    .join('; ');
}

/** The most frequent sources of a reason; more of it is in `isthmus drops`. */
export function sourcesText(sources: PageSources | undefined, instance: string, name: string): string {
  const found = sources?.reasons.find((reason) => reason.instance === instance && reason.name === name);
  return (found?.sources ?? [])
    .map(({ address, packets, checkedBy }) => {
      const checks = checkedBy === '' ? '' : `, checks of ${checkedBy}`;
      return `${address === '' ? 'unreadable' : address} (${quantity(packets)}${checks})`;
    })
    .join(', ');
}
