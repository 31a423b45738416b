import { isSamePrefix, parseObject } from './frr-output.ts';

/*
 * Whether prefixes are still advertised to a neighbour. bgpd of FRR 8.4 may drop a withdrawal when the outbound policy
 * was changed within the last second: its table is empty, but the router keeps the route forever. So a withdrawal by
 * prefix is verified against what bgpd advertises, by the agent and by its guard. The guard loads this file, so nothing
 * here may need a package.
 */

/** A query to bgpd about one neighbour and family, and the prefixes that must not be in the answer. */
export interface AdvertisedQuestion {
  readonly command: string;
  readonly prefixes: readonly string[];
}

/** A neighbour as last shown by bgpd. */
export interface AdvertisedNeighbor {
  readonly peer: string;
  readonly families: readonly {
    readonly family: 'ipv4' | 'ipv6';
    /** Number of advertised prefixes, of any origin. */
    readonly advertised: number;
  }[];
}

/** Neighbours with more advertised prefixes are not queried, because the whole table would have to be read. */
const MAX_ADVERTISED = 1000;

/** Pure. */
export function advertisedQuestions(
  neighbors: readonly AdvertisedNeighbor[],
  prefixes: readonly string[],
  vrf: string | undefined,
): AdvertisedQuestion[] {
  const bgp = vrf === undefined ? 'bgp' : `bgp vrf ${vrf}`;
  return neighbors.flatMap(({ peer, families }) =>
    families.flatMap(({ family, advertised }) => {
      const own = prefixes.filter((prefix) => prefix.includes(':') === (family === 'ipv6'));
      if (own.length === 0 || advertised > MAX_ADVERTISED) return [];
      const command = `show ${bgp} ${family} unicast neighbors ${peer} advertised-routes json`;
      return [{ command, prefixes: own }];
    }),
  );
}

/** Those of the prefixes that are still advertised to the neighbour. @throws FrrOutputError */
export function stillAdvertised(output: string, { command, prefixes }: AdvertisedQuestion): string[] {
  const { advertisedRoutes } = parseObject(output, command);
  if (typeof advertisedRoutes !== 'object' || advertisedRoutes === null) return [];
  const advertised = Object.keys(advertisedRoutes);
  return prefixes.filter((prefix) => advertised.some((one) => isSamePrefix(one, prefix)));
}

/** @param show runs a show command of bgpd @throws FrrOutputError */
export async function isStillAdvertised(
  questions: readonly AdvertisedQuestion[],
  show: (command: string) => Promise<string>,
): Promise<boolean> {
  for (const question of questions) {
    if (stillAdvertised(await show(question.command), question).length > 0) return true;
  }
  return false;
}
