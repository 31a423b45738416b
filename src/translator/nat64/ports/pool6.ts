import type { EmbeddingPrefix } from '../../rfc6052.ts';

/** The pool6 prefix that contains the address at `at`. */
export function prefixOf(
  pool6: readonly EmbeddingPrefix[],
  bytes: Uint8Array,
  at: number,
): EmbeddingPrefix | undefined {
  for (let index = 0; index < pool6.length; index++) if (pool6[index].contains(bytes, at)) return pool6[index];
  return undefined;
}
