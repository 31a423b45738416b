import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTlsAuthority } from '../../../src/cluster/tls-authority.ts';
import { readTlsFiles, type TlsPaths } from '../../../src/cluster/tls-files.ts';

const YEAR_MS = 365 * 86_400_000;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-tls-'));
  await make(['gw1', 'gw2']);
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function make(nodes: readonly string[], force = false, place = directory): ReturnType<typeof makeTlsAuthority> {
  return makeTlsAuthority({ directory: place, cluster: 'campus', nodes, force });
}

function pathsOf(node: string, place = directory): TlsPaths {
  const file = (name: string): string => join(place, node, name);
  return { ca: file('ca.crt'), certificate: file('node.crt'), key: file('node.key') };
}

/** What TLS itself makes of both certificates: the names that the two ends see. */
async function meet(one: TlsPaths, other: TlsPaths): Promise<[unknown, unknown]> {
  const load = ({ ca, certificate, key }: TlsPaths) => {
    return { ca: readFileSync(ca), cert: readFileSync(certificate), key: readFileSync(key) };
  };
  const server = createServer({ ...load(one), requestCert: true, rejectUnauthorized: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  if (typeof place !== 'object' || place === null) throw new Error('no port');
  const accepted = once(server, 'secureConnection');
  const client = connect({ ...load(other), host: '127.0.0.1', port: place.port, servername: 'gw1' });
  try {
    const [[visitor]] = await Promise.all([accepted, once(client, 'secureConnect')]);
    return [client.getPeerCertificate().subject.CN, visitor.getPeerCertificate().subject.CN];
  } finally {
    client.destroy();
    server.close();
  }
}

describe('config init-tls', () => {
  it('makes certificates that TLS accepts on both sides, in files of their owner', async () => {
    expect(await meet(pathsOf('gw1'), pathsOf('gw2'))).toEqual(['gw1', 'gw2']);
    const files = ['ca.crt', 'ca.key', ...['gw1', 'gw2'].flatMap((node) => Object.values(pathsOf(node)))];
    for (const file of files) {
      const path = file.startsWith('/') ? file : join(directory, file);
      expect([file, statSync(path).mode & 0o777]).toEqual([file, 0o600]);
    }
    const text = execFileSync('openssl', ['verify', '-CAfile', join(directory, 'ca.crt'), pathsOf('gw2').certificate]);
    expect(text.toString()).toContain('OK');
  });

  it('leaves what is there, gives a new node its own, and makes all anew only when told', async () => {
    const before = readFileSync(pathsOf('gw1').certificate, 'utf8');
    expect(await make(['gw1', 'gw2', 'gw3'])).toMatchObject({ kept: ['gw1', 'gw2'], made: ['gw3'] });
    expect(readFileSync(pathsOf('gw1').certificate, 'utf8')).toBe(before);
    expect(await meet(pathsOf('gw1'), pathsOf('gw3'))).toEqual(['gw1', 'gw3']);
    rmSync(join(directory, 'ca.key'));
    await expect(make(['gw1', 'gw2'])).rejects.toThrow('--force');
    expect(await make(['gw1', 'gw2'], true)).toMatchObject({ kept: [], made: ['gw1', 'gw2'] });
    expect(readFileSync(pathsOf('gw1').certificate, 'utf8')).not.toBe(before);
  });
});

describe('the TLS files of a node', () => {
  const mistake = async (paths: TlsPaths, now = Date.now(), node = 'gw1'): Promise<string> => {
    try {
      await readTlsFiles(paths, node, now);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      expect(text.split('\n')).toHaveLength(1);
      return text;
    }
    return '';
  };

  it('are accepted as they are made', async () => {
    expect(await mistake(pathsOf('gw1'))).toBe('');
  });

  it('are refused, with one line that says why', async () => {
    const [one, two] = [pathsOf('gw1'), pathsOf('gw2')];
    const other = join(directory, 'other');
    await make(['gw1'], false, other);
    expect(await mistake(one, Date.now(), 'gw2')).toContain('it is the certificate of gw1, and this node is gw2');
    expect(await mistake(one, Date.now() + 6 * YEAR_MS)).toContain('it expired on');
    expect(await mistake(one, Date.now() - YEAR_MS)).toContain('it is valid only from');
    expect(await mistake({ ...one, key: two.key })).toContain('it is not the key of the certificate');
    expect(await mistake({ ...one, ca: pathsOf('gw1', other).ca })).toContain('it was not signed by the authority');
    expect(await mistake({ ...one, ca: one.certificate })).toContain('it is not the certificate of an authority');
    expect(await mistake({ ...one, ca: join(directory, 'none') })).toContain(
      'it cannot be read: there is no such file',
    );
    writeFileSync(two.certificate, 'nonsense');
    expect(await mistake(two)).toContain('it is not a certificate in PEM');
    writeFileSync(two.key, 'nonsense');
    expect(await mistake({ ...one, key: two.key })).toContain('it is not a private key in PEM');
    chmodSync(one.key, 0o640);
    expect(await mistake(one)).toContain(`the key can be read by others; chmod 600 ${one.key}`);
  });
});
