import type { InstanceConfig } from '../../cluster/schema.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { upstreamsOf } from './frr-processes.ts';
import { dataPlanes, type DoctorMachine, spaceName } from './machine.ts';
import { type BaseChain, drops, type Port, readBaseChains } from './read-ruleset.ts';

/** Hooks passed by translated packets. */
const TRANSIT_HOOKS = new Set(['prerouting', 'forward', 'postrouting']);
/** Hooks bypassed by the fast path. */
const BYPASSED_HOOKS = new Set([...TRANSIT_HOOKS, 'ingress']);
const REFUSES = ['drop', 'reject', 'jump', 'goto', 'vmap'];
const REWRITES = ['masquerade', 'snat', 'dnat', 'redirect'];

/** Ports that a namespace must accept for the node to work, with their purpose. */
export interface Wanted extends Port {
  readonly purpose: string;
}

/** nftables rules that drop or rewrite packets of the data plane, FRR or replication. */
export function firewallExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const planes = dataPlanes(config);
    const spaces = [...new Set([undefined, ...planes])].map(async (namespace) => {
      const chains = await readBaseChains(machine.run, namespace);
      const links = namespace === undefined ? linkPorts(config) : [];
      const isPlane = planes.includes(namespace);
      const transit = isPlane ? judgeTransit(namespace, chains) : [];
      const routers = isPlane ? routerPorts(config) : [];
      const bypassed = judgeBypass(namespace, chains, config.cluster);
      return transit.concat(bypassed, judgeInput(namespace, chains, links.concat(routers)));
    });
    return (await Promise.all(spaces)).flat();
  };
  return { name: 'firewall', examine };
}

function linkPorts({ cluster, links }: NodeConfig): Wanted[] {
  const { port, grpc } = cluster.replication;
  return [
    ...(links.length === 0 ? [] : [{ protocol: 'udp' as const, port, purpose: 'replication' }]),
    ...(grpc === undefined ? [] : [{ protocol: 'tcp' as const, port: grpc.port, purpose: 'replication by gRPC' }]),
  ];
}

/** RFC 5881 section 4, RFC 5883 section 5, RFC 4271 section 8. */
function routerPorts(config: NodeConfig): Wanted[] {
  const upstreams = upstreamsOf(config).map(([, upstream]) => upstream);
  const bfd = upstreams.flatMap((upstream) => upstream.bfd);
  return [
    ...(bfd.some(({ multihop }) => !multihop) ? [{ protocol: 'udp' as const, port: 3784, purpose: 'BFD' }] : []),
    ...(bfd.some(({ multihop }) => multihop) ? [{ protocol: 'udp' as const, port: 4784, purpose: 'BFD' }] : []),
  ];
}

/** Pure. */
export function judgeTransit(namespace: string | undefined, chains: readonly BaseChain[]): Diagnosis[] {
  const subject = spaceName(namespace);
  const transit = chains.filter(({ hook }) => TRANSIT_HOOKS.has(hook));
  const dropping = transit
    .filter((chain) => chain.type !== 'nat' && drops(chain))
    .map(({ name, hook }): Diagnosis => ({
      code: 'packets-filtered',
      severity: 'error',
      subject,
      evidence: `the nftables chain ${name} (hook ${hook}) drops what no rule accepts: no packet is translated`,
      remedy: `accept what goes between the clients, the TUN of the instance and the routers in ${name}`,
    }));
  const rewriting = transit
    .filter(({ rules }) => rules.some((statements) => statements.some((one) => REWRITES.some((key) => key in one))))
    .map(({ name, hook }): Diagnosis => ({
      code: 'packets-rewritten',
      severity: 'warning',
      subject,
      evidence: `the nftables chain ${name} (hook ${hook}) rewrites addresses: translated packets may be among them`,
      remedy: `except pool4 and pool6 from it, or remove the chain ${name}`,
    }));
  return [...dropping, ...rewriting];
}

/**
 * Packets of the fast path bypass all chains: in `auto` mode it stays off if there are any, and otherwise the operator
 * should know. Pure.
 */
function judgeBypass(
  namespace: string | undefined,
  chains: readonly BaseChain[],
  { instances }: NodeConfig['cluster'],
): Diagnosis[] {
  const here = Object.entries(instances).filter(([, one]) => one.namespace === namespace);
  const passed = chains.filter(({ hook, policy, rules }) => {
    return BYPASSED_HOOKS.has(hook) && (rules.length > 0 || policy === 'drop');
  });
  return passed.flatMap((chain) => here.flatMap(([name, { fastPath }]) => bypassOf(name, fastPath, chain, namespace)));
}

function bypassOf(
  instance: string,
  fastPath: InstanceConfig['fastPath'],
  { name, policy, rules }: BaseChain,
  namespace: string | undefined,
): Diagnosis[] {
  const found = { severity: 'warning', subject: spaceName(namespace) } as const;
  if (fastPath === 'off') return [];
  if (fastPath === 'auto') {
    const evidence = `the fast path of ${instance} (auto) stays off: its packets would bypass the nftables chain ${name}`;
    const remedy = `remove the chain; or set fastPath: required if translated packets need not pass it, or fastPath: off`;
    return [{ ...found, code: 'fast-path-off', evidence, remedy }];
  }
  const refuses =
    policy === 'drop' || rules.some((statements) => statements.some((one) => REFUSES.some((key) => key in one)));
  if (!refuses) return [];
  const evidence = `packets in the fast path of ${instance} do not pass the nftables chain ${name}, which may refuse some`;
  return [{ ...found, code: 'filter-bypassed', evidence, remedy: `set fastPath: auto or off if they must pass it` }];
}

/** Pure. */
export function judgeInput(
  namespace: string | undefined,
  chains: readonly BaseChain[],
  wanted: readonly Wanted[],
): Diagnosis[] {
  const inputs = chains.filter(({ hook, type }) => hook === 'input' && type !== 'nat');
  return wanted.flatMap(({ protocol, port, purpose }) =>
    inputs
      .filter((chain) => drops(chain, { protocol, port }))
      .map(({ name }): Diagnosis => ({
        code: 'packets-filtered',
        severity: 'error',
        subject: spaceName(namespace),
        evidence: `the nftables chain ${name} drops ${protocol} port ${port}, which ${purpose} needs`,
        remedy: `nft insert rule ${name} ${protocol} dport ${port} accept, and the same in /etc/nftables.conf`,
      })),
  );
}
