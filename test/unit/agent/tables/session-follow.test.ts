import { describe, expect, it } from 'vitest';
import { type FollowedSource, followSessions } from '../../../../src/agent/tables/session-follow.ts';
import { EVERYTHING } from '../../../../src/translator/nat64/tables/table-filter.ts';
import { SessionFollowers } from '../../../../src/translator/nat64/tables/session-followers.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';

/** An instance with two shards. */
function source(name: string) {
  const shards = [emptyStore(), emptyStore()].map((store) => {
    const followers = new SessionFollowers(store);
    store.followers = followers;
    return { store, followers };
  });
  const left: number[] = [];
  const followed: FollowedSource = {
    name,
    follow: async (reader, filter) => shards.map(({ followers }) => followers.take(reader, filter, () => true, 5000)),
    unfollow: async (reader) => void left.push(reader),
  };
  const open = (shard: number, client: number, nowMs: number): void => {
    const { store } = shards[shard] ?? { store: emptyStore() };
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, client, 1, 0xc000_0201, 1024 + client);
    store.open(bib, 0xc633_6401, 53, 0, nowMs);
  };
  return { followed, open, left };
}

describe('a stream of sessions', () => {
  it('has those of all instances and shards by their time, waits when there are none, and ends with its reader', async () => {
    const [one, two] = [source('a'), source('b')];
    const stopper = new AbortController();
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      if (pauses !== 2) return;
      one.open(0, 1, 4000);
      one.open(1, 2, 3000);
      two.open(0, 3, 3500);
    };
    const world = { nodeOf: (slot: number) => `gw${slot}`, now: () => 1_000_000, pause };
    const replies = [];
    for await (const reply of followSessions([one.followed, two.followed], EVERYTHING, world, stopper.signal)) {
      replies.push(reply);
      stopper.abort();
    }
    expect(pauses).toBe(3);
    expect(replies).toHaveLength(1);
    expect(
      replies[0]?.changes.map(({ time, change, session }) => [time, change, session?.instance, session?.client]),
    ).toEqual([
      [998_000, 'created', 'a', '2001:db8::2'],
      [998_500, 'created', 'b', '2001:db8::3'],
      [999_000, 'created', 'a', '2001:db8::1'],
    ]);
    expect(replies[0]?.changes[0]?.session?.owner).toBe('gw1');
    expect([one.left.length, two.left.length]).toEqual([1, 1]);
  });

  it('says of each session whether it has begun or ended, and counts what it has missed', async () => {
    const store = emptyStore();
    const followers = new SessionFollowers(store);
    store.followers = followers;
    const followed: FollowedSource = {
      name: 'a',
      follow: async (reader, filter) => {
        const page = followers.take(reader, filter, () => true, 5000);
        return [page, { ...page, words: new Uint32Array(), skipped: 4 }];
      },
      unfollow: async () => undefined,
    };
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, 1, 1, 0xc000_0201, 1024);
    const before = store.open(bib, 0xc633_6401, 53, 0, 1000);
    const stopper = new AbortController();
    let pauses = 0;
    const pause = async (): Promise<void> => {
      if (pauses++ > 0) stopper.abort();
      store.open(bib, 0xc633_6402, 53, 0, 3000);
      store.end(before, 4000);
    };
    const world = { nodeOf: String, now: () => 1_000_000, pause };
    const replies = [];
    for await (const reply of followSessions([followed], EVERYTHING, world, stopper.signal)) replies.push(reply);
    expect(replies.map(({ skipped }) => skipped)).toEqual([4, 4]);
    expect(replies.flatMap(({ changes }) => changes).map(({ change, session }) => [change, session?.remote])).toEqual([
      ['created', '198.51.100.2'],
      ['ended', '198.51.100.1'],
    ]);
  });

  it('ends at once when the reader leaves', async () => {
    const { followed, left } = source('a');
    const stopper = new AbortController();
    const world = { nodeOf: String, now: Date.now };
    const stream = followSessions([followed], EVERYTHING, world, stopper.signal);
    setImmediate(() => stopper.abort());
    expect((await stream.next()).done).toBe(true);
    expect(left).toHaveLength(1);
  });

  it('ends with the error of a worker that is gone, and leaves the others', async () => {
    const [one, two] = [source('a'), source('b')];
    const gone = { ...two.followed, follow: () => Promise.reject(new Error('the worker is gone')) };
    const world = { nodeOf: String, now: Date.now };
    const stream = followSessions([one.followed, gone], EVERYTHING, world, new AbortController().signal);
    await expect(stream.next()).rejects.toThrow('the worker is gone');
    expect(one.left).toHaveLength(1);
  });
});
