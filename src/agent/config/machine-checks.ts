import { existsSync } from 'node:fs';
import type { CrossMistake } from '../../cluster/cross-mistake.ts';
import { parseBgpSummary, parseNeighborDetail } from '../../frr/bgp-state.ts';
import { type DaemonShell, type FrrDaemon, type FrrPlace, openShell } from '../../frr/daemon-shell.ts';
import { canonicalAddress } from '../../frr/frr-output.ts';
import { type NamespaceView, NamespaceThread } from '../health/namespace-view.ts';
import { ipJson, runCommand } from '../../linux/command.ts';
import { namespacePath } from '../../linux/thread.ts';
import type { NodeConfig } from './node-config.ts';
import { ephemeralPorts, findOwnAddresses, type OwnAddress, readOwnAddresses } from './own-addresses.ts';

type Upstream = NodeConfig['cluster']['upstreams'][string];
type Path = CrossMistake['path'];

/** The machine, as far as cluster files refer to it. */
export interface Machine {
  viewOf(namespace: string | undefined): Pick<NamespaceView, 'interfaceState'>;
  shellOf(daemon: FrrDaemon, place: FrrPlace): DaemonShell;
  /** IPv4 addresses of the machine in a namespace; empty if the namespace does not exist yet. */
  addressesOf(namespace: string | undefined): Promise<readonly OwnAddress[]>;
  ephemeralPorts(): Promise<string>;
}

/**
 * Reports what a cluster file requires of a node and this machine lacks: interfaces, FRR daemons, BGP neighbours. Meant
 * for a machine that is ready; during boot some parts may appear later. Changes nothing.
 */
export async function checkHere(config: NodeConfig, machine: Machine): Promise<CrossMistake[]> {
  const { cluster, node, links } = config;
  const { carrier } = cluster.checks;
  const spaces = [undefined, carrier.namespace, ...Object.values(cluster.instances).map(({ namespace }) => namespace)];
  const namespaces = [...new Set(spaces)];
  const own = new Map(
    await Promise.all(namespaces.map(async (space) => [space, await machine.addressesOf(space)] as const)),
  );
  const mistakes = findOwnAddresses(config, own, await machine.ephemeralPorts());
  const wanted: { readonly name: string; readonly path: Path; readonly where: readonly (string | undefined)[] }[] = [
    ...links.map((name, index) => ({ name, path: ['nodes', node, 'links', index], where: [undefined] })),
    ...carrier.interfaces.map((name, index) => ({
      name,
      path: ['checks', 'carrier', 'interfaces', index],
      where: namespaces,
    })),
  ];
  for (const [name, upstream] of Object.entries(cluster.upstreams)) {
    if (upstream.nodes !== undefined && !upstream.nodes.includes(node)) continue;
    const path = ['upstreams', name];
    for (const [index, peer] of upstream.bfd.entries()) {
      if (peer.interface === undefined) continue;
      wanted.push({ name: peer.interface, path: [...path, 'bfd', index, 'interface'], where: namespaces });
    }
    mistakes.push(...(await checkFrr(upstream, path, machine)));
  }
  for (const { name, path, where } of wanted) {
    const states = await Promise.all(where.map(async (space) => stateIn(machine, space, name)));
    if (states.some((there) => there)) continue;
    const place = where
      .map((space) => (space === undefined ? 'the main namespace' : `namespace ${space}`))
      .join(' or ');
    mistakes.push({
      path,
      what: `there is no interface ${name} in ${place}`,
      remedy: 'correct the name, or make the interface',
    });
  }
  return mistakes;
}

/** A namespace that does not exist yet has no interfaces: the agent creates it. */
async function stateIn(machine: Machine, namespace: string | undefined, name: string): Promise<boolean> {
  try {
    return (await machine.viewOf(namespace).interfaceState(name)) !== undefined;
  } catch {
    return false;
  }
}

async function checkFrr({ frr, bfd, bgp, neighbor }: Upstream, path: Path, machine: Machine): Promise<CrossMistake[]> {
  const place: FrrPlace = {
    ...(frr.pathspace === undefined ? {} : { pathspace: frr.pathspace }),
    ...(frr.runDir === undefined ? {} : { runDir: frr.runDir }),
  };
  const mistakes: CrossMistake[] = [];
  if (bfd.length > 0) {
    const answer = await ask(machine.shellOf('bfdd', place), 'show bfd peers json');
    if (answer instanceof Error) mistakes.push(silent('bfdd', answer, path, frr.pathspace));
  }
  if (bgp === undefined) return mistakes;
  const vrf = bgp.vrf === undefined ? '' : ` vrf ${bgp.vrf}`;
  const answer = await ask(machine.shellOf('bgpd', place), `show bgp${vrf} summary json`);
  if (answer instanceof Error) return [...mistakes, silent('bgpd', answer, path, frr.pathspace)];
  const known = parseBgpSummary(answer).map(({ peer }) => canonicalAddress(peer));
  mistakes.push(...(await checkRetention(bgp, neighbor, known, path, machine.shellOf('bgpd', place))));
  for (const [index, { peer, remoteAs }] of bgp.neighbors.entries()) {
    if (remoteAs !== undefined || known.includes(canonicalAddress(peer))) continue;
    const remedy = `configure the neighbour in FRR, or give its remoteAs${known.length === 0 ? '' : `; FRR knows ${known.join(', ')}`}`;
    mistakes.push({
      path: [...path, 'bgp', 'neighbors', index, 'peer'],
      what: `FRR does not know the BGP neighbour ${peer}`,
      remedy,
    });
  }
  return mistakes;
}

/** Longer retention of stale routes is reported, because it is an unexpected outage, seconds. */
const MAX_RETAINED_SECONDS = 10;

/** Routers that keep sending for long when bgpd ends without notification, as requested by this FRR. */
async function checkRetention(
  { neighbors, vrf, asn }: NonNullable<Upstream['bgp']>,
  neighbor: Upstream['neighbor'],
  known: readonly string[],
  path: Path,
  shell: DaemonShell,
): Promise<CrossMistake[]> {
  const mistakes: CrossMistake[] = [];
  for (const [index, { peer }] of neighbors.entries()) {
    if (!known.includes(canonicalAddress(peer))) continue;
    const answer = await ask(shell, `show bgp ${vrf === undefined ? '' : `vrf ${vrf} `}neighbors ${peer} json`);
    if (answer instanceof Error) continue; // already reported if bgpd does not answer
    const { retained, restartSeconds, longLivedSeconds } = parseNeighborDetail(answer).gracefulRestart;
    const seconds = restartSeconds + longLivedSeconds;
    if (retained === 'no' || seconds <= MAX_RETAINED_SECONDS) continue;
    // Verified with FRR 8.4 to 10.7 as routers: they interpret helper mode correctly.
    if (retained === 'perhaps' && typeof neighbor === 'string' && neighbor.startsWith('frr')) continue;
    const goes = retained === 'yes' ? 'continues to send' : 'may continue to send (BIRD does)';
    mistakes.push({
      path: [...path, 'bgp', 'neighbors', index, 'peer'],
      what: `by BGP graceful restart ${peer} ${goes} for ${seconds} s when bgpd ends without a word (crash, power loss)`,
      remedy: `under "router bgp ${asn}" set "bgp graceful-restart-disable", or "bgp graceful-restart restart-time 5"`,
    });
  }
  return mistakes;
}

async function ask(shell: DaemonShell, command: string): Promise<string | Error> {
  try {
    return await shell.show(command);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    shell.close();
  }
}

function silent(daemon: FrrDaemon, { message }: Error, path: Path, pathspace: string | undefined): CrossMistake {
  const [folder, unit] = pathspace === undefined ? ['/etc/frr', 'frr'] : [`/etc/frr/${pathspace}`, `frr@${pathspace}`];
  const remedy = `write ${daemon}=yes in ${folder}/daemons, then: systemctl restart ${unit}; or correct frr.pathspace`;
  return { path: [...path, 'frr'], what: `${daemon} does not answer: ${message}`, remedy };
}

async function addressesOf(namespace: string | undefined): Promise<readonly OwnAddress[]> {
  if (namespace !== undefined && !existsSync(namespacePath(namespace))) return [];
  return readOwnAddresses(await ipJson(runCommand, ['-4', 'address', 'show'], namespace));
}

/** Checks this machine. */
export async function findMistakesHere(config: NodeConfig): Promise<CrossMistake[]> {
  const threads = new Map<string | undefined, NamespaceThread>();
  const viewOf = (namespace: string | undefined): NamespaceThread => {
    const thread = threads.get(namespace) ?? new NamespaceThread(namespace);
    threads.set(namespace, thread);
    return thread;
  };
  try {
    return await checkHere(config, { viewOf, shellOf: openShell, addressesOf, ephemeralPorts });
  } finally {
    await Promise.all([...threads.values()].map((thread) => thread.stop()));
  }
}
