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
