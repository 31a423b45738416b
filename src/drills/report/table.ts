import { escapeHtml } from './escape.ts';

/** A row of a table. @param cells HTML @param kind a class of the style */
export function row(cells: readonly string[], kind = ''): string {
  const of = kind === '' ? '' : ` class="${kind}"`;
  return `<tr${of}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** @param titles HTML; none: a table without a head @param rows of `row` @param kind a class of the style */
export function table(titles: readonly string[], rows: readonly string[], kind: string): string {
  const head = titles.length === 0 ? '' : `<tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr>`;
  return scrolling(`<table class="${kind}">${head}${rows.join('\n')}</table>`, kind);
}

/** Content that may be wider than the window, with its own scrolling, also by keys. @param label for screen readers */
export function scrolling(content: string, label: string): string {
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(label)}">${content}</div>`;
}

/** A word coloured by its meaning. */
export function word(ok: boolean, good = 'pass', bad = 'fail'): string {
  return `<span class="${ok ? 'pass' : 'fail'}">${ok ? good : bad}</span>`;
}

/** From when to when, UTC; undefined: no run. */
export function span(begun: number | undefined, ended: number | undefined): string {
  if (begun === undefined || ended === undefined) return 'no time';
  const [from, to] = [begun, ended].map((time) => new Date(time).toISOString().slice(0, 19).replace('T', ' '));
  return `${from} to ${to?.slice(11)} UTC`;
}
