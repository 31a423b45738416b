import type { Code } from '../codes.ts';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A file that is no configuration: too large, or none at all. The message says what it is. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  readonly code: Code = 'file-unusable';
}

/**
 * The text of a file of at most `maxBytes`; a device without end is not read any further.
 * @throws UnfitFileError, and what the system says when it cannot be read
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

/**
 * Why a file could not be read, in words for whoever named it; what the system says where that is the best there is.
 */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reason = 'code' in error && typeof error.code === 'string' ? REASONS[error.code] : undefined;
  return reason ?? error.message;
}

/**
 * What to do about a file that could not be read. One that may be there is never to be made anew.
 * @param obtain how to come by one that is not there
 */
export function remedyFor(error: unknown, obtain: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'it is not yours to read: run this as its owner, root';
  return obtain;
}

/**
 * Opens a file that must be one: a pipe that nobody writes to would be waited for. @throws UnfitFileError, and what the
 * system says
 */
export async function openRegular(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new UnfitFileError('it is not a file');
}
