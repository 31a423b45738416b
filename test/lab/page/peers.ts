import type { Event, TopReply } from '../../../src/agent/control/messages.ts';
import type { PeerEvents } from '../../../src/observe/page-events.ts';

/** What gw2 tells of the same time as `someEvents`: it was killed, and started again. */
export function peerEvents(now: number): PeerEvents {
  const rows: [number, Event['severity'], string, string, string, string, string, string][] = [
    [
      1431,
      'error',
      'announcement',
      'gw2',
      '',
      'withdrawn by the guard',
      'the agent was gone; the guard withdrew in 12 ms',
      'guard-withdrew',
    ],
    [
      1301,
      'error',
      'node',
      'gw2',
      '',
      'ended unexpectedly',
      'the agent before it (process 812) ended unexpectedly, at 2026-11-30T16:06:31Z: it crashed, or was killed',
      'agent-ended-unexpectedly',
    ],
    [239, 'warning', 'link', 'ring1', 'ok', 'silent', 'no frame of gw1 arrives on ring1', 'link-silent'],
  ];
  const events = rows.map(([age, severity, subject, name, from, to, reason, code]) => {
    return { time: now - age * 1000, node: 'gw2', severity, subject, name, from, to, reason, code };
  });
  return { events, missing: [] };
}

/** One client that takes a port a second, and others that do not. */
export function topClients(passedMs: number): TopReply {
  const row = {
    protocol: '',
    port: 0,
    packets: 0,
    excess: 0,
    newFromOutside: 0,
    oldestMs: 0,
    own: false,
    checkedBy: '',
  };
  const rows = Array.from({ length: 12 }, (_, index) => ({
    ...row,
    instance: index % 3 === 2 ? 'campus' : 'internet',
    address: `2001:db8:a1:${(index * 37).toString(16)}::${(index + 2).toString(16)}`,
    sessions: index === 0 ? 9100 : 420 - index * 30,
    newLastMinute: index === 0 ? 7200 : 60 - index * 4,
    poolPorts: index === 0 ? 9000 : 380 - index * 30,
    bytes: (passedMs / 1000) * 1_250_000 * (12 - index),
  }));
  const sum = (figure: 'sessions' | 'poolPorts'): number => rows.reduce((all, one) => all + one[figure], 0);
  const total = { ...row, instance: '', address: '', newLastMinute: 0, bytes: 0 };
  return {
    rows,
    groups: 5210,
    approximate: false,
    largestHidden: 10,
    since: 0,
    total: { ...total, sessions: sum('sessions') + 3000, poolPorts: sum('poolPorts') + 900 },
  };
}
