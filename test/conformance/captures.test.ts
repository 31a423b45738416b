import { describe, expect, it } from 'vitest';
import { type Run, translate } from './run-translate.ts';

/*
 * Captures that once came out wrong, as they were taken.
 */

const CONFIG = `
cluster: captures
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    allowNonGlobal: true
    pool4: [{ prefix: 203.0.113.0/29, ports: 1024-65535 }]
    icmp: { source4: 203.0.113.17, source6: "2001:db8:64::1" }
  siit:
    kind: siit
    pool6: 2001:db8:46::/96
    eam: [{ v6: "2001:db8:12::/120", v4: 198.51.100.0/24 }]
    rfc6791: { v4: [192.0.2.200], v6: ["2001:db8:67::91"] }
  siit2:
    kind: siit
    lowestIpv6Mtu: 1500
    pool6: 2001:db8:47::/96
    eam: [{ v6: "2001:db8:13::/120", v4: 198.51.101.0/24 }]
    icmp: { source4: 192.0.2.201 }
`;

function run(capture: string, instance: string): Run {
  return translate(CONFIG, instance, `test/conformance/captures/${capture}.pcap`);
}

describe('captures', () => {
  it('fin-rst: a FIN that is answered by a RST ends the session within the transitory time', () => {
    const { answers } = run('fin-rst', 'internet');
    expect(answers.map(({ verdict }) => verdict)).toEqual([
      ...Array.from({ length: answers.length - 1 }, () => 'translated'),
      'dropped',
    ]);
    expect(answers.at(-1)?.counter).toBe('dropNoMapping');
  });

  it('ptb-fragment: the Fragment header of the packet in error counts', () => {
    const [{ verdict, out }] = run('ptb-fragment', 'siit2').answers;
    expect([verdict, out.length]).toEqual(['translated', 1]);
    const [error] = out;
    // ICMPv4 destination unreachable, fragmentation needed, next-hop MTU.
    expect([error[20], error[21], (error[26] << 8) | error[27]]).toEqual([3, 4, 1372]);
  });

  it('ptb-mtu20: an MTU that no IPv6 link has is discarded', () => {
    const [{ verdict, counter, out }] = run('ptb-mtu20', 'siit').answers;
    expect([verdict, counter, out]).toEqual(['dropped', 'dropPacketTooBigMtu', []]);
  });
});
