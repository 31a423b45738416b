import type { SiitOptions } from '../../../../src/translator/options.ts';

/** A plain stateless instance. */
export const OPTIONS: SiitOptions = {
  kind: 'siit',
  mtu6: 1500,
  mtu4: 1500,
  lowestIpv6Mtu: 1280,
  trafficClass: 'copy',
  tos: 'copy',
  mtuPlateaus: [65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68],
  icmpSource4: '198.51.100.1',
  icmpSource6: '2001:db8:1c0:2:1::',
  icmpErrorsPerSecond: 1000,
  icmpErrorsPerSource: 1000,
  allowNonGlobal: false,
  clampMss: false,
  seed: '01'.repeat(32),
  pool6: ['2001:db8:100::/40'],
  eam: [{ v6: '2001:db8:3::/120', v4: '1.0.0.0/24' }],
  eamHairpin: 'intrinsic',
  denylist4: ['203.0.113.128/25'],
  rfc6791v4: ['203.0.113.8/32'],
  rfc6791v6: [],
  rfc6791Choice: 'random',
  rfc6791Extension: true,
  zeroChecksumUdp: 'drop',
};
