import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Coordinator } from '../../../../src/cluster/coordinator/coordinator.ts';
import { EtcdClient, type EtcdOptions } from '../../../../src/cluster/coordinator/etcd-client.ts';
import { EtcdCoordinator } from '../../../../src/cluster/coordinator/etcd-coordinator.ts';
import { systemClock } from '../../../../src/replication/clock.ts';
import { begin, scenarios } from './scenarios.ts';
import { SecuredEtcd, USER } from './secured-etcd.ts';

const WITHIN = { timeout: 30_000, interval: 50 };

describe.runIf(existsSync('/usr/bin/etcd'))('etcd with TLS and a password', { timeout: 90_000 }, () => {
  const etcd = new SecuredEtcd();
  beforeAll(() => etcd.start());
  afterAll(() => etcd.stop());
  let number = 0;

  const fresh = (): string => `campus${(number += 1)}`;
  const files = () => ({ ca: etcd.read('ca.crt'), certificate: etcd.read('client.crt'), key: etcd.read('client.key') });

  function open(slot: number, cluster: string, changes: Partial<EtcdOptions> = {}): Promise<Coordinator> {
    const options = { endpoints: [etcd.endpoint], deadlineMs: 2000, tls: files(), user: USER, ...changes };
    return begin(new EtcdCoordinator({ cluster, slot, name: `gw${slot}` }, new EtcdClient(options), systemClock));
  }

  async function reached(coordinator: Coordinator): Promise<Coordinator> {
    await vi.waitFor(() => expect(coordinator.view().reachable).toBe(true), WITHIN);
    return coordinator;
  }

  scenarios(async (slot) => reached(await open(slot, fresh())));

  it('is not reachable with a wrong password, a wrong authority or no certificate, and says so', async () => {
    const { ca, ...own } = files();
    const wrong: Partial<EtcdOptions>[] = [
      { user: { ...USER, password: 'another one' } },
      { tls: { ca: etcd.read('stranger.crt'), ...own } },
      { tls: { ca } },
    ];
    const said = await Promise.all(wrong.map(async (changes) => (await open(1, fresh(), changes)).view()));
    expect(said.map(({ reachable }) => reachable)).toEqual([false, false, false]);
    expect(said[0]?.suspended).toMatch(/authentication failed, invalid user ID or password/);
    expect(said[1]?.suspended).toMatch(/certificate/);
  });

  it('knows a node again when its lease is lost, and when its token is', async () => {
    const cluster = fresh();
    const [one, two] = [await reached(await open(1, cluster)), await reached(await open(2, cluster))];
    await vi.waitFor(() => expect(two.view().members).toHaveLength(2), WITHIN);
    for (const lease of etcd.ctl('lease', 'list').split('\n').slice(1).filter(Boolean))
      etcd.ctl('lease', 'revoke', lease);
    expect(etcd.ctl('get', '--prefix', '--keys-only', `/isthmus/${cluster}/members/`).trim()).toBe('');
    await vi.waitFor(() => expect(one.view().members).toHaveLength(2), WITHIN);
    // Tokens live in the server's memory: after its restart nobody's is known.
    await etcd.kill();
    await vi.waitFor(() => expect(one.view().reachable).toBe(false), WITHIN);
    await etcd.run();
    await reached(one);
    expect(await one.takeSlice(3, false)).toMatchObject({ done: true });
    await vi.waitFor(() => expect(two.view().slices).toEqual([{ slot: 3, by: 1 }]), WITHIN);
  });

  it('goes on when the history is compacted', async () => {
    const cluster = fresh();
    const [one, two] = [await reached(await open(1, cluster)), await reached(await open(2, cluster))];
    for (const slot of [3, 4]) {
      const { header } = JSON.parse(etcd.ctl('get', 'nothing', '--write-out=json'));
      etcd.ctl('compact', String(header.revision));
      expect(await one.takeSlice(slot, false)).toMatchObject({ done: true });
      await vi.waitFor(() => expect(two.view().slices).toHaveLength(slot - 2), WITHIN);
    }
  });
});
