import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { clusterText } from '../../../../src/cluster/import/cluster-text.ts';
import type { InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { importTayga } from '../../../../src/cluster/import/tayga-conf.ts';
import { importTundra } from '../../../../src/cluster/import/tundra-conf.ts';
import type { ClusterConfig } from '../../../../src/cluster/schema.ts';

function instancesOf(...drafts: InstanceDraft[]): ClusterConfig['instances'] {
  const frame = { cluster: 'campus', nodes: ['gw1'], links: [], origin: 'a test' };
  return parseClusterText(clusterText(frame, drafts), 'made.yaml').instances;
}

describe('tayga.conf', () => {
  const STATIC = `# a comment
tun-device nat64
ipv4-addr 192.0.2.254   # its own
ipv6-addr 2001:db8::254
prefix 64:ff9b::/96
wkpf-strict no
udp-cksum-mode calc
offlink-mtu 1400
map 198.51.100.0/24 2001:db8:5::/120
map 203.0.113.7 2001:db8:7::1
data-dir /var/lib/tayga
log drop reject
unheard-of 1
`;

  it('with mappings is a siit instance', () => {
    const drafts = importTayga(STATIC, 'tayga.conf', 'siit');
    expect(instancesOf(...drafts)).toMatchObject({
      siit: {
        kind: 'siit',
        tun: 'nat64',
        pool6: ['64:ff9b::/96'],
        allowNonGlobal: true,
        zeroChecksumUdp: 'compute',
        lowestIpv6Mtu: 1400,
        icmp: { source4: '192.0.2.254', source6: '2001:db8::254' },
        eam: [
          { v6: '2001:db8:5::/120', v4: '198.51.100.0/24' },
          { v6: '2001:db8:7::1/128', v4: '203.0.113.7/32' },
        ],
      },
    });
    const found = drafts.flatMap(({ findings }) => findings.map(({ what }) => what.split(' ')[0]));
    expect(found).toEqual(['data-dir', 'log', 'unheard-of']);
  });

  it('with a dynamic pool is a nat64 instance, and a siit one for the hosts with a mapping', () => {
    const drafts = importTayga(`${STATIC}dynamic-pool 192.168.255.0/24\n`, 'tayga.conf', 'siit');
    expect(instancesOf(...drafts)).toMatchObject({
      'siit-pool': { kind: 'nat64', pool4: [{ prefix: '192.168.255.0/24', ports: [1024, 65535] }] },
      siit: { kind: 'siit', clients: ['2001:db8:5::/120', '2001:db8:7::1/128'] },
    });
  });

  it.each([
    ['map 1.2.3 2001:db8::1', 'tayga.conf:1: "1.2.3" is not an IPv4 prefix'],
    ['prefix 64:ff9b::/96\nudp-cksum-mode maybe', 'tayga.conf:2: unknown mode maybe'],
    ['dynamic-pool 192.168.255.0/24', 'a dynamic pool without prefix'],
    ['prefix 64:ff9b::/96\nipv4-addr ::x', 'tayga.conf:2: "::x" is not an address'],
  ])('with %s is refused', (text, message) => {
    expect(() => importTayga(text, 'tayga.conf', 'siit')).toThrow(message);
  });
});

describe('tundra-nat64.conf', () => {
  const CLAT = `; a comment
io.tun.interface_name = clat
router.ipv4 = 192.168.46.254
router.ipv6 = fd00::254
addressing.mode = clat
addressing.nat64_clat.ipv4 = 192.168.46.1
addressing.nat64_clat.ipv6 = 2001:db8::46
addressing.nat64_clat_siit.prefix = 64:ff9b::
addressing.nat64_clat_siit.allow_translation_of_private_ips = yes
translator.ipv4.outbound_mtu = 1472
translator.ipv6.outbound_mtu = 1500
translator.6to4.copy_dscp_and_ecn = no
translator.4to6.copy_dscp_and_ecn = no
router.generated_packet_ttl = 224
!STOP
addressing.mode = nonsense
`;

  it('is a siit instance with its prefix and its pair of addresses', () => {
    const draft = importTundra(CLAT, 'tundra.conf', 'clat');
    expect(instancesOf(draft)).toMatchObject({
      clat: {
        kind: 'siit',
        tun: 'clat',
        pool6: ['64:ff9b::/96'],
        allowNonGlobal: true,
        eam: [{ v6: '2001:db8::46/128', v4: '192.168.46.1/32' }],
        icmp: { source4: '192.168.46.254', source6: 'fd00::254' },
        mtu4: 1472,
        mtu6: 1500,
        trafficClass: 'zero',
        tos: 0,
      },
    });
    expect(draft.findings.map(({ what }) => what)).toEqual(['router.generated_packet_ttl 224']);
  });

  it('as Tundra comes with it has options without a value, which say nothing', () => {
    const empty = ['program.translator_threads', 'program.privilege_drop_user', 'io.tun.owner_group', 'program.other'];
    const text = CLAT.replace('private_ips = yes', 'private_ips = Y');
    const draft = importTundra(`${empty.map((key) => `${key} =`).join('\n')}\n${text}`, 'tundra.conf', 'clat');
    expect(draft.findings.map(({ what }) => what)).toEqual(['router.generated_packet_ttl 224']);
    expect(instancesOf(draft)).toMatchObject({ clat: { allowNonGlobal: true } });
  });

  it('lists every other option that it has', () => {
    const more = ['program.chroot_dir = /var/empty', 'translator.4to6.whatever = 1', 'io.tun.multi_queue = yes'];
    const draft = importTundra(`${more.join('\n')}\n${CLAT}`, 'tundra.conf', 'clat');
    const found = draft.findings.map(({ what }) => what.split(' ')[0]);
    expect(found).toEqual([...more.map((line) => line.split(' ')[0]), 'router.generated_packet_ttl']);
  });

  it('of mode siit has the prefix alone', () => {
    const text = 'addressing.mode=siit\naddressing.nat64_clat_siit.prefix=2001:db8:64::\n';
    expect(instancesOf(importTundra(text, 'tundra.conf', 'siit'))).toMatchObject({
      siit: { pool6: ['2001:db8:64::/96'], eam: [] },
    });
  });

  it.each([
    ['addressing.mode = external', 'nat64, clat and siit can be imported'],
    ['', 'no addressing.mode'],
    ['addressing.mode = siit\naddressing.nat64_clat_siit.prefix =', 'the prefix is empty'],
    ['addressing.mode = nat64\naddressing.nat64_clat_siit.prefix = 64:ff9b::', 'an address of each family'],
  ])('with %s is refused', (text, message) => {
    expect(() => importTundra(text, 'tundra.conf', 'siit')).toThrow(message);
  });
});
