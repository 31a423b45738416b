import type { InstanceStatus, NodeStatus, StatusReply } from '../agent/control/messages.ts';
import { adviceOn } from '../agent/status/counter-advice.ts';
import { lossOf } from '../agent/status/loss.ts';
import type { PageInstance, PageLink, PageNode, PageShare, PageTraffic, PageView } from './page-model.ts';

type Traffic = NonNullable<NodeStatus['instances'][number]['traffic']>;

const SECOND_MS = 1000;

/** The page's view of a status. Pure. */
export function pageView(status: StatusReply): PageView {
  const { time, cluster, node, health, problems } = status;
  const nodes = status.nodes.toSorted((one, other) => one.slot - other.slot);
  return {
    time,
    cluster,
    node,
    health,
    problems,
    nodes: nodes.map((one) => pageNode(one, nodes)),
    instances: status.instances.map(pageInstance),
    links: pageLinks(nodes),
    checks: status.checks.map(({ name, result, effect, text }) => ({ name, result, effect, text })),
  };
}

function pageNode(node: NodeStatus, all: readonly NodeStatus[]): PageNode {
  const { name, slot, self, alive, reason, since, started, software, silentMs, framesLost, oneWay, differs } = node;
  return {
    name,
    slot,
    self,
    alive,
    reason,
    since,
    started,
    software,
    silentMs,
    framesLost,
    oneWay,
    differs,
    state: alive ? node.state : 'down',
    // The last report of a node that is down does not describe its current routes.
    announcing: alive && node.announcing,
    lagMs: node.lagMs,
    lagFrames: node.framesMissing,
    instances: node.instances.map((instance) => pageShare(node, instance)),
    upstreams: alive ? node.announcements.map(pageUpstream) : [],
    ...lossOf(node, all),
  };
}

function pageShare(
  { alive }: NodeStatus,
  { name, ownSessions, heldHere, traffic }: NodeStatus['instances'][number],
): PageShare {
  const share = { instance: name, sessions: alive ? ownSessions : 0, held: alive ? 0 : heldHere };
  return alive && traffic !== undefined ? { ...share, traffic: pageTraffic(traffic) } : share;
}

function pageTraffic(traffic: Traffic): PageTraffic {
  const { bitsPerSecond, fastBitsPerSecond, packetsPerSecond, newSessionsPerSecond, dropped, answered } = traffic;
  const { topDrop, topDropCount, topAnswer, topAnswerCount, spanMs } = traffic;
  const { poolSize, poolUsed, worstSlice, worstSliceSize, worstSliceUsed } = traffic;
  return {
    slowBits: Math.max(0, bitsPerSecond - fastBitsPerSecond),
    fastBits: fastBitsPerSecond,
    packets: packetsPerSecond,
    newSessions: newSessionsPerSecond,
    drops: spanMs === 0 ? 0 : ((dropped + answered) * SECOND_MS) / spanMs,
    topDrop: topDropCount >= topAnswerCount ? topDrop : topAnswer,
    poolSize,
    poolUsed,
    poolPercent: worstSliceSize === 0 ? -1 : (100 * worstSliceUsed) / worstSliceSize,
    poolSlice: worstSlice,
  };
}

function pageUpstream(announcement: NodeStatus['announcements'][number]): PageNode['upstreams'][number] {
  const { upstream, kind, peer, observed, wanted, state, detail } = announcement;
  return { upstream, kind, peer, observed, wanted, state, detail };
}

function pageInstance(instance: InstanceStatus): PageInstance {
  const { name, kind, state, reason, fastPath, queues, pool6, pool, bibEntries, counters } = instance;
  const pool4 = [...new Set(pool.map(({ prefix }) => prefix))];
  const refused = counters
    .filter((counter) => counter.value > 0 && (counter.kind === 'drop' || counter.kind === 'answer'))
    .toSorted((one, other) => other.value - one.value)
    .map(({ name: counter, kind: sort, value, help }) => {
      return { name: counter, kind: sort, value, help, advice: adviceOn(counter) };
    });
  return { name, kind, state, reason, fastPath, queues, pool6, pool4, bibEntries, refused };
}

/** Every link with the nodes that have it; last reports of nodes that are down are not shown. */
function pageLinks(nodes: readonly NodeStatus[]): PageLink[] {
  const names = [...new Set(nodes.flatMap(({ links }) => links.map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    ends: nodes.flatMap((node) => {
      const link = node.links.find((one) => one.name === name);
      if (link === undefined) return [];
      const receives = link.peers.map(({ node: from, health, sharePercent }) => ({ from, health, sharePercent }));
      const end = { node: node.name, health: node.alive ? link.health : 'unknown' };
      return [{ ...end, receives: node.alive ? receives : [] }];
    }),
  }));
}
