import { existsSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { asked, listed, StartStand, WITHIN } from './start-stand.ts';

const PAIR = 'nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }\n';
const ALONE = 'nodes: { gw1: { slot: 1 } }\n';
const INTERNET = `instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }
`;

let stand: StartStand;
beforeEach(() => {
  stand = new StartStand();
});
afterEach(() => stand.end());

describe('a node that has started', () => {
  it('serves, and shows its instances and checks', async () => {
    const node = await stand.start(ALONE + INTERNET);
    await vi.waitUntil(() => node.agent.status().nodes[0]?.state === 'active', WITHIN);
    const status = await node.handlers.getStatus();
    expect(status).toMatchObject({ cluster: 'campus', node: 'gw1', health: 'healthy' });
    expect(status.instances.map(({ name }) => name)).toEqual(['internet']);
    expect(status.checks.map(({ name }) => name)).toEqual([
      'worker internet',
      'tun internet',
      'translation internet',
      'pool4 internet',
      'default route nat64',
      'event loop',
      'memory',
      'guard',
      'state files',
    ]);
  });

  it('opens one view for each namespace before the checks look, and closes it after them', async () => {
    const node = await stand.start(ALONE + INTERNET);
    expect(stand.views[0]).toBe('opened');
    expect(stand.views).not.toContain('closed');
    await stand.stop(node);
    expect(stand.views.filter((what) => what === 'closed')).toHaveLength(1);
  });

  it('tells which slots there are', async () => {
    const node = await stand.start(PAIR);
    expect(await asked(node, 'takeSlice', { slot: 9 })).toEqual({
      done: false,
      code: 'request-invalid',
      text: 'no node has slot 9; the slots are 1 (gw1), 2 (gw2)',
    });
    expect((await asked(node, 'takeSlice', { slot: 1 })).code).not.toBe('request-invalid');
  });

  it('shows its file, versions and whether it takes part in drills', async () => {
    const node = await stand.start(ALONE);
    const shown = await node.handlers.getConfiguration();
    expect(shown).toMatchObject({
      file: stand.file,
      noDrill: 'the cluster file of gw1 does not allow drills (drills: { allowed: true })',
    });
    expect(shown.text).toContain('cluster: campus');
    expect(shown.versions.map((one) => one.of)).toEqual(['isthmus', 'Linux']);
  });

  it('knows the other nodes by name when it is to ask one', async () => {
    const node = await stand.start(PAIR);
    const ask = (other: string) => {
      const request = { node: other, method: 'GetStatus', message: new Uint8Array(), limitMs: 1000 };
      return listed(node.handlers.callPeer(request, new AbortController().signal, { user: 'ada' }));
    };
    await expect(ask('gw9')).rejects.toThrow('there is no node gw9; there are: gw1, gw2');
    await expect(ask('gw2')).rejects.toMatchObject({ code: 'node-unreachable' });
    expect(await ask('gw1')).toHaveLength(1);
  });

  it('refuses what none of its instances or upstreams can do', async () => {
    const node = await stand.start(ALONE + INTERNET);
    await expect(asked(node, 'loadForeign', { instance: '', rows: [] })).rejects.toThrow('no instance has the option');
    await expect(asked(node, 'changeAdoption', { instance: '', action: 'listen' })).rejects.toThrow('no instance has');
    expect((await asked(node, 'testWithdrawal', { upstream: 'core' })).text).toBe(
      'this node has no upstream core; it has none',
    );
    expect(await asked(node, 'release', {})).toMatchObject({ done: false, code: 'not-held' });
    await expect(asked(node, 'getStats', { instance: 'guests' })).rejects.toThrow('no instance guests');
    expect((await asked(node, 'getStats', { instance: 'internet' })).instances).toHaveLength(1);
  });

  it('records who has asked for a change', async () => {
    const node = await stand.start(ALONE);
    await asked(node, 'pause', { reason: 'new router' });
    const codes = new Set(['command-requested', 'node-paused']);
    expect(node.events.last(0).filter(({ code }) => codes.has(code))).toMatchObject([
      { code: 'command-requested', reason: 'requested by ada' },
      { code: 'node-paused', reason: 'new router' },
    ]);
  });
});

describe('what lasts over a restart of a node', () => {
  it('is a drain, until it is ended', async () => {
    const node = await stand.start(ALONE);
    expect(await asked(node, 'drain', { reason: 'new disk', force: false })).toMatchObject({ code: 'drain-refused' });
    await asked(node, 'drain', { reason: 'new disk', force: true });
    expect(existsSync(stand.places.drain)).toBe(true);
    await stand.stop(node);
    const again = await stand.start(ALONE);
    expect(again.agent.report.situation).toContain('drained by the operator: new disk');
    expect(await asked(again, 'undrain', {})).toMatchObject({ done: true });
    expect(existsSync(stand.places.drain)).toBe(false);
  });

  it('is a pause, until it is ended', async () => {
    const node = await stand.start(ALONE);
    await asked(node, 'pause', { reason: 'new router' });
    expect(existsSync(stand.places.pause)).toBe(true);
    await stand.stop(node);
    const again = await stand.start(ALONE);
    expect(await asked(again, 'resume', {})).toMatchObject({ done: true, code: 'node-resumed' });
    expect(existsSync(stand.places.pause)).toBe(false);
  });

  it('are its events', async () => {
    const node = await stand.start(ALONE);
    await stand.stop(node);
    const again = await stand.start(ALONE);
    const events = await listed(asked(again, 'listEvents', { last: 0, follow: false }));
    expect(events.filter(({ code }) => code === 'node-starting')).toHaveLength(2);
    expect(await listed(asked(again, 'listEvents', { last: 1, follow: false }))).toHaveLength(1);
  });

  it('are no events where they cannot be read, which is one', async () => {
    mkdirSync(stand.places.events);
    const node = await stand.start(ALONE);
    expect(node.events.last(0)[0]).toMatchObject({ code: 'events-unreadable', name: 'gw1' });
  });

  it('is the history of the status page', async () => {
    const node = await stand.start(ALONE);
    node.history.append('{"a":1}\n');
    await node.history.flush(5000);
    expect(node.history.path).toBe(stand.places.history);
    expect(existsSync(stand.places.history)).toBe(true);
  });
});

describe('events of a node', () => {
  it('come to who follows them, until he goes', async () => {
    const node = await stand.start(ALONE);
    const operator = new AbortController();
    const events = asked(node, 'listEvents', { last: 1, follow: true }, operator.signal)[Symbol.asyncIterator]();
    expect((await events.next()).value).toBeDefined();
    const next = events.next();
    await asked(node, 'pause', { reason: 'x' });
    expect((await next).value).toMatchObject({ code: 'command-requested' });
    operator.abort();
    await events.return?.();
  });
});

describe('a drill', () => {
  it('is refused where the file does not allow it', async () => {
    const node = await stand.start(ALONE);
    await expect(listed(asked(node, 'holdDrill', { run: 'r', drill: 'split' }))).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('steps the time of day of the events, and ends the agent', async () => {
    vi.stubEnv('INVOCATION_ID', '9f3c');
    onTestFinished(() => void vi.unstubAllEnvs());
    const node = await stand.start(`${ALONE}drills: { allowed: true }\n`);
    const operator = new AbortController();
    const beats = asked(node, 'holdDrill', { run: 'r', drill: 'split' }, operator.signal)[Symbol.asyncIterator]();
    await beats.next();
    const none = { run: 'r', link: '', direction: 'both', daemon: '', milliseconds: 0 };
    await asked(node, 'drillStep', { ...none, action: 'step-clock', milliseconds: 3_600_000 });
    const [event] = node.events.last(1);
    expect(Math.abs((event?.time ?? 0) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(await asked(node, 'drillStep', { ...none, action: 'restart' })).toMatchObject({ done: true });
    expect(await node.broken).toBe('drill split');
    operator.abort();
    await beats.next();
  });
});
