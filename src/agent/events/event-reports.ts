import type { Code } from '../../codes.ts';
import { isSessionUp, PROTOCOLS } from '../../frr/announcer.ts';
import type { AnnouncementStatus, NodeStatus, StatusReply } from '../control/messages.ts';
import type { ChangeWatch } from '../status/change-watch.ts';
import { codeOfAnnouncement, codeOfLink, DUPLICATE_SLOT } from '../status/problems.ts';
import { codeOfState } from '../status/state-codes.ts';

/**
 * Records an event for each change since the last call: links, instances, checks, announcements, states and replicas of
 * the peers.
 */
export function reportChanges(watch: ChangeWatch, status: StatusReply): void {
  for (const link of status.links) {
    const { name, health, problem } = link;
    watch.observe({ subject: 'link', name, value: health, code: codeOfLink(link), reason: problem });
  }
  const duplicate = status.replication?.rival === true;
  watch.observe({
    subject: 'node',
    name: `slot of ${status.node}`,
    value: duplicate ? 'duplicate' : 'unique',
    code: duplicate ? 'slot-duplicate' : 'slot-unique',
    reason: duplicate ? DUPLICATE_SLOT : '',
  });
  for (const { name, state, reason } of status.instances) {
    watch.observe({ subject: 'instance', name, value: state, code: codeOfInstance(state), reason });
  }
  for (const { name, ok, result, text } of status.checks) {
    const known = ok ? 'passes' : 'fails';
    const unknown = result === 'unknown';
    const value = unknown ? `unknown; before that it ${known}` : known;
    const code = unknown ? 'check-unknown' : ok ? 'check-passed' : 'check-failed';
    watch.observe({ subject: 'check', name, value, code, reason: text });
  }
  for (const announcement of status.announcements) {
    reportAnnouncement(watch, announcement);
  }
  const serves = status.nodes.some(({ self, state }) => self && state === 'active');
  for (const node of status.nodes) if (!node.self) reportPeer(watch, node, serves);
}

/** An unresponsive daemon is one condition, whatever the state of its sessions; a session that goes down is another. */
function reportAnnouncement(watch: ChangeWatch, announcement: AnnouncementStatus): void {
  const { upstream, peer, kind, observed, detail, state } = announcement;
  const answers = observed !== 'unknown';
  watch.observe({
    subject: 'announcement',
    name: `${upstream}, daemon for ${kind}`,
    value: answers ? 'answers' : 'does not answer',
    code: answers ? 'frr-answers' : 'frr-unreachable',
    reason: answers ? '' : detail,
  });
  if (!answers) return;
  const name = `${upstream} ${peer}`;
  watch.observe({
    subject: 'announcement',
    name,
    value: observed,
    code: codeOfAnnouncement(announcement),
    reason: whyObserved(announcement),
  });
  if (observed !== 'announced') return;
  const up = isSessionUp(kind, state);
  watch.observe({
    subject: 'announcement',
    name: `${name}, session`,
    value: up ? 'up' : 'down',
    code: up ? 'session-up' : 'session-down',
    reason: up ? '' : detail,
  });
}

/** Why the routes are as they are seen now: that a session is not up is the reason for neither state. */
function whyObserved({ kind, observed, wanted, detail, state }: AnnouncementStatus): string {
  const wish = observed === wanted ? 'as the node wants it' : `although the node wants it ${wanted}`;
  if (observed !== 'announced') return detail === '' ? wish : detail;
  if (isSessionUp(kind, state)) return detail === '' ? wish : `${wish}, but ${detail}`;
  const yet = `the ${PROTOCOLS[kind] ?? kind} session is not up yet`;
  return `${wish}; ${yet}${detail === '' ? '' : `: ${detail}`}`;
}

function codeOfInstance(state: string): Code {
  if (state === 'running') return 'instance-running';
  return state === 'failed' ? 'instance-failed' : 'instance-stopped';
}

function reportPeer(watch: ChangeWatch, node: NodeStatus, serves: boolean): void {
  const { name, state, reason, differs, instances, oneWay } = node;
  watch.observe({
    subject: 'peer',
    name,
    value: oneWay ? 'one-way' : 'acknowledges',
    code: oneWay ? 'peer-one-way' : 'peer-acknowledges',
    reason: oneWay ? 'its frames arrive, but it does not acknowledge ours' : '',
  });
  watch.observe({ subject: 'node', name, value: state, code: codeOfState(state), reason });
  const same = differs.length === 0;
  watch.observe({
    subject: 'configuration',
    name,
    value: same ? 'same' : 'other',
    code: same ? 'configuration-match' : 'configuration-mismatch',
    reason: differs.join(', '),
  });
  // While a node joins, its replicas differ until the snapshots are complete.
  if (!serves) return;
  for (const { name: instance, sync } of instances) {
    watch.observe({
      subject: 'peer',
      name: `${name}, instance ${instance}`,
      value: sync,
      code: codeOfReplica(sync),
      reason: sync === 'differs' ? `replica of ${name} differs (digest mismatch); resynchronising` : '',
    });
  }
}

function codeOfReplica(sync: string): Code {
  if (sync === 'inSync') return 'replica-in-sync';
  return sync === 'differs' ? 'replica-drift' : 'replica-unknown';
}
