import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readNodeConfig } from '../../../../src/agent/config/node-config.ts';
import { openCoordinator } from '../../../../src/agent/compose/open-coordinator.ts';

let directory: string;
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'isthmus-coordinator-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

it('says of each file that etcd needs what is wrong with it, before anybody is asked', async () => {
  const keys = `caFile: ${at('ca.crt')}, user: isthmus, passwordFile: ${at('password')}`;
  const coordinator = `coordinator: { kind: etcd, endpoints: ["127.0.0.1:1"], ${keys} }`;
  const text = `cluster: c\nsecretFile: ${at('key')}\n${coordinator}\nnodes: { gw1: { slot: 1 } }\n`;
  await writeFile(at('key'), 'a secret that is long enough', { mode: 0o600 });
  await writeFile(at('cluster.yaml'), text);
  const config = await readNodeConfig(at('cluster.yaml'), 'gw1');
  await expect(openCoordinator(config)).rejects.toThrow(`${at('ca.crt')}: it cannot be used as a certificate: ENOENT`);
  await writeFile(at('ca.crt'), 'no certificate');
  await expect(openCoordinator(config)).rejects.toThrow('it cannot be used as a certificate: ');
  const names = ['-subj', '/CN=ca', '-keyout', at('ca.key'), '-out', at('ca.crt')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...names], { stdio: 'ignore' });
  await writeFile(at('password'), 'of etcd', { mode: 0o644 });
  await expect(openCoordinator(config)).rejects.toThrow(`can be read by others; chmod 600 ${at('password')}`);
  await chmod(at('password'), 0o600);
  await (await openCoordinator(config)).stop();
});
