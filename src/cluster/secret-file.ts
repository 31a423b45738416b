import { open } from 'node:fs/promises';
import { ConfigError } from './config-error.ts';

/** Bytes of a secret below which it is refused. */
const MIN_SECRET_BYTES = 16;
const MAX_SECRET_BYTES = 4096;

/**
 * Reads a cluster secret: the text of the file without white space at its ends. It must belong to its reader alone.
 * @throws ConfigError with the remedy
 */
export async function readSecretFile(file: string): Promise<Uint8Array> {
  const refuse = (what: string, remedy: string): ConfigError =>
    new ConfigError([{ file, line: 1, column: 1, path: '', what, remedy }]);
  const make = `make one with: (umask 077; openssl rand -hex 32 > ${file})`;
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw refuse(`the secret cannot be read: ${error instanceof Error ? error.message : String(error)}`, make);
  }
  try {
    const { mode, size } = await handle.stat();
    if ((mode & 0o077) !== 0) throw refuse('the secret can be read by others', `chmod 600 ${file}`);
    if (size > MAX_SECRET_BYTES) throw refuse(`a secret of ${size} bytes`, `${MAX_SECRET_BYTES} are the most`);
    const secret = Buffer.from((await handle.readFile('utf8')).trim());
    if (secret.length >= MIN_SECRET_BYTES) return secret;
    throw refuse(`a secret of ${secret.length} bytes`, `at least ${MIN_SECRET_BYTES} are needed: ${make}`);
  } finally {
    await handle.close();
  }
}
