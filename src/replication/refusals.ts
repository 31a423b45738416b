/** Why a datagram was rejected before any of its content was used. */
export const REFUSALS = {
  truncated: 'shorter than header and seal',
  magic: 'not an Isthmus frame',
  version: 'another version of the protocol',
  cluster: 'from another cluster',
  key: 'sealed with an unknown key',
  seal: 'authentication failed: corrupted or forged',
  newEpoch: 'unproven epoch, beyond the rate limit of key derivation',
  slot: 'slot is not in the configuration',
  oldEpoch: 'from an earlier epoch of its sender',
  own: 'own frame, received back',
  sameSlot: 'another node uses our slot',
  tooOld: 'older than the anti-replay window',
  tooFar: 'sequence number too far ahead to be stored',
  unproven: 'log data of a sender whose epoch is not proven yet: normal for a moment after a node has started',
  body: 'authentic, but malformed',
  kind: 'unknown kind of frame',
} as const;
export type Refusal = keyof typeof REFUSALS;
/** A healthy cluster has these too, after each start of a node. */
export const ORDINARY_REFUSALS: ReadonlySet<string> = new Set<Refusal>(['unproven']);

export type RefusalCounts = Record<Refusal, number>;

export function noRefusals(): RefusalCounts {
  const counts = Object.fromEntries(Object.keys(REFUSALS).map((reason) => [reason, 0]));
  // it has just the keys of REFUSALS, which Object.keys forgets
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return counts as RefusalCounts;
}

export function isRefusal(reason: string): reason is Refusal {
  return Object.hasOwn(REFUSALS, reason);
}
