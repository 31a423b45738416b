import { describe, expect, it } from 'vitest';
import type { DraftKey, InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { importJool } from '../../../../src/cluster/import/jool-instance.ts';
import { readJoolJson } from '../../../../src/cluster/import/jool-json.ts';
import { importTayga } from '../../../../src/cluster/import/tayga-conf.ts';
import { importTundra } from '../../../../src/cluster/import/tundra-conf.ts';

const OPTIONS = {
  name: undefined,
  kind: undefined,
  marks: new Map([[1, ['2001:db8:1::/48']]]),
  ownAddresses: [],
  namespaces: new Map([['nat', 'nat64']]),
  destinations: new Map([['nat', ['0.0.0.0/1']]]),
};
const NAT64 = {
  instance: 'nat',
  global: { pool6: '64:ff9b::/96', 'drop-icmpv6-info': true, 'udp-timeout': '6:00', 'logging-session': true, tos: 1 },
  pool4: [{ mark: 1, protocol: 'TCP', prefix: '192.0.2.1' }],
  bib: [{ protocol: 'TCP', 'ipv6 address': '2001:db8::1#80', 'ipv4 address': '192.0.2.1#61001' }],
};
const SIIT = {
  instance: 'siit',
  global: { 'override-tos': true, 'rfc6791v4-prefix': '192.0.2.9', 'mtu-plateaus': [1500] },
  eamt: [{ 'ipv6 prefix': '2001:db8::1', 'ipv4 prefix': '192.0.2.1' }],
  denylist4: ['192.0.2.2'],
};
const TAYGA = `tun-device nat64
ipv4-addr 192.168.255.1
ipv6-addr 2001:db8::254
prefix 64:ff9b::/96
wkpf-strict no
udp-cksum-mode calc
offlink-mtu 1400
map 203.0.113.7 2001:db8:7::1
dynamic-pool 192.168.255.0/24
`;
const TUNDRA = `io.tun.interface_name = clat
router.ipv4 = 192.168.46.254
addressing.mode = clat
addressing.nat64_clat.ipv4 = 192.168.46.1
addressing.nat64_clat.ipv6 = 2001:db8::46
addressing.nat64_clat_siit.prefix = 64:ff9b::
addressing.nat64_clat_siit.allow_translation_of_private_ips = yes
translator.ipv4.outbound_mtu = 1472
translator.4to6.copy_dscp_and_ecn = no
`;

/** Keys that say what they are made from neither themselves nor in each entry below them. */
function withoutNote({ key, value, note }: DraftKey): string[] {
  if (note !== undefined) return [];
  if (typeof value === 'string') return [key];
  if ('keys' in value) return value.keys.flatMap(withoutNote);
  return value.items.every((item) => item.note !== undefined) ? [] : [key];
}

describe('each line that an importer has decided', () => {
  it.each<readonly [string, InstanceDraft[]]>([
    ['a NAT64 of Jool', [importJool(readJoolJson(JSON.stringify(NAT64), 'jool.json'), OPTIONS)]],
    ['a SIIT of Jool', [importJool(readJoolJson(JSON.stringify(SIIT), 'jool.json'), OPTIONS)]],
    ['TAYGA', importTayga(TAYGA, 'tayga.conf', 'siit')],
    ['Tundra', [importTundra(TUNDRA, 'tundra.conf', 'siit')]],
  ])('has a comment: %s', (_what, drafts) => {
    expect(drafts.flatMap(({ keys }) => keys).length).toBeGreaterThan(4);
    expect(drafts.flatMap(({ keys }) => keys.flatMap(withoutNote))).toEqual([]);
  });
});
