/**
 * A keyed 32-bit hash over 32-bit words, for tables whose keys can be chosen by an attacker: without the secret seed,
 * collisions cannot be provoked. Usage: start(seed), then word(hash, w) for each word, then finish(hash).
 */
export function word(hash: number, value: number): number {
  return mix(hash, spread(value));
}

/** The part of `word` that does not depend on the hash so far, for hashing one word under two seeds. */
export function spread(value: number): number {
  const k = Math.imul(value, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** The other part: `word(hash, value)` is `mix(hash, spread(value))`. */
export function mix(hash: number, spreadValue: number): number {
  const mixed = hash ^ spreadValue;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** @returns a signed 32-bit number, which the engine stores without boxing. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
