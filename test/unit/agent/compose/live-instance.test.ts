import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordKind } from '../../../../src/translator/nat64/records/session-record.ts';
import { LiveStand, SIZE, summary } from './live-stand.ts';

let stand: LiveStand;
beforeEach(() => {
  stand = new LiveStand();
});
afterEach(() => stand.remove());

/** Records of these kinds. */
function records(...kinds: number[]): Uint8Array {
  const all = new Uint8Array((kinds.length + 2) * SIZE);
  for (const [index, kind] of kinds.entries()) all[(index + 2) * SIZE] = kind;
  return all;
}

describe('records of other nodes', () => {
  const { create, update, refresh, delete: remove } = RecordKind;

  it('go to the worker as they come', () => {
    const live = stand.instance();
    expect(live.offerRecords(records(create, remove), 2 * SIZE, 2)).toBe(true);
    expect(stand.offered).toEqual([[create, remove]]);
    stand.hasRoom = false;
    expect(live.offerRecords(records(create), 2 * SIZE, 1)).toBe(false);
  });

  it.each([
    [[create, update, remove], []],
    [[create, refresh], [refresh]],
    [
      [update, remove, RecordKind.mark, create],
      [RecordKind.mark, create],
    ],
    [
      [refresh, create],
      [refresh, create],
    ],
  ])('are lost in a drill that loses changes, up to the first that is none: %j', (kinds, left) => {
    const live = stand.instance();
    live.loseChanges(true);
    expect(live.offerRecords(records(...kinds), 2 * SIZE, kinds.length)).toBe(true);
    expect(stand.offered).toEqual(left.length === 0 ? [] : [left]);
    live.loseChanges(false);
    stand.offered.length = 0;
    live.offerRecords(records(...kinds), 2 * SIZE, kinds.length);
    expect(stand.offered).toEqual([kinds]);
  });
});

describe('records of this node', () => {
  it('are seen by the standby of another program as they leave', () => {
    const live = stand.instance();
    const tap = vi.spyOn(live.foreign, 'tap');
    const out = new Uint8Array(10 * SIZE);
    expect(live.takeRecords(out, SIZE, 5)).toBe(3);
    expect(tap.mock.calls).toEqual([[out, SIZE, 3]]);
  });
});

describe('the other translator of an instance', () => {
  it('is heard once the instance runs, and not any more before it ends', async () => {
    const live = stand.instance();
    vi.spyOn(live.foreign, 'start').mockImplementation(() => void stand.calls.push('listen'));
    vi.spyOn(live.foreign, 'stop').mockImplementation(() => void stand.calls.push('deaf'));
    await live.start();
    await live.stop();
    expect(stand.calls).toEqual(['start', 'listen', 'deaf', 'stop']);
  });

  it('has the sessions of its own slot', () => {
    const live = stand.instance();
    stand.summary = summary({
      replicas: [
        { slot: 2, sessions: 9, sync: 'inSync', yielded: 0 },
        { slot: 63, sessions: 4, sync: 'unknown', yielded: 0 },
      ],
    });
    live.foreign.slot = 63;
    expect(live.foreignHeld).toBe(4);
    const status = vi.spyOn(live.foreign, 'status');
    live.snapshot();
    expect(status.mock.calls).toEqual([[4]]);
    live.foreign.slot = 7;
    expect(live.foreignHeld).toBe(0);
    live.snapshot();
    expect(status).toHaveBeenLastCalledWith(0);
  });

  it('sends and asks through the instance', () => {
    const more = `, export: { joold: { group: "ff08::1", port: 6400, interface: lo, format: "4.1.13" } }`;
    const live = stand.instance(more);
    live.foreign.exporting?.advertise();
    expect(stand.calls).toEqual(['snapshot of all']);
  });

  it('is configured anew with the file', () => {
    const live = stand.instance();
    expect(live.foreign.exporting).toBeUndefined();
    live.describe(
      stand.config(', export: { joold: { group: "ff08::1", port: 6400, interface: lo, format: "4.1.13" } }').cluster,
    );
    expect(live.foreign.exporting).toBeDefined();
  });
});

describe('what is shown of an instance', () => {
  it('is what it is, beside its limits and what the file says of it', () => {
    const live = stand.instance(', limits: { sessions: 5000, bibEntries: 3000 }, prefer: [gw1]');
    expect(live.snapshot()).toMatchObject({
      name: 'internet',
      state: 'running',
      tun: 'internet',
      tunOffloads: ['csum'],
      sessionLimit: 5000,
      bibLimit: 3000,
      stalledMs: 0,
      workerCpuMs: [],
      straySessions: 0,
      pool6: ['64:ff9b::/96'],
      preferredNodes: ['gw1'],
      adoption: undefined,
      exported: undefined,
    });
    live.describe(stand.config(', prefer: []').cluster);
    expect(live.snapshot().preferredNodes).toEqual([]);
    const { cluster } = stand.config();
    live.describe({ ...cluster, instances: {} });
    expect(live.snapshot()).toMatchObject({ pool6: [], preferredNodes: [] });
    expect(live.fastPathState).toBe('on up0');
  });

  it('has no limits without a table', () => {
    expect(stand.siit().snapshot()).toMatchObject({ sessionLimit: 0, bibLimit: 0 });
  });

  it('counts sessions outside of pool4 where there can be any', async () => {
    const live = stand.instance();
    stand.strays = 12;
    live.snapshot();
    await stand.settled();
    expect(live.snapshot().straySessions).toBe(12);
    expect(stand.queries).toBe(1);
    stand.summary = summary({ state: 'failed' });
    const failed = stand.instance();
    const servers = stand.siit();
    failed.snapshot();
    stand.summary = summary();
    servers.snapshot();
    await stand.settled();
    expect(stand.queries).toBe(1);
  });

  it('is for the checks its device, prefixes and state', async () => {
    const live = stand.instance();
    const checked = live.checked();
    expect(checked).toMatchObject({
      name: 'internet',
      namespace: 'nat64',
      tun: 'nat-internet',
      routes: ['64:ff9b::/96', '11.64.0.0/29'],
    });
    expect(checked.summary()).toEqual(live.summary());
    await checked.reconnect();
    expect(stand.calls).toEqual(['reconnect']);
  });

  it('is for those who explain packets its prefixes, and its clients if it is for certain ones', () => {
    expect(stand.instance().routing).toEqual({ routes: ['64:ff9b::/96', '11.64.0.0/29'], clients: [] });
    const steered = stand.instance(', clients: ["2001:db8:a::/48"]');
    expect(steered.routing.clients).toEqual(['2001:db8:a::/48']);
  });
});

describe('other options of a running instance', () => {
  it('are its options from then on; prefixes come and none goes', async () => {
    const live = stand.instance();
    stand.strays = 3;
    live.snapshot();
    await stand.settled();
    const options = { ...live.options, seed: 'another' };
    expect(await live.reconfigure(options, ['11.64.9.0/29', '64:ff9b::/96'])).toEqual([]);
    expect(live.options).toBe(options);
    expect(live.routing.routes).toEqual(['64:ff9b::/96', '11.64.0.0/29', '11.64.9.0/29']);
    // pool4 may be another one: what was counted of it is old.
    live.snapshot();
    await stand.settled();
    expect(stand.queries).toBe(2);
    await live.reconfigure(options);
    expect(live.routing.routes).toHaveLength(3);
  });

  it('are not, where the worker refuses them', async () => {
    const live = stand.instance();
    const before = live.options;
    stand.refuses = ['a limit is below what is in use'];
    expect(await live.reconfigure({ ...before }, ['11.64.9.0/29'])).toEqual(stand.refuses);
    expect(live.options).toBe(before);
    expect(live.routing.routes).toHaveLength(2);
  });
});
