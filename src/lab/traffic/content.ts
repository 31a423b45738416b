import { createHash } from 'node:crypto';

/** Block size of the download's content, bytes. */
export const BLOCK = 16 * 1024;

/** Block `index` of the content sent by the lab's server: pseudo-random, and the same in every run. */
export function contentBlock(index: number): Buffer {
  const block = Buffer.allocUnsafe(BLOCK);
  let state = (index * 0x9e3779b9 + 1) >>> 0;
  for (let at = 0; at < BLOCK; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    block.writeInt32LE(state | 0, at);
  }
  return block;
}

/** SHA-256 of the first `blocks` blocks, in hexadecimal. */
export function contentSha256(blocks: number): string {
  const hash = createHash('sha256');
  for (let index = 0; index < blocks; index++) hash.update(contentBlock(index));
  return hash.digest('hex');
}
