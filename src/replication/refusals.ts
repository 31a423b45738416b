/** Why a datagram was refused before anything in it was believed. */
export const REFUSALS = {
  truncated: 'shorter than a header and a seal',
  magic: 'not a frame of ours',
  version: 'a frame of another version of the protocol',
  cluster: 'from another cluster',
  key: 'sealed with a key that is not accepted here',
  seal: 'changed on the way, or forged',
  newEpoch: 'of an epoch that nothing speaks for, more of them than keys are derived for',
  slot: 'from a slot that is not in the configuration',
  oldEpoch: 'from a former life of its sender',
  own: 'our own frame, come back',
  sameSlot: 'another node uses our slot',
  tooOld: 'behind the window of its stream',
  tooFar: 'further ahead than may be kept',
  unproven: 'part of a log whose sender has not yet shown that it is alive',
  body: 'authentic, but not readable',
  kind: 'of a kind that this version does not know',
} as const;
export type Refusal = keyof typeof REFUSALS;

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
