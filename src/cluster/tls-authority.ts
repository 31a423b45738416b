import { generateKeyPairSync } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../linux/command.ts';

/** Twenty and five years, in days. */
const CA_DAYS = 7305;
const NODE_DAYS = 1826;

/**
 * Files created by `config init-tls`, all readable by their owner only:
 *
 *     DIR/ca.crt  DIR/ca.key          the authority; its key stays where it was made
 *     DIR/NODE/ca.crt node.crt node.key   what belongs on that node
 */
export interface TlsAuthority {
  readonly directory: string;
  /** Nodes with a new certificate, and nodes that had one. */
  readonly made: readonly string[];
  readonly kept: readonly string[];
}

export interface TlsRequest {
  readonly directory: string;
  readonly cluster: string;
  readonly nodes: readonly string[];
  /** Recreate everything, including the CA; otherwise existing files are kept. */
  readonly force: boolean;
}

/**
 * Creates a certificate authority for a cluster, and a key and certificate for each node, with the openssl command.
 * @throws when the directory cannot be written or openssl fails
 */
export async function makeTlsAuthority({ directory, cluster, nodes, force }: TlsRequest): Promise<TlsAuthority> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(join(directory, '.new-'));
  try {
    const ca = { certificate: join(directory, 'ca.crt'), key: join(directory, 'ca.key') };
    const haveCa = (await exists(ca.certificate)) && (await exists(ca.key));
    const fresh = force || !haveCa;
    if (fresh && !force && (await anyExists([ca.certificate, ca.key, ...nodes.map((name) => join(directory, name))]))) {
      throw new Error(`${directory} holds a part of an authority only; --force makes all of it anew`);
    }
    const maker = new CertificateMaker(scratch);
    if (fresh) await maker.authority(`isthmus cluster ${cluster}`, ca);
    const kept: string[] = [];
    const made: string[] = [];
    for (const name of nodes) {
      const place = join(directory, name);
      if (!fresh && (await exists(join(place, 'node.crt')))) {
        kept.push(name);
        continue;
      }
      await maker.node(name, place, ca);
      made.push(name);
    }
    return { directory, made, kept };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

class CertificateMaker {
  readonly #scratch: string;

  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  async authority(commonName: string, pair: Pair): Promise<void> {
    const extensions = [
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      'keyUsage=critical,keyCertSign,cRLSign',
      'subjectKeyIdentifier=hash',
    ];
    await this.#certificate(commonName, extensions, pair, CA_DAYS, []);
  }

  async node(name: string, place: string, ca: Pair): Promise<void> {
    await mkdir(place, { recursive: true, mode: 0o700 });
    const pair = { certificate: join(place, 'node.crt'), key: join(place, 'node.key') };
    const extensions = [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=serverAuth,clientAuth',
      `subjectAltName=DNS:${name}`,
      'subjectKeyIdentifier=hash',
      'authorityKeyIdentifier=keyid',
    ];
    const by = ['-CA', ca.certificate, '-CAkey', ca.key];
    await this.#certificate(name, extensions, pair, NODE_DAYS, by);
    await copyFile(ca.certificate, join(place, 'ca.crt'));
    await chmod(join(place, 'ca.crt'), 0o600);
  }

  /** @param by the signing authority; none: self-signed */
  async #certificate(
    commonName: string,
    extensions: readonly string[],
    { certificate, key }: Pair,
    days: number,
    by: readonly string[],
  ): Promise<void> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await rm(key, { force: true });
    await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    const request = join(this.#scratch, 'request.cnf');
    const lines = ['[req]', 'distinguished_name=dn', 'prompt=no', 'x509_extensions=ext', '[dn]', `CN=${commonName}`];
    await writeFile(request, [...lines, '[ext]', ...extensions, ''].join('\n'));
    const args = ['req', '-x509', '-new', '-sha256', '-config', request, '-key', key, '-days', String(days), ...by];
    await rm(certificate, { force: true });
    await runCommand(['openssl', ...args, '-out', certificate]);
    await chmod(certificate, 0o600);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

async function anyExists(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(exists))).includes(true);
}
