import type { Event, NodeInfo, NodeLink, StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import type { StatusInput } from '../../../src/agent/status/status-input.ts';
import type { HistoryMetric, HistorySample } from '../../../src/observe/page-model.ts';
import {
  activeInfo,
  healthyInput,
  instance,
  link,
  peer,
  replication,
  traffic,
} from '../../unit/agent/status-fixture.ts';

/** A status of a cluster that is not there, for what its page looks like. */
export type Scene = (time: number, step: number) => StatusReply;

const INSTANCES = ['internet', 'campus'];
const LINKS = ['ring0', 'ring1'];

function announcements(up: boolean, observed = 'announced'): NodeInfo['announcements'] {
  const shared = {
    interface: 'up0',
    observed,
    wanted: observed,
    detail: '',
    provenAt: 0,
    provenMs: 0,
    gateProblem: '',
  };
  const [bfd, bgp] = observed === 'announced' ? ['up', up ? 'Established' : 'Connect'] : ['shutdown', 'shutdown'];
  return [
    { ...shared, upstream: 'access', kind: 'bfd', peer: '2001:db8:a1::2', state: bfd },
    { ...shared, upstream: 'internet', kind: 'bgp', peer: '11.10.1.2', state: bgp },
  ];
}

function linksOf(others: readonly string[], silent: (link: string, from: string) => boolean): NodeLink[] {
  return LINKS.map((name) => ({
    name,
    health: others.some((from) => silent(name, from)) ? 'silent' : 'ok',
    peers: others.map((node) => ({
      node,
      health: silent(name, node) ? 'silent' : 'ok',
      sharePercent: silent(name, node) ? 0 : 99,
    })),
  }));
}

interface SharedWord {
  readonly up?: boolean;
  readonly silent?: (link: string, from: string) => boolean;
  readonly changes?: Partial<NodeInfo>;
}

/** What node `slot` of `count` says of itself. */
function infoOf(slot: number, count: number, { up = true, silent = () => false, changes }: SharedWord = {}): NodeInfo {
  const others = Array.from({ length: count }, (_, index) => index + 1).filter((other) => other !== slot);
  const names = others.map((other) => `gw${other}`);
  return activeInfo({
    since: Date.now() - 12_000_000,
    reason: 'all checks pass, in sync with all nodes',
    instances: INSTANCES.map((name, index) => ({
      name,
      ownSessions: 41_200 - slot * 9000 - index * 900,
      heldHere: 0,
      sync: '',
      traffic: trafficOf(slot, index),
    })),
    links: linksOf(names, silent),
    announcements: announcements(up),
    replicas: others.flatMap((other) =>
      INSTANCES.map((name) => ({ slot: other, instance: name, sessions: 9000, sync: 'inSync' })),
    ),
    ...changes,
  });
}

/** It moves a little, as traffic does. */
function trafficOf(slot: number, index: number): ReturnType<typeof traffic> {
  const wave = (1 + 0.1 * Math.sin(Date.now() / 4000 + slot + index)) / slot;
  return traffic({
    bitsPerSecond: Math.round(920e6 * wave),
    fastBitsPerSecond: Math.round(861e6 * wave),
    packetsPerSecond: Math.round(98_000 * wave),
    newSessionsPerSecond: Math.round(410 * wave),
    dropped: Math.round(900 * wave),
    topDrop: 'dropNoMapping',
    topDropCount: Math.round(720 * wave),
    answered: 180,
    topAnswer: 'answerClientLimit',
    topAnswerCount: 180,
    spanMs: 60_000,
    worstSlice: `192.0.2.${16 * index}/28 tcp, slot ${slot}`,
    worstSliceSize: 32_000,
    worstSliceUsed: 9400 + 2100 * slot + 700 * index,
  });
}

function instances(step: number): StatusInput['instances'] {
  return INSTANCES.map((name, index) => {
    const seconds = step + 60;
    const counters = [
      {
        name: 'dropNoMapping',
        kind: 'drop',
        value: seconds * 12,
        help: 'IPv4 packet for a pool4 port without a BIB entry',
      },
      {
        name: 'answerClientLimit',
        kind: 'answer',
        value: seconds * 3,
        help: 'the client has reached one of its limits',
      },
    ];
    return instance({
      name,
      ownSessions: 32_200 - index * 900,
      sessions: 60_000,
      bibEntries: 21_000,
      counters,
      fastPath: 'on up0, up1',
      traffic: trafficOf(1, index),
      replicas: [{ slot: 2, sessions: 9000, sync: 'inSync', yielded: 0 }],
    });
  });
}

const CHECKS: StatusInput['checks'] = [
  { name: 'worker', ok: true, result: 'ok', effect: 'withdraw', text: 'worker heartbeat is 3 ms old' },
  { name: 'frr', ok: true, result: 'ok', effect: 'degrade', text: 'zebra, bfdd and bgpd answer' },
  { name: 'translation internet', ok: true, result: 'ok', effect: 'withdraw', text: 'a probe came back in 0.4 ms' },
];

function cluster(count: number, time: number, step: number, changes: Partial<StatusInput> = {}): StatusReply {
  const slots = Array.from({ length: count - 1 }, (_, index) => index + 2);
  const info = infoOf(1, count);
  return buildStatus(
    healthyInput({
      time,
      info,
      announcements: info.announcements,
      checks: CHECKS,
      instances: instances(step),
      peerInfo: new Map(slots.map((slot) => [slot, infoOf(slot, count)])),
      replication: replication({ peers: slots.map((slot) => peer({ slot, name: `gw${slot}`, announced: 50 })) }),
      ...changes,
    }),
  );
}

export const healthyPair: Scene = (time, step) => cluster(2, time, step);

export const ringOfFour: Scene = (time, step) => cluster(4, time, step);

/** One node is gone. */
export const lostNode: Scene = (time, step) =>
  cluster(2, time, step, {
    replication: replication({
      peers: [peer({ alive: false, silentMs: 64_000 })],
      links: LINKS.map((name) => link(name, { health: 'unknown', peers: [{ slot: 2, health: 'unknown' }] })),
    }),
    info: infoOf(1, 2, { changes: { links: [] } }),
  });

/** A link that is cut in one direction, BGP that is down, and a node that drains. */
export const brokenPair: Scene = (time, step) => {
  const info = infoOf(1, 2, { up: false, silent: (name) => name === 'ring1' });
  const drained = { state: 'draining', reason: 'drained by root: kernel update', announcing: false };
  const withdrawn = announcements(true, 'withdrawn');
  return cluster(2, time, step, {
    info,
    announcements: info.announcements,
    peerInfo: new Map([[2, infoOf(2, 2, { changes: { ...drained, announcements: withdrawn } })]]),
    lagMs: new Map([[2, 2300]]),
    replication: replication({
      peers: [peer({ announced: 173 })],
      links: [
        link('ring0'),
        link('ring1', {
          health: 'silent',
          problem: 'no frame of gw2 arrives on ring1, though gw2 is alive',
          peers: [{ slot: 2, share: 0, health: 'silent' }],
        }),
      ],
    }),
    checks: [
      ...CHECKS,
      { name: 'carrier', ok: false, result: 'failed', effect: 'degrade', text: 'ring1 has no carrier since 12:03:22' },
    ],
  });
};

const SAMPLES = 360;
const SAMPLE_MS = 10_000;

/** The hour before, with two minutes in which nothing was served. */
export function lastHour(now: number, nodes: readonly string[]): HistorySample[] {
  return Array.from({ length: SAMPLES }, (_, index) => {
    const time = now - (SAMPLES - index) * SAMPLE_MS;
    const out = index > 210 && index < 223;
    const health = out ? 2 : index > 223 && index < 250 ? 1 : 0;
    return { time, values: [valueOf('health', '', '', health), ...nodes.flatMap((node) => ofNode(node, index, out))] };
  });
}

function ofNode(node: string, index: number, out: boolean): HistorySample['values'] {
  const number = Number(node.slice(2));
  const noise = 0.04 * Math.sin(index * 12.9) * Math.sin(index * 78.2);
  const wave = (1 + 0.35 * Math.sin(index / 40 + number) + noise) * (out ? 0.02 : 1);
  const lag = index % 17 === 0 ? 0.2 : 0;
  const rows = INSTANCES.flatMap((instance) => [
    valueOf('sessions', node, instance, Math.round(30_000 * wave + 2000)),
    valueOf('fastBits', node, instance, 420e6 * wave),
    valueOf('slowBits', node, instance, 38e6 * wave),
    valueOf('packets', node, instance, 70_000 * wave),
    valueOf('newSessions', node, instance, 310 * wave),
    valueOf('pool', node, instance, 22 + number * 4 + 6 * wave),
    valueOf('drops', node, instance, 12 * wave, 'dropNoMapping'),
    valueOf('drops', node, instance, index % 90 < 20 ? 26 : 2, 'answerClientLimit'),
  ]);
  return number === 1 ? rows : [...rows, valueOf('lag', node, '', lag)];
}

function valueOf(
  metric: HistoryMetric,
  node: string,
  instance: string,
  value: number,
  label = '',
): HistorySample['values'][number] {
  return { metric, node, instance, label, value };
}

/** What a node that was drained yesterday has to tell. */
export function someEvents(now: number): Event[] {
  const rows: [number, string, string, string, string, string, string][] = [
    [86_000, 'node', 'gw1', 'starting', 'syncing', 'waiting for the sessions of gw2', 'node-syncing'],
    [85_000, 'node', 'gw1', 'syncing', 'active', 'in sync with gw2', 'node-active'],
    [
      84_990,
      'announcement',
      'access 2001:db8:a1::2',
      'withdrawn',
      'announced',
      'as FRR shows it',
      'upstream-announced',
    ],
    [1430, 'peer', 'gw2', 'up', 'down', 'no heartbeats for 1.2 s', 'peer-down'],
    [
      1429,
      'instance',
      'internet',
      '',
      '23200 sessions taken over',
      'gw2 has started again, 3.1 s after its last heartbeat here; this node owns the sessions of its previous run now',
      'sessions-taken-over',
    ],
    [1300, 'peer', 'gw2', 'down', 'up', 'heartbeats arrive', 'peer-up'],
    [1296, 'instance', 'internet', 'unknown', 'inSync', 'the digest of the replica of gw2 agrees', 'replica-in-sync'],
    [240, 'link', 'ring1', 'ok', 'silent', 'no frame of gw2 arrives on ring1', 'link-silent'],
    [95, 'node', 'gw2', 'active', 'draining', 'drained by root: kernel update', 'node-draining'],
  ];
  const severe = new Map([
    ['peer-down', 'error'],
    ['link-silent', 'warning'],
  ]);
  return rows.map(([age, subject, name, from, to, reason, code]) => ({
    time: now - age * 1000,
    node: 'gw1',
    severity: severe.get(code) ?? 'info',
    subject,
    name,
    from,
    to,
    reason,
    code,
  }));
}
