import { type CaseGroup, GROUPS } from './cases.ts';
import { type GatewayFrr, hasStaticBfd, type Neighbor, type Routers } from './neighbor.ts';
import { caseName, type NeighborRow } from './result.ts';

/** Cases for one rig. */
export interface Work {
  readonly gateway: GatewayFrr;
  readonly neighbor: Neighbor;
  readonly group: CaseGroup;
}

/**
 * Cases whose name contains all of these words and that have no passing rows yet, by rig. Pure.
 * @param words parts of names
 * @param known rows of earlier runs
 * @param leftOut called for each unavailable group
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
