import type { StatusReply } from '../control/messages.ts';
import type { Diagnosis } from './finding.ts';

/** Tolerance for the delay of messages from which clocks are compared: longer delays would mean a dead node. */
const MOST_MS = 1000;

/** Nodes whose time of day differs from this node's. Pure. */
export function judgeClocks({ node, nodes }: Pick<StatusReply, 'node' | 'nodes'>): Diagnosis[] {
  const off = nodes.filter(({ self, alive, clockAheadMs }) => !self && alive && Math.abs(clockAheadMs) > MOST_MS);
  return off.map(({ name, clockAheadMs }) => ({
    code: 'clock-skew',
    severity: 'warning',
    subject: `node ${name}`,
    evidence:
      `its clock is ${(Math.abs(clockAheadMs) / 1000).toFixed(1)} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} ` +
      `that of ${node}: times in the events and NAT logs of the two cannot be compared`,
    remedy: 'run an NTP client on both (apt install systemd-timesyncd, or chrony); `timedatectl` shows which is wrong',
  }));
}
