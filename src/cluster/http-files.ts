import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { ConfigError, WHOLE_FILE } from './config-error.ts';
import type { HttpConfig } from './http-schema.ts';
import { readPrivateFile } from './secret-file.ts';
import { readPem } from './tls-files.ts';

/** Minimum length of a token, characters. */
const MIN_TOKEN = 16;

/** The contents of the files that the cluster file names under `http`. */
export interface HttpAccess {
  /** Absent: no TLS. PEM. */
  readonly tls?: {
    readonly certificate: string;
    readonly key: string;
    /** CA of client certificates; absent: client certificates are not requested. */
    readonly clientCa?: string;
  };
  /** Absent: no token is required. */
  readonly token?: string;
}

/**
 * Reads the credentials of the HTTP endpoint and of its clients. An expired certificate is accepted: clients notice it,
 * and a disabled endpoint would help nobody.
 * @throws ConfigError with one line that names the file and the remedy
 */
export async function readHttpAccess(http: HttpConfig | undefined): Promise<HttpAccess> {
  const { certificate, key, clientCa, tokenFile } = http ?? {};
  const token = tokenFile === undefined ? {} : { token: await readToken(tokenFile) };
  if (certificate === undefined || key === undefined) return token;
  const [own, secret] = [await readCertificate(certificate), await readPrivateFile(key, NAME, 'key')];
  const tls = { certificate: own.toString('utf8'), key: secret.toString('utf8') };
  checkPair(certificate, key, tls);
  if (clientCa === undefined) return { tls, ...token };
  const authority = (await readCertificate(clientCa)).toString('utf8');
  if (!new X509Certificate(authority).ca) {
    throw refusal(clientCa, 'it is not the certificate of an authority', 'name the one that signs those of clients');
  }
  return { tls: { ...tls, clientCa: authority }, ...token };
}

const NAME = 'name a file that is there';

async function readToken(file: string): Promise<string> {
  const make = `make one for this node: isthmus config init-secret ${file}`;
  const token = (await readPrivateFile(file, make, 'token')).toString('utf8').trim();
  if (token.length < MIN_TOKEN) {
    const remedy = `at least ${MIN_TOKEN} are needed, made at random, for example: openssl rand -hex 32`;
    throw refusal(file, `a token of ${token.length} characters`, remedy);
  }
  // RFC 6750 section 2.1: b64token, which needs no encoding.
  if (/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return token;
  const remedy = 'letters, digits and . _ ~ + / - are possible, and = at the end (RFC 6750), on one line';
  throw refusal(file, 'the token has characters that cannot be sent', remedy);
}

async function readCertificate(file: string): Promise<Buffer> {
  const pem = await readPem(file, NAME);
  try {
    void new X509Certificate(pem);
  } catch {
    throw refusal(file, 'it is not a certificate in PEM', 'PEM begins with -----BEGIN CERTIFICATE-----');
  }
  return pem;
}

function checkPair(
  certificateFile: string,
  keyFile: string,
  { certificate, key }: NonNullable<HttpAccess['tls']>,
): void {
  let fits: boolean;
  try {
    fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    throw refusal(keyFile, 'it is not a private key in PEM', 'PEM begins with -----BEGIN PRIVATE KEY-----');
  }
  if (!fits) {
    const remedy = "the certificate of the endpoint comes first in its file, its authority's after it";
    throw refusal(keyFile, `it is not the key of the certificate in ${certificateFile}`, remedy);
  }
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(
      certificateFile,
      `TLS does not take it: ${reason}`,
      'use a key of RSA of 2048 bits or more, or P-256',
    );
  }
}

function refusal(file: string, what: string, remedy: string): ConfigError {
  return new ConfigError([{ file, ...WHOLE_FILE, path: '', what, remedy }]);
}
