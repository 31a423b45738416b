import { afterEach, describe, expect, it } from 'vitest';
import { ETCD } from '../../../../src/cluster/coordinator/etcd-calls.ts';
import { EtcdClient } from '../../../../src/cluster/coordinator/etcd-client.ts';

/** Nobody listens there. */
const ENDPOINTS = ['127.0.0.1:1', '127.0.0.1:2'];

describe('an etcd that cannot be reached', () => {
  const client = (): EtcdClient => (opened = new EtcdClient({ endpoints: ENDPOINTS, deadlineMs: 5000 }));
  let opened: EtcdClient | undefined;
  afterEach(() => opened?.close());

  it('is reported with the endpoint that was tried last, and what the system said', async () => {
    const reason = '127.0.0.1:2: connect ECONNREFUSED 127.0.0.1:2';
    await expect(client().call(ETCD.grant, { TTL: 10, ID: 0 })).rejects.toThrow(new RegExp(`^${reason}$`));
  });

  it('is reported with the endpoint of the stream, though the next one is tried from then on', async () => {
    const etcd = client();
    const reason = '127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1';
    await expect(etcd.exchange(ETCD.keepAlive, { ID: 1 })).rejects.toThrow(new RegExp(`^${reason}$`));
    expect(etcd.endpoint).toBe('127.0.0.1:2');
  });
});
