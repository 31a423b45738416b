import type { Nat64Options } from '../options.ts';

/** Table sizes, and the prefix lengths that identify clients and networks. */
export const FIXED_LIMITS = [
  'sessions',
  'bibEntries',
  'clientPrefixLength',
  'networkPrefixLength',
  'fragmentsHeld',
] as const;

/** Changes that need a restart because sessions depend on them. @returns a sentence each */
export function restartReasons(before: Nat64Options, after: Nat64Options): string[] {
  const same = (key: keyof Nat64Options): boolean => JSON.stringify(before[key]) === JSON.stringify(after[key]);
  const reasons: string[] = [];
  if (!same('pool6')) reasons.push('pool6 needs a restart');
  const sizes = FIXED_LIMITS.filter((key) => before.limits[key] !== after.limits[key]);
  if (sizes.length > 0) reasons.push(`${sizes.join(', ')}: the tables have their size from the start`);
  if (!same('portBlockSize')) reasons.push('the size of port blocks needs a restart');
  if (!same('holdBackMs')) reasons.push('holding records back needs a restart');
  if (!same('deferMs')) reasons.push('waiting with first packets needs a restart');
  if (!same('slot') || !same('slots')) reasons.push('the slot needs a restart');
  if (!same('shard')) reasons.push('the number of shards needs a restart');
  const fixed = before.shard !== undefined;
  if (fixed && !same('pool4')) reasons.push('pool4 of an instance with shards needs a restart');
  if (fixed && !same('static')) reasons.push('static entries of an instance with shards need a restart');
  return reasons;
}
