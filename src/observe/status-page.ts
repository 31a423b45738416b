import type { StatusReply } from '../agent/control/messages.ts';

/** The status for a browser: one page without scripts that reads itself again each five seconds. */
export function statusPage(status: StatusReply): string {
  const { cluster, node, health, problems } = status;
  const title = `${HEALTH_WORDS[health] ?? health}: cluster ${cluster}, seen from ${node}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head><body>
<h1 class="${HEALTH_CLASSES[health] ?? 'bad'}">${escapeHtml(title)}</h1>
${problems.length === 0 ? '' : `<ul>${problems.map(({ subject, text }) => `<li><b>${escapeHtml(subject)}</b>: ${escapeHtml(text)}</li>`).join('')}</ul>`}
${nodeTable(status)}${instanceTable(status)}${linkTable(status)}${announcementTable(status)}
<p><a href="/metrics">metrics</a> · <a href="/status.json">JSON</a></p>
</body></html>
`;
}

const HEALTH_WORDS: Readonly<Record<string, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  notServing: 'Not serving',
};

const HEALTH_CLASSES: Readonly<Record<string, string>> = { healthy: 'good', degraded: 'warning', notServing: 'bad' };

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2em;max-width:75em}table{border-collapse:collapse;margin:1em 0}' +
  'th,td{text-align:left;padding:.2em 1em .2em 0;border-bottom:1px solid #8884}.number{text-align:right;font-variant-numeric:tabular-nums}' +
  '.good{color:#070}.warning{color:#a60}.bad{color:#b00}';

function nodeTable({ nodes }: StatusReply): string {
  return htmlTable(
    ['Node', 'State', 'Routes', 'Reason'],
    nodes.map(({ name, self, alive, state, announcing, reason }) => [
      self ? `${name} (here)` : name,
      alive ? state : 'down',
      routesOf(alive, announcing),
      reason,
    ]),
  );
}

/** The last report of a node that is down says nothing about its routes now. */
function routesOf(alive: boolean, announcing: boolean): string {
  if (!alive) return 'unknown';
  return announcing ? 'announced' : 'withdrawn';
}

function instanceTable({ instances }: StatusReply): string {
  return htmlTable(
    ['Instance', 'Kind', 'State', 'Own sessions', 'Replicated'],
    instances.map(({ name, kind, state, ownSessions, replicaSessions }) => [
      name,
      kind,
      state,
      ownSessions,
      replicaSessions,
    ]),
  );
}

function linkTable({ links }: StatusReply): string {
  return htmlTable(
    ['Link', 'Health', 'Frames in', 'Out', 'Duplicates', 'Refused'],
    links.map(({ name, health, framesIn, framesOut, duplicates, refused }) => [
      name,
      health,
      framesIn,
      framesOut,
      duplicates,
      refused,
    ]),
  );
}

function announcementTable({ announcements }: StatusReply): string {
  return htmlTable(
    ['Upstream', 'Peer', 'Observed', 'Wanted', 'Detail'],
    announcements.map(({ upstream, peer, observed, wanted, detail }) => [upstream, peer, observed, wanted, detail]),
  );
}

type Value = string | number;

/** Columns of numbers are aligned by their last digit, with their titles. */
function htmlTable(titles: readonly string[], rows: readonly (readonly Value[])[]): string {
  if (rows.length === 0) return '';
  const numeric = (rows[0] ?? []).map((value) => typeof value === 'number');
  return `<table>${htmlRow('th', titles, numeric)}${rows.map((row) => htmlRow('td', row, numeric)).join('')}</table>`;
}

function htmlRow(tag: string, cells: readonly Value[], numeric: readonly boolean[]): string {
  const html = cells.map((cell, index) => {
    const mark = numeric[index] ? ' class="number"' : '';
    return `<${tag}${mark}>${escapeHtml(String(cell))}</${tag}>`;
  });
  return `<tr>${html.join('')}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
