import { isIP } from 'node:net';
import { FAR } from '../health/default-route-probe.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { dataPlanes, type DoctorMachine, inSpace, spaceName } from './machine.ts';
import { type DefaultRoute, type Family, hasRoute, neighborState, readDefaultRoutes } from './read-routes.ts';

/** Timeout of the echo that makes the kernel resolve the next hop, milliseconds. */
const ECHO_MS = 1500;
const UNRESOLVED = new Set([undefined, 'FAILED', 'INCOMPLETE', 'NONE']);

/** A next hop and the state of its link. */
export interface NextHop {
  readonly route: DefaultRoute;
  /** No answer to echo, and no link-layer address. */
  readonly silent: boolean;
}

export interface RouteFacts {
  readonly namespace: string | undefined;
  readonly family: Family;
  readonly nextHops: readonly NextHop[];
  /** The kernel has any route to a remote address. */
  readonly leadsFar: boolean;
}

/** Routes of the data plane: both families need a route and a reachable next hop. */
export function routeExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const places = dataPlanes(config).flatMap((namespace) => [
      { namespace, family: 4 as const },
      { namespace, family: 6 as const },
    ]);
    const facts = await Promise.all(places.map(async (place) => readFacts(machine, place)));
    return facts.flatMap(judgeRoutes);
  };
  return { name: 'default routes', examine };
}

async function readFacts(
  machine: DoctorMachine,
  { namespace, family }: Pick<RouteFacts, 'namespace' | 'family'>,
): Promise<RouteFacts> {
  const routes = await readDefaultRoutes(machine.run, family, namespace);
  const leadsFar = routes.length > 0 || (await hasRoute(machine.run, FAR[family], namespace));
  const silent = await Promise.all(routes.map(async (route) => isSilent(machine, route, namespace)));
  const nextHops = routes.map((route, index) => ({ route, silent: silent[index] ?? false }));
  return { namespace, family, nextHops, leadsFar };
}

async function isSilent(
  machine: DoctorMachine,
  { device, gateway, down }: DefaultRoute,
  namespace: string | undefined,
): Promise<boolean> {
  if (down || gateway === undefined) return false;
  const target = isIP(gateway) === 6 && gateway.startsWith('fe80') ? `${gateway}%${device}` : gateway;
  try {
    await machine.ping(namespace, target, ECHO_MS);
    return false;
  } catch {
    // A router need not answer echo, but must answer the address resolution that the attempt triggered.
    return UNRESOLVED.has(await neighborState(machine.run, { device, address: gateway }, namespace));
  }
}

/** Pure. */
export function judgeRoutes({ namespace, family, nextHops, leadsFar }: RouteFacts): Diagnosis[] {
  const subject = spaceName(namespace);
  if (!leadsFar) {
    const what = family === 4 ? 'what is translated to IPv4 has nowhere to go' : 'no answer reaches the clients';
    return [
      {
        code: 'default-route-missing',
        severity: 'error',
        subject,
        evidence: `there is no IPv${family} default route: ${what}`,
        remedy: inSpace(namespace, `ip -${family} route add default via ROUTER dev INTERFACE`),
      },
    ];
  }
  return nextHops.flatMap(({ route: { device, gateway, down }, silent }) => {
    const hop = gateway === undefined ? device : `${gateway} (${device})`;
    const found = { code: 'next-hop-unreachable', severity: 'error', subject } as const;
    if (down) {
      const evidence = `the IPv${family} default route leads to ${hop}, which has no carrier`;
      return [{ ...found, evidence, remedy: `check cable, switch port and state of ${device}` }];
    }
    if (!silent) return [];
    const evidence = `the IPv${family} next hop ${hop} answers neither an echo nor ${family === 4 ? 'ARP' : 'neighbour solicitations'}`;
    return [{ ...found, evidence, remedy: 'correct the address of the router, the VLAN, or the interface' }];
  });
}
