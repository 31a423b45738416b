import type { Code } from '../../codes.ts';
import { PROTOCOLS } from '../../frr/announcer.ts';
import type {
  AdoptionStatus,
  AnnouncementStatus,
  InstanceStatus,
  LinkStatus,
  NodeStatus,
  Problem,
  StatusReply,
} from '../control/messages.ts';
import { codeOfState } from './state-codes.ts';
import { isEffective, whyWithoutUpstream } from './upstream-sessions.ts';

/** The status without its conclusions. */
export type StatusFacts = Omit<StatusReply, 'problems' | 'health'>;

/** A peer whose last frame is younger than this counts as received. */
const RECEIVED_MS = 1000;
/** Prefix of `InstanceStatus.queues` if the kernel does not choose the shard. */
const USER_SPACE = 'by the workers: ';
const NOT_SERVING = 'notServing';
const DEGRADED = 'degraded';

/**
 * Problems, most severe first; within a severity in the order node, instance, announcement, check, peer, link,
 * replication, forwarded packets, NAT log.
 */
export function findProblems(facts: StatusFacts): Problem[] {
  const problems = [
    ...ownProblems(facts),
    ...instanceProblems(facts),
    ...adoptionProblems(facts),
    ...announcementProblems(facts),
    ...checkProblems(facts),
    ...peerProblems(facts),
    ...linkProblems(facts),
    ...replicationProblems(facts),
    ...relayProblems(facts),
    ...natLogProblems(facts),
  ];
  return problems.sort((one, other) => rank(one) - rank(other));
}

function rank({ severity }: Problem): number {
  return severity === NOT_SERVING ? 0 : 1;
}

/** `notServing` when no node is known to attract traffic, `degraded` when there is a problem. */
export function healthOf({ nodes }: StatusFacts, problems: readonly Problem[]): string {
  if (!nodes.some(serves)) return NOT_SERVING;
  return problems.length > 0 ? DEGRADED : 'healthy';
}

function serves({ alive, state, announcing, upstreamDown }: NodeStatus): boolean {
  return alive && !upstreamDown && (state === 'active' || announcing);
}

function degraded(code: Code, subject: string, text: string): Problem {
  return { severity: DEGRADED, code, subject, text };
}

function ownProblems({ nodes, announcements }: StatusFacts): Problem[] {
  const self = nodes.find((node) => node.self);
  if (self === undefined) return [];
  const severity = nodes.some(serves) ? DEGRADED : NOT_SERVING;
  const subject = `node ${self.name}`;
  const found: Problem[] = [];
  if (self.state !== 'active') {
    found.push({ severity, code: codeOfState(self.state), subject, text: `${self.state}: ${self.reason}` });
  }
  if (self.paused !== '') found.push(pauseOf(self));
  if (self.upstreamDown) {
    const text = `${WITHOUT_UPSTREAM}: ${whyWithoutUpstream(announcements)}`;
    found.push({ severity, code: 'upstreams-lost', subject, text });
  }
  return found;
}

function pauseOf({ name, paused }: NodeStatus): Problem {
  const text = `paused, its checks change nothing: ${paused}; \`isthmus resume\` ends that`;
  return degraded('node-paused', `node ${name}`, text);
}

const WITHOUT_UPSTREAM = 'no upstream has a session with it, so that no traffic arrives';

function peerProblems({ nodes }: StatusFacts): Problem[] {
  return nodes.filter(({ self }) => !self).flatMap(peerProblem);
}

function peerProblem(node: NodeStatus): Problem[] {
  const subject = `node ${node.name}`;
  if (!node.alive) return [absence(subject, node)];
  const found: Problem[] = [];
  if (node.oneWay) found.push(degraded('peer-one-way', subject, ONE_WAY));
  if (node.state !== 'active') {
    found.push(degraded(codeOfState(node.state), subject, `${node.state}: ${node.reason}`));
  }
  if (node.paused !== '') found.push(pauseOf(node));
  if (node.upstreamDown) found.push(degraded('upstreams-lost', subject, WITHOUT_UPSTREAM));
  if (node.differs.length > 0) {
    found.push(degraded('configuration-mismatch', subject, `configuration differs: ${node.differs.join(', ')}`));
  }
  for (const { name, sync } of node.instances) {
    if (sync !== 'differs') continue;
    const text = `replica of ${node.name} for instance ${name} differs (digest mismatch); resynchronising`;
    found.push(degraded('replica-drift', subject, text));
  }
  return found;
}

const ONE_WAY = 'one-way: its frames arrive, but it does not acknowledge ours';

const STILL =
  '; it may still be announced: if its routers send to it, run `isthmus withdraw` there, switch it off, or remove its ' +
  'routes on the routers';

function absence(subject: string, { epoch, state, silentMs }: NodeStatus): Problem {
  if (silentMs > 0 && silentMs < RECEIVED_MS) {
    return degraded('peer-one-way', subject, ONE_WAY);
  }
  return epoch === 0
    ? degraded('peer-never-seen', subject, 'down: no heartbeat received since this agent started')
    : degraded(
        'peer-down',
        subject,
        `down: no heartbeats; its last state was ${state}${state === 'active' ? STILL : ''}`,
      );
}

function instanceProblems({ instances }: StatusFacts): Problem[] {
  return [...instances.flatMap(workProblems), ...instances.flatMap(strayProblems)];
}

/** Sessions left from a former configuration: they end only with their traffic. */
function strayProblems({ name, straySessions }: InstanceStatus): Problem[] {
  if (straySessions === 0) return [];
  const which = straySessions === 1 ? '1 session on an address' : `${straySessions} sessions on addresses`;
  const remedy = `\`isthmus sessions end --instance ${name} --outside-pool4\` has their clients begin anew`;
  const text = `${which} no longer in pool4: answers may not come here; ${remedy}`;
  return [degraded('sessions-outside-pool', `instance ${name}`, text)];
}

function workProblems({ name, state, reason, fastPath, queues }: InstanceStatus): Problem[] {
  const subject = `instance ${name}`;
  if (state !== 'running') {
    return [degraded(state === 'failed' ? 'instance-failed' : 'instance-stopped', subject, `${state}: ${reason}`)];
  }
  if (queues.startsWith(USER_SPACE)) {
    const why = queues.slice(USER_SPACE.length);
    const effect = 'packets are redistributed in user space (slower, still correct)';
    return [degraded('steering-unavailable', subject, `kernel queue steering unavailable: ${why}; ${effect}`)];
  }
  if (!fastPath.startsWith('off')) return [];
  return [degraded('fast-path-off', subject, `fast path ${fastPath}; every packet takes the slow path`)];
}

/** Receiving unauthenticated datagrams should end when no longer needed. */
function adoptionProblems({ instances }: StatusFacts): Problem[] {
  return instances.flatMap(({ name, adoption, exported }) => {
    const subject = `instance ${name}`;
    const found: Problem[] = [];
    if (adoption !== undefined && adoption.state !== 'done') {
      found.push(degraded(codeOfAdoption(adoption), subject, adoptionText(adoption)));
    }
    if (exported?.state === 'unable') {
      const text = `the standby on ${exported.place} receives nothing: ${exported.reason}`;
      found.push(degraded('export-unable', subject, text));
    }
    return found;
  });
}

function codeOfAdoption({ state }: AdoptionStatus): Code {
  return state === 'unable' ? 'adoption-unable' : 'adoption-listening';
}

function adoptionText({ place, state, reason, records, held, silentMs, refused }: AdoptionStatus): string {
  if (state === 'unable') return `no session is taken over from Jool on ${place}: ${reason}`;
  const last = silentMs < 0 ? 'no datagram yet' : `the last datagram ${(silentMs / 1000).toFixed(1)} s ago`;
  const reasons = refused.map(({ value, help }) => `${value}: ${help}`).join('; ');
  const refusals = reasons === '' ? '' : `; refused ${reasons}`;
  const paused = state === 'paused' ? `; paused: ${reason}` : '';
  const counts = `${held} held, ${records} records, ${last}${refusals}${paused}`;
  return `takes sessions over from Jool on ${place}, unauthenticated: ${counts}; \`isthmus joold done\` ends it`;
}

function announcementProblems({ announcements }: StatusFacts): Problem[] {
  return [...announcements.flatMap(announcementProblem), ...gateProblems(announcements)];
}

function announcementProblem(announcement: AnnouncementStatus): Problem[] {
  const { upstream, kind, peer, state, observed, wanted, detail } = announcement;
  const subject = `upstream ${upstream}`;
  if (observed !== wanted) {
    const text = `${peer} should be ${wanted} but is ${observed}${detail === '' ? '' : `: ${detail}`}`;
    return [degraded(codeOfAnnouncement(announcement), subject, text)];
  }
  if (observed !== 'announced') return [];
  // Enabled on our side, but the router does not receive it, or nothing is advertised: it sends no traffic here.
  const text = `${peer} is announced, but ${detail || `${PROTOCOLS[kind] ?? kind} is ${state}`}`;
  return isEffective(announcement) ? [] : [degraded('announcement-ineffective', subject, text)];
}

/** Peers of one gate share its problem. A peer for which FRR does not answer has that problem instead. */
function gateProblems(announcements: readonly AnnouncementStatus[]): Problem[] {
  const subjects = new Map(
    announcements
      .filter(({ gateProblem, observed }) => gateProblem !== '' && observed !== 'unknown')
      .map(({ upstream, gateProblem }) => [gateProblem, `upstream ${upstream}`]),
  );
  const effect = 'FRR and the guard withdraw alone';
  return [...subjects].map(([text, subject]) => degraded('gate-unavailable', subject, `${text}; ${effect}`));
}

/** The code for the observed and wanted state of an announcement. */
export function codeOfAnnouncement({ observed, wanted }: Pick<AnnouncementStatus, 'observed' | 'wanted'>): Code {
  if (observed === 'unknown') return 'frr-unreachable';
  if (observed === wanted) return observed === 'announced' ? 'upstream-announced' : 'upstream-withdrawn';
  return observed === 'announced' ? 'withdrawal-unverified' : 'announcement-missing';
}

function checkProblems({ checks }: StatusFacts): Problem[] {
  return checks
    .filter(({ ok, result }) => !ok || result === 'unknown')
    .map(({ name, ok, text }) => degraded(ok ? 'check-unknown' : 'check-failed', `check ${name}`, text));
}

function linkProblems({ links }: StatusFacts): Problem[] {
  return links
    .filter(({ problem }) => problem !== '')
    .map((link) => degraded(codeOfProblem(link), `link ${link.name}`, link.problem));
}

/** A link that delivers every heartbeat may lose the longest frames. */
function codeOfProblem(link: LinkStatus): Code {
  const code = codeOfLink(link);
  return code === 'link-ok' && link.pathMtu < link.mtu ? 'link-narrow' : code;
}

/** The code of a link's health. */
export function codeOfLink({ health, stream }: Pick<LinkStatus, 'health' | 'stream'>): Code {
  if (stream?.connected === false) return 'link-disconnected';
  return LINK_CODES[health] ?? 'link-unknown';
}

const LINK_CODES: Readonly<Record<string, Code>> = {
  ok: 'link-ok',
  lossy: 'link-lossy',
  silent: 'link-silent',
  missing: 'link-missing',
};

function replicationProblems({ replication, node }: StatusFacts): Problem[] {
  const subject = `node ${node}`;
  if (replication?.refusedSlot === true) {
    return [degraded('slot-refused', subject, 'duplicate slot: a node that started earlier uses it; sending stopped')];
  }
  if (replication?.rival === true) return [degraded('slot-duplicate', subject, DUPLICATE_SLOT)];
  return [];
}

function relayProblems({ relay }: StatusFacts): Problem[] {
  const forwarded = relay?.targets.filter(({ packets }) => packets > 0) ?? [];
  return forwarded.map(({ instance, node, packets }) => {
    const text = `its translator has failed and packets still arrive: ${packets} forwarded to ${node} over the links`;
    return degraded('relay-started', `instance ${instance}`, text);
  });
}

function natLogProblems({ natLog }: StatusFacts): Problem[] {
  return natLog
    .filter(({ problem, losing }) => problem !== '' || losing)
    .map(({ name, target, problem, losing, lost }) => {
      const lines = lost.reduce((sum, { value }) => sum + value, 0);
      const losses = losing ? `lines are lost: ${lines} since the agent started` : `${lines} lines lost so far`;
      const text = `${target}: ${problem === '' ? losses : `${problem}; ${losses}`}`;
      return degraded('nat-log-lost', `NAT log sink ${name}`, text);
    });
}

export const DUPLICATE_SLOT = 'duplicate slot: a node that started later uses the same slot; its frames are rejected';
