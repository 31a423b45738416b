import { describe, expect, it } from 'vitest';
import type { AnnouncementStatus, NodeStatus, ReplicationSummary } from '../../../../src/agent/control/messages.ts';
import {
  codeOfAnnouncement,
  codeOfLink,
  findProblems,
  healthOf,
  type StatusFacts,
} from '../../../../src/agent/status/problems.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { healthyInput } from '../status-fixture.ts';

const VIEW = {
  upstream: 'core',
  kind: 'bfd',
  peer: '10.0.0.1',
  interface: 'up0',
  observed: 'announced',
  wanted: 'announced',
  state: 'up',
  detail: '',
  provenAt: 0,
  provenMs: 0,
  gateProblem: '',
} as const;
const { problems: none, health: healthy, ...FACTS } = buildStatus(healthyInput({ announcements: [VIEW] }));
const [SELF, PEER] = FACTS.nodes;
const [ANNOUNCED] = FACTS.announcements;
const [INSTANCE] = FACTS.instances;
const [LINK] = FACTS.links;

/** The problems, each with its code, its subject and the beginning of its text; and the health. */
function found(changes: Partial<StatusFacts>): string[] {
  const facts = { ...FACTS, ...changes };
  return findProblems(facts).map(({ severity, code, subject, text }) => {
    const worst = severity === 'notServing' ? '! ' : '';
    return `${worst}${code}, ${subject}: ${text.split(';')[0]}`;
  });
}

function nodes(self: Partial<NodeStatus>, peer: Partial<NodeStatus> = {}): Partial<StatusFacts> {
  return {
    nodes: [
      { ...SELF, ...self },
      { ...PEER, ...peer },
    ],
  };
}

function announced(...changes: Partial<AnnouncementStatus>[]): Partial<StatusFacts> {
  return { announcements: changes.map((one) => Object.assign({}, ANNOUNCED, one)) };
}

describe('what is wrong', () => {
  it('is nothing in a healthy pair', () => {
    expect([none, healthy, found({})]).toEqual([[], 'healthy', []]);
    expect(healthOf(FACTS, [])).toBe('healthy');
  });

  it.each<[string, Partial<StatusFacts>, string[]]>([
    [
      'a node that is not active, while another one serves',
      nodes({ state: 'draining', reason: 'by root', announcing: false }),
      ['node-draining, node gw1: draining: by root'],
    ],
    [
      'a node that is not active, and no other serves',
      nodes(
        { state: 'failed', reason: 'worker', announcing: false },
        { alive: false, silentMs: 5000, state: 'failed' },
      ),
      ['! node-failed, node gw1: failed: worker', 'peer-down, node gw2: down: no heartbeats'],
    ],
    [
      'the only node, which drains as a backup',
      nodes(
        { state: 'draining', reason: 'by root', announcing: true },
        { state: 'withdrawn', reason: 'x', announcing: false },
      ),
      ['node-draining, node gw1: draining: by root', 'node-withdrawn, node gw2: withdrawn: x'],
    ],
    [
      'a node that is paused',
      nodes({ paused: 'work' }),
      ['node-paused, node gw1: paused, its checks change nothing: work'],
    ],
    [
      'a peer that is paused',
      nodes({}, { paused: 'work' }),
      ['node-paused, node gw2: paused, its checks change nothing: work'],
    ],
    [
      'a peer of a later release',
      nodes({}, { state: 'dancing', reason: 'x' }),
      ['node-state-unknown, node gw2: dancing: x'],
    ],
    [
      'a peer that does not hear us',
      nodes({}, { oneWay: true }),
      ['peer-one-way, node gw2: one-way: its frames arrive, but it does not acknowledge ours'],
    ],
    [
      'a peer without an upstream',
      nodes({}, { upstreamDown: true }),
      ['upstreams-lost, node gw2: no upstream has a session with it, so that no traffic arrives'],
    ],
    [
      'a peer with another file',
      nodes({}, { differs: ['pool4', 'mtu'] }),
      ['configuration-mismatch, node gw2: configuration differs: pool4, mtu'],
    ],
    [
      'a peer that is silent',
      nodes({}, { alive: false, silentMs: 1000, state: 'draining' }),
      ['peer-down, node gw2: down: no heartbeats'],
    ],
    [
      'a peer that is heard',
      nodes({}, { alive: false, silentMs: 999 }),
      ['peer-one-way, node gw2: one-way: its frames arrive, but it does not acknowledge ours'],
    ],
    [
      'a peer that was never heard',
      nodes({}, { alive: false, silentMs: 0, epoch: 0 }),
      ['peer-never-seen, node gw2: down: no heartbeat received since this agent started'],
    ],
  ])('%s', (_, changes, problems) => {
    expect(found(changes)).toEqual(problems);
  });

  it('comes with what keeps the node from serving first', () => {
    const self = { state: 'failed', reason: 'worker', paused: 'work', upstreamDown: true, announcing: false };
    expect(
      found(nodes(self, { alive: false, silentMs: 5000, state: 'failed' })).map((text) => text.split(',')[0]),
    ).toEqual(['! node-failed', '! upstreams-lost', 'node-paused', 'peer-down']);
  });

  it('is nothing of replication where there is none', () => {
    expect(found({ replication: undefined })).toEqual([]);
  });

  it('is a translator that has failed while packets still arrive', () => {
    const target = { instance: 'internet', node: 'gw2', packets: 1, since: 0 };
    const targets = [target, { ...target, instance: 'halls', packets: 0 }];
    expect(found({ relay: { targets, counters: [] } })).toEqual([
      'relay-started, instance internet: its translator has failed and packets still arrive: 1 forwarded to gw2 over the links',
    ]);
    expect(found({ relay: undefined })).toEqual([]);
  });

  it('tells what a silent node may still do only where it was active', () => {
    const textOf = (state: string): string =>
      findProblems({ ...FACTS, ...nodes({}, { alive: false, silentMs: 5000, state }) }).map(({ text }) => text)[0] ??
      '';
    expect(textOf('active')).toContain('its last state was active; it may still be announced');
    expect(textOf('draining')).toMatch(/its last state was draining$/);
  });

  it('is a replica that differs, of each instance', () => {
    const [one] = PEER.instances;
    const instances = [
      { ...one, sync: 'differs' },
      { ...one, name: 'other' },
      { ...one, name: 'third', sync: 'differs' },
    ];
    expect(found(nodes({}, { instances }))).toEqual([
      'replica-drift, node gw2: replica of gw2 for instance internet differs (digest mismatch)',
      'replica-drift, node gw2: replica of gw2 for instance third differs (digest mismatch)',
    ]);
  });

  it.each([
    [{ state: 'failed', reason: 'TUN' }, 'instance-failed, instance internet: failed: TUN'],
    [{ state: 'starting', reason: 'x' }, 'instance-stopped, instance internet: starting: x'],
    [
      { queues: 'by the workers: EPERM' },
      'steering-unavailable, instance internet: kernel queue steering unavailable: EPERM',
    ],
    [
      { queues: 'by the workers: EPERM', fastPath: 'off: x' },
      'steering-unavailable, instance internet: kernel queue steering unavailable: EPERM',
    ],
    [{ fastPath: 'off: nft' }, 'fast-path-off, instance internet: fast path off: nft'],
    [
      { straySessions: 1 },
      'sessions-outside-pool, instance internet: 1 session on an address no longer in pool4: answers may not come here',
    ],
    [
      { straySessions: 2 },
      'sessions-outside-pool, instance internet: 2 sessions on addresses no longer in pool4: answers may not come here',
    ],
  ])('is an instance with %j', (changes, problem) => {
    expect(found({ instances: [{ ...INSTANCE, ...changes }] })).toEqual([problem]);
  });

  it.each<[Partial<AnnouncementStatus>, string[]]>([
    [{ observed: 'withdrawn' }, ['announcement-missing, upstream core: 10.0.0.1 should be announced but is withdrawn']],
    [
      { observed: 'unknown', detail: 'no socket' },
      ['frr-unreachable, upstream core: 10.0.0.1 should be announced but is unknown: no socket'],
    ],
    [{ wanted: 'withdrawn' }, ['withdrawal-unverified, upstream core: 10.0.0.1 should be withdrawn but is announced']],
    [{ wanted: 'withdrawn', observed: 'withdrawn', state: 'down' }, []],
    [{ state: 'down' }, ['announcement-ineffective, upstream core: 10.0.0.1 is announced, but BFD is down']],
    [
      { state: 'down', detail: 'path down' },
      ['announcement-ineffective, upstream core: 10.0.0.1 is announced, but path down'],
    ],
    [
      { kind: 'other', state: 'down' },
      ['announcement-ineffective, upstream core: 10.0.0.1 is announced, but other is down'],
    ],
    [{ gateProblem: 'EPERM' }, ['gate-unavailable, upstream core: EPERM']],
    [
      { gateProblem: 'EPERM', observed: 'unknown' },
      ['frr-unreachable, upstream core: 10.0.0.1 should be announced but is unknown'],
    ],
  ])('is an announcement with %j', (changes, problems) => {
    expect(found(announced(changes))).toEqual(problems);
  });

  it('is one gate for all of its peers', () => {
    const peers = announced(
      { gateProblem: 'EPERM' },
      { peer: '10.0.0.2', gateProblem: 'EPERM' },
      { gateProblem: 'other' },
    );
    expect(found(peers)).toEqual(['gate-unavailable, upstream core: EPERM', 'gate-unavailable, upstream core: other']);
  });

  it('is no upstream at all, with the reason of each peer', () => {
    const facts = { ...nodes({ upstreamDown: true }), ...announced({ state: 'down' }) };
    expect(found(facts)).toEqual([
      'upstreams-lost, node gw1: no upstream has a session with it, so that no traffic arrives: 10.0.0.1: BFD is down',
      'announcement-ineffective, upstream core: 10.0.0.1 is announced, but BFD is down',
    ]);
    const alone = { ...facts, ...nodes({ upstreamDown: true }, { upstreamDown: true }) };
    expect(found(alone)[0]).toMatch(/^! upstreams-lost, node gw1/);
    expect(healthOf({ ...FACTS, ...alone }, [])).toBe('notServing');
  });

  it.each([
    [{ ok: false, result: 'failed' }, ['check-failed, check worker: x']],
    [{ ok: true, result: 'unknown' }, ['check-unknown, check worker: x']],
    [{ ok: false, result: 'unknown' }, ['check-failed, check worker: x']],
    [{ ok: true, result: 'ok' }, []],
  ])('is a check with %j', (changes, problems) => {
    const [check] = FACTS.checks;
    expect(found({ checks: [{ ...check, ...changes, text: 'x' }] })).toEqual(problems);
  });

  it.each([
    [{ health: 'lossy' }, 'link-lossy'],
    [{ health: 'silent' }, 'link-silent'],
    [{ health: 'missing' }, 'link-missing'],
    [{ health: 'dancing' }, 'link-unknown'],
    [{ mtu: 1500, pathMtu: 1400 }, 'link-narrow'],
    [{ mtu: 1500, pathMtu: 1500 }, 'link-ok'],
    [{ health: 'lossy', mtu: 1500, pathMtu: 1400 }, 'link-lossy'],
  ])('is a link with %j', (changes, code) => {
    expect(found({ links: [{ ...LINK, ...changes, problem: 'x' }] })).toEqual([`${code}, link ring0: x`]);
    expect(found({ links: [{ ...LINK, ...changes }] })).toEqual([]);
  });

  it('is a slot that is not its own alone', () => {
    const { replication } = FACTS;
    const codes = (changes: Partial<ReplicationSummary>): (string | undefined)[] => {
      if (replication === undefined) throw new Error('the fixture has no replication');
      return found({ replication: { ...replication, ...changes } }).map((text) => text.split(',')[0]);
    };
    expect(codes({})).toEqual([]);
    expect(codes({ rival: true })).toEqual(['slot-duplicate']);
    expect(codes({ refusedSlot: true, rival: true })).toEqual(['slot-refused']);
  });

  it.each([
    ['', false, []],
    ['full', false, ['nat-log-lost, NAT log sink files: /var/log: full']],
    ['', true, ['nat-log-lost, NAT log sink files: /var/log: lines are lost: 5 since the agent started']],
  ])('is a NAT log with the problem "%s" that loses lines: %s', (problem, losing, problems) => {
    const lost = [
      { name: 'queue', kind: '', value: 2, help: '' },
      { name: 'ring', kind: '', value: 3, help: '' },
    ];
    const sink = {
      name: 'files',
      kind: 'file',
      target: '/var/log',
      problem,
      losing,
      lines: 9,
      bytes: 900,
      waiting: 0,
      lost,
    };
    expect(found({ natLog: [sink] })).toEqual(problems);
  });
});

it('has a code for each announcement and each link as they are', () => {
  expect(
    [
      { observed: 'announced', wanted: 'announced' },
      { observed: 'withdrawn', wanted: 'withdrawn' },
      { observed: 'withdrawn', wanted: 'announced' },
      { observed: 'announced', wanted: 'withdrawn' },
      { observed: 'unknown', wanted: 'withdrawn' },
    ].map(codeOfAnnouncement),
  ).toEqual([
    'upstream-announced',
    'upstream-withdrawn',
    'announcement-missing',
    'withdrawal-unverified',
    'frr-unreachable',
  ]);
  expect(codeOfLink({ ...LINK, health: 'ok' })).toBe('link-ok');
});

it('is degraded with any problem, and not serving where no node does', () => {
  const problem = { severity: 'degraded', code: 'node-paused', subject: '', text: '' } as const;
  expect(healthOf(FACTS, [problem])).toBe('degraded');
  const down = nodes({ state: 'failed', announcing: false }, { alive: false });
  expect(healthOf({ ...FACTS, ...down }, [problem])).toBe('notServing');
  expect(healthOf({ ...FACTS, ...nodes({ state: 'draining', announcing: true }, { alive: false }) }, [])).toBe(
    'healthy',
  );
});
