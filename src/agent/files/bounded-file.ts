import { appendFile, chmod, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Appends to a file that becomes `FILE.1` when it has `maxBytes`; the `FILE.1` before it is dropped. */
export async function appendBounded(path: string, text: string, maxBytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const size = await sizeOf(path);
  if (size >= maxBytes) await rename(path, `${path}.1`);
  await appendFile(path, text, { mode: 0o600 });
  // The agent's group may look, also when no agent runs; whatever the umask says of other files.
  if (size === 0 || size >= maxBytes) await chmod(path, 0o640);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
