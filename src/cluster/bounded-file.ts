import type { Code } from '../codes.ts';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Not a usable file: too large, or not a regular file. The message states which. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  readonly code: Code = 'file-unusable';
}

/**
 * Reads the text of a file of at most `maxBytes`; an endless device is not read further.
 * @throws UnfitFileError, and the system's error when it cannot be read
 */
export async function readText(file: string, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream(file, { end: maxBytes })) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream without an encoding gives buffers
    const piece = chunk as Buffer;
    chunks.push(piece);
    bytes += piece.length;
  }
  if (bytes > maxBytes) throw new UnfitFileError(`it has more than ${maxBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not read it',
};

/** Why a file could not be read, in words for the operator; the system's message if there is nothing better. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reason = 'code' in error && typeof error.code === 'string' ? REASONS[error.code] : undefined;
  return reason ?? error.message;
}

/**
 * Advice for a file that could not be read. A file that may exist is never to be created anew.
 * @param obtain how to obtain a missing one
 */
export function remedyFor(error: unknown, obtain: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'it is not yours to read: run this as its owner, root';
  return obtain;
}

/** Opens a regular file; a pipe would block. @throws UnfitFileError, and the system's error */
export async function openRegular(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new UnfitFileError('it is not a file');
}
