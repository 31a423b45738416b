import { openRegular, whyUnreadable } from './bounded-file.ts';
import { ConfigError } from './config-error.ts';

/** Bytes of a secret below which it is refused. */
const MIN_SECRET_BYTES = 16;
const MAX_SECRET_BYTES = 64 * 1024;

/**
 * Reads a cluster secret: the text of the file without white space at its ends. It must belong to its reader alone.
 * @throws ConfigError with the remedy
 */
export async function readSecretFile(file: string): Promise<Uint8Array> {
  const make = `make one with: (umask 077; openssl rand -hex 32 > ${file})`;
  const text = (await readPrivateFile(file, make)).toString('utf8');
  const secret = Buffer.from(text.trim());
  if (secret.length >= MIN_SECRET_BYTES) return secret;
  throw refusal(file, `a secret of ${secret.length} bytes`, `at least ${MIN_SECRET_BYTES} are needed: ${make}`);
}

/**
 * Reads a file that only its owner may read: a secret, a password, a key. At most 64 KiB.
 * @param make how to make one, for whoever has none
 * @throws ConfigError with the remedy
 */
export async function readPrivateFile(file: string, make = 'name a file that is there'): Promise<Buffer> {
  let handle;
  try {
    handle = await openRegular(file);
  } catch (error) {
    throw refusal(file, `the secret cannot be read: ${whyUnreadable(error)}`, make);
  }
  try {
    const { mode, size } = await handle.stat();
    if ((mode & 0o077) !== 0) throw refusal(file, 'the secret can be read by others', `chmod 600 ${file}`);
    if (size > MAX_SECRET_BYTES) throw refusal(file, `a secret of ${size} bytes`, `${MAX_SECRET_BYTES} are the most`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function refusal(file: string, what: string, remedy: string): ConfigError {
  return new ConfigError([{ file, line: 1, column: 1, path: '', what, remedy }]);
}
