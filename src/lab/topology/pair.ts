import { Bird, birdConfig, type GatewayPath } from '../routers/bird.ts';
import { bfddConfig, Frr } from '../routers/frr.ts';
import { startUnbound } from '../routers/unbound.ts';
import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';
import { World } from '../world/world.ts';

/*
 *                                  ┌──up0── gw1 ──┐
 *   client6 ──lan6── router (BIRD,─┤         ║ ║  ring0, ring1
 *   (IPv6 only)      unbound)      └──up0── gw2 ──┘
 *                       └──lan4── server4
 *
 * On a gateway up0 stands in the data plane's namespace `nat64`, together with FRR and the translator; the ring links stand in its main one.
 *
 * IPv4 addresses: 64:ff9b::/96 must not stand for addresses that are not global (RFC 6052 section 3.1), which rules out the documentation and
 * benchmark ranges. The lab uses a part of 11.0.0.0/8, which exists inside the world only.
 */
export const POOL6 = '64:ff9b::/96';
export const POOL4 = '11.64.0.0/29';
export const SERVER_NAME = 'server.lab';
export const SERVER4 = '11.4.0.80';
export const CLIENT6 = '2001:db8:6::6';
const ROUTER6 = '2001:db8:6::1';
const ROUTER4 = '11.4.0.1';

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

export interface Pair {
  readonly world: World;
  readonly client6: Machine;
  readonly server4: Machine;
  readonly router: Machine;
  readonly bird: Bird;
  readonly gateways: readonly [Gateway, Gateway];
}

export const PAIR_PICTURE = `
                                        ┌── gw1 ──┐
   client6 ────────── router ───────────┤   ║ ║   │ ring0, ring1
   IPv6 only          BIRD: BFD, static │   ║ ║   │ (replication)
                      unbound: DNS64    └── gw2 ──┘
   server4 ──────────────┘`;

/** Builds the pair with everything but the agents. Whoever gets it closes its world. */
export async function buildPair(): Promise<Pair> {
  const world = await World.create();
  try {
    const [client6, server4, router, gw1, gw2] = await Promise.all(
      ['client6', 'server4', 'router', 'gw1', 'gw2'].map((name) => world.machine(name)),
    );
    if (!client6 || !server4 || !router || !gw1 || !gw2) throw new Error('a machine is missing');
    await router.enableForwarding();
    await connectHosts(world, router, client6, server4);
    const gateways: [Gateway, Gateway] = [
      await addGateway(world, router, gw1, 1),
      await addGateway(world, router, gw2, 2),
    ];
    for (const ring of ['ring0', 'ring1']) {
      await connect(world, { machine: gw1, interface: ring }, { machine: gw2, interface: ring });
    }
    const [bird] = await Promise.all([
      startRouter(router, gateways),
      ...gateways.map(startFrr),
      client6.waitForCarrier('eth0'),
    ]);
    return { world, client6, server4, router, bird, gateways };
  } catch (error) {
    const tails = world.tails();
    await world.close();
    throw new Error(`the lab could not be built: ${error instanceof Error ? error.message : String(error)}\n${tails}`, {
      cause: error,
    });
  }
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

async function addGateway(world: World, router: Machine, machine: Machine, slot: number): Promise<Gateway> {
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
    frr: new Frr(machine, namespace),
    path: { interface: machine.name, gateway6: `${net6}2`, gateway4: `${net4}2` },
    peer6: `${net6}1`,
    peer4: `${net4}1`,
  };
}

async function startRouter(router: Machine, gateways: readonly Gateway[]): Promise<Bird> {
  await startUnbound(router, ROUTER6, { [SERVER_NAME]: SERVER4 });
  const steering = {
    prefixes6: [POOL6],
    prefixes4: [POOL4],
    paths: gateways.map(({ path }) => path),
    mode: 'preferred',
  } as const;
  return Bird.start(router, birdConfig(ROUTER4, [steering]));
}

async function startFrr(gateway: Gateway): Promise<void> {
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
