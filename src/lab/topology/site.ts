import { Bird, birdConfig, type GatewayPath, type Steering } from '../routers/bird.ts';
import { bfddConfig, Frr } from '../routers/frr.ts';
import type { ReleaseTree } from '../releases/release-tree.ts';
import { startUnbound } from '../routers/unbound.ts';
import { ImpairedLink } from '../world/impaired-link.ts';
import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';
import { World } from '../world/world.ts';

/*
 *                                  ┌──up0── gw1 ─┐ ring0
 *   client6 ──lan6── router (BIRD,─┤              │
 *   (IPv6 only)      unbound)      ├──up0── gw2 ─┤ ring1 …
 *                       └──lan4── server4
 *
 * One router serves both sides. On a gateway up0 is in the data plane's namespace `nat64`, together with FRR and the
 * translator; the ring links are in its main one. Two gateways are joined by two plain links, ring0 to ring0 and ring1
 * to ring1; more form a ring, where ring1 of each leads to ring0 of the next.
 *
 * IPv4 addresses: 64:ff9b::/96 must not stand for addresses that are not global (RFC 6052 section 3.1), which rules out
 * the documentation and benchmark ranges. The lab uses a part of 11.0.0.0/8, which exists inside the world only.
 */
export const POOL6 = '64:ff9b::/96';
export const POOL4 = '11.64.0.0/29';
export const SERVER_NAME = 'server.lab';
export const SERVER4 = '11.4.0.80';
export const CLIENT6 = '2001:db8:6::6';
const ROUTER6 = '2001:db8:6::1';
export const ROUTER4 = '11.4.0.1';

/** The namespace and FRR pathspace of a gateway's data plane. */
export const DATA_PLANE = 'nat64';

export interface Gateway {
  readonly name: string;
  readonly slot: number;
  readonly machine: Machine;
  readonly frr: Frr;
  readonly path: GatewayPath;
  /** The router's addresses on the link to this gateway: its BFD peers. */
  readonly peer6: string;
  readonly peer4: string;
}

/** A site without the routing on its router. */
export interface SiteWithoutRouting {
  readonly world: World;
  readonly client6: Machine;
  readonly server4: Machine;
  readonly router: Machine;
  /** At least two, by slot. */
  readonly gateways: readonly Gateway[];
  /** With `faultyRing`: the links between two gateways, ring0 first. */
  readonly ringWires: readonly ImpairedLink[];
}

export interface Site extends SiteWithoutRouting {
  readonly bird: Bird;
}

/** Machines and links of a site. */
export interface WiringOptions {
  readonly gateways: number;
  /**
   * Whether the router prefers the first gateway, or balances over all: by addresses and ports, each direction
   * separately.
   */
  readonly mode: Steering['mode'];
  /** FRR of the gateways, of another Debian release; absent: the machine's own. */
  readonly gatewayFrr?: ReleaseTree | undefined;
  /** Whether the links between two gateways can be made to lose, duplicate and reorder frames. */
  readonly faultyRing?: boolean;
  /** How gateways are connected; absent: a ring. */
  readonly join?: ((world: World, gateways: readonly Machine[]) => Promise<void>) | undefined;
}

export interface SiteOptions extends WiringOptions {
  /** FRR is started by the caller (`startFrr`); otherwise it runs on every gateway. */
  readonly withoutFrr?: boolean;
  /** BIRD of the router, of another Debian release; absent: the machine's own. */
  readonly routerBird?: ReleaseTree | undefined;
  readonly prefixes6?: readonly string[];
  readonly prefixes4?: readonly string[];
  /** Routing of the router, in place of `mode` and the prefixes. */
  readonly steerings?: (paths: readonly GatewayPath[]) => readonly Steering[];
}

/** Builds a site with everything except the agents. The caller closes its world. */
export async function buildSite(options: SiteOptions): Promise<Site> {
  return buildWith(options, async (site) => {
    const [bird] = await Promise.all([
      startBird(site.router, site.gateways, options),
      ...(options.withoutFrr === true ? [] : site.gateways.map(startFrr)),
    ]);
    return { ...site, bird };
  });
}

/**
 * Builds the machines and links of a site, with a resolver, and its routing. The caller closes its world.
 * @param add adds the routing; its errors end the world
 */
export async function buildWith<Complete>(
  options: WiringOptions,
  add: (site: SiteWithoutRouting) => Promise<Complete>,
): Promise<Complete> {
  const world = await World.create();
  try {
    return await add(await wire(world, options));
  } catch (error) {
    const tails = world.tails();
    await world.close();
    throw new Error(`the lab could not be built: ${error instanceof Error ? error.message : String(error)}\n${tails}`, {
      cause: error,
    });
  }
}

async function wire(world: World, options: WiringOptions): Promise<SiteWithoutRouting> {
  const [client6, server4, router, ...machines] = await Promise.all([
    world.machine('client6'),
    world.machine('server4'),
    world.machine('router'),
    ...Array.from({ length: options.gateways }, (_, index) => world.machine(`gw${index + 1}`)),
  ]);
  await router.enableForwarding();
  const [gateways, ringWires] = await Promise.all([
    Promise.all(machines.map((machine, index) => addGateway(world, router, machine, index + 1, options))),
    joinGateways(world, machines, options),
    connectHosts(world, router, client6, server4),
    options.mode === 'ecmp' ? hashByPorts(router) : undefined,
  ]);
  await Promise.all([
    startUnbound(router, ROUTER6, { [SERVER_NAME]: SERVER4 }),
    client6.waitForCarrier('eth0'),
    ...gateways.map(({ machine }) => machine.waitForCarrier('up0', { namespace: DATA_PLANE })),
  ]);
  return { world, client6, server4, router, gateways, ringWires };
}

async function joinGateways(
  world: World,
  machines: readonly Machine[],
  { faultyRing: faulty, join }: WiringOptions,
): Promise<ImpairedLink[]> {
  if (faulty === true) return faultyRing(world, machines);
  await (join ?? connectRing)(world, machines);
  return [];
}

/**
 * Multipath routes hash by addresses and ports, so that the two directions of a connection often use different
 * gateways.
 */
async function hashByPorts(router: Machine): Promise<void> {
  const settings = ['ipv4', 'ipv6'].map((family) => `echo 1 >/proc/sys/net/${family}/fib_multipath_hash_policy`);
  await router.run(['sh', '-ec', settings.join('\n')]);
}

/** The gateway with this name. */
export function gatewayNamed(site: SiteWithoutRouting, name: string): Gateway {
  const found = site.gateways.find((gateway) => gateway.name === name);
  if (found === undefined) throw new Error(`the site has no gateway ${name}`);
  return found;
}

async function connectRing(world: World, machines: readonly Machine[]): Promise<void> {
  const links = machines.map((machine, index) => {
    const [here, there] = machines.length === 2 ? [`ring${index}`, `ring${index}`] : ['ring1', 'ring0'];
    const next = machines[(index + 1) % machines.length] ?? machine;
    return connect(world, { machine, interface: here }, { machine: next, interface: there });
  });
  await Promise.all(links);
}

async function faultyRing(world: World, machines: readonly Machine[]): Promise<ImpairedLink[]> {
  const [first, second, ...others] = machines;
  if (first === undefined || second === undefined || others.length > 0)
    throw new Error('a faulty ring has two gateways');
  const wires = ['ring0', 'ring1'].map((ring) => {
    const [a, b] = [
      { machine: first, interface: ring },
      { machine: second, interface: ring },
    ];
    return ImpairedLink.create(world, `${ring}-wire`, a, b);
  });
  return Promise.all(wires);
}

async function connectHosts(world: World, router: Machine, client6: Machine, server4: Machine): Promise<void> {
  await connect(
    world,
    { machine: router, interface: 'lan6', addresses: [`${ROUTER6}/64`] },
    { machine: client6, interface: 'eth0', addresses: [`${CLIENT6}/64`] },
  );
  await client6.ip([`route add default via ${ROUTER6}`, 'addr del 127.0.0.1/8 dev lo']);
  await client6.writeFile('/run/resolv.conf', `nameserver ${ROUTER6}\n`);
  await client6.run([
    'sh',
    '-ec',
    'mount --bind /run/resolv.conf "$(readlink -f /etc/resolv.conf || echo /etc/resolv.conf)"',
  ]);
  await connect(
    world,
    { machine: router, interface: 'lan4', addresses: [`${ROUTER4}/24`] },
    { machine: server4, interface: 'eth0', addresses: [`${SERVER4}/24`] },
  );
  await server4.ip([`route add default via ${ROUTER4}`]);
}

async function addGateway(
  world: World,
  router: Machine,
  machine: Machine,
  slot: number,
  { gatewayFrr }: WiringOptions,
): Promise<Gateway> {
  const net6 = `2001:db8:a${slot}::`;
  const net4 = `11.10.${slot}.`;
  const namespace = DATA_PLANE;
  await machine.addNamespace(namespace);
  await machine.enableForwarding({ namespace });
  await connect(
    world,
    { machine: router, interface: machine.name, addresses: [`${net6}1/64`, `${net4}1/24`] },
    { machine, interface: 'up0', addresses: [`${net6}2/64`, `${net4}2/24`], namespace },
  );
  await machine.ip([`route add default via ${net6}1`, `route add default via ${net4}1`], { namespace });
  return {
    name: machine.name,
    slot,
    machine,
    frr: new Frr(machine, namespace, { tree: gatewayFrr }),
    path: { interface: machine.name, gateway6: `${net6}2`, gateway4: `${net4}2` },
    peer6: `${net6}1`,
    peer4: `${net4}1`,
  };
}

async function startBird(router: Machine, gateways: readonly Gateway[], options: SiteOptions): Promise<Bird> {
  const { mode, prefixes6 = [POOL6], prefixes4 = [POOL4], steerings } = options;
  const paths = gateways.map(({ path }) => path);
  const config = birdConfig(ROUTER4, steerings?.(paths) ?? [{ prefixes6, prefixes4, paths, mode }]);
  return Bird.start(router, config, options.routerBird);
}

/** Starts zebra and bfdd in the gateway's data plane, with its BFD peers shut down. */
export async function startFrr(gateway: Gateway): Promise<void> {
  const { path, peer4, peer6 } = gateway;
  await gateway.machine.waitForCarrier('up0', { namespace: DATA_PLANE });
  const bfdd = bfddConfig([
    { peer: peer6, local: path.gateway6, interface: 'up0' },
    { peer: peer4, local: path.gateway4, interface: 'up0' },
  ]);
  await gateway.frr.start(
    new Map([
      ['zebra', 'frr defaults traditional\n'],
      ['bfdd', bfdd],
    ] as const),
  );
}
