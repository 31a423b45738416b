import { isIP } from 'node:net';
import { AnnouncerOptionsError } from '../frr/announcer.ts';
import { checkPeer } from '../frr/bfd-peers.ts';
import { MAX_PREFIXES } from '../frr/bgp-options.ts';
import { orderMistakes } from '../frr/withdrawal-methods.ts';
import { checkNames, type CrossMistake, type Report } from './cross-mistake.ts';
import type { ClusterConfig } from './schema.ts';

type Upstream = ClusterConfig['upstreams'][string];
type Path = CrossMistake['path'];

/** Upstreams that cannot be withdrawn from, or not by the configured methods, or that FRR cannot be configured for. */
export function checkUpstreams(config: ClusterConfig, report: Report): void {
  for (const [name, upstream] of Object.entries(config.upstreams)) {
    const path = ['upstreams', name];
    checkNames(config, [...path, 'nodes'], upstream.nodes ?? [], report);
    checkWays(upstream, path, report);
    checkPeers(upstream, path, report);
    checkPrefixes(config, upstream, path, report);
  }
  checkTwice(config, report);
}

function checkWays(upstream: Upstream, path: Path, report: Report): void {
  const { bfd, bgp, vrrp, withdraw, neighbor, gate, interfaceDown } = upstream;
  if (bfd.length === 0 && bgp === undefined && vrrp === undefined) {
    report(
      path,
      'it has neither BFD peers nor BGP neighbours nor VRRP instances',
      'list its peers under bfd, its neighbours under bgp, or the instances of keepalived under vrrp',
    );
  }
  if (bfd.length > 0) {
    for (const { index, what, remedy } of orderMistakes(withdraw, neighbor)) {
      report([...path, 'withdraw', index], what, remedy);
    }
  }
  for (const [index, way] of withdraw.entries()) {
    const at = [...path, 'withdraw', index];
    if (way.startsWith('bgp-') && bgp === undefined) {
      report(
        at,
        `${way} needs a BGP neighbour, and this upstream has none`,
        'use bfd-block or bfd-remove, or give it bgp',
      );
    } else if (way.startsWith('bfd-') && bfd.length === 0) {
      report(
        at,
        `${way} needs BFD peers, and this upstream has none`,
        'list its peers under bfd, or use a method of bgp',
      );
    } else if (way === 'vrrp-fault' && vrrp === undefined) {
      report(at, 'vrrp-fault needs VRRP instances, and this upstream has none', 'give it vrrp, or use another method');
    }
    if (way === 'bfd-block' && gate === 'off') {
      report(at, 'bfd-block needs the gate, which is off', 'use bfd-remove, or remove gate: off');
    }
    if (withdraw.indexOf(way) < index) report(at, `${way} twice`, 'name each method once');
  }
  if (interfaceDown && (gate === 'off' || (bfd.length === 0 && bgp === undefined))) {
    const what = 'the interface is set down when traffic goes on, and traffic is not counted here';
    report([...path, 'interfaceDown'], what, 'it needs BFD or BGP, and no gate: off');
  }
  if (bfd.length > 0 && !withdraw.some((way) => way.startsWith('bfd-'))) {
    const what = 'its BFD peers could not be withdrawn by any of these methods';
    report([...path, 'withdraw'], what, 'add bfd-block or bfd-remove, or leave bfd out: BGP has its own');
  }
  if (bgp !== undefined && !withdraw.some((way) => way.startsWith('bgp-'))) {
    const what = 'what BGP announces could not be withdrawn by any of these methods';
    report([...path, 'withdraw'], what, 'add bgp-prefix or bgp-shutdown');
  }
  if (vrrp !== undefined && !withdraw.includes('vrrp-fault')) {
    report(
      [...path, 'withdraw'],
      'its VRRP instances could not be withdrawn by any of these methods',
      'add vrrp-fault',
    );
  }
}

const LINK_LOCAL = /^fe[89ab][0-9a-f]:/i;

function checkPeers({ bfd, bgp }: Upstream, path: Path, report: Report): void {
  for (const [index, { peer, local, interface: name, multihop }] of bfd.entries()) {
    const at = [...path, 'bfd', index];
    try {
      checkPeer({
        peer,
        multihop,
        ...(local === undefined ? {} : { local }),
        ...(name === undefined ? {} : { interface: name }),
      });
    } catch (error) {
      if (!(error instanceof AnnouncerOptionsError)) throw error;
      report(at, error.message, 'multihop peers have a local address of the same family and no interface');
    }
    if (LINK_LOCAL.test(peer) && name === undefined) {
      report([...at, 'peer'], `${peer} is a link-local address without its interface`, 'add interface');
    }
  }
  for (const [index, { peer }] of (bgp?.neighbors ?? []).entries()) {
    if (!LINK_LOCAL.test(peer)) continue;
    const what = `${peer} is a link-local address, which a neighbour cannot be configured by`;
    report([...path, 'bgp', 'neighbors', index, 'peer'], what, 'use an address of the link that is not link-local');
  }
}

function checkPrefixes({ instances }: ClusterConfig, { bgp }: Upstream, path: Path, report: Report): void {
  if (bgp === undefined) return;
  if (bgp.prefixes.length === 0) {
    const count = Object.values(instances).reduce((sum, instance) => {
      if (instance.kind === 'siit') return sum + instance.pool6.length + instance.eam.length;
      return sum + instance.pool6.length * instance.destinations.length + instance.pool4.length;
    }, 0);
    if (count === 0) report([...path, 'bgp'], 'there is no prefix to announce', 'add an instance, or list prefixes');
    if (count <= MAX_PREFIXES) return;
    const what = `the instances have ${count} prefixes, and at most ${MAX_PREFIXES} can be announced`;
    report([...path, 'bgp'], what, 'list fewer and shorter ones under bgp.prefixes');
  } else if (bgp.prefixes.length > MAX_PREFIXES) {
    const what = `${bgp.prefixes.length} prefixes, and at most ${MAX_PREFIXES} can be announced`;
    report([...path, 'bgp', 'prefixes'], what, 'list fewer and shorter ones');
  }
}

/** A peer or neighbour of one FRR cannot belong to two upstreams: each would undo the other's changes. */
function checkTwice({ upstreams }: ClusterConfig, report: Report): void {
  const owners = new Map<string, string>();
  for (const [name, { frr, bfd, bgp, vrrp, nodes }] of Object.entries(upstreams)) {
    const tracked = `${JSON.stringify(nodes ?? 'all')} ${vrrp?.trackFile ?? ''}`;
    const first = owners.get(tracked);
    if (vrrp !== undefined && first !== undefined) {
      const what = `${vrrp.trackFile} is the file of ${first} already`;
      report(['upstreams', name, 'vrrp', 'trackFile'], what, 'each upstream has a file of its own');
    }
    if (vrrp !== undefined) owners.set(tracked, name);
    const place = JSON.stringify([frr, nodes ?? 'all']);
    const peers = [
      ...bfd.map((one, index) => ({
        key: `bfd ${one.peer} ${one.interface ?? ''}`,
        peer: one.peer,
        at: ['bfd', index],
      })),
      ...(bgp?.neighbors ?? []).map(({ peer }, index) => ({
        key: `bgp ${peer}`,
        peer,
        at: ['bgp', 'neighbors', index],
      })),
    ];
    for (const { key, peer, at } of peers) {
      const other = owners.get(`${place} ${key}`);
      owners.set(`${place} ${key}`, name);
      if (other === undefined || isIP(peer) === 0) continue;
      report(['upstreams', name, ...at], `${peer} is a peer of ${other} already`, 'each peer belongs to one upstream');
    }
  }
}
