import { z } from 'zod';
import { ipJson } from '../../linux/command.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { dataPlanes, type DoctorMachine, inSpace, spaceName } from './machine.ts';

/** State of one feature in `ethtool -k`; null: it represents several others. */
const feature = z.object({ active: z.boolean(), fixed: z.boolean().nullable(), requested: z.boolean().nullable() });
const features = z.record(z.string(), z.unknown());
const link = z.object({
  ifname: z.string(),
  link_type: z.string(),
  flags: z.array(z.string()),
  linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
});

export type Features = ReadonlyMap<string, z.infer<typeof feature>>;

export interface DataInterface {
  readonly name: string;
  /** The other end is a program or another namespace, which passes whole GSO packets: nothing to coalesce. */
  readonly handsOverSegments: boolean;
}

interface Rule {
  /** Name in `ethtool -k` and `ethtool -K`. */
  readonly feature: string;
  readonly setting: string;
  readonly wanted: boolean;
  readonly severity: Diagnosis['severity'];
  readonly effect: string;
  /** Whether to report it; not for hardware or drivers without support. */
  readonly applies?: (data: DataInterface) => boolean;
}

/** Recommendations for forwarding interfaces: Documentation/networking/segmentation-offloads.rst, lro.rst. */
const RULES: readonly Rule[] = [
  {
    feature: 'large-receive-offload',
    setting: 'lro',
    wanted: false,
    severity: 'error',
    effect: 'it joins packets so that they cannot be taken apart again, and the kernel does not forward them',
  },
  {
    feature: 'rx-gro-list',
    setting: 'rx-gro-list',
    wanted: false,
    severity: 'warning',
    effect: 'it chains packets, which reach the translator one by one: TCP is slower',
  },
  {
    feature: 'generic-receive-offload',
    setting: 'gro',
    wanted: true,
    severity: 'warning',
    effect: 'each packet of a TCP stream is translated by itself, where GRO makes segments of up to 64 KiB of them',
    applies: ({ handsOverSegments }) => !handsOverSegments,
  },
  {
    feature: 'tx-tcp-segmentation',
    setting: 'tso',
    wanted: true,
    severity: 'warning',
    effect: 'the processor cuts the segments of TCP that the translator has sent',
  },
];

/** Offloads of the data plane's interfaces. */
export function offloadExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const spaces = dataPlanes(config).map(async (namespace) => {
      const data = await dataInterfaces(machine, config, namespace);
      const found = data.map(async (one) => {
        const text = await machine.run(['ethtool', '--json', '-k', one.name], { namespace });
        return judgeOffloads(namespace, one, parseFeatures(text), askedFor(config, namespace, one.name));
      });
      return (await Promise.all(found)).flat();
    });
    return (await Promise.all(spaces)).flat();
  };
  return { name: 'offloads', examine };
}

/** Ethernet interfaces that are up, without replication links. */
async function dataInterfaces(
  machine: DoctorMachine,
  { links }: NodeConfig,
  namespace: string | undefined,
): Promise<DataInterface[]> {
  const rows = await ipJson(machine.run, ['-details', 'link', 'show', 'up'], namespace);
  return rows.flatMap((row) => {
    const { data } = link.safeParse(row);
    if (data === undefined || data.link_type !== 'ether') return [];
    if (namespace === undefined && links.includes(data.ifname)) return [];
    return [{ name: data.ifname, handsOverSegments: data.linkinfo?.info_kind === 'veth' }];
  });
}

/** Features that the cluster file enables. */
function askedFor({ cluster }: NodeConfig, namespace: string | undefined, device: string): ReadonlySet<string> {
  const here = Object.values(cluster.instances).filter((instance) => instance.namespace === namespace);
  const settings = here.flatMap(({ interfaceOffloads }) => interfaceOffloads);
  return new Set(settings.filter((one) => one.interface === device).flatMap((one) => one.features));
}

/** @param json output of `ethtool --json -k` */
export function parseFeatures(json: string): Features {
  const [first = {}] = z.array(features).parse(JSON.parse(json));
  return new Map(
    Object.entries(first).flatMap(([name, value]) => {
      const { data } = feature.safeParse(value);
      return data === undefined ? [] : [[name, data] as const];
    }),
  );
}

/** Pure. @param asked features that are configured */
export function judgeOffloads(
  namespace: string | undefined,
  data: DataInterface,
  shown: Features,
  asked: ReadonlySet<string>,
): Diagnosis[] {
  return RULES.flatMap(({ feature: name, setting, wanted, severity, effect, applies }) => {
    const seen = shown.get(name);
    if (seen === undefined || seen.active === wanted || seen.fixed === true) return [];
    // A requested feature that is not on is not supported by the driver.
    if (wanted && seen.requested === true) return [];
    if (asked.has(name) || (applies !== undefined && !applies(data))) return [];
    const argv = ['ethtool', '-K', data.name, setting, wanted ? 'on' : 'off'];
    return [
      {
        code: 'offload-unsuitable',
        severity,
        subject: spaceName(namespace),
        evidence: `${name} of ${data.name} is ${wanted ? 'off' : 'on'}: ${effect}`,
        remedy: `${inSpace(namespace, argv.join(' '))}, and the same where the interface is configured`,
        fix: { argv, namespace },
      },
    ];
  });
}
