import type { Nat64Options, SiitOptions, TranslatorOptions } from '../../../src/translator/options.ts';
import { OPTIONS as NAT64 } from '../../unit/translator/nat64/bench-of-one.ts';
import { OPTIONS as SIIT } from '../../unit/translator/siit/options.ts';
import { shapesOf } from './shapes.ts';

/** A configuration and the packets that mean something to it. */
export interface Target {
  readonly name: string;
  readonly options: TranslatorOptions;
  readonly shapes: readonly Uint8Array[];
}

const nat64Shapes = shapesOf({
  inside6: ['2001:db8::5', '2001:db8:1::6'],
  outside6: ['64:ff9b::c633:6407', '64:ff9b::c000:201'],
  outside4: ['198.51.100.7', '203.0.113.9'],
  inside4: ['192.0.2.1'],
});
const siitShapes = shapesOf({
  inside6: ['2001:db8:3::5', '2001:db8:1c0:2:7::'],
  outside6: ['2001:db8:1c0:2:21::', '2001:db8:101::7', '2001:db8:3::9'],
  outside4: ['192.0.2.33', '1.0.0.9'],
  inside4: ['1.0.0.5', '198.51.100.7'],
});

function nat64(name: string, changes: Partial<Nat64Options>): Target {
  const fixed = (['tcp', 'udp', 'icmp'] as const).map((protocol) => {
    return { protocol, v6: '2001:db8::5', port6: 4002, v4: '192.0.2.1', port4: 2000 };
  });
  const limits = { ...NAT64.limits, sessions: 512, bibEntries: 512 };
  return { name, options: { ...NAT64, static: fixed, limits, ...changes }, shapes: nat64Shapes };
}

function siit(name: string, changes: Partial<SiitOptions>): Target {
  return { name, options: { ...SIIT, ...changes }, shapes: siitShapes };
}

export const TARGETS: readonly Target[] = [
  nat64('nat64', {}),
  siit('siit', {}),
  nat64('nat64 with gateways inside', { ftpAlg: true, clampMss: true, mtu6: 1400, mtu4: 1300 }),
  siit('siit, hairpins off, clamped', { eamHairpin: 'none', clampMss: true, mtu6: 1280, zeroChecksumUdp: 'compute' }),
  nat64('nat64, filtering by address', { addressDependentFiltering: true, lowestIpv6Mtu: 1500, tos: 0 }),
  siit('siit, simple hairpins', {
    eamHairpin: 'simple',
    mtu4: 576,
    trafficClass: 'zero',
    rfc6791v6: ['2001:db8:9::/64'],
  }),
  nat64('nat64, few of everything', {
    ftpAlg: true,
    limits: {
      ...NAT64.limits,
      sessions: 16,
      bibEntries: 16,
      sessionsPerClient: 8,
      fragmentsHeld: 4,
      fragmentsHeldPerSource: 2,
    },
    pool4: [{ prefix: '192.0.2.1/32', ports: [2000, 2031], protocols: ['tcp', 'udp', 'icmp'], clients: [] }],
    slots: 1,
  }),
  siit('siit, zero checksums forwarded', { zeroChecksumUdp: 'forward', lowestIpv6Mtu: 1500, rfc6791v4: [] }),
];
