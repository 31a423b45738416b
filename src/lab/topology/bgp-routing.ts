import { isTree, type ReleaseTree, releaseTree } from '../releases/release-tree.ts';
import { BFD } from '../routers/bird.ts';
import { Frr } from '../routers/frr.ts';
import { DATA_PLANE, type Gateway, type SiteWithoutRouting } from './site.ts';

/* The router of a site with FRR: it learns the prefixes by BGP from each gateway, with BFD for the sessions. */

/** Programs for a lab's router: BIRD and FRR of this machine, and FRR 10 of Debian 13. */
export const ROUTERS = ['bird', 'frr8', 'frr10'] as const;
export type RouterKind = (typeof ROUTERS)[number];

const ROUTER_ASN = 64_500;
const GATEWAY_ASN = 64_512;
const ZEBRA = ['zebra', 'frr defaults traditional\n'] as const;
/** Timers of the sessions, for both sides. */
const PROFILE = `bfd
 profile lab
  detect-multiplier ${BFD.multiplier}
  receive-interval ${BFD.intervalMs}
  transmit-interval ${BFD.intervalMs}
 exit
exit
`;

/** FRR of the router; undefined: this machine's own. @throws Error with a sentence: not available */
export async function routerTree(kind: Exclude<RouterKind, 'bird'>): Promise<ReleaseTree | undefined> {
  if (kind === 'frr8') return undefined;
  const tree = await releaseTree('trixie', 'frr');
  if (isTree(tree)) return tree;
  throw new Error(`--router ${kind}: ${tree.reason}`);
}

/** Starts FRR with BGP on the router and on every gateway. */
export async function routeByBgp(site: SiteWithoutRouting, tree: ReleaseTree | undefined): Promise<void> {
  const router = new Frr(site.router, 'core', { inMainNamespace: true, replacesIpv6Routes: true, tree });
  await Promise.all([
    router.start(new Map([ZEBRA, ['bfdd', PROFILE], ['bgpd', routerBgp(site.gateways)]])),
    ...site.gateways.map((gateway) =>
      gateway.frr.start(new Map([ZEBRA, ['bfdd', PROFILE], ['bgpd', gatewayBgp(gateway)]])),
    ),
  ]);
}

function neighborOf(peer: string, asn: number): string {
  return ` neighbor ${peer} remote-as ${asn}
 neighbor ${peer} timers 1 3
 neighbor ${peer} timers connect 1
 neighbor ${peer} bfd profile lab`;
}

function bgp(
  asn: number,
  routerId: string,
  other: number,
  peers4: readonly string[],
  peers6: readonly string[],
): string {
  return `router bgp ${asn}
 bgp router-id ${routerId}
 bgp graceful-restart-disable
 no bgp ebgp-requires-policy
 no bgp network import-check
${[...peers4, ...peers6].map((peer) => neighborOf(peer, other)).join('\n')}
 address-family ipv6 unicast
${peers6.map((peer) => `  neighbor ${peer} activate`).join('\n')}
 exit-address-family
`;
}

function routerBgp(gateways: readonly Gateway[]): string {
  const peers4 = gateways.map(({ path }) => path.gateway4);
  const peers6 = gateways.map(({ path }) => path.gateway6);
  return bgp(ROUTER_ASN, '10.98.0.99', GATEWAY_ASN, peers4, peers6);
}

function gatewayBgp({ slot, peer4, peer6 }: Gateway): string {
  return bgp(GATEWAY_ASN, `10.98.0.${slot}`, ROUTER_ASN, [peer4], [peer6]);
}

/** The entry for the router under `upstreams` of a gateway. */
export function bgpUpstreamOf({ name, peer4, peer6 }: Gateway): string {
  return `  router-${name}:
    nodes: [${name}]
    frr: { pathspace: ${DATA_PLANE} }
    bgp: { asn: ${GATEWAY_ASN}, neighbors: [{ peer: ${peer4} }, { peer: "${peer6}" }] }
    withdraw: [bgp-prefix, bgp-shutdown]`;
}
