import { describe, expect, it } from 'vitest';
import { Joining, type JoiningPeer } from '../../../../src/agent/sessions/joining.ts';
import type { SyncState } from '../../../../src/translator/nat64/records/replica-sets.ts';

const gw2: JoiningPeer = { slot: 2, name: 'gw2', alive: true, known: true, lags: false, instances: ['internet'] };
const times = { listenMs: 1500, retryMs: 3000, longestRetryMs: 10_000 };

function synced(state: SyncState): () => SyncState {
  return () => state;
}

describe('joining', () => {
  it('listens before it believes that it is alone', () => {
    const joining = new Joining(1000, times);
    const peers = [{ ...gw2, alive: false }];
    expect(joining.step({ nowMs: 2499, peers, syncOf: synced('unknown') })).toMatchObject({
      complete: false,
      alone: true,
    });
    expect(joining.step({ nowMs: 2500, peers, syncOf: synced('unknown') })).toMatchObject({
      complete: true,
      alone: true,
      reason: 'no other node is alive',
    });
  });

  it('need not listen any longer when every peer is heard and in sync', () => {
    const joining = new Joining(0, times);
    expect(joining.step({ nowMs: 1, peers: [gw2], syncOf: synced('inSync') })).toMatchObject({
      complete: true,
      requests: [],
      reason: 'in sync with gw2',
    });
  });

  it('asks each live peer once for each instance, and again only after the retry time', () => {
    const joining = new Joining(0, times);
    const peers = [
      { ...gw2, instances: ['lower', 'upper'] },
      { ...gw2, slot: 3, name: 'gw3', alive: false },
    ];
    const step = (nowMs: number) => joining.step({ nowMs, peers, syncOf: synced('unknown') });
    expect(step(0).requests).toEqual([
      { instance: 'lower', slot: 2 },
      { instance: 'upper', slot: 2 },
    ]);
    expect(step(2999).requests).toEqual([]);
    expect(step(3000).requests).toHaveLength(2);
    expect(step(3001).complete).toBe(false);
  });

  it('asks at once again when the peer was started again', () => {
    const joining = new Joining(0, times);
    const step = (nowMs: number) => joining.step({ nowMs, peers: [gw2], syncOf: synced('unknown') });
    step(0);
    joining.forget(2);
    expect(step(1).requests).toEqual([{ instance: 'internet', slot: 2 }]);
  });

  it('asks no other peer again than the one that was started again', () => {
    const joining = new Joining(0, times);
    const peers = [gw2, { ...gw2, slot: 22, name: 'gw22' }];
    const step = (nowMs: number) => joining.step({ nowMs, peers, syncOf: synced('unknown') });
    expect(step(0).requests).toHaveLength(2);
    joining.forget(2);
    expect(step(1).requests).toEqual([{ instance: 'internet', slot: 2 }]);
  });

  it('waits for what a living peer says of its instances', () => {
    const joining = new Joining(0, times);
    const peers = [{ ...gw2, known: false, instances: [] }];
    const step = joining.step({ nowMs: 60_000, peers, syncOf: synced('unknown') });
    expect(step).toMatchObject({ complete: false, reason: 'waiting for gw2 to report its sessions' });
  });

  it('is not complete while a digest differs', () => {
    const joining = new Joining(0, times);
    const step = joining.step({ nowMs: 60_000, peers: [gw2], syncOf: synced('differs') });
    expect(step).toMatchObject({ complete: false, reason: 'waiting for the sessions of instance internet from gw2' });
  });

  it('asks ever more rarely while snapshots do not help', () => {
    const joining = new Joining(0, times);
    const asked: number[] = [];
    for (let nowMs = 0; nowMs <= 40_000; nowMs += 100) {
      const { requests } = joining.step({ nowMs, peers: [gw2], syncOf: synced('unknown') });
      if (requests.length > 0) asked.push(nowMs);
    }
    expect(asked).toEqual([0, 3000, 9000, 19_000, 29_000, 39_000]);
  });

  it('asks for what differs at once, but not while frames are missing that may put it right', () => {
    const joining = new Joining(0, times);
    const step = (nowMs: number, lags: boolean, sync: SyncState = 'differs') =>
      joining.step({ nowMs, peers: [{ ...gw2, lags }], syncOf: synced(sync) }).requests.length;
    expect([step(0, false, 'inSync'), step(100, true), step(200, true), step(300, false)]).toEqual([0, 0, 0, 1]);
  });

  it('asks no more often than that for what differs again soon after each snapshot, and at once after a time without', () => {
    const joining = new Joining(0, times);
    const step = (nowMs: number, sync: SyncState) =>
      joining.step({ nowMs, peers: [gw2], syncOf: synced(sync) }).requests.length;
    const asked: number[] = [];
    for (let nowMs = 0; nowMs < 20_000; nowMs += 100) {
      if (step(nowMs, nowMs % 300 === 0 ? 'differs' : 'inSync') > 0) asked.push(nowMs);
    }
    const gaps = asked.slice(1).map((at, index) => at - asked[index]);
    expect(asked.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3000);
    expect([step(40_000, 'inSync'), step(40_100, 'differs')]).toEqual([0, 1]);
  });
});
