import { SECRET_FILE } from '../../gateway/agent.ts';
import { upstreamOf } from '../../topology/cluster-file.ts';
import { buildSite, DATA_PLANE, type Gateway, POOL4, POOL6, SERVER4, type Site } from '../../topology/site.ts';

/*
 * The storm's site: gateways in a ring, all active; the router balances over all (ECMP). Three instances:
 *   lower    nat64 for 0.0.0.0/1
 *   upper    nat64 for 128.0.0.0/1
 *   siit     stateless, for two addresses of client6
 */
const UPPER_POOL4 = '11.65.0.0/29';
const SERVER4_UPPER = '190.4.0.80';
const ROUTER4_UPPER = '190.4.0.1';
const SIIT_POOL6 = '2001:db8:100::/40';
const SIIT_CLIENTS4 = '11.66.0.0/28';

/** Addresses of client6 that nat64 masks, and those that siit maps. */
export const MASKED_CLIENTS = Array.from({ length: 8 }, (_, index) => `2001:db8:6::1${index}`);
export const MAPPED_CLIENTS = ['2001:db8:6::41', '2001:db8:6::42'];

/**
 * server4, as client6 sees it through lower and upper, and through siit (RFC 6052: a /40 splits the IPv4 address around
 * the octet u).
 */
export const MASKED_SERVERS = [`64:ff9b::${SERVER4}`, `64:ff9b::${SERVER4_UPPER}`];
export const MAPPED_SERVER = '2001:db8:10b:400:50::';

export async function buildStormSite(gateways: number): Promise<Site> {
  const site = await buildSite({
    gateways,
    mode: 'ecmp',
    prefixes6: [POOL6, SIIT_POOL6],
    prefixes4: [POOL4, UPPER_POOL4, SIIT_CLIENTS4],
  });
  await site.client6.ip(
    [...MASKED_CLIENTS, ...MAPPED_CLIENTS].map((address) => `addr add ${address}/64 dev eth0 nodad`),
  );
  await site.server4.ip([`addr add ${SERVER4_UPPER}/24 dev eth0`]);
  await site.router.ip([`addr add ${ROUTER4_UPPER}/24 dev lan4`]);
  return site;
}

export function stormClusterFile(gateways: readonly Gateway[]): string {
  return `cluster: storm
secretFile: ${SECRET_FILE}
nodes:
${gateways.map(({ name, slot }) => `  ${name}: { slot: ${slot}, links: [ring0, ring1] }`).join('\n')}
instances:
  lower:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: ${POOL6}
    destinations: [0.0.0.0/1]
    pool4:
      - { prefix: ${POOL4}, ports: 1024-65535 }
    icmp: { source4: 11.64.1.1, source6: "2001:db8:64::1" }
  upper:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: ${POOL6}
    destinations: [128.0.0.0/1]
    pool4:
      - { prefix: ${UPPER_POOL4}, ports: 1024-65535 }
    icmp: { source4: 11.65.1.1, source6: "2001:db8:65::1" }
  siit:
    kind: siit
    namespace: ${DATA_PLANE}
    pool6: ["${SIIT_POOL6}"]
    eam:
      - { v6: "2001:db8:6::40/124", v4: ${SIIT_CLIENTS4} }
    icmp: { source4: 11.66.1.1, source6: "2001:db8:66::1" }
upstreams:
${gateways.map(upstreamOf).join('\n')}
`;
}
