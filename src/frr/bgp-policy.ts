import { createHash } from 'node:crypto';
import type { Announced } from './announcer.ts';
import type { AddressFamily, BgpPrefixOptions } from './bgp-options.ts';
import { familyOf } from './bgp-options.ts';

/*
 * The preference of a prefix is set by the neighbour's outbound policy: `neighbor … route-map NAME out`. The route map
 * of an existing `network` statement is never changed: bgpd of FRR 10.3 crashes on that
 * (docs/decisions/0080-bgp-strength-by-outbound-policy.md).
 *
 * A map's name encodes its whole content, so that a map in use is never changed (FRR would apply that only after its
 * delay timer of 5 s), and reading back the name verifies everything:
 *
 *   ISTHMUS-FULL-1a2b3c4d-alone       prefixes and ranks with this digest; the neighbour is told nothing else
 *   ISTHMUS-BACKUP-1a2b3c4d/TO-CORE   what passes also has to pass TO-CORE, and so has everything else
 *   ISTHMUS-FULL-1a2b3c4d-open        everything else passes
 */

/** What happens to other routes of the neighbour; the operator's map has a name. */
export type OtherRoutes = 'alone' | 'open' | { readonly map: string };

export interface OutboundPolicy {
  /** With the preference of its rank, or lower than any other node that announces the prefix. */
  readonly strength: Announced;
  readonly digest: string;
  readonly others: OtherRoutes;
}

/** MED step per rank. Backups of all ranks come after. */
const MED_STEP = 100;
const BACKUP_MED = 10_000;
/** A router in another AS may compare the path length only, which precedes the MED. */
const MAX_PREPENDS = 8;
const BACKUP_PREPENDS = 4;
/** The last entry of a route map. */
const LAST_ENTRY = 65_535;
const NAME = /^ISTHMUS-(FULL|BACKUP)-([0-9a-f]{8})(?:-(alone|open)|\/(.+))$/;

/** Digest of prefixes and ranks, and of everything else that a map's entries depend on. */
export function policyDigest(asn: number, prefixes: readonly BgpPrefixOptions[]): string {
  const lines = prefixes.map(({ prefix, rank }) => `${rank} ${prefix}`).toSorted();
  const constants = [asn, MED_STEP, BACKUP_MED, MAX_PREPENDS, BACKUP_PREPENDS];
  return createHash('sha256')
    .update([constants.join(' '), ...lines].join('\n'))
    .digest('hex')
    .slice(0, 8);
}

export function policyName({ strength, digest, others }: OutboundPolicy): string {
  const end = typeof others === 'string' ? `-${others}` : `/${others.map}`;
  return `ISTHMUS-${strength === 'backup' ? 'BACKUP' : 'FULL'}-${digest}${end}`;
}

/** The policy with this name; undefined: not one of ours. */
export function parsePolicyName(name: string): OutboundPolicy | undefined {
  const [, word, digest, others, map] = NAME.exec(name) ?? [];
  if (word === undefined || digest === undefined) return undefined;
  const strength = word === 'FULL' ? 'announced' : 'backup';
  if (others === 'alone' || others === 'open') return { strength, digest, others };
  return map === undefined ? undefined : { strength, digest, others: { map } };
}

/** Commands, in configuration mode, that create a policy's map and its lists. Idempotent. */
export function policyCommands(asn: number, prefixes: readonly BgpPrefixOptions[], policy: OutboundPolicy): string[] {
  const name = policyName(policy);
  const call = typeof policy.others === 'string' ? [] : [`call ${policy.others.map}`];
  const ranks = [...new Set(prefixes.map(({ rank }) => rank))].toSorted((one, other) => one - other);
  const commands = ranks.flatMap((rank) => listCommands(listName(policy.digest, rank), prefixes, rank));
  let entry = 0;
  for (const rank of ranks) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      if (!prefixes.some((one) => one.rank === rank && familyOf(one.prefix) === family)) continue;
      commands.push(
        `route-map ${name} permit ${(entry += 10)}`,
        `match ${listWord(family)} address prefix-list ${listName(policy.digest, rank)}`,
        ...setCommands(asn, rank, policy.strength),
        ...call,
        'exit',
      );
    }
  }
  const verdict = policy.others === 'alone' ? 'deny' : 'permit';
  return [...commands, `route-map ${name} ${verdict} ${LAST_ENTRY}`, ...call, 'exit'];
}

function listCommands(name: string, prefixes: readonly BgpPrefixOptions[], rank: number): string[] {
  return prefixes
    .filter((one) => one.rank === rank)
    .map(({ prefix }, index) => `${listWord(familyOf(prefix))} prefix-list ${name} seq ${index + 1} permit ${prefix}`);
}

function setCommands(asn: number, rank: number, strength: Announced): string[] {
  const prepends = Math.min(MAX_PREPENDS, rank + (strength === 'backup' ? BACKUP_PREPENDS : 0));
  const path = Array.from({ length: prepends }, () => asn).join(' ');
  return [
    `set metric ${rank * MED_STEP + (strength === 'backup' ? BACKUP_MED : 0)}`,
    ...(prepends > 0 ? [`set as-path prepend ${path}`] : []),
    // RFC 8326: a router that honours it prefers every other path before this one is withdrawn.
    ...(strength === 'backup' ? ['set community graceful-shutdown additive'] : []),
  ];
}

function listName(digest: string, rank: number): string {
  return `ISTHMUS-${digest}-${rank}`;
}

function listWord(family: AddressFamily): string {
  return family === 'ipv4' ? 'ip' : 'ipv6';
}
