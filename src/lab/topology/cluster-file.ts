import { SECRET_FILE } from '../gateway/agent.ts';
import { DATA_PLANE, type Gateway, POOL4, POOL6, SERVER4 } from './site.ts';

/** Varying parts of the labs' cluster files. */
export interface FileParts {
  /** Text above the nodes. */
  readonly head?: string;
  readonly entryOf?: (gateway: Gateway) => string;
  readonly upstream?: (gateway: Gateway) => string;
  /** Replaces the lab's pool with all ports. */
  readonly pool4?: string;
}

/** The cluster file of a lab with one nat64 instance on every gateway, with the first ones preferred. */
export function clusterFile(gateways: readonly Gateway[], parts: FileParts = {}): string {
  const { head = '', upstream = upstreamOf, pool4 = `{ prefix: ${POOL4}, ports: 1024-65535 }` } = parts;
  const entryOf = parts.entryOf ?? (({ slot }) => `{ slot: ${slot}, links: [ring0, ring1] }`);
  const names = gateways.map(({ name }) => name).join(', ');
  return `cluster: lab
secretFile: ${SECRET_FILE}
${head}nodes:
${gateways.map((gateway) => `  ${gateway.name}: ${entryOf(gateway)}`).join('\n')}
instances:
  internet:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: ${POOL6}
    pool4:
      - ${pool4}
    icmp: { source4: 11.64.1.1, source6: "2001:db8:64::1" }
    prefer: [${names}]
upstreams:
${gateways.map(upstream).join('\n')}
checks:
  upstreams:
    server: { address: ${SERVER4}, interval: 500ms, timeout: 400ms }
`;
}

/** The entry for the router under `upstreams` of a gateway. */
export function upstreamOf({ name, peer6, peer4 }: Gateway): string {
  return `  router-${name}:
    nodes: [${name}]
    frr: { pathspace: ${DATA_PLANE} }
    bfd:
      - { peer: "${peer6}", interface: up0 }
      - { peer: ${peer4}, interface: up0 }
    neighbor: bird`;
}
