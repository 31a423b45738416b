import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { isLoopback } from '../../../src/cluster/http-address.ts';
import { readHttpAccess } from '../../../src/cluster/http-files.ts';
import { makeTlsAuthority } from '../../../src/cluster/tls-authority.ts';

const TLS = 'certificate: /etc/c.pem, key: /etc/k.pem';

/** What a cluster file with this address and this `http` is refused for. */
function mistake(address: string, http: string): string {
  const text = [
    'cluster: campus',
    'secretFile: /etc/isthmus/secret',
    `nodes: { gw1: { slot: 1, http: "${address}" } }`,
    http === '' ? '' : `http: { ${http} }`,
    '',
  ].join('\n');
  try {
    parseClusterText(text, 'cluster.yaml');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the address of the HTTP endpoint in the cluster file', () => {
  it.each([
    ['127.0.0.1:9464', ''],
    ['127.8.8.8:9464', ''],
    ['[::1]:9464', ''],
    ['localhost:9464', ''],
    ['192.0.2.1:9464', `${TLS}, tokenFile: /etc/token`],
    ['[2001:db8::1]:9464', `${TLS}, clientCa: /etc/ca.pem`],
    ['[::]:9464', 'insecure: true'],
  ])('%s is accepted with { %s }', (address, http) => expect(mistake(address, http)).toBe(''));

  it.each([
    ['192.0.2.1:9464', '', 'no TLS (certificate, key) and no authentication (tokenFile or clientCa)'],
    ['[::]:9464', TLS, 'has no authentication (tokenFile or clientCa); add'],
    ['0.0.0.0:9464', 'tokenFile: /etc/token', 'has no TLS (certificate, key); add'],
    ['[::ffff:192.0.2.1]:9464', '', 'has no TLS'],
    ['128.0.0.1:9464', '', 'listen at [::1]:9464, or set http: { insecure: true }'],
    ['127.0.0.1:9464', 'certificate: /etc/c.pem', 'certificate and key need each other'],
    ['127.0.0.1:9464', 'clientCa: /etc/ca.pem', 'certificates of clients are shown in TLS only'],
    ['gw1:9464', '', 'is no address with a port; write it like 127.0.0.1:9464'],
    ['2001:db8::1', '', 'is no address with a port'],
  ])('%s is refused with { %s }', (address, http, what) => expect(mistake(address, http)).toContain(what));

  it('is loopback only where nobody else reaches it', () => {
    expect(['127.0.0.1', '::1', '0:0::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['::', '::2', '0.0.0.0', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

describe('the files of the HTTP endpoint', () => {
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'isthmus-http-'));
    await makeTlsAuthority({ directory, cluster: 'campus', nodes: ['gw1', 'gw2'], force: false });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const at = (name: string): string => join(directory, name);
  const write = (text: string, mode = 0o600): string => {
    writeFileSync(at('token'), text, { mode });
    chmodSync(at('token'), mode);
    return at('token');
  };
  const why = async (http: Partial<Parameters<typeof readHttpAccess>[0]>): Promise<string> => {
    try {
      await readHttpAccess({ insecure: false, ...http });
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  it('are read as they are', async () => {
    const tokenFile = write(`${'a1'.repeat(16)}\n`);
    const http = { certificate: at('gw1/node.crt'), key: at('gw1/node.key'), clientCa: at('ca.crt'), tokenFile };
    const access = await readHttpAccess({ insecure: false, ...http });
    expect(access.token).toBe('a1'.repeat(16));
    expect(access.tls?.certificate).toContain('BEGIN CERTIFICATE');
    expect(access.tls?.clientCa).toContain('BEGIN CERTIFICATE');
    expect(await readHttpAccess(undefined)).toEqual({});
  });

  it('are refused, with what would be right', async () => {
    expect(await why({ tokenFile: at('none') })).toContain('isthmus config init-secret');
    expect(await why({ tokenFile: write('short') })).toContain('a token of 5 characters; at least 16 are needed');
    expect(await why({ tokenFile: write('two words that are long enough') })).toContain(
      'characters that cannot be sent',
    );
    expect(await why({ tokenFile: write('a1'.repeat(16), 0o644) })).toContain(
      'the token can be read by others; chmod 600',
    );
    const [certificate, key] = [at('gw1/node.crt'), at('gw1/node.key')];
    expect(await why({ certificate, key: at('gw2/node.key') })).toContain('it is not the key of the certificate in');
    expect(await why({ certificate, key: certificate })).toContain('it is not a private key in PEM');
    expect(await why({ certificate: key, key })).toContain('it is not a certificate in PEM');
    expect(await why({ certificate, key, clientCa: certificate })).toContain('not the certificate of an authority');
    expect(await why({ certificate, key: at('none') })).toContain('the key cannot be read: there is no such file');
  });
});
