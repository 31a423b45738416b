import type { Counter, InstanceStatus, LinkStatus, NodeStatus, StatusReply } from '../agent/control/messages.ts';
import { lossOf } from '../agent/status/loss.ts';
import { ORDINARY_REFUSALS } from '../replication/refusals.ts';
import { trafficLines } from './traffic-lines.ts';
import { type Cell, formatCount, formatDuration, formatTable, type Paint, plainPaint, type Style } from './table.ts';

/** The cluster on one screen, most severe problem first. */
export function statusScreen(status: StatusReply, paint: Paint = plainPaint): string {
  const sections = [
    headline(status, paint),
    nodeLines(status, paint),
    instanceLines(status, paint),
    trafficLines(status, paint),
    linkLines(status, paint),
    announcementLines(status, paint),
    checkLines(status, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const HEADLINES: Readonly<Record<string, readonly [Style, string]>> = {
  healthy: ['good', 'HEALTHY'],
  degraded: ['warning', 'DEGRADED'],
  notServing: ['bad', 'NOT SERVING'],
};

function headline({ cluster, node, health, problems }: StatusReply, paint: Paint): string[] {
  const [style, word] = HEADLINES[health] ?? (['bad', health] as const);
  const lines = [`${paint(style, word)}  cluster ${cluster}, seen from ${node}`];
  for (const { severity, subject, text } of problems) {
    lines.push(`  ${paint(severity === 'notServing' ? 'bad' : 'warning', '●')} ${paint('heading', subject)}: ${text}`);
  }
  return lines;
}

const STATE_STYLES: Readonly<Record<string, Style>> = {
  active: 'good',
  starting: 'warning',
  syncing: 'warning',
  draining: 'warning',
  withdrawn: 'warning',
  failed: 'bad',
};

function nodeLines({ nodes, time }: StatusReply, paint: Paint): string[] {
  const columns = [
    { title: 'NODE' },
    { title: 'STATE' },
    { title: 'SINCE' },
    { title: 'ROUTES' },
    { title: 'LAG FRAMES', align: 'right' as const },
    { title: 'LOST FRAMES', align: 'right' as const },
    { title: 'SESSIONS AT RISK', align: 'right' as const },
    { title: 'REASON' },
  ];
  const rows = nodes.map((node) => [
    node.self ? `${node.name} (here)` : node.name,
    nodeState(node),
    node.since > 0 ? formatDuration(time - node.since) : '-',
    routes(node),
    node.self ? '-' : formatCount(node.framesMissing),
    node.self ? '-' : formatCount(node.framesLost),
    atRisk(node, nodes),
    [...lastFrame(node), ...(node.reason === '' ? [] : [node.reason])].join('; '),
  ]);
  return formatTable(columns, rows, paint);
}

/** Sessions that would be lost with the node. */
function atRisk(node: NodeStatus, nodes: readonly NodeStatus[]): Cell {
  if (!node.alive) return { text: '-' };
  const { sessionsAtRisk } = lossOf(node, nodes);
  return { text: formatCount(sessionsAtRisk), style: sessionsAtRisk > 0 ? 'warning' : 'plain' };
}

function lastFrame({ alive, silentMs }: NodeStatus): string[] {
  return alive || silentMs <= 0 ? [] : [`last frame ${formatDuration(silentMs)} ago`];
}

function nodeState({ alive, state }: NodeStatus): Cell {
  if (!alive) return { text: state === 'unknown' ? 'never seen' : 'DOWN', style: 'bad' };
  return { text: state, style: STATE_STYLES[state] ?? 'plain' };
}

function routes({ alive, announcing, upstreamDown }: NodeStatus): Cell {
  if (!alive) return { text: '?', style: 'faint' };
  if (upstreamDown) return { text: 'NO UPSTREAM', style: 'bad' };
  return announcing ? { text: 'announced', style: 'good' } : { text: 'withdrawn', style: 'warning' };
}

function instanceLines({ instances, nodes }: StatusReply, paint: Paint): string[] {
  const others = nodes.filter(({ self }) => !self);
  const columns = [
    { title: 'INSTANCE' },
    { title: 'KIND' },
    { title: 'STATE' },
    { title: 'SESSIONS', align: 'right' as const },
    { title: 'OWN', align: 'right' as const },
    { title: 'REPLICATED', align: 'right' as const },
    ...others.map(({ name }) => ({ title: `FROM ${name.toUpperCase()}`, align: 'right' as const })),
    { title: 'TUN' },
  ];
  const rows = instances.map((instance) => {
    const stateful = instance.kind === 'nat64';
    const count = (value: number): string => (stateful ? formatCount(value) : '-');
    return [
      instance.name,
      instance.kind,
      { text: instance.state, style: instance.state === 'running' ? ('good' as const) : ('bad' as const) },
      count(instance.sessions),
      count(instance.ownSessions),
      count(instance.replicaSessions),
      ...others.map((node) => replicaCell(node, instance.name, stateful)),
      instance.namespace === '' ? instance.tun : `${instance.tun} in ${instance.namespace}`,
    ];
  });
  if (rows.length === 0) return [];
  return [...formatTable(columns, rows, paint), ...instances.flatMap((instance) => helpLines(instance, paint))];
}

/** Kernel features in use for an instance: offloads, queue steering, fast path. */
function helpLines({ name, fastPath, interfaceOffloads, shards, queues }: InstanceStatus, paint: Paint): string[] {
  const help = interfaceOffloads.length === 0 ? [] : [`  ${name}: ${interfaceOffloads.join(', ')} on`];
  if (shards.length > 0) {
    const style = queues.startsWith('by the workers') ? 'warning' : 'good';
    const counts = shards.map(({ sessions }) => formatCount(sessions)).join(' + ');
    help.push(`  ${name}: ${shards.length} shards with ${counts} sessions, steered ${paint(style, queues)}`);
  }
  if (fastPath === '') return help;
  return [...help, `  ${name}: fast path ${paint(fastPath.startsWith('on ') ? 'good' : 'warning', fastPath)}`];
}

function replicaCell(node: NodeStatus, instance: string, stateful: boolean): Cell {
  const held = node.instances.find(({ name }) => name === instance);
  if (!stateful || held === undefined) return { text: '-' };
  const words: Readonly<Record<string, readonly [string, Style]>> = {
    inSync: ['in sync', 'good'],
    differs: ['DRIFT', 'bad'],
    unknown: ['unknown', 'warning'],
  };
  const [word, style] = words[held.sync] ?? ([held.sync, 'plain'] as const);
  return { text: `${formatCount(held.heldHere)} ${word}`, style };
}

function linkLines({ links, replication }: StatusReply, paint: Paint): string[] {
  const columns = [
    { title: 'LINK' },
    { title: 'HEALTH' },
    { title: 'FRAMES IN', align: 'right' as const },
    { title: 'FRAMES OUT', align: 'right' as const },
    { title: 'FIRST COPIES', align: 'right' as const },
    { title: 'DUPLICATES', align: 'right' as const },
    { title: 'FORWARDED', align: 'right' as const },
    { title: 'REFUSED', align: 'right' as const },
    { title: 'HEARTBEATS 2 S' },
  ];
  const rows = links.map((link) => [
    link.name,
    linkHealth(link),
    formatCount(link.framesIn),
    formatCount(link.framesOut),
    formatCount(link.firstCopies),
    formatCount(link.duplicates),
    formatCount(link.forwarded),
    { text: formatCount(link.refused), style: refusalStyle(link.refusals) },
    link.peers
      .filter(({ sharePercent }) => sharePercent >= 0)
      .map(({ node, sharePercent }) => `${node} ${sharePercent} %`)
      .join(', '),
  ]);
  if (rows.length === 0) return [];
  const refused = links.flatMap(({ name, refusals }) => refusalLine(`${name} refused`, refusals, paint));
  const sentAway = refusalLine('connections refused', replication?.connectionsRefused ?? [], paint);
  return [...formatTable(columns, rows, paint), ...refused, ...sentAway];
}

function refusalStyle(refusals: readonly Counter[]): Style {
  return refusals.some(({ name, value }) => value > 0 && !ORDINARY_REFUSALS.has(name)) ? 'warning' : 'plain';
}

/** Received since the start and rejected, with reasons. */
function refusalLine(what: string, refusals: readonly Counter[], paint: Paint): string[] {
  if (refusals.length === 0) return [];
  const reasons = refusals.map(({ value, help }) => `${formatCount(value)}: ${help}`).join('; ');
  return [paint('faint', `  ${what} since the start: ${reasons}`)];
}

function linkHealth({ health }: LinkStatus): Cell {
  const styles: Readonly<Record<string, Style>> = { ok: 'good', lossy: 'warning', silent: 'bad' };
  return { text: health, style: styles[health] ?? 'plain' };
}

function announcementLines({ announcements, time }: StatusReply, paint: Paint): string[] {
  const columns = [
    { title: 'UPSTREAM' },
    { title: 'PEER' },
    { title: 'KIND' },
    { title: 'FRR STATE' },
    { title: 'OBSERVED' },
    { title: 'WANTED' },
    { title: 'DETAIL' },
  ];
  const rows = announcements.map((announcement) => {
    const { upstream, peer, interface: device, kind, state, observed, wanted, detail } = announcement;
    return [
      upstream,
      device === '' ? peer : `${peer} on ${device}`,
      kind,
      state,
      { text: observed, style: observed === wanted ? ('good' as const) : ('bad' as const) },
      wanted,
      [detail, withdrawalProof(announcement, time)].filter((text) => text !== '').join('; '),
    ];
  });
  return rows.length === 0 ? [] : formatTable(columns, rows, paint);
}

function withdrawalProof({ provenAt, provenMs }: StatusReply['announcements'][number], time: number): string {
  if (provenAt === 0) return '';
  return `withdrawal proven ${formatDuration(Math.max(0, time - provenAt))} ago, ${formatCount(provenMs)} ms`;
}

/** Only failing checks are listed. */
function checkLines({ checks }: StatusReply, paint: Paint): string[] {
  const failing = checks.filter(({ ok, result }) => !ok || result === 'unknown');
  if (failing.length === 0)
    return checks.length === 0
      ? []
      : [paint('faint', checks.length === 1 ? '1 check passes.' : `All ${checks.length} checks pass.`)];
  const rows = failing.map(({ name, effect, text }) => [
    { text: name, style: effect === 'withdraw' ? ('bad' as const) : ('warning' as const) },
    effect,
    text,
  ]);
  return formatTable([{ title: 'FAILING CHECK' }, { title: 'EFFECT' }, { title: 'FINDING' }], rows, paint);
}
