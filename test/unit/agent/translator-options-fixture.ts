import type { Nat64Options, SiitOptions } from '../../../src/translator/options.ts';

const common = {
  mtu6: 1500,
  mtu4: 1500,
  lowestIpv6Mtu: 1280,
  trafficClass: 'copy',
  tos: 'copy',
  mtuPlateaus: [1492],
  icmpSource4: '192.0.2.1',
  icmpSource6: '2001:db8::1',
  icmpErrorsPerSecond: 1000,
  icmpErrorsPerSource: 1000,
  allowNonGlobal: false,
  clampMss: false,
  seed: '00'.repeat(32),
} as const;

export const nat64Options: Nat64Options = {
  ...common,
  kind: 'nat64',
  pool6: ['64:ff9b::/96'],
  pool4: [{ prefix: '11.64.0.0/29', ports: [1024, 65_535], protocols: ['tcp', 'udp'], clients: [] }],
  static: [],
  timeouts: { tcpEstablished: 1, tcpTransitory: 1, tcpIncomingSyn: 1, udp: 1, icmp: 1, fragment: 1, portHold: 1 },
  limits: {
    sessions: 1,
    bibEntries: 1,
    clientPrefixLength: 64,
    networkPrefixLength: 48,
    sharePerClient: 100,
    sharePerNetwork: 100,
    reserve: 0,
    sessionsPerClient: 0,
    sessionsFromOutsidePerClient: 0,
    portsPerClient: 0,
    newSessionsPerSecondPerClient: 0,
    fragmentsHeld: 1,
    fragmentsHeldPerSource: 1,
  },
  addressDependentFiltering: true,
  dropExternallyInitiatedTcp: false,
  dropPings: false,
  ftpAlg: false,
  portBlockSize: 0,
  natLog: 'off',
  holdBackMs: 0,
  deferMs: 0,
  slot: 1,
  slots: 2,
};

/** The example of RFC 7757 section 4 in small: one server, and the rest of the internet behind pool6. */
export const siitOptions: SiitOptions = {
  ...common,
  kind: 'siit',
  pool6: ['2001:db8:100::/40'],
  eam: [
    { v6: '2001:db8:3::/120', v4: '1.0.0.0/24' },
    { v6: '2001:db8:4::99', v4: '1.0.0.7' },
  ],
  eamHairpin: 'none',
  denylist4: ['9.0.0.0/8'],
  rfc6791v4: [],
  rfc6791v6: [],
  rfc6791Choice: 'random',
  rfc6791Extension: true,
  zeroChecksumUdp: 'drop',
};
