import { type CaseGroup, GROUPS } from './cases.ts';
import { type GatewayFrr, hasStaticBfd, type Neighbor, type Routers } from './neighbor.ts';
import { caseName, type NeighborRow } from './result.ts';

/** Cases that one rig runs through. */
export interface Work {
  readonly gateway: GatewayFrr;
  readonly neighbor: Neighbor;
  readonly group: CaseGroup;
}

/**
 * All cases with each of these words in their name that have no good rows yet, by rig. Pure.
 * @param words parts of names
 * @param known rows of runs before
 * @param leftOut is told of each group that there is not
 */
export function planOf(
  { gateways, neighbors }: Routers,
  words: readonly string[],
  known: readonly NeighborRow[],
  leftOut: (reason: string) => void,
): Work[] {
  const done = new Set(known.filter(({ ok }) => ok).map(caseName));
  for (const one of known) if (!one.ok) done.delete(caseName(one));
  return gateways.flatMap((gateway) =>
    neighbors.flatMap((neighbor) =>
      GROUPS.flatMap((group) => {
        if (group.kind === 'static-bfd' && !hasStaticBfd(neighbor)) {
          if (gateway === gateways[0]) {
            leftOut(`${neighbor.name} static-bfd: FRR has no static routes with BFD before 8.5`);
          }
          return [];
        }
        const cases = group.cases.filter((one) => {
          const name = caseName({ gateway: gateway.name, neighbor: neighbor.name, ...one });
          return !done.has(name) && words.every((word) => name.includes(word));
        });
        return cases.length === 0 ? [] : [{ gateway, neighbor, group: { ...group, cases } }];
      }),
    ),
  );
}
