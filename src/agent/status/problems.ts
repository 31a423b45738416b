import { AS_BACKUP } from '../../frr/announcer.ts';
import type { NodeStatus, Problem, StatusReply } from '../control/messages.ts';

/** The status without its conclusions. */
export type StatusFacts = Omit<StatusReply, 'problems' | 'health'>;

/** Who was heard so short a time ago is heard now. */
const HEARD_MS = 1000;
const NOT_SERVING = 'notServing';
const DEGRADED = 'degraded';

/**
 * What is wrong, worst first; within a severity in the order node, instance, announcement, check, peer, link,
 * replication.
 */
export function findProblems(facts: StatusFacts): Problem[] {
  const problems = [
    ...ownProblems(facts),
    ...instanceProblems(facts),
    ...announcementProblems(facts),
    ...checkProblems(facts),
    ...peerProblems(facts),
    ...linkProblems(facts),
    ...replicationProblems(facts),
  ];
  return problems.sort((one, other) => rank(one) - rank(other));
}

function rank({ severity }: Problem): number {
  return severity === NOT_SERVING ? 0 : 1;
}

/** `notServing` when no node attracts traffic as far as is known here, `degraded` when anything is wrong. */
export function healthOf({ nodes }: StatusFacts, problems: readonly Problem[]): string {
  if (!nodes.some(serves)) return NOT_SERVING;
  return problems.length > 0 ? DEGRADED : 'healthy';
}

function serves({ alive, state, announcing }: NodeStatus): boolean {
  return alive && (state === 'active' || announcing);
}

function ownProblems({ nodes }: StatusFacts): Problem[] {
  const self = nodes.find((node) => node.self);
  if (self === undefined || self.state === 'active') return [];
  const severity = nodes.some(serves) ? DEGRADED : NOT_SERVING;
  return [{ severity, subject: `node ${self.name}`, text: `${self.state}: ${self.reason}` }];
}

function peerProblems({ nodes }: StatusFacts): Problem[] {
  return nodes.filter(({ self }) => !self).flatMap(peerProblem);
}

function peerProblem(node: NodeStatus): Problem[] {
  const subject = `node ${node.name}`;
  const degraded = (text: string): Problem => ({ severity: DEGRADED, subject, text });
  if (!node.alive) return [degraded(absence(node))];
  const found: Problem[] = [];
  if (node.oneWay) found.push(degraded('one-way: its frames arrive, but it does not acknowledge ours'));
  if (node.state !== 'active') found.push(degraded(`${node.state}: ${node.reason}`));
  if (node.differs.length > 0) found.push(degraded(`has another configuration: ${node.differs.join(', ')}`));
  for (const { name, sync } of node.instances) {
    if (sync === 'differs') found.push(degraded(`its sessions of instance ${name} differ from the replica here`));
  }
  return found;
}

function absence({ epoch, state, silentMs }: NodeStatus): string {
  if (silentMs > 0 && silentMs < HEARD_MS) return 'is heard, and does not say that it hears this node';
  return epoch === 0 ? 'was never heard' : `is silent; it was ${state} before`;
}

function instanceProblems({ instances }: StatusFacts): Problem[] {
  return instances.flatMap(({ name, state, reason, fastPath, queues }) => {
    const subject = `instance ${name}`;
    if (state !== 'running') return [{ severity: DEGRADED, subject, text: `${state}: ${reason}` }];
    if (queues.startsWith('by the workers')) {
      const text = `its packets find their shard ${queues}; that costs time, and nothing else`;
      return [{ severity: DEGRADED, subject, text }];
    }
    if (!fastPath.startsWith('off')) return [];
    return [{ severity: DEGRADED, subject, text: `its fast path is ${fastPath}; all packets go through the worker` }];
  });
}

function announcementProblems({ announcements }: StatusFacts): Problem[] {
  return announcements.flatMap(({ upstream, kind, peer, state, observed, wanted, detail }) => {
    const subject = `upstream ${upstream}`;
    if (observed !== wanted) {
      const text = `${peer} should be ${wanted} but is ${observed}${detail === '' ? '' : `: ${detail}`}`;
      return [{ severity: DEGRADED, subject, text }];
    }
    if (observed !== 'announced') return [];
    // Open on our side, but the router does not hear us, or is told nothing: it sends no traffic here.
    const deaf = kind === 'bfd' ? state !== 'up' : state !== 'Established' || !(detail === '' || detail === AS_BACKUP);
    const text = `${peer} is announced, but ${detail || `${kind === 'bfd' ? 'BFD' : 'BGP'} is ${state}`}`;
    return deaf ? [{ severity: DEGRADED, subject, text }] : [];
  });
}

function checkProblems({ checks }: StatusFacts): Problem[] {
  return checks
    .filter(({ ok }) => !ok)
    .map(({ name, text }) => ({ severity: DEGRADED, subject: `check ${name}`, text }));
}

function linkProblems({ links }: StatusFacts): Problem[] {
  return links
    .filter(({ problem }) => problem !== '')
    .map(({ name, problem }) => ({ severity: DEGRADED, subject: `link ${name}`, text: problem }));
}

function replicationProblems({ replication, node }: StatusFacts): Problem[] {
  const found = (text: string): Problem[] => [{ severity: DEGRADED, subject: `node ${node}`, text }];
  if (replication?.refusedSlot === true) return found('another node uses the same slot: this one sends nothing');
  if (replication?.rival === true) return found('another node runs with its slot; it came later and is not believed');
  return [];
}
