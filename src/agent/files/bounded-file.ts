import { appendFile, chmod, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Appends to a file that is renamed to `FILE.1` at `maxBytes`, replacing the previous one. */
export async function appendBounded(path: string, text: string, maxBytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const size = await sizeOf(path);
  if (size >= maxBytes) await rename(path, `${path}.1`);
  await appendFile(path, text, { mode: 0o600 });
  // Readable by the agent's group, also when no agent runs, regardless of the umask.
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
