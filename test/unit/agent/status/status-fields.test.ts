import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '../../../../src/agent/control/messages.ts';
import { buildStatus, unknownNode } from '../../../../src/agent/status/status-builder.ts';
import type { StatusInput } from '../../../../src/agent/status/status-input.ts';
import { noRefusals } from '../../../../src/replication/refusals.ts';
import { activeInfo, healthyInput, instance, link, peer, replication, traffic } from '../status-fixture.ts';

function nodeOf(input: StatusInput, name: string): NodeStatus {
  const found = buildStatus(input).nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

describe('a node in the status', () => {
  const said = {
    links: [{ name: 'ring0', health: 'ok', peers: [] }],
    announcements: [],
    replicas: [{ slot: 1, instance: 'internet', sessions: 4, sync: 'inSync' }],
    paused: 'work on the rack',
    upstreamDown: true,
  };

  it('is this one, which lacks nothing of itself', () => {
    const own = nodeOf(healthyInput({ info: activeInfo(said) }), 'gw1');
    expect(own).toMatchObject({ ...said, slot: 1, self: true, alive: true, epoch: 5, oneWay: false, differs: [] });
    expect(own).toMatchObject({ silentMs: 0, framesMissing: 0, lagMs: 0, framesLost: 0, gaps: 0, clockAheadMs: 0 });
    expect(own).toMatchObject({ state: 'active', reason: 'in sync', pid: 77, revision: 'abc', software: '0.1.0' });
    expect(own.instances).toEqual([
      { name: 'internet', ownSessions: 1000, heldHere: 1000, sync: 'inSync', traffic: traffic() },
    ]);
  });

  it('is another one, by what it says of itself and what is seen of it from here', () => {
    const seen = peer({ applied: 41, announced: 50, lost: 3, gaps: 2, silentMs: 70, epoch: 9, oneWay: true });
    const input = healthyInput({
      peerInfo: new Map([[2, activeInfo({ ...said, software: '9.9.9' })]]),
      clocksAhead: new Map([[2, -1200]]),
      lagMs: new Map([[2, 340]]),
      replication: replication({ peers: [seen] }),
    });
    const other = nodeOf(input, 'gw2');
    expect(other).toMatchObject({ ...said, slot: 2, self: false, alive: true, epoch: 9, oneWay: true });
    expect(other).toMatchObject({ framesMissing: 9, lagMs: 340, framesLost: 3, gaps: 2, silentMs: 70 });
    // What the frames say counts: a report may be of the program that ran before.
    expect(other).toMatchObject({ clockAheadMs: -1200, software: '0.1.0' });
    const older = replication({ peers: [peer({ software: '' })] });
    expect(nodeOf({ ...input, replication: older }, 'gw2').software).toBe('9.9.9');
  });

  it('lacks no frames where more were applied than it has announced', () => {
    const peers = [peer({ applied: 60, announced: 50 })];
    expect(nodeOf(healthyInput({ replication: replication({ peers }) }), 'gw2').framesMissing).toBe(0);
  });

  it('that has said nothing is known by its frames alone', () => {
    const input = healthyInput({ peerInfo: new Map(), instances: [instance({ replicas: [] })] });
    const other = nodeOf(input, 'gw2');
    expect(other).toMatchObject({ state: 'unknown', reason: '', announcing: false, upstreamDown: false, paused: '' });
    expect(other).toMatchObject({ lagMs: 0, clockAheadMs: 0, differs: [] });
    expect(other.instances).toEqual([
      { name: 'internet', ownSessions: 0, heldHere: 0, sync: 'unknown', traffic: undefined },
    ]);
    expect(unknownNode()).toMatchObject({
      instances: [],
      failingShared: [],
      works: [],
      worked: [],
      sections: [],
      links: [],
      announcements: [],
      replicas: [],
      takesRelayed: [],
      checkedFrom: [],
    });
  });

  it('has in each instance the sessions of its own and their replicas here', () => {
    const reported = (name: string, ownSessions: number) => ({
      name,
      ownSessions,
      heldHere: 0,
      sync: '',
      traffic: undefined,
    });
    const input = healthyInput({
      peerInfo: new Map([[2, activeInfo({ instances: [reported('halls', 5), reported('internet', 9)] })]]),
      instances: [
        instance({
          replicas: [
            { slot: 3, sessions: 1, sync: 'inSync', yielded: 0 },
            { slot: 2, sessions: 8, sync: 'unknown', yielded: 0 },
          ],
        }),
        instance({ name: 'servers', kind: 'siit', replicas: [] }),
      ],
    });
    expect(nodeOf(input, 'gw2').instances).toEqual([
      { name: 'internet', ownSessions: 9, heldHere: 8, sync: 'unknown', traffic: undefined },
      // Without sessions there is nothing that could differ.
      { name: 'servers', ownSessions: 0, heldHere: 0, sync: 'inSync', traffic: undefined },
    ]);
  });
});

describe('what differs between the files of two nodes', () => {
  const differing = (ours: object, theirs: object, fields: string[] = []): readonly string[] => {
    const instances = [{ instance: 'internet', agrees: false, differs: fields, recordsApplied: 0, recordsRefused: 0 }];
    const input = healthyInput({
      info: activeInfo(ours),
      peerInfo: new Map([[2, activeInfo(theirs)]]),
      replication: replication({ peers: [peer({ instances })] }),
    });
    return nodeOf(input, 'gw2').differs;
  };
  const sections = (hash: string) => [
    { path: 'checks', hash },
    { path: 'nodes', hash: '5' },
  ];

  it('are the parts that hash differently, before the fields of instances, before the file as a whole', () => {
    const [ours, theirs] = [
      { revision: 'a', sections: sections('1') },
      { revision: 'b', sections: sections('2') },
    ];
    expect(differing(ours, theirs, ['pool4'])).toEqual(['checks']);
    expect(differing({ revision: 'a' }, { revision: 'b' }, ['pool4', 'instance'])).toEqual([
      'internet.pool4',
      'internet',
    ]);
    expect(differing({ revision: 'a' }, { revision: 'b' })).toEqual(['cluster file']);
  });

  it('is nothing where the files are equal, whatever the hashes were before', () => {
    const [ours, theirs] = [
      { revision: 'a', sections: sections('1') },
      { revision: 'a', sections: sections('2') },
    ];
    expect(differing(ours, theirs)).toEqual([]);
    expect(differing({ revision: 'a' }, { revision: '' })).toEqual([]);
  });
});

describe('an instance in the status', () => {
  it('has the sessions of all its replicas, and its slices by their ports', () => {
    const place = { entry: 0, address: 0xc000_0200, addresses: 16, protocol: 'udp' } as const;
    const input = healthyInput({
      instances: [
        instance({
          replicas: [
            { slot: 2, sessions: 7, sync: 'inSync', yielded: 0 },
            { slot: 3, sessions: 30, sync: 'inSync', yielded: 0 },
          ],
          pool: [{ ...place, slot: 2, firstPort: 1024, ports: 100, size: 1600, used: 9 }],
        }),
      ],
    });
    const [internet] = buildStatus(input).instances;
    expect(internet?.replicaSessions).toBe(37);
    expect(internet?.pool).toEqual([
      { prefix: '192.0.2.0/28', protocol: 'udp', slot: 2, firstPort: 1024, lastPort: 1123, size: 1600, used: 9 },
    ]);
    expect(internet).not.toHaveProperty('replicas');
  });
});

describe('replication in the status', () => {
  it('is summed over links and peers, with the connections that were refused', () => {
    const status = buildStatus(
      healthyInput({
        replication: replication({
          framesQueued: 3,
          recordsRefused: 4,
          framesResent: 6,
          peers: [peer({ lost: 2 }), peer({ slot: 3, name: 'gw3', lost: 5 })],
          connectionsRefused: new Map([['tooMany', 8]]),
        }),
      }),
    );
    expect(status.replication).toEqual({
      sequence: 100,
      framesQueued: 3,
      recordsPublished: 1000,
      recordsRefused: 4,
      framesResent: 6,
      duplicatesDropped: 42,
      framesLost: 7,
      refusedSlot: false,
      rival: false,
      connectionsRefused: [{ name: 'tooMany', kind: 'refused', value: 8, help: 'too many connections' }],
    });
  });

  it('has of a link what it carries and refuses, and its MTU where that is known', () => {
    const [plain, narrow] = buildStatus(
      healthyInput({
        replication: replication({
          links: [
            link('ring0', { forwarded: 4, sendFailures: 2 }),
            link('ring1', { mtu: 1500, pathMtu: 1400, problem: 'narrow', refused: { ...noRefusals(), seal: 2 } }),
          ],
        }),
      }),
    ).links;
    expect(plain).toMatchObject({ name: 'ring0', health: 'ok', problem: '', framesIn: 50, framesOut: 100 });
    expect(plain).toMatchObject({ firstCopies: 30, forwarded: 4, sendFailures: 2, refused: 0, refusals: [] });
    expect(plain).toMatchObject({ mtu: 0, pathMtu: 0, stream: undefined });
    expect(narrow).toMatchObject({ mtu: 1500, pathMtu: 1400, problem: 'narrow', refused: 2 });
    expect(narrow?.refusals.map(({ name, kind }) => [name, kind])).toEqual([['seal', 'refused']]);
  });
});

describe('what is lost on the way out', () => {
  it('is counted for each sink of the NAT log by its reason', () => {
    const sink = { name: 'files', kind: 'file', target: '/var/log/isthmus', problem: '', losing: false } as const;
    const { natLog, problems } = buildStatus(
      healthyInput({
        natLog: [
          {
            ...sink,
            lines: 10,
            bytes: 800,
            waiting: 5,
            losses: [
              { reason: 'ring', lines: 1 },
              { reason: 'queue', lines: 2 },
              { reason: 'connection', lines: 3 },
            ],
          },
        ],
      }),
    );
    expect(natLog).toEqual([
      {
        ...sink,
        lines: 10,
        bytes: 800,
        waiting: 5,
        lost: [
          { name: 'ring', kind: 'lost', value: 1, help: 'events that found the queue of the worker full' },
          { name: 'queue', kind: 'lost', value: 2, help: 'lines that found the queue of the sink full' },
          { name: 'connection', kind: 'lost', value: 3, help: 'lines for which there was no connection' },
        ],
      },
    ]);
    expect(problems).toEqual([]);
  });

  it('is counted for each target of notifications', () => {
    const target = { name: 'pager', kind: 'webhook', failure: 'HTTP 500', delivered: 9, failedAttempts: 4, waiting: 1 };
    const { notify } = buildStatus(
      healthyInput({ notify: [{ ...target, kind: 'webhook', lostFromQueue: 5, lostAfterAttempts: 6 }] }),
    );
    expect(notify).toEqual([
      {
        ...target,
        lost: [
          { name: 'queue', kind: 'lost', value: 5, help: 'events of which more waited than may' },
          { name: 'attempts', kind: 'lost', value: 6, help: 'events of which all attempts failed' },
        ],
      },
    ]);
  });
});
