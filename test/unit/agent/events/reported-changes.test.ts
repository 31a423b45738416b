import { describe, expect, it } from 'vitest';
import type {
  AnnouncementStatus,
  CheckStatus,
  InstanceStatus,
  LinkStatus,
  NodeStatus,
  StatusReply,
} from '../../../../src/agent/control/messages.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import { reportChanges } from '../../../../src/agent/events/event-reports.ts';
import { ChangeWatch } from '../../../../src/agent/status/change-watch.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { healthyInput } from '../status-fixture.ts';

const HEALTHY = buildStatus(healthyInput());
const ANNOUNCED: AnnouncementStatus = {
  upstream: 'core',
  kind: 'bgp',
  peer: '192.0.2.9',
  interface: '',
  observed: 'announced',
  wanted: 'announced',
  detail: '',
  state: 'Established',
  provenAt: 0,
  provenMs: 0,
  gateProblem: '',
};

type Change = Partial<StatusReply>;

/** What is reported when these come one after the other; the first one is where everything begins. */
function reported(...changes: Change[]): EventInput[] {
  const events: EventInput[] = [];
  const watch = new ChangeWatch({ add: (event) => void events.push(event) });
  for (const change of changes) reportChanges(watch, { ...HEALTHY, ...change });
  return events;
}

const peer = (changes: Partial<NodeStatus>, own: Partial<NodeStatus> = {}): Change => ({
  nodes: HEALTHY.nodes.map((node) => ({ ...node, ...(node.self ? own : changes) })),
});
const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new Error('there is one');
  return item;
};
const link = (changes: Partial<LinkStatus>): Change => ({ links: [{ ...first(HEALTHY.links), ...changes }] });
const instance = (changes: Partial<InstanceStatus>): Change => ({
  instances: [{ ...first(HEALTHY.instances), ...changes }],
});
const check = (changes: Partial<CheckStatus>): Change => ({ checks: [{ ...first(HEALTHY.checks), ...changes }] });
const announced = (changes: Partial<AnnouncementStatus>): Change => ({ announcements: [{ ...ANNOUNCED, ...changes }] });

describe('a change of the status', () => {
  it('is none where nothing is another than before, and where it is seen for the first time', () => {
    expect(reported({}, {}, {})).toEqual([]);
    expect(reported({}, announced({}), announced({}))).toEqual([]);
  });

  it.each<[string, Change, Change, object]>([
    [
      'a link',
      link({}),
      link({ health: 'silent', problem: 'nothing from gw2' }),
      { subject: 'link', name: 'ring0', from: 'ok', to: 'silent', code: 'link-silent', reason: 'nothing from gw2' },
    ],
    [
      'an instance that has failed',
      instance({}),
      instance({ state: 'failed', reason: 'no TUN' }),
      {
        subject: 'instance',
        name: 'internet',
        from: 'running',
        to: 'failed',
        code: 'instance-failed',
        reason: 'no TUN',
      },
    ],
    [
      'an instance that has stopped',
      instance({}),
      instance({ state: 'stopped' }),
      { to: 'stopped', code: 'instance-stopped' },
    ],
    ['an instance that runs', instance({ state: 'failed' }), instance({}), { to: 'running', code: 'instance-running' }],
    [
      'a check that fails',
      check({}),
      check({ ok: false, result: 'failed', text: 'no carrier' }),
      { subject: 'check', name: 'worker', from: 'passes', to: 'fails', code: 'check-failed', reason: 'no carrier' },
    ],
    ['a check that passes', check({ ok: false }), check({}), { from: 'fails', to: 'passes', code: 'check-passed' }],
    [
      'a check that nobody knows of, which passed',
      check({}),
      check({ result: 'unknown' }),
      { to: 'unknown; before that it passes', code: 'check-unknown' },
    ],
    [
      'a check that nobody knows of, which failed',
      check({ ok: false }),
      check({ ok: false, result: 'unknown' }),
      { to: 'unknown; before that it fails', code: 'check-unknown' },
    ],
    [
      'a daemon that is silent',
      announced({}),
      announced({ observed: 'unknown', detail: 'bgpd does not answer', state: 'Idle' }),
      {
        subject: 'announcement',
        name: 'core, daemon for bgp',
        from: 'answers',
        to: 'does not answer',
        code: 'frr-unreachable',
        reason: 'bgpd does not answer',
      },
    ],
    [
      'a daemon that answers again',
      announced({ observed: 'unknown', detail: 'x' }),
      announced({ detail: '' }),
      { name: 'core, daemon for bgp', to: 'answers', code: 'frr-answers', reason: '' },
    ],
    [
      'an announcement',
      announced({}),
      announced({ observed: 'withdrawn', wanted: 'withdrawn', detail: 'as told', state: 'Idle' }),
      { name: 'core 192.0.2.9', from: 'announced', to: 'withdrawn', code: 'upstream-withdrawn', reason: 'as told' },
    ],
    [
      'a session that goes down',
      announced({}),
      announced({ state: 'Active', detail: 'BGP is Active' }),
      { name: 'core 192.0.2.9, session', from: 'up', to: 'down', code: 'session-down', reason: 'BGP is Active' },
    ],
    ['a session that comes up', announced({ state: 'Active' }), announced({}), { to: 'up', code: 'session-up' }],
    [
      'a peer that hears no more',
      peer({}),
      peer({ oneWay: true }),
      {
        subject: 'peer',
        name: 'gw2',
        from: 'acknowledges',
        to: 'one-way',
        code: 'peer-one-way',
        reason: 'its frames arrive, but it does not acknowledge ours',
      },
    ],
    [
      'a peer that hears',
      peer({ oneWay: true }),
      peer({}),
      { to: 'acknowledges', code: 'peer-acknowledges', reason: '' },
    ],
    [
      'the state of a peer',
      peer({}),
      peer({ state: 'draining', reason: 'as told' }),
      { subject: 'node', name: 'gw2', from: 'active', to: 'draining', code: 'node-draining', reason: 'as told' },
    ],
    [
      'a configuration that differs',
      peer({}),
      peer({ differs: ['slots', 'checks'] }),
      {
        subject: 'configuration',
        name: 'gw2',
        from: 'same',
        to: 'other',
        code: 'configuration-mismatch',
        reason: 'slots, checks',
      },
    ],
    [
      'a configuration that is the same again',
      peer({ differs: ['slots'] }),
      peer({}),
      { to: 'same', code: 'configuration-match', reason: '' },
    ],
  ])('is one event: %s', (_, before, after, event) => {
    const events = reported(before, after, after);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject(event);
  });

  it('of the slot is said of this node', () => {
    const { replication } = HEALTHY;
    if (replication === undefined) throw new Error('there is a summary');
    const rival: Change = { replication: { ...replication, rival: true } };
    expect(reported({}, rival, {})).toMatchObject([
      { subject: 'node', name: 'slot of gw1', from: 'unique', to: 'duplicate', code: 'slot-duplicate' },
      { name: 'slot of gw1', from: 'duplicate', to: 'unique', code: 'slot-unique', reason: '' },
    ]);
    expect(reported({}, rival)[0]?.reason).toMatch(/^duplicate slot: a node that started later/);
    expect(reported({}, { replication: undefined })).toEqual([]);
  });

  it('of replicas is said while this node serves', () => {
    const replica = (sync: string): Partial<NodeStatus> => ({
      instances: [{ ...first(HEALTHY.nodes[1]?.instances ?? []), sync }],
    });
    const [differs, agrees, unknown] = ['differs', 'inSync', 'unknown'].map((sync) => peer(replica(sync)));
    if (differs === undefined || agrees === undefined || unknown === undefined) throw new Error('three are made');
    expect(reported(agrees, differs, agrees, unknown)).toMatchObject([
      {
        subject: 'peer',
        name: 'gw2, instance internet',
        to: 'differs',
        code: 'replica-drift',
        reason: 'replica of gw2 differs (digest mismatch); resynchronising',
      },
      { from: 'differs', to: 'inSync', code: 'replica-in-sync', reason: '' },
      { from: 'inSync', to: 'unknown', code: 'replica-unknown', reason: '' },
    ]);
    const joining = { state: 'syncing' };
    expect(reported(peer(replica('inSync'), joining), peer(replica('differs'), joining))).toEqual([]);
  });

  it('of a session is not said while the daemon is silent or the session is withdrawn', () => {
    expect(
      reported(announced({}), announced({ observed: 'unknown', state: 'Idle' }), announced({})).map(({ name }) => name),
    ).toEqual(['core, daemon for bgp', 'core, daemon for bgp']);
    const withdrawn = announced({ observed: 'withdrawn', wanted: 'withdrawn', state: 'Idle' });
    expect(reported(withdrawn, { ...withdrawn, announcements: [{ ...ANNOUNCED, observed: 'withdrawn' }] })).toEqual([]);
  });

  it('has the session of BFD and of VRRP up in their own words', () => {
    const session = (kind: string, before: string, after: string): string[] =>
      reported(announced({ kind, state: before }), announced({ kind, state: after })).map(({ code }) => code);
    expect(session('bfd', 'up', 'down')).toEqual(['session-down']);
    expect(session('vrrp', 'MASTER', 'BACKUP')).toEqual([]);
    expect(session('vrrp', 'MASTER', 'FAULT')).toEqual(['session-down']);
  });
});

describe('a watch of values', () => {
  it('remembers 8192 of them, and goes on with those', () => {
    const events: EventInput[] = [];
    const watch = new ChangeWatch({ add: (event) => void events.push(event) });
    const observe = (name: string, value: string): boolean =>
      watch.observe({ subject: 'link', name, value, code: 'link-ok', reason: '' });
    for (let index = 0; index < 8192; index++) expect(observe(`l${index}`, 'a')).toBe(false);
    expect([observe('more', 'a'), observe('more', 'b'), observe('l8191', 'b'), observe('l8191', 'b')]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(events).toMatchObject([{ name: 'l8191', from: 'a', to: 'b' }]);
  });
});
