import { readFile } from 'node:fs/promises';
import type { Coordinator } from '../cluster/coordinator/coordinator.ts';
import { EtcdClient } from '../cluster/coordinator/etcd-client.ts';
import { EtcdCoordinator } from '../cluster/coordinator/etcd-coordinator.ts';
import { StaticCoordinator } from '../cluster/coordinator/static-coordinator.ts';
import { readPrivateFile } from '../cluster/secret-file.ts';
import { systemClock } from '../replication/clock.ts';
import type { NodeConfig } from './node-config.ts';

/** One try at one member of etcd; a member that only falls silent is left after it. */
const DEADLINE_MS = 2000;

/** Changes nothing yet, and speaks to nobody. @throws ConfigError, and whatever reading the certificates says */
export async function openCoordinator({ cluster, node, slot }: NodeConfig): Promise<Coordinator> {
  const self = { cluster: cluster.cluster, slot, name: node };
  const { coordinator } = cluster;
  if (coordinator.kind === 'static') return new StaticCoordinator(self);
  const { endpoints, caFile, certificateFile, keyFile, user: name, passwordFile } = coordinator;
  const own =
    certificateFile === undefined || keyFile === undefined
      ? {}
      : { certificate: await readFile(certificateFile), key: await readPrivateFile(keyFile) };
  const tls = caFile === undefined ? {} : { tls: { ca: await readFile(caFile), ...own } };
  const user =
    name === undefined || passwordFile === undefined
      ? {}
      : { user: { name, password: (await readPrivateFile(passwordFile)).toString('utf8').trim() } };
  const client = new EtcdClient({ endpoints, deadlineMs: DEADLINE_MS, ...tls, ...user });
  return new EtcdCoordinator(self, client, systemClock);
}
