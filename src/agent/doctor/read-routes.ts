import { z } from 'zod';
import { CommandError, ipJson, type RunCommand } from '../../linux/command.ts';

export type Family = 4 | 6;

/** A next hop of a default route. */
export interface DefaultRoute {
  readonly device: string;
  /** undefined: the destination is on-link. */
  readonly gateway: string | undefined;
  /** `ra`, `static`, `bgp`, `boot` … */
  readonly protocol: string;
  /** No carrier, or the next hop is dead. */
  readonly down: boolean;
}

const flags = z.array(z.string()).catch([]);
const hop = z.object({
  dev: z.string(),
  gateway: z.string().optional().catch(undefined),
  via: z.object({ host: z.string() }).optional().catch(undefined),
  flags,
});
const route = z.object({ protocol: z.string().catch(''), flags, nexthops: z.array(z.unknown()).optional() });

/** @throws CommandError */
export async function readDefaultRoutes(
  run: RunCommand,
  family: Family,
  namespace: string | undefined,
): Promise<DefaultRoute[]> {
  const rows = await ipJson(run, [`-${family}`, 'route', 'show', 'default'], namespace);
  return rows.flatMap((row) => {
    const { data } = route.safeParse(row);
    if (data === undefined) return [];
    return (data.nexthops ?? [row]).flatMap((item) => {
      const found = hop.safeParse(item).data;
      if (found === undefined) return [];
      const { dev: device, gateway, via, flags: hopFlags } = found;
      const down = [...hopFlags, ...data.flags].some((flag) => flag === 'linkdown' || flag === 'dead');
      return [{ device, gateway: gateway ?? via?.host, protocol: data.protocol, down }];
    });
  });
}

/** Whether the kernel has a route to an address. */
export async function hasRoute(run: RunCommand, address: string, namespace: string | undefined): Promise<boolean> {
  try {
    return (await ipJson(run, ['route', 'get', address], namespace)).length > 0;
  } catch (error) {
    // Status 2: rejected by the kernel, "Network is unreachable".
    if (error instanceof CommandError && error.status === 2) return false;
    throw error;
  }
}

const neighbor = z.object({ dst: z.string(), state: z.array(z.string()).catch([]) });

/** The state of the kernel's neighbour entry (`REACHABLE`, `STALE`, `FAILED` …); undefined: there is none. */
export async function neighborState(
  run: RunCommand,
  { device, address }: { readonly device: string; readonly address: string },
  namespace: string | undefined,
): Promise<string | undefined> {
  const rows = await ipJson(run, ['neighbor', 'show', 'to', address, 'dev', device], namespace);
  const found = rows.map((row) => neighbor.safeParse(row).data).find((entry) => entry !== undefined);
  return found === undefined ? undefined : (found.state[0] ?? 'NONE');
}
