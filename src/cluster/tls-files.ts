import { createPrivateKey, X509Certificate } from 'node:crypto';
import { openRegular, remedyFor, whyUnreadable } from './bounded-file.ts';
import { ConfigError, WHOLE_FILE } from './config-error.ts';
import { readPrivateFile } from './secret-file.ts';

/** Maximum size of a PEM file. */
const MAX_PEM_BYTES = 64 * 1024;

/** The files that the cluster file names under `replication.grpc`. */
export interface TlsPaths {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Their contents, as PEM. */
export interface TlsFiles {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/**
 * Reads a node's credentials, and checks that other nodes would accept them now.
 * @param now in ms since 1970
 * @throws ConfigError with one line that names the file and the remedy
 */
export async function readTlsFiles(paths: TlsPaths, node: string, now: number): Promise<TlsFiles> {
  const ca = await readPem(paths.ca, OBTAIN);
  const certificate = await readPem(paths.certificate, OBTAIN);
  const key = await readPrivateFile(paths.key, OBTAIN, 'key');
  const authority = parseCertificate(paths.ca, ca, now);
  if (!authority.ca) throw refusal(paths.ca, 'it is not the certificate of an authority', REMEDY);
  const own = parseCertificate(paths.certificate, certificate, now);
  const { CN } = own.toLegacyObject().subject;
  const name = typeof CN === 'string' ? CN : 'nobody';
  if (name !== node) {
    throw refusal(paths.certificate, `it is the certificate of ${name}, and this node is ${node}`, REMEDY);
  }
  if (!own.checkIssued(authority) || !own.verify(authority.publicKey)) {
    throw refusal(paths.certificate, `it was not signed by the authority in ${paths.ca}`, REMEDY);
  }
  let fits: boolean;
  try {
    fits = own.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw refusal(paths.key, 'it is not a private key in PEM', REMEDY);
  }
  if (!fits) throw refusal(paths.key, `it is not the key of the certificate in ${paths.certificate}`, REMEDY);
  return { ca, certificate, key };
}

const REMEDY = 'isthmus config init-tls makes all files of a cluster';
/** A second authority would make a node that the others reject: so copying is suggested first. */
const OBTAIN =
  "copy the node's files from where isthmus config init-tls made them; only for a cluster that has none: make them there";

function refusal(file: string, what: string, remedy: string): ConfigError {
  return new ConfigError([{ file, ...WHOLE_FILE, path: '', what, remedy }]);
}

/**
 * A PEM file, without restrictions on its permissions. At most 64 KiB.
 * @param obtain how to obtain a missing one
 * @throws ConfigError
 */
export async function readPem(file: string, obtain: string): Promise<Buffer> {
  let handle;
  try {
    handle = await openRegular(file);
  } catch (error) {
    throw refusal(file, `it cannot be read: ${whyUnreadable(error)}`, remedyFor(error, obtain));
  }
  try {
    const { size } = await handle.stat();
    if (size > MAX_PEM_BYTES) throw refusal(file, `${size} bytes`, `${MAX_PEM_BYTES} are the most`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function parseCertificate(file: string, pem: Buffer, now: number): X509Certificate {
  let certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw refusal(file, 'it is not a certificate in PEM', REMEDY);
  }
  const { validFrom, validTo } = certificate;
  if (now < Date.parse(validFrom)) throw refusal(file, `it is valid only from ${validFrom}`, 'check the clock');
  if (now > Date.parse(validTo)) throw refusal(file, `it expired on ${validTo}`, REMEDY);
  return certificate;
}
