import { describe, expect, it } from 'vitest';
import type { SessionsRequest, TopReply } from '../../../../src/agent/control/messages.ts';
import { type InstanceTop, joinTop, readTopRequest } from '../../../../src/agent/tables/top-sessions.ts';
import { KEY_WORDS } from '../../../../src/translator/nat64/tables/heavy-groups.ts';
import { ROW_SUMS, type TopPage } from '../../../../src/translator/nat64/tables/top-walk.ts';

const SESSIONS: SessionsRequest = {
  instance: '',
  protocol: '',
  client: '',
  pool4: '',
  remote: '',
  owner: 0,
  limit: 10,
  countOnly: false,
  outsidePool4: false,
  sort: '',
};

/** Sessions, opened by clients, packets, bytes, ports, opened from outside, age of the oldest in seconds, error. */
type Sums = readonly [number, number, number, number, number, number, number, number];
/** The last word of a client's address, and its figures. */
type Row = readonly [client: number, sums: Sums];

function page(rows: readonly Row[], totals: readonly number[], changes: Partial<TopPage> = {}): TopPage {
  const keys = new Uint32Array(KEY_WORDS * rows.length);
  const sums = new Float64Array(ROW_SUMS * rows.length);
  for (const [index, [client, figures]] of rows.entries()) {
    keys.set([0x2001_0db8, 0, 0, client], KEY_WORDS * index);
    sums.set(figures, ROW_SUMS * index);
  }
  return { keys, sums, totals, groups: rows.length, isApproximate: false, floor: 0, ...changes };
}

function top(sort: string, limit: number, answers: readonly InstanceTop[]): TopReply {
  const question = readTopRequest({ sessions: SESSIONS, by: 'clients', sort, prefixLength: 0 });
  return joinTop(question, answers, {
    limit,
    since: 7,
    checkers: new Map([['2001:db8::2', { node: 'gw1', own: true }]]),
  });
}

/** Client 1 is on both workers. */
const BOTH: InstanceTop = {
  instance: 'a',
  pages: [
    page(
      [
        [1, [10, 3, 100, 1000, 5, 2, 60, 0]],
        [2, [4, 4, 40, 9000, 4, 0, 500, 1]],
      ],
      [14, 7, 140, 10_000, 9, 2, 500],
    ),
    page(
      [
        [1, [6, 1, 60, 600, 6, 5, 90, 2]],
        [3, [1, 0, 9, 90, 1, 1, 5, 0]],
      ],
      [7, 1, 69, 690, 7, 6, 90],
    ),
  ],
};

describe('the largest groups of sessions', () => {
  it('have the figures of all workers', () => {
    const { rows, since, groups } = top('sessions', 10, [BOTH]);
    const place = { instance: 'a', protocol: '', port: 0 };
    expect(rows).toEqual([
      {
        ...place,
        address: '2001:db8::1',
        own: false,
        checkedBy: '',
        sessions: 16,
        newLastMinute: 11,
        newFromOutside: 7,
        oldestMs: 90_000,
        packets: 160,
        bytes: 1600,
        poolPorts: 11,
        excess: 2,
      },
      expect.objectContaining({
        ...place,
        address: '2001:db8::2',
        own: true,
        checkedBy: 'gw1',
        newLastMinute: 4,
        oldestMs: 500_000,
      }),
      expect.objectContaining({ ...place, address: '2001:db8::3', newLastMinute: 1, newFromOutside: 1 }),
    ]);
    expect([since, groups]).toEqual([7, 3]);
  });

  it('are beside the sum of all sessions, where those from outside are among the new ones', () => {
    expect(top('sessions', 1, [BOTH]).total).toEqual({
      instance: '',
      address: '',
      protocol: '',
      port: 0,
      own: false,
      checkedBy: '',
      sessions: 21,
      newLastMinute: 16,
      newFromOutside: 8,
      packets: 209,
      bytes: 10_690,
      poolPorts: 16,
      oldestMs: 500_000,
      excess: 0,
    });
  });

  it.each([
    ['sessions', [1, 2, 3]],
    ['new', [2, 1, 3]],
    ['in', [1, 3, 2]],
    ['packets', [1, 2, 3]],
    ['bytes', [2, 1, 3]],
    ['ports', [1, 2, 3]],
  ])('are in the order of %s, of which new ones are those that clients opened', (sort, order) => {
    const answer = {
      instance: 'a',
      pages: [
        page(
          [
            [1, [9, 3, 9, 5, 9, 9, 1, 0]],
            [2, [8, 4, 8, 9, 8, 0, 1, 0]],
          ],
          [],
        ),
      ],
    };
    const third = page([[3, [1, 1, 1, 1, 1, 2, 1, 0]]], []);
    const { rows } = top(sort, 10, [{ ...answer, pages: [...answer.pages, third] }]);
    expect(rows.map(({ address }) => Number(address.slice(-1)))).toEqual(order);
  });

  it('say how large what is not shown may be: the next group, or what a worker has not listed', () => {
    expect(top('sessions', 2, [BOTH])).toMatchObject({ largestHidden: 1, approximate: false });
    expect(top('sessions', 10, [BOTH]).largestHidden).toBe(0);
    const [one, two] = BOTH.pages;
    if (one === undefined || two === undefined) throw new Error('there are two workers');
    const cut = {
      instance: 'b',
      pages: [
        { ...one, floor: 3, groups: 9 },
        { ...two, floor: 2, isApproximate: true },
      ],
    };
    expect(top('sessions', 10, [cut])).toMatchObject({ largestHidden: 5, approximate: true, groups: 10 });
    expect(top('sessions', 10, [BOTH, cut]).rows.map(({ instance }) => instance)).toEqual([
      'a',
      'b',
      'a',
      'b',
      'a',
      'b',
    ]);
  });
});
