import { describe, expect, it } from 'vitest';
import type { StatusReply } from '../../../../src/agent/control/messages.ts';
import { reportChanges } from '../../../../src/agent/events/event-reports.ts';
import { ChangeWatch } from '../../../../src/agent/status/change-watch.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { noRefusals } from '../../../../src/replication/refusals.ts';
import type { PeerStatus } from '../../../../src/replication/status.ts';
import { activeInfo, healthyInput, instance, link, peer, replication, traffic } from '../status-fixture.ts';

const silentPeer = { peers: [peer({ alive: false, silentMs: 4000 })] };

describe('the status of a cluster', () => {
  it('of a healthy pair has no problem, and both nodes', () => {
    const status = buildStatus(healthyInput());
    expect(status).toMatchObject({ health: 'healthy', problems: [], node: 'gw1' });
    expect(status.nodes.map(({ name, self, state }) => [name, self, state])).toEqual([
      ['gw1', true, 'active'],
      ['gw2', false, 'active'],
    ]);
    expect(status.nodes[1]?.instances).toEqual([
      { name: 'internet', ownSessions: 7, heldHere: 7, sync: 'inSync', traffic: traffic() },
    ]);
  });

  it('counts copies that came twice, and leaves out counters that are zero', () => {
    const status = buildStatus(healthyInput());
    expect(status.links.map(({ name, duplicates }) => [name, duplicates])).toEqual([
      ['ring0', 21],
      ['ring1', 21],
    ]);
    expect(status.replication?.duplicatesDropped).toBe(42);
    expect(status.instances[0]?.counters.map(({ name }) => name)).toEqual(['translated64']);
    expect(status.links[0]?.peers).toEqual([{ node: 'gw2', health: 'ok', sharePercent: 98 }]);
  });

  it('tells one-way loss from a node that is down', () => {
    const textOf = (changes: Partial<PeerStatus>): string => {
      const peers = [peer({ alive: false, ...changes })];
      const [problem] = buildStatus(healthyInput({ replication: replication({ peers }) })).problems;
      return `${problem?.code}: ${problem?.text}`;
    };
    expect(textOf({ epoch: 0, silentMs: 60 })).toBe(
      'peer-one-way: one-way: its frames arrive, but it does not acknowledge ours',
    );
    expect(textOf({ epoch: 0, silentMs: 60_000 })).toBe(
      'peer-never-seen: down: no heartbeat received since this agent started',
    );
    expect(textOf({ silentMs: 60_000 })).toMatch(
      /^peer-down: down: no heartbeats; its last state was active; it may still be announced: .*`isthmus withdraw` there/,
    );
  });

  it('says that a node does not acknowledge this one, and that this is over, each as an event too', () => {
    const events: string[] = [];
    const watch = new ChangeWatch({
      add: ({ code, subject, name, to }) => void events.push([code, subject, name, to].join(' ')),
    });
    const statusOf = (oneWay: boolean): StatusReply => {
      const status = buildStatus(healthyInput({ replication: replication({ peers: [peer({ oneWay })] }) }));
      reportChanges(watch, status);
      return status;
    };
    statusOf(false);
    const status = statusOf(true);
    expect(status.health).toBe('degraded');
    expect(status.problems).toMatchObject([
      { subject: 'node gw2', text: 'one-way: its frames arrive, but it does not acknowledge ours' },
    ]);
    expect(statusOf(false).problems).toEqual([]);
    expect(events).toEqual(['peer-one-way peer gw2 one-way', 'peer-acknowledges peer gw2 acknowledges']);
  });

  it('reports a duplicate slot', () => {
    const status = buildStatus(healthyInput({ replication: replication({ rival: true }) }));
    expect(status.problems).toEqual([
      {
        severity: 'degraded',
        subject: 'node gw1',
        code: 'slot-duplicate',
        text: 'duplicate slot: a node that started later uses the same slot; its frames are rejected',
      },
    ]);
  });

  it('is degraded while the other node is silent but this one serves', () => {
    const status = buildStatus(healthyInput({ replication: replication(silentPeer) }));
    expect(status.health).toBe('degraded');
    expect(status.problems).toEqual([
      {
        severity: 'degraded',
        code: 'peer-down',
        subject: 'node gw2',
        text: expect.stringContaining('down: no heartbeats; its last state was active; it may still be announced'),
      },
    ]);
  });

  it('is not serving when no node attracts traffic, and says so first', () => {
    const status = buildStatus(
      healthyInput({
        info: activeInfo({ state: 'failed', reason: 'the worker of internet has ended', announcing: false }),
        replication: replication({ ...silentPeer, links: [link('ring0', { problem: 'gw2 is not heard here' })] }),
      }),
    );
    expect(status.health).toBe('notServing');
    expect(status.problems[0]).toEqual({
      severity: 'notServing',
      code: 'node-failed',
      subject: 'node gw1',
      text: 'failed: the worker of internet has ended',
    });
    expect(status.problems.map(({ subject }) => subject)).toEqual(['node gw1', 'node gw2', 'link ring0']);
  });

  it('names a link by which frames arrive, but not the longest ones', () => {
    const problem = 'frames of gw2 above an MTU of 1400 do not arrive on ring0, whose ends carry 1500';
    const links = [link('ring0', { problem, mtu: 1500, pathMtu: 1400 })];
    const { problems } = buildStatus(healthyInput({ replication: replication({ links }) }));
    expect(problems).toEqual([{ severity: 'degraded', code: 'link-narrow', subject: 'link ring0', text: problem }]);
  });

  it('names the node that packets are forwarded to, from the first packet on', () => {
    const problemsAfter = (packets: number): object[] => {
      const targets = [{ instance: 'internet', node: 'gw2', packets, since: 1_799_999_999_000 }];
      return [...buildStatus(healthyInput({ relay: { targets, counters: [] } })).problems];
    };
    expect(problemsAfter(0)).toEqual([]);
    const text = 'its translator has failed and packets still arrive: 312 forwarded to gw2 over the links';
    expect(problemsAfter(312)).toEqual([
      { severity: 'degraded', code: 'relay-started', subject: 'instance internet', text },
    ]);
  });

  it('is degraded when this node is out and the other serves', () => {
    const info = activeInfo({ state: 'withdrawn', reason: 'new disk', announcing: false });
    const status = buildStatus(healthyInput({ info }));
    expect(status.health).toBe('degraded');
    expect(status.problems[0]?.severity).toBe('degraded');
  });

  it('says which fields of the configuration differ, or that the file does', () => {
    const instances = [{ ...emptyInstance, instance: 'internet', agrees: false, differs: ['pool4', 'pool6'] }];
    const fields = buildStatus(
      healthyInput({
        replication: replication({
          peers: [peer({ instances })],
        }),
      }),
    );
    expect(fields.nodes[1]?.differs).toEqual(['internet.pool4', 'internet.pool6']);
    const file = buildStatus(healthyInput({ peerInfo: new Map([[2, activeInfo({ revision: 'other' })]]) }));
    expect(file.nodes[1]?.differs).toEqual(['cluster file']);
    expect(file.problems[0]?.text).toBe('configuration differs: cluster file');
  });

  it('reports a replica that differs, an upstream that is not as wanted, and a failing check', () => {
    const status = buildStatus(
      healthyInput({
        instances: [instance({ replicas: [{ slot: 2, sessions: 6, sync: 'differs', yielded: 0 }] })],
        announcements: [
          {
            upstream: 'core',
            kind: 'bfd',
            peer: '10.0.0.1',
            interface: 'up0',
            provenAt: 0,
            provenMs: 0,
            gateProblem: '',
            observed: 'unknown',
            wanted: 'announced',
            state: '',
            detail: 'FRR is not running',
          },
        ],
        checks: [{ name: 'upstream', ok: false, result: 'failed', effect: 'degrade', text: 'no answer' }],
      }),
    );
    expect(status.problems.map(({ code }) => code)).toEqual(['frr-unreachable', 'check-failed', 'replica-drift']);
    expect(status.problems.map(({ text }) => text)).toEqual([
      '10.0.0.1 should be announced but is unknown: FRR is not running',
      'no answer',
      'replica of gw2 for instance internet differs (digest mismatch); resynchronising',
    ]);
  });

  it('reports a fast path that was asked for and is not there, and nothing of one that is', () => {
    const status = buildStatus(
      healthyInput({
        instances: [instance({ fastPath: 'off: no bpf(2) is known for mips' }), instance({ fastPath: 'on up0' })],
      }),
    );
    expect(status.problems).toEqual([
      {
        severity: 'degraded',
        subject: 'instance internet',
        code: 'fast-path-off',
        text: 'fast path off: no bpf(2) is known for mips; every packet takes the slow path',
      },
    ]);
  });

  it('reports shards that the kernel does not steer to, and nothing of those that it does', () => {
    const shards = [
      { sessions: 1, packets: 2, handedOver: 0 },
      { sessions: 3, packets: 4, handedOver: 1 },
    ];
    const status = buildStatus(
      healthyInput({
        instances: [
          instance({ shards, queues: 'by the workers: no bpf(2) is known for mips' }),
          instance({ shards, queues: 'by the kernel' }),
        ],
      }),
    );
    expect(status.problems.map(({ text }) => text)).toEqual([
      'kernel queue steering unavailable: no bpf(2) is known for mips; ' +
        'packets are redistributed in user space (slower, still correct)',
    ]);
    expect(status.instances[1]?.shards).toEqual(shards);
  });

  it('reports a BGP neighbour that is not established, or is told nothing, and no backup', () => {
    const proof = { provenAt: 0, provenMs: 0, gateProblem: '' };
    const announcement = { upstream: 'core', kind: 'bgp', peer: '10.0.0.1', interface: '', ...proof } as const;
    const problems = (state: string, detail: string): string[] =>
      buildStatus(
        healthyInput({
          announcements: [{ ...announcement, observed: 'announced', wanted: 'announced', state, detail }],
        }),
      ).problems.map(({ text }) => text);
    expect(problems('Established', '')).toEqual([]);
    expect(problems('Established', 'as a backup')).toEqual([]);
    expect(problems('Active', '')).toEqual(['10.0.0.1 is announced, but BGP is Active']);
    expect(problems('Established', 'the router is told none')).toHaveLength(1);
  });

  it('reports a router that does not answer what is announced to it', () => {
    const proof = { provenAt: 0, provenMs: 0, gateProblem: '' };
    const announcement = { upstream: 'core', kind: 'bfd', peer: '10.0.0.1', interface: '', detail: '', ...proof };
    const status = (state: string) =>
      buildStatus(
        healthyInput({ announcements: [{ ...announcement, observed: 'announced', wanted: 'announced', state }] }),
      );
    expect(status('up').health).toBe('healthy');
    expect(status('down').problems).toEqual([
      {
        severity: 'degraded',
        code: 'announcement-ineffective',
        subject: 'upstream core',
        text: '10.0.0.1 is announced, but BFD is down',
      },
    ]);
  });

  it('reports once that the kernel cannot stop the packets to the routers of an upstream', () => {
    const gateProblem = 'no gate in front of 10.0.0.1, 2001:db8::1: bpf failed: EPERM';
    const session = { upstream: 'core', kind: 'bfd', interface: 'up0', state: 'up', detail: '' } as const;
    const seen = { observed: 'announced', wanted: 'announced', provenAt: 0, provenMs: 0, gateProblem } as const;
    const announcements = [
      { ...session, ...seen, peer: '10.0.0.1' },
      { ...session, ...seen, peer: '2001:db8::1' },
    ];
    expect(buildStatus(healthyInput({ announcements })).problems).toEqual([
      {
        severity: 'degraded',
        code: 'gate-unavailable',
        subject: 'upstream core',
        text: `${gateProblem}; FRR and the guard withdraw alone`,
      },
    ]);
  });

  const PROOF = { provenAt: 0, provenMs: 0, gateProblem: '' };

  it('does not serve without a session with any upstream, whatever its state', () => {
    const lost = { ...activeInfo(), upstreamDown: true };
    const core = {
      upstream: 'core',
      kind: 'bfd',
      interface: 'up0',
      observed: 'announced',
      wanted: 'announced',
      ...PROOF,
    };
    const announcements = [{ ...core, peer: '10.0.0.1', state: 'down', detail: 'the router does not answer BFD' }];
    const alone = replication({ peers: [peer({ alive: false })] });
    const status = buildStatus(healthyInput({ info: lost, announcements, replication: alone }));
    expect(status.health).toBe('notServing');
    expect(status.problems[0]).toEqual({
      severity: 'notServing',
      code: 'upstreams-lost',
      subject: 'node gw1',
      text: 'no upstream has a session with it, so that no traffic arrives: 10.0.0.1: the router does not answer BFD',
    });
    // The other node still serves.
    const pair = buildStatus(healthyInput({ info: lost, announcements }));
    expect([pair.health, pair.problems[0]?.code]).toEqual(['degraded', 'upstreams-lost']);
    const seen = buildStatus(healthyInput({ peerInfo: new Map([[2, lost]]) }));
    expect(seen.problems.map(({ subject, code }) => `${subject} ${code}`)).toEqual(['node gw2 upstreams-lost']);
    const both = buildStatus(healthyInput({ info: lost, peerInfo: new Map([[2, lost]]), announcements }));
    expect(both.health).toBe('notServing');
  });

  it('names why datagrams were refused', () => {
    const refused = { ...noRefusals(), cluster: 3, seal: 2 };
    const status = buildStatus(healthyInput({ replication: replication({ links: [link('ring0', { refused })] }) }));
    expect(status.links[0]?.refused).toBe(5);
    expect(status.links[0]?.refusals.map(({ name, value, help }) => [name, value, help])).toEqual([
      ['cluster', 3, 'from another cluster'],
      ['seal', 2, 'authentication failed: corrupted or forged'],
    ]);
  });
});

const emptyInstance = { agrees: true, differs: [], recordsApplied: 0, recordsRefused: 0 };
