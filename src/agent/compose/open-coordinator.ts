import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError, WHOLE_FILE } from '../../cluster/config-error.ts';
import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import { StaticCoordinator } from '../../cluster/coordinator/static-coordinator.ts';
import { readPrivateFile } from '../../cluster/secret-file.ts';
import { systemClock } from '../../replication/clock.ts';
import type { NodeConfig } from '../config/node-config.ts';

/** Time limit of one attempt at one etcd member; an unresponsive one is then skipped. */
const DEADLINE_MS = 2000;

/** Has no side effects and opens no connection. @throws ConfigError if a required file cannot be used */
export async function openCoordinator({ cluster, node, slot }: NodeConfig): Promise<Coordinator> {
  const self = { cluster: cluster.cluster, slot, name: node };
  const { coordinator } = cluster;
  if (coordinator.kind === 'static') return new StaticCoordinator(self);
  const { endpoints, caFile, certificateFile, keyFile, user: name, passwordFile } = coordinator;
  const own =
    certificateFile === undefined || keyFile === undefined
      ? {}
      : { certificate: await readCertificate(certificateFile), key: await readPrivateFile(keyFile) };
  const tls = caFile === undefined ? {} : { tls: { ca: await readCertificate(caFile), ...own } };
  const user =
    name === undefined || passwordFile === undefined
      ? {}
      : { user: { name, password: (await readPrivateFile(passwordFile)).toString('utf8').trim() } };
  const { EtcdClient } = await import('../../cluster/coordinator/etcd-client.ts');
  const { EtcdCoordinator } = await import('../../cluster/coordinator/etcd-coordinator.ts');
  const client = new EtcdClient({ endpoints, deadlineMs: DEADLINE_MS, ...tls, ...user });
  return new EtcdCoordinator(self, client, systemClock);
}

/** @throws ConfigError */
async function readCertificate(file: string): Promise<Buffer> {
  let problem: unknown;
  try {
    const pem = await readFile(file);
    void new X509Certificate(pem);
    return pem;
  } catch (error) {
    problem = error;
  }
  const what = `it cannot be used as a certificate: ${problem instanceof Error ? problem.message : String(problem)}`;
  throw new ConfigError([{ file, ...WHOLE_FILE, path: '', what, remedy: 'name a certificate, PEM' }]);
}
