import type { ChangeWatch } from '../status/change-watch.ts';
import type { NodeStatus, StatusReply } from '../control/messages.ts';

/**
 * Makes events of what is another way than at the last look: links, instances, checks, announcements, the others'
 * states and replicas.
 */
export function reportChanges(watch: ChangeWatch, status: StatusReply): void {
  for (const { name, health, problem } of status.links) {
    const severity = health === 'ok' || health === 'unknown' ? 'info' : 'warning';
    watch.look({ subject: 'link', name, value: health, severity, reason: problem });
  }
  watch.look({
    subject: 'node',
    name: `slot of ${status.node}`,
    value: status.replication?.rival === true ? 'used by another node too' : 'its own',
    severity: 'warning',
    reason: status.replication?.rival === true ? 'the other node came later, and nobody believes it' : '',
  });
  for (const { name, state, reason } of status.instances) {
    watch.look({ subject: 'instance', name, value: state, severity: state === 'running' ? 'info' : 'error', reason });
  }
  for (const { name, ok, text } of status.checks) {
    const value = ok ? 'passes' : 'fails';
    watch.look({ subject: 'check', name, value, severity: ok ? 'info' : 'warning', reason: text });
  }
  for (const { upstream, peer, observed, wanted, detail } of status.announcements) {
    const severity = observed === wanted ? 'info' : 'warning';
    watch.look({ subject: 'announcement', name: `${upstream} ${peer}`, value: observed, severity, reason: detail });
  }
  const serves = status.nodes.some(({ self, state }) => self && state === 'active');
  for (const node of status.nodes) if (!node.self) reportPeer(watch, node, serves);
}

function reportPeer(watch: ChangeWatch, node: NodeStatus, serves: boolean): void {
  const { name, state, reason, differs, instances, oneWay } = node;
  watch.look({
    subject: 'peer',
    name,
    value: oneWay ? 'one-way' : 'acknowledges',
    severity: oneWay ? 'warning' : 'info',
    reason: oneWay ? 'its frames arrive, but it does not acknowledge ours' : '',
  });
  watch.look({ subject: 'node', name, value: state, severity: state === 'failed' ? 'warning' : 'info', reason });
  const configuration = differs.length === 0 ? 'same' : 'other';
  const fields = differs.join(', ');
  watch.look({ subject: 'configuration', name, value: configuration, severity: 'warning', reason: fields });
  // While a node joins, its replicas differ until the snapshots are through.
  if (!serves) return;
  for (const { name: instance, sync } of instances) {
    const differing = sync === 'differs';
    watch.look({
      subject: 'peer',
      name: `${name}, instance ${instance}`,
      value: sync,
      severity: differing ? 'error' : 'info',
      reason: differing ? 'the digest of its sessions and of the replica here are not the same' : '',
    });
  }
}
