import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSettings } from '../../agent/nat-log/log-messages.ts';
import { clusterSchema, withDerivedDefaults } from '../../cluster/schema.ts';
import { translatorOptionsFor } from '../../cluster/translator-options.ts';
import type { InstanceOptions, WorkerTuning } from '../../dataplane/instance-options.ts';
import type { Nat64Options, StaticBibEntry } from '../../translator/options.ts';
import { DIST } from '../programs.ts';
import type { LabProcess } from '../world/lab-process.ts';
import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';
import { World } from '../world/world.ts';

/*
 * The test set-up for all systems, over the same two links:
 *
 *     client6 ──eth0   in6── gateway ──out4   eth0── server4
 *     2001:db8:c::2          kernel, TAYGA, Isthmus   2001:db8:5::2, 11.4.0.80
 *
 * The destination address selects the system under test: the server's own IPv6 address is forwarded by the kernel, the
 * one inside TAYGA's prefix goes through TAYGA, the one inside 64:ff9b::/96 through Isthmus.
 */
export const SYSTEMS = ['kernel', 'tayga', 'isthmus'] as const;
export type System = (typeof SYSTEMS)[number];

const CLIENT6 = '2001:db8:c::2';
const SERVER6 = '2001:db8:5::2';
const SERVER4 = '11.4.0.80';
const TAYGA_PREFIX = '2001:db8:64::/96';
const TAYGA_CLIENT4 = '11.65.0.2';
const TAYGA_POOL4 = '11.65.0.0/24';
const POOL4 = '11.64.0.0/29';

/** The address under which the client reaches the server through each system. */
export const SERVER_THROUGH: Readonly<Record<System, string>> = {
  kernel: SERVER6,
  tayga: `2001:db8:64::${SERVER4}`,
  isthmus: `64:ff9b::${SERVER4}`,
};

/** Unused addresses behind the server, a /112; packets to them are dropped silently. */
export const CONNECTIONS_THROUGH: Readonly<Record<System, string>> = {
  kernel: '2001:db8:55::',
  tayga: '2001:db8:64::11.5.0.0',
  isthmus: '64:ff9b::11.5.0.0',
};

const TAYGA = '/usr/sbin/tayga';
const TAYGA_CONFIG = `tun-device tayga0
ipv4-addr 11.65.0.1
ipv6-addr 2001:db8:65::1
prefix ${TAYGA_PREFIX}
map ${TAYGA_CLIENT4} ${CLIENT6}
data-dir /run/tayga
`;

/** Options for starting Isthmus. */
export interface IsthmusMode {
  readonly fastPath?: boolean;
  /** Garbage collections are reported on its standard output. */
  readonly traceGc?: boolean;
  /** Sessions are logged to these sinks. */
  readonly natLog?: LogSettings;
  /** Replaces a running instance by one with an empty table. */
  readonly fresh?: boolean;
}

export interface Course {
  readonly world: World;
  readonly client6: Machine;
  readonly gateway: Machine;
  readonly server4: Machine;
  readonly tayga: LabProcess;
  /** Ensures that Isthmus runs on the gateway with these options, restarting it if necessary. @returns its process */
  isthmus(wanted?: IsthmusMode): Promise<LabProcess>;
}

/** Options of Isthmus in the set-up, apart from tuning. */
export interface CourseOptions {
  readonly shards?: number;
  /** Static BIB entries. */
  readonly entries?: readonly StaticBibEntry[];
  /** Options of the first start; false: not started initially. */
  readonly first?: IsthmusMode | false;
}

/** Options of the instance under test. */
export function instanceOptions(
  tuning: WorkerTuning,
  fastPath = false,
  shards = 1,
  entries: readonly StaticBibEntry[] = [],
): InstanceOptions {
  return {
    name: 'bench',
    shards,
    ...(fastPath ? { fastPath: { mode: 'required', interfaces: ['in6', 'out4'], flows: 65_536 } } : {}),
    tunName: 'isthmus0',
    runDirectory: '/run/isthmus',
    worker: tuning,
    translator: translatorOptions(entries),
  };
}

/** One client may use all resources, so no client limits apply. */
function translatorOptions(entries: readonly StaticBibEntry[]): Nat64Options {
  const file = clusterSchema.parse({
    cluster: 'bench',
    secretFile: '/etc/isthmus/secret',
    nodes: { gateway: { slot: 1 } },
    instances: {
      bench: {
        kind: 'nat64',
        pool6: '64:ff9b::/96',
        pool4: [{ prefix: POOL4 }],
        static: entries,
        icmp: { source4: '11.64.0.1', source6: '2001:db8:66::1', errorsPerSource: 1000 },
        clampMss: true,
        limits: {
          bibEntries: 500_000,
          sharePerClient: 100,
          sharePerNetwork: 100,
          reserve: 0,
          sessionsFromOutsidePerClient: 0,
          fragmentsHeldPerSource: 256,
        },
      },
    },
  });
  const options = translatorOptionsFor(withDerivedDefaults(file), 'gateway', 'bench', '00'.repeat(32));
  if (options.kind !== 'nat64') throw new Error('the benchmark translates with state');
  return options;
}

/** Builds the set-up with TAYGA and, by default, Isthmus running. The caller closes its world. */
export async function buildCourse(tuning: WorkerTuning = {}, options: CourseOptions = {}): Promise<Course> {
  if (!existsSync(TAYGA)) throw new Error(`${TAYGA} is missing: bash deploy/prepare.sh bench installs it`);
  const world = await World.create();
  try {
    const [client6, gateway, server4] = await Promise.all(
      ['client6', 'gateway', 'server4'].map((name) => world.machine(name)),
    );
    if (client6 === undefined || gateway === undefined || server4 === undefined) throw new Error('no machines');
    await connect(
      world,
      { machine: client6, interface: 'eth0', addresses: [`${CLIENT6}/64`] },
      { machine: gateway, interface: 'in6', addresses: ['2001:db8:c::1/64'] },
    );
    await connect(
      world,
      { machine: gateway, interface: 'out4', addresses: ['2001:db8:5::1/64', '11.4.0.1/24'] },
      { machine: server4, interface: 'eth0', addresses: [`${SERVER6}/64`, `${SERVER4}/24`] },
    );
    await gateway.enableForwarding();
    await gateway.ip([`route add 11.5.0.0/16 via ${SERVER4}`, `route add 2001:db8:55::/64 via ${SERVER6}`]);
    await client6.ip(['route add default via 2001:db8:c::1']);
    await server4.ip(['route add default via 2001:db8:5::1', 'route add default via 11.4.0.1']);
    const tayga = await startTayga(gateway);
    const isthmus = isthmusOn(gateway, tuning, options);
    if (options.first !== false) await isthmus(options.first);
    await client6.waitForCarrier('eth0');
    await server4.waitForCarrier('eth0');
    return { world, client6, gateway, server4, isthmus, tayga };
  } catch (error) {
    const tails = world.tails();
    await world.close();
    throw new Error(
      `the course could not be built: ${error instanceof Error ? error.message : String(error)}\n${tails}`,
      {
        cause: error,
      },
    );
  }
}

/** Replaces the running Isthmus if other options are requested. */
function isthmusOn(gateway: Machine, tuning: WorkerTuning, { shards, entries }: CourseOptions): Course['isthmus'] {
  let running: { readonly mode: string; readonly process: LabProcess } | undefined;
  return async ({ fastPath = false, traceGc = false, fresh = false, natLog } = {}) => {
    const mode = JSON.stringify({ fastPath, traceGc, natLog });
    if (running?.mode === mode && !fresh) return running.process;
    running?.process.endInput();
    await running?.process.exited;
    const node = [process.execPath, ...(traceGc ? ['--trace-gc'] : [])];
    const options = instanceOptions(tuning, fastPath, shards, entries);
    const { translator } = options;
    const logged = natLog === undefined ? options : { ...options, translator: { ...translator, natLog: 'sessions' } };
    const isthmus = gateway.start('isthmus', [
      ...node,
      join(DIST, 'lab/bench/gateway-main.js'),
      ...[logged, natLog ?? null].map((one) => JSON.stringify(one)),
    ]);
    await isthmus.waitForLine(/^ready$/, 60_000);
    running = { mode, process: isthmus };
    return isthmus;
  };
}

export async function startTayga(gateway: Machine): Promise<LabProcess> {
  await gateway.writeFile('/run/tayga.conf', TAYGA_CONFIG);
  await gateway.run(['mkdir', '-p', '/run/tayga']);
  await gateway.run([TAYGA, '--config', '/run/tayga.conf', '--mktun']);
  await gateway.ip([
    'link set tayga0 up',
    `route add ${TAYGA_PREFIX} dev tayga0`,
    `route add ${TAYGA_POOL4} dev tayga0`,
  ]);
  return gateway.start('tayga', [TAYGA, '--config', '/run/tayga.conf', '--nodetach']);
}

/**
 * Whether the kernels at the ends compute and verify every checksum. On: senders write complete checksums, and
 * receivers verify them. Off (the default of links): a checksum left to the interface is never completed in a lab of
 * veth pairs, and GSO packets stay whole.
 */
export async function setChecksums({ client6, server4, gateway }: Course, verified: boolean): Promise<void> {
  const state = verified ? 'off' : 'on';
  const ends: ReadonlyArray<readonly [Machine, string]> = [
    [client6, 'eth0'],
    [server4, 'eth0'],
    [gateway, 'in6'],
    [gateway, 'out4'],
  ];
  for (const [machine, name] of ends) {
    await machine.run(['ethtool', '-K', name, 'rx', state, 'tx', state]);
    if (!verified) await machine.run(['ethtool', '-K', name, 'tso', 'on', 'tx-udp-segmentation', 'on']);
  }
}
