import { openRegular, remedyFor, whyUnreadable } from './bounded-file.ts';
import { ConfigError, WHOLE_FILE } from './config-error.ts';

/** Minimum length of a secret, bytes. */
const MIN_SECRET_BYTES = 16;
const MAX_SECRET_BYTES = 64 * 1024;

/**
 * Reads a cluster secret: the text of the file without white space at its ends. It must be readable by its owner only.
 * @throws ConfigError with the remedy
 */
export async function readSecretFile(file: string): Promise<Uint8Array> {
  // A second secret would make two clusters that reject each other: so copying is suggested first.
  const obtain = `copy it from another node; only for the first node of a cluster: isthmus config init-secret ${file}`;
  const text = (await readPrivateFile(file, obtain)).toString('utf8');
  const secret = Buffer.from(text.trim());
  if (secret.length >= MIN_SECRET_BYTES) return secret;
  const remedy = `at least ${MIN_SECRET_BYTES} are needed: copy the file whole from another node`;
  throw refusal(file, `a secret of ${secret.length} bytes`, remedy);
}

/**
 * Reads a file that only its owner may read: a secret, a password, a key. At most 64 KiB.
 * @param obtain how to obtain a missing one
 * @param called its name in messages
 * @throws ConfigError with the remedy
 */
export async function readPrivateFile(
  file: string,
  obtain = 'name a file that is there',
  called = 'secret',
): Promise<Buffer> {
  let handle;
  try {
    handle = await openRegular(file);
  } catch (error) {
    throw refusal(file, `the ${called} cannot be read: ${whyUnreadable(error)}`, remedyFor(error, obtain));
  }
  try {
    const { mode, size } = await handle.stat();
    if ((mode & 0o077) !== 0) throw refusal(file, `the ${called} can be read by others`, `chmod 600 ${file}`);
    if (size > MAX_SECRET_BYTES)
      throw refusal(file, `a ${called} of ${size} bytes`, `${MAX_SECRET_BYTES} are the most`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function refusal(file: string, what: string, remedy: string): ConfigError {
  return new ConfigError([{ file, ...WHOLE_FILE, path: '', what, remedy }]);
}
