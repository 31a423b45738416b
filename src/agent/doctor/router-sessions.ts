import { whyBfdIsDown } from '../../frr/bfd-diagnostics.ts';
import { isPeer, parseBfdPeers } from '../../frr/bfd-peers.ts';
import { parseBgpSummary } from '../../frr/bgp-state.ts';
import type { DaemonShell, FrrPlace } from '../../frr/daemon-shell.ts';
import { canonicalAddress } from '../../frr/frr-output.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { type NamedUpstream, upstreamsOf } from './frr-processes.ts';
import type { DoctorMachine } from './machine.ts';

/** BFD and BGP sessions with the routers are up, unless shut down on purpose. */
export function routerSessionExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const upstreams = upstreamsOf(config);
    const bfd = upstreams.map(async (named) => examineBfd(named, machine));
    const bgp = upstreams.map(async (named) => examineBgp(named, machine));
    return (await Promise.all([...bfd, ...bgp])).flat();
  };
  return { name: 'routers', examine };
}

async function examineBfd([name, { frr, bfd }]: NamedUpstream, machine: DoctorMachine): Promise<Diagnosis[]> {
  if (bfd.length === 0) return [];
  const shown = parseBfdPeers(await ask(machine.shellOf('bfdd', placeOf(frr)), 'show bfd peers json'));
  return bfd.flatMap((wanted) => {
    const peer = { ...(wanted.multihop ? { multihop: true } : {}), peer: wanted.peer };
    const found = shown.find((one) => isPeer({ ...peer, ...present(wanted) }, one));
    // Peers of a withdrawn node are shut down or removed.
    if (found === undefined || !['down', 'init'].includes(found.status)) return [];
    return [
      {
        code: 'router-session-down',
        severity: 'error',
        subject: `upstream ${name}`,
        evidence: `BFD with ${wanted.peer} is ${found.status}: ${whyBfdIsDown(found)}`,
        remedy:
          `configure BFD for this node's address on the router ${wanted.peer}; ` +
          'check that udp ports 3784 (one hop) and 4784 (multihop) pass between both',
      },
    ];
  });
}

type BfdConfig = NodeConfig['cluster']['upstreams'][string]['bfd'][number];

/** The fields that identify a peer. */
function present({ interface: device, local }: BfdConfig): { interface?: string; local?: string } {
  return { ...(device === undefined ? {} : { interface: device }), ...(local === undefined ? {} : { local }) };
}

async function examineBgp([name, { frr, bgp }]: NamedUpstream, machine: DoctorMachine): Promise<Diagnosis[]> {
  if (bgp === undefined) return [];
  const vrf = bgp.vrf === undefined ? '' : ` vrf ${bgp.vrf}`;
  const shown = parseBgpSummary(await ask(machine.shellOf('bgpd', placeOf(frr)), `show bgp${vrf} summary json`));
  return bgp.neighbors.flatMap(({ peer }) => {
    const found = shown.find((one) => canonicalAddress(one.peer) === canonicalAddress(peer));
    if (found === undefined || found.established || found.shut) return [];
    return [
      {
        code: 'router-session-down',
        severity: 'error',
        subject: `upstream ${name}`,
        evidence: `BGP with ${peer} is ${found.state}${found.lacksRouterId ? '; bgpd has no router ID' : ''}`,
        remedy: found.lacksRouterId
          ? `set "bgp router-id ADDRESS" under "router bgp ${bgp.asn}"`
          : `configure this node as a neighbour on the router ${peer}; check address, AS numbers and tcp port 179`,
      },
    ];
  });
}

function placeOf({ pathspace, runDir }: NamedUpstream[1]['frr']): FrrPlace {
  return { ...(pathspace === undefined ? {} : { pathspace }), ...(runDir === undefined ? {} : { runDir }) };
}

async function ask(shell: DaemonShell, command: string): Promise<string> {
  try {
    return await shell.show(command);
  } finally {
    shell.close();
  }
}
