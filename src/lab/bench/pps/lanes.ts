import { join } from 'node:path';
import type { InstanceOptions, WorkerTuning } from '../../../dataplane/instance-options.ts';
import type { TranslatorOptions } from '../../../translator/options.ts';
import { instanceOptions, startTayga } from '../course.ts';
import { DIST } from '../../programs.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import { connect } from '../../world/link.ts';
import type { Machine } from '../../world/machine.ts';
import type { World } from '../../world/world.ts';
import type { Family, Stream } from './test-packets.ts';

/*
 * Each system has its own lane of three machines, so that they do not affect each other:
 *
 *     client ──eth0   in6── gateway ──out4   eth0── server
 *     2001:db8:c::2                                  2001:db8:5::2, 11.4.0.80
 *
 * Neighbour entries are permanent, checksums complete, and the interfaces use NAPI like network cards.
 */
export const SYSTEMS = ['kernel', 'masquerade', 'tayga', 'slow', 'fast', 'short', 'siit'] as const;
export type LaneSystem = (typeof SYSTEMS)[number];

export type Direction = '6to4' | '4to6';

export interface Lane {
  readonly system: LaneSystem;
  readonly client: Machine;
  readonly gateway: Machine;
  readonly server: Machine;
  /** For translators in user space: the process. */
  readonly translator?: { readonly process: LabProcess; readonly pid: number };
}

const CLIENT6 = '2001:db8:c::2';
const SERVER6 = '2001:db8:5::2';
const SERVER4 = '11.4.0.80';
const GATEWAY_OUT6 = '2001:db8:5::1';
const POOL4 = '11.64.0.2';
const TAYGA_CLIENT4 = '11.65.0.2';
const MAC = {
  client: '02:00:00:00:00:01',
  in6: '02:00:00:00:00:02',
  out4: '02:00:00:00:00:03',
  server: '02:00:00:00:00:04',
};
const FIRST_PORT = 10_000;
const SERVICE_PORT = 9;

const MASQUERADE = `table ip6 bench {
  chain after { type nat hook postrouting priority srcnat; oifname "out4" masquerade; }
}
`;

/** Destination of the client's packets for each system. */
const SERVER_THROUGH: Readonly<Record<LaneSystem, string>> = {
  kernel: SERVER6,
  masquerade: SERVER6,
  tayga: `2001:db8:64::${SERVER4}`,
  slow: `64:ff9b::${SERVER4}`,
  fast: `64:ff9b::${SERVER4}`,
  short: `64:ff9b::${SERVER4}`,
  siit: `64:ff9b::${SERVER4}`,
};

/** Destination of the server's packets for each system, to reach the client. */
const CLIENT_THROUGH: Readonly<Record<LaneSystem, string>> = {
  kernel: CLIENT6,
  masquerade: GATEWAY_OUT6,
  tayga: TAYGA_CLIENT4,
  slow: POOL4,
  fast: POOL4,
  short: POOL4,
  siit: POOL4,
};

/** Systems that change ports towards the server. */
export function changesPorts(system: LaneSystem): boolean {
  return system === 'masquerade' || system === 'slow' || system === 'fast';
}

/**
 * The packets from client to server, or back.
 * @param fresh number of further client addresses, each used for new sessions
 */
export function streamOf(system: LaneSystem, direction: Direction, fresh = 0): Stream {
  if (direction === '6to4') {
    // TAYGA has a single client; it has no session table, so all packets cost the same.
    const client = fresh === 0 || system === 'tayga' ? CLIENT6 : `2001:db8:c::1:${fresh.toString(16)}`;
    return {
      family: 6,
      sourceMac: MAC.client,
      destinationMac: MAC.in6,
      source: client,
      destination: SERVER_THROUGH[system],
      sourcePort: FIRST_PORT,
      destinationPort: SERVICE_PORT + fresh,
      varies: 'source',
    };
  }
  const destination = CLIENT_THROUGH[system];
  const family: Family = destination.includes(':') ? 6 : 4;
  return {
    family,
    sourceMac: MAC.server,
    destinationMac: MAC.out4,
    source: family === 6 ? SERVER6 : SERVER4,
    destination,
    sourcePort: SERVICE_PORT,
    destinationPort: FIRST_PORT,
    varies: 'destination',
  };
}

export async function buildLane(world: World, system: LaneSystem, tuning: WorkerTuning): Promise<Lane> {
  const [client, gateway, server] = [
    await world.machine(`${system}-client`),
    await world.machine(`${system}-gateway`),
    await world.machine(`${system}-server`),
  ];
  await connect(
    world,
    { machine: client, interface: 'eth0', addresses: [`${CLIENT6}/64`] },
    { machine: gateway, interface: 'in6', addresses: ['2001:db8:c::1/64'] },
  );
  await connect(
    world,
    { machine: gateway, interface: 'out4', addresses: [`${GATEWAY_OUT6}/64`, '11.4.0.1/24'] },
    { machine: server, interface: 'eth0', addresses: [`${SERVER6}/64`, `${SERVER4}/24`] },
  );
  await gateway.enableForwarding();
  await nameInterfaces(client, gateway, server);
  await client.ip(['route add default via 2001:db8:c::1']);
  await server.ip([`route add default via ${GATEWAY_OUT6}`, 'route add default via 11.4.0.1']);
  const lane = { system, client, gateway, server };
  if (system === 'masquerade') await gateway.run(['nft', '-f', '-'], { input: MASQUERADE });
  const process = await startTranslator(lane, tuning);
  return process === undefined ? lane : { ...lane, translator: { process, pid: await process.hostPid() } };
}

/** Assigns the addresses of streams to all interfaces, and neighbour entries to each other. */
async function nameInterfaces(client: Machine, gateway: Machine, server: Machine): Promise<void> {
  await client.ip([
    `link set eth0 address ${MAC.client}`,
    `neigh replace 2001:db8:c::1 lladdr ${MAC.in6} dev eth0 nud permanent`,
  ]);
  await gateway.ip([
    `link set in6 address ${MAC.in6}`,
    `link set out4 address ${MAC.out4}`,
    `neigh replace ${CLIENT6} lladdr ${MAC.client} dev in6 nud permanent`,
    `neigh replace ${SERVER6} lladdr ${MAC.server} dev out4 nud permanent`,
    `neigh replace ${SERVER4} lladdr ${MAC.server} dev out4 nud permanent`,
  ]);
  await server.ip([
    `link set eth0 address ${MAC.server}`,
    `neigh replace ${GATEWAY_OUT6} lladdr ${MAC.out4} dev eth0 nud permanent`,
    `neigh replace 11.4.0.1 lladdr ${MAC.out4} dev eth0 nud permanent`,
  ]);
  for (const [machine, name] of [
    [client, 'eth0'],
    [gateway, 'in6'],
    [gateway, 'out4'],
    [server, 'eth0'],
  ] as const) {
    await machine.run(['ethtool', '-K', name, 'gro', 'on', 'rx', 'off', 'tx', 'off']);
    await machine.waitForCarrier(name);
  }
}

async function startTranslator({ system, gateway }: Lane, tuning: WorkerTuning): Promise<LabProcess | undefined> {
  if (system === 'kernel' || system === 'masquerade') return undefined;
  if (system === 'tayga') return startTayga(gateway);
  const options = JSON.stringify(optionsOf(system, tuning));
  const isthmus = gateway.start('isthmus', [process.execPath, join(DIST, 'lab/bench/gateway-main.js'), options]);
  await isthmus.waitForLine(/^ready$/, 30_000);
  return isthmus;
}

/** Capacity of the fast path for all short sessions of a measurement: a full one would reject them at lower cost. */
const SHORT_FLOWS = 1_000_000;

function optionsOf(system: 'slow' | 'fast' | 'short' | 'siit', tuning: WorkerTuning): InstanceOptions {
  const usual = instanceOptions(tuning, system !== 'slow');
  const { fastPath } = usual;
  const roomy = system === 'short' && fastPath !== undefined;
  const options = roomy ? { ...usual, fastPath: { ...fastPath, flows: SHORT_FLOWS } } : usual;
  return { ...options, translator: system === 'siit' ? siit(options.translator) : nat64(options.translator) };
}

/** The client with permanent sessions has a static IPv4 address, so that the server knows its destination. */
function nat64(translator: TranslatorOptions): TranslatorOptions {
  if (translator.kind !== 'nat64') return translator;
  const ports = [1024, 65_535] as const;
  const protocols = ['tcp', 'udp', 'icmp'] as const;
  return {
    ...translator,
    pool4: [
      { prefix: `${POOL4}/32`, ports, protocols, clients: [`${CLIENT6}/128`] },
      { prefix: '11.64.1.0/28', ports, protocols, clients: [] },
    ],
  };
}

function siit(translator: TranslatorOptions): TranslatorOptions {
  return {
    ...translator,
    kind: 'siit',
    eam: [{ v4: `${POOL4}/32`, v6: `${CLIENT6}/128` }],
    eamHairpin: 'none',
    denylist4: [],
    rfc6791v4: [],
    rfc6791v6: [],
    rfc6791Choice: 'random',
    rfc6791Extension: false,
    zeroChecksumUdp: 'drop',
  };
}
