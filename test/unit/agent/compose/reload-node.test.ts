import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NatLog } from '../../../../src/agent/nat-log/nat-log.ts';
import { asked, StartStand, WITHIN } from './start-stand.ts';

const ALONE = 'nodes: { gw1: { slot: 1 } }\n';
const INTERNET = `instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }
`;
const LABS = `  labs: { kind: siit, namespace: dmz, pool6: 2001:db8:47::/96, eam: [{ v6: 2001:db8:4::/120, v4: 203.0.113.0/24 }] }
`;

let stand: StartStand;
beforeEach(() => {
  stand = new StartStand();
});
afterEach(() => stand.end());

describe('a file that is read again while the node runs', () => {
  const names = (node: Awaited<ReturnType<StartStand['start']>>): string[] =>
    node.agent.status().checks.map(({ name }) => name);

  it('changes the checks, the log and the configuration that is shown', async () => {
    const node = await stand.start(ALONE + INTERNET);
    stand.write(`${ALONE}${INTERNET}logLevel: debug\nchecks: { memory: { effect: off }, worker: { effect: off } }\n`);
    expect(await asked(node, 'reload', { dryRun: true })).toMatchObject({ code: 'configuration-applicable' });
    expect(names(node)).toContain('memory');
    expect(await asked(node, 'reload', { dryRun: false })).toMatchObject({ done: true, code: 'configuration-applied' });
    await vi.waitUntil(() => !names(node).includes('worker internet'), WITHIN);
    expect(names(node)).not.toContain('memory');
    expect(stand.told).toEqual(['level debug', 'http']);
    expect((await node.handlers.getConfiguration()).text).toContain('logLevel: debug');
  });

  it('adds an instance, its checks and the view of its namespace', async () => {
    const node = await stand.start(ALONE + INTERNET);
    stand.write(ALONE + INTERNET + LABS);
    expect(await node.reload()).toMatchObject({ done: true, code: 'configuration-applied' });
    expect(node.agent.status().instances.map(({ name }) => name)).toEqual(['internet', 'labs']);
    expect(names(node)).toContain('tun labs');
    expect(names(node)).toContain('default route dmz');
    stand.write(ALONE + INTERNET);
    expect(await node.reload()).toMatchObject({ done: true });
    expect(names(node)).not.toContain('tun labs');
    await stand.stop(node);
    expect(stand.views.filter((what) => what === 'closed')).toHaveLength(2);
  });

  it('says who may take part in drills and who may ask', async () => {
    const node = await stand.start(ALONE);
    stand.write(`${ALONE}drills: { allowed: true }\n`);
    await node.reload();
    expect((await node.handlers.getConfiguration()).noDrill).toBe('');
  });

  it('sends events to another target', async () => {
    const node = await stand.start(ALONE);
    expect(node.notifications.status()).toEqual([]);
    stand.write(`${ALONE}notify: { ops: { kind: webhook, url: "http://127.0.0.1:1/x" } }\n`);
    expect(await node.reload()).toMatchObject({ done: true });
    expect(node.notifications.status().map(({ name }) => name)).toEqual(['ops']);
  });

  it('writes the NAT log elsewhere', async () => {
    const configured = vi.spyOn(NatLog.prototype, 'configure');
    const node = await stand.start(ALONE + INTERNET);
    configured.mockClear();
    stand.write(`${ALONE}${INTERNET}natLog: { sinks: { files: { kind: file } } }\n`);
    expect(await node.reload()).toMatchObject({ done: true });
    expect(configured.mock.calls.map(([settings]) => Object.keys(settings.config.sinks))).toEqual([['files']]);
  });
});
