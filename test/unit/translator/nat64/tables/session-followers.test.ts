import { describe, expect, it } from 'vitest';
import { NatEventKind } from '../../../../../src/translator/nat64/nat-events.ts';
import { type FollowPage, SessionFollowers } from '../../../../../src/translator/nat64/tables/session-followers.ts';
import { EVERYTHING } from '../../../../../src/translator/nat64/tables/table-filter.ts';
import { sessionRows } from '../../../../../src/translator/nat64/tables/table-rows.ts';
import { emptyStore } from './filled-store.ts';

const REMOTE = 0xc633_6401;
const { sessionCreated, sessionEnded } = NatEventKind;

function followed() {
  const store = emptyStore();
  const followers = new SessionFollowers(store);
  store.followers = followers;
  let made = 0;
  const open = (remote = REMOTE, nowMs = 0): number => {
    made += 1;
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, made, 5000, 0xc000_0201, 1024 + made);
    return store.open(bib, remote, 53, 0, nowMs);
  };
  const take = (name: number, nowMs: number, filter = EVERYTHING): FollowPage =>
    followers.take(name, filter, () => true, nowMs);
  return { store, followers, open, take };
}

describe('followed sessions', () => {
  it('are told as they are made and end, with what they carried', () => {
    const { store, open, take } = followed();
    open();
    expect(take(1, 0)).toMatchObject({ skipped: 0, kinds: new Uint8Array(0) });
    const slot = open(REMOTE, 1000);
    store.traffic.count(slot, true, 70);
    store.end(slot, 3000);
    const page = take(1, 4000);
    expect([...page.kinds]).toEqual([sessionCreated, sessionEnded]);
    expect([...page.ages]).toEqual([3000, 1000]);
    const [made, ended] = sessionRows(page.words);
    expect(made).toMatchObject({ client: '2001:db8::2', pool4: '192.0.2.1', pool4Port: 1026, packetsOut: 0, ageMs: 0 });
    expect(ended).toMatchObject({ client: '2001:db8::2', packetsOut: 1, bytesOut: 70, ageMs: 2000 });
    expect(take(1, 4000).kinds).toHaveLength(0);
  });

  it('are those that match, of this node only', () => {
    const { store, open, take } = followed();
    const filter = { ...EVERYTHING, remote: REMOTE, remoteLength: 32 };
    take(1, 0, filter);
    take(2, 0);
    open(REMOTE + 1);
    open(REMOTE);
    const bib = store.entries.create(17, 0x2001_0db8, 0, 1, 1, 5000, 0xc000_0202, 2000);
    store.adopt(bib, REMOTE, 53, 2, false, 0);
    expect(sessionRows(take(1, 1, filter).words).map(({ remote }) => remote)).toEqual(['198.51.100.1']);
    expect(take(2, 1).kinds).toHaveLength(2);
  });

  it('are skipped and counted for a reader who does not ask, and for no other', () => {
    const { open, take } = followed();
    take(1, 0);
    take(2, 0);
    let read = 0;
    for (let index = 0; index < 1500; index++) {
      open();
      if (index % 500 === 499) read += take(2, 1).kinds.length;
    }
    expect(read).toBe(1500);
    const page = take(1, 1);
    expect([page.kinds.length, page.skipped]).toEqual([1024, 476]);
    expect(take(1, 1)).toMatchObject({ skipped: 0 });
  });

  it('are kept no longer than a minute for a reader who is gone, and for no more than eight', () => {
    const { followers, open, take } = followed();
    for (let name = 1; name <= 8; name++) take(name, name === 8 ? 1000 : 0);
    expect(() => take(9, 0)).toThrow('8 already follow the sessions of this instance; end one of them');
    open(REMOTE, 60_500);
    expect(followers.isEmpty).toBe(false);
    expect(take(8, 60_500).kinds).toHaveLength(1);
    expect(take(1, 60_500).kinds).toHaveLength(0);
    for (let name = 1; name <= 8; name++) followers.leave(name);
    expect(followers.isEmpty).toBe(true);
  });
});
