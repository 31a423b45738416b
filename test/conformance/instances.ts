/** Cluster files of the conformance runs. */
const HEAD = `cluster: conformance
secretFile: /nonexistent/secret
slots: 1
nodes:
  gw1: { slot: 1, links: [] }
instances:
`;

const SIIT_COMMON = `    kind: siit
    pool6: [2001:db8:100::/40]
    eam:
      - { v6: 2001:db8:3::/120, v4: 1.0.0.0/24 }
    eamHairpin: intrinsic
    denylist4: [203.0.113.128/25]
    rfc6791: { v4: [203.0.113.8/32], v6: [2001:db8:ffff::8/128] }
    icmp: { source4: 198.51.100.1, source6: "2001:db8:1c0:2:1::" }
`;

const two = (name: string, more: string): string => `  ${name}:\n${SIIT_COMMON}${more}`;

/** One instance at a time: two that translate the same addresses would be refused. */
export function siit(more = ''): string {
  return HEAD + two('siit', more);
}

export const SERVER4 = '198.51.100.7';
/**
 * Each client has a pool4 address with one port (or identifier) of its own: what it is mapped to is known before the
 * run.
 */
export const MAPPED_PORT = 5000;

export const clientOf = (number: number): string => `2001:db8:0:${number.toString(16)}::5`;
export const mappedOf = (number: number): string => `192.0.2.${number}`;

export function nat64(clients: number, more = ''): string {
  const entry = (number: number): string =>
    `      - { prefix: ${mappedOf(number)}/32, ports: ${MAPPED_PORT}, clients: ["2001:db8:0:${number.toString(16)}::/64"] }\n`;
  const pool4 = Array.from({ length: clients }, (_, index) => entry(index + 1)).join('');
  return `${HEAD}  nat64:
    kind: nat64
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/0]
    pool4:
${pool4}    icmp: { source4: 203.0.113.1, source6: "2001:db8::64" }
${more}`;
}

export function siitWith(pool6: string, eams: string, more = ''): string {
  return `${HEAD}  siit:
    kind: siit
    pool6: ${pool6}
    eam:
${eams}    icmp: { source4: 198.51.100.1 }
${more}`;
}
