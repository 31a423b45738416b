import { isSamePrefix, parseObject } from './frr-output.ts';

/*
 * Whether a neighbour was told a prefix and not told to forget it. bgpd of FRR 8.4 forgets that itself when the outbound
 * policy was changed a second before: its table is empty, and the router retains the route for ever. So a withdrawal by
 * prefix counts when bgpd advertises none of the prefixes any more, for the agent and for its guard. The guard loads
 * this file, so nothing here may need a package.
 */

/** What bgpd is asked of one neighbour and family, and the prefixes that must not be in the answer. */
export interface AdvertisedQuestion {
  readonly command: string;
  readonly prefixes: readonly string[];
}

/** A neighbour as bgpd last showed it. */
export interface ToldNeighbor {
  readonly peer: string;
  readonly families: readonly {
    readonly family: 'ipv4' | 'ipv6';
    /** Prefixes that it has been told, of whatever origin. */
    readonly told: number;
  }[];
}

/** A neighbour that is told more is not asked of: its whole table is not read. */
const MAX_TOLD = 1000;

/** Pure. */
export function advertisedQuestions(
  neighbors: readonly ToldNeighbor[],
  prefixes: readonly string[],
  vrf: string | undefined,
): AdvertisedQuestion[] {
  const bgp = vrf === undefined ? 'bgp' : `bgp vrf ${vrf}`;
  return neighbors.flatMap(({ peer, families }) =>
    families.flatMap(({ family, told }) => {
      const own = prefixes.filter((prefix) => prefix.includes(':') === (family === 'ipv6'));
      if (own.length === 0 || told > MAX_TOLD) return [];
      const command = `show ${bgp} ${family} unicast neighbors ${peer} advertised-routes json`;
      return [{ command, prefixes: own }];
    }),
  );
}

/** Those of the prefixes that the neighbour has been told and not been told to forget. @throws FrrOutputError */
export function stillAdvertised(output: string, { command, prefixes }: AdvertisedQuestion): string[] {
  const { advertisedRoutes } = parseObject(output, command);
  if (typeof advertisedRoutes !== 'object' || advertisedRoutes === null) return [];
  const told = Object.keys(advertisedRoutes);
  return prefixes.filter((prefix) => told.some((one) => isSamePrefix(one, prefix)));
}

/** @param show asks bgpd @throws FrrOutputError */
export async function isStillTold(
  questions: readonly AdvertisedQuestion[],
  show: (command: string) => Promise<string>,
): Promise<boolean> {
  for (const question of questions) {
    if (stillAdvertised(await show(question.command), question).length > 0) return true;
  }
  return false;
}
