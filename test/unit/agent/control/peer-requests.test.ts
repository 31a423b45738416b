import { describe, expect, it } from 'vitest';
import { type Caller, describeCaller, userName } from '../../../../src/agent/control/caller.ts';
import { CHANGES, isChanging, isOfDrills, methodNamed } from '../../../../src/agent/control/changes.ts';
import type { OwnHandlers } from '../../../../src/agent/control/control-server.ts';
import { CONTROL } from '../../../../src/agent/control/control-service.ts';
import { v1 } from '../../../../src/agent/control/messages.ts';
import { PeerRequests } from '../../../../src/agent/control/peer-requests.ts';
import { CallError } from '../../../../src/replication/calls/call-limits.ts';
import type { PeerRequest } from '../../../../src/replication/calls/peer-calls.ts';
import { refusing } from './refusing-handlers.ts';

type Allowed = 'none' | 'reading' | 'changing';

const GOES_ON = new AbortController().signal;
const DONE = { done: true, code: 'node-draining', text: 'draining' };

/** gw1 of three nodes: whom it asks, and who asks it. */
class Bench {
  allowed: Allowed = 'reading';
  readonly callers: Caller[] = [];
  readonly asked: [slot: number, request: PeerRequest, limitMs: number][] = [];
  answers: (slot: number) => AsyncGenerator<Uint8Array> = async function* () {
    yield Buffer.from('reply');
  };
  readonly handlers: OwnHandlers = {
    ...refusing,
    getPool: async () => ({ entries: [] }),
    drain: async (_request, _stopped, caller) => {
      this.callers.push(caller);
      return DONE;
    },
    drillStep: async (_request, _stopped, caller) => {
      this.callers.push(caller);
      return DONE;
    },
    listBib: async function* () {
      yield { entries: [] };
      yield { entries: [] };
    },
  };
  readonly requests = new PeerRequests(
    {
      node: 'gw1',
      slots: new Map([
        ['gw1', 1],
        ['gw2', 2],
        ['gw3', 3],
      ]),
      allowed: () => this.allowed,
      ask: (slot, request, limitMs) => {
        this.asked.push([slot, request, limitMs]);
        return this.answers(slot);
      },
    },
    this.handlers,
  );

  answer(method: string, slot = 2, user = 'root', message = new Uint8Array()): Promise<Uint8Array[]> {
    return all(this.requests.answer(slot, { method, message, user }, GOES_ON));
  }

  async call(node: string, method: string, stopped = GOES_ON): Promise<string[]> {
    const request = { node, method, message: Buffer.from(''), limitMs: 700 };
    const replies = await all(this.requests.callPeer(request, stopped, { user: 'ann' }));
    return replies.map(({ message }) => Buffer.from(message).toString());
  }
}

async function all<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe('what another node asks', () => {
  it.each<[Allowed, string, boolean]>([
    ['none', 'GetPool', false],
    ['none', 'Drain', false],
    ['none', 'DrillStep', false],
    ['reading', 'GetPool', true],
    ['reading', 'Drain', false],
    ['reading', 'DrillStep', true],
    ['changing', 'GetPool', true],
    ['changing', 'Drain', true],
    ['changing', 'DrillStep', true],
  ])('with remoteCommands %s: %s, %s', async (allowed, method, permitted) => {
    const bench = new Bench();
    bench.allowed = allowed;
    if (permitted) expect(await bench.answer(method)).toHaveLength(1);
    else {
      await expect(bench.answer(method)).rejects.toMatchObject({
        code: 'not-allowed',
        message: `gw1 does not take that from other nodes: remoteCommands is ${allowed}`,
      });
      expect(bench.callers).toEqual([]);
    }
  });

  it('is done for the user of that node, whose name may be shown', async () => {
    const bench = new Bench();
    bench.allowed = 'changing';
    const [reply] = await bench.answer('Drain', 3, 'ann');
    expect(v1.Outcome.decode(reply)).toMatchObject(DONE);
    await bench.answer('Drain', 9, '\u001B[2J');
    expect(bench.callers).toEqual([
      { user: 'ann', node: 'gw3' },
      { user: '2J', node: 'slot 9' },
    ]);
  });

  it('is answered with each message of a stream', async () => {
    expect(await new Bench().answer('ListBib')).toHaveLength(2);
  });

  it('is refused where it cannot be read, or is of another release', async () => {
    const bench = new Bench();
    await expect(bench.answer('GetPool', 2, 'root', Buffer.from([0xff]))).rejects.toThrow('the request cannot be read');
    await expect(bench.answer('GetWeather')).rejects.toThrow('this release has no method "GetWeather"');
    await expect(bench.answer(`Get${'x'.repeat(50)}`)).rejects.toThrow(`no method "Get${'x'.repeat(37)}"`);
    await expect(bench.answer('CallPeer')).rejects.toThrow('this release has no method "CallPeer"');
  });
});

describe('what an operator asks of a node', () => {
  it('goes to that node, with his name and the time that he waits', async () => {
    const bench = new Bench();
    expect(await bench.call('gw3', 'GetPool')).toEqual(['reply']);
    expect(bench.asked).toEqual([[3, { method: 'GetPool', message: Buffer.from(''), user: 'ann' }, 700]]);
  });

  it('is done here where it is this one, whatever others may ask', async () => {
    const bench = new Bench();
    bench.allowed = 'none';
    const [reply = ''] = await bench.call('gw1', 'Drain');
    expect([v1.Outcome.decode(Buffer.from(reply)).text, bench.callers, bench.asked]).toEqual([
      'draining',
      [{ user: 'ann' }],
      [],
    ]);
  });

  it('is refused where there is no such node or method', async () => {
    const bench = new Bench();
    await expect(bench.call('gw9', 'GetPool')).rejects.toThrow('there is no node gw9; there are: gw1, gw2, gw3');
    await expect(bench.call('gw2', 'CallPeer')).rejects.toThrow('this release has no method');
    expect(bench.asked).toEqual([]);
  });

  it('fails with the name of the node, and its code', async () => {
    const bench = new Bench();
    // oxlint-disable-next-line require-yield -- a failure is all that there is
    bench.answers = async function* () {
      throw new CallError('node-busy', 'too much to do');
    };
    await expect(bench.call('gw2', 'GetPool')).rejects.toMatchObject({
      code: 'node-busy',
      message: 'node gw2: too much to do',
    });
    // oxlint-disable-next-line require-yield -- a failure is all that there is
    bench.answers = async function* () {
      throw new RangeError('a mistake of ours');
    };
    await expect(bench.call('gw2', 'GetPool')).rejects.toThrow(RangeError);
  });

  it('ends when he leaves, there too', async () => {
    const bench = new Bench();
    const stopper = new AbortController();
    let ended = false;
    bench.answers = async function* () {
      try {
        yield Buffer.from('first');
        stopper.abort();
        yield Buffer.from('second');
      } finally {
        ended = true;
      }
    };
    expect([await bench.call('gw2', 'ListBib', stopper.signal), ended]).toEqual([['first'], true]);
  });
});

describe('methods', () => {
  it('are known by their names in the schema', () => {
    expect([methodNamed('GetStatus'), methodNamed('DrillStep')]).toEqual(['getStatus', 'drillStep']);
    expect(() => methodNamed('getStatus')).toThrow('this release has no method "getStatus"');
  });

  it('change something, or only look: each that is new must be sorted in', () => {
    const names = Object.values(CONTROL).map(({ originalName }) => originalName ?? '');
    const looking = names.filter((name) => name !== 'CallPeer' && !isChanging(methodNamed(name)));
    expect(looking.toSorted().join(' ')).toBe(
      'Explain FollowSessions GetConfiguration GetDrops GetPool GetStats GetStatus ListBib ListEvents ListSessions SearchLog ' +
        'TopSessions',
    );
    expect(CHANGES.filter((name) => !isChanging(name))).toEqual([]);
    expect(CHANGES.filter(isOfDrills)).toEqual(['holdDrill', 'drillStep']);
  });
});

describe('the name of a user', () => {
  it.each([
    ['ann', 'ann'],
    ['ann.b+c@example.org_1-2', 'ann.b+c@example.org_1-2'],
    ['a b\n\u001B[1m', 'ab1m'],
    ['', 'unknown'],
    ['\u0007', 'unknown'],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('%j is shown as %s', (text, shown) => expect(userName(text)).toBe(shown));

  it('has the node with it where that is another one', () => {
    expect([describeCaller({ user: 'ann' }), describeCaller({ user: 'ann', node: 'gw2' })]).toEqual([
      'ann',
      'ann on gw2',
    ]);
  });
});
