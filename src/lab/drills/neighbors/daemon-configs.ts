import { type CaseGroup, type GracefulRestartMode, TIMERS } from './cases.ts';

/*
 *   client ──lan── router (the neighbour) ──down0──up0── gateway (FRR of the machine)
 */
export const ROUTER = { v4: '10.9.0.1', v6: '2001:db8:9::1', interface: 'down0', lan: 'lan', asn: 64_500 } as const;
export const GATEWAY = { v4: '10.9.0.2', v6: '2001:db8:9::2', interface: 'up0', asn: 64_512 } as const;
/** FRR's pathspace on both sides. */
export const SPACE = 'edge';
export const PREFIX4 = '11.64.0.0/29';
export const PREFIX6 = '64:ff9b::/96';

const { bfdIntervalMs, bfdMultiplier, holdSeconds, restartSeconds } = TIMERS;

/** bfdd on either side with FRR: a profile with the drill's timers. */
export const BFD_PROFILE = `bfd
 profile lab
  detect-multiplier ${bfdMultiplier}
  receive-interval ${bfdIntervalMs}
  transmit-interval ${bfdIntervalMs}
 exit
exit
`;

interface Side {
  readonly v4: string;
  readonly v6: string;
  readonly asn: number;
}

function frrBgp(own: Side, other: Side, { kind }: CaseGroup, restart: GracefulRestartMode): string {
  const neighbors = [other.v4, other.v6].flatMap((peer) => [
    ` neighbor ${peer} remote-as ${other.asn}`,
    ` neighbor ${peer} timers 1 ${holdSeconds}`,
    ` neighbor ${peer} timers connect 1${kind === 'bgp-bfd' ? `\n neighbor ${peer} bfd profile lab` : ''}`,
  ]);
  const restartLines = {
    disabled: ' bgp graceful-restart-disable',
    helper: ` bgp graceful-restart restart-time ${restartSeconds}`,
    restart: ` bgp graceful-restart\n bgp graceful-restart restart-time ${restartSeconds}`,
  };
  return `router bgp ${own.asn}
 bgp router-id ${own.v4}
 no bgp ebgp-requires-policy
 no bgp network import-check
 no bgp default ipv4-unicast
${restartLines[restart]}
${neighbors.join('\n')}
 address-family ipv4 unicast
  neighbor ${other.v4} activate
 exit-address-family
 address-family ipv6 unicast
  neighbor ${other.v6} activate
 exit-address-family
`;
}

export function gatewayBgp(group: CaseGroup): string {
  return frrBgp(GATEWAY, ROUTER, group, group.gracefulRestart);
}

export function frrRouterBgp(group: CaseGroup): string {
  return frrBgp(ROUTER, GATEWAY, group, 'helper');
}

/** Static routes of an FRR router that depend on BFD. */
export const FRR_STATIC = `ip route ${PREFIX4} ${GATEWAY.v4} bfd profile lab
ipv6 route ${PREFIX6} ${GATEWAY.v6} ${ROUTER.interface} bfd profile lab
`;

export function birdRouter({ kind }: CaseGroup): string {
  const families = [
    { family: 'ipv4', prefix: PREFIX4, own: ROUTER.v4, other: GATEWAY.v4 },
    { family: 'ipv6', prefix: PREFIX6, own: ROUTER.v6, other: GATEWAY.v6 },
  ];
  const protocols = families.map(({ family, prefix, own, other }) =>
    kind === 'static-bfd'
      ? `protocol static s${family} { ${family}; route ${prefix} via ${other} bfd; }`
      : `protocol bgp b${family} {
  local ${own} as ${ROUTER.asn};
  neighbor ${other} as ${GATEWAY.asn};
  hold time ${holdSeconds};
  keepalive time 1;
  connect delay time 1;
  connect retry time 1;
  error wait time 1, 2;
  ${kind === 'bgp-bfd' ? 'bfd on;' : ''}
  ${family} { import all; export none; };
}`,
  );
  return `router id ${ROUTER.v4};
log stderr { info, warning, error, fatal, bug };
protocol device {}
protocol direct { ipv4; ipv6; }
protocol kernel kernel4 { ipv4 { import none; export where source != RTS_DEVICE; }; }
protocol kernel kernel6 { ipv6 { import none; export where source != RTS_DEVICE; }; }
protocol bfd {
  interface "${ROUTER.interface}" { interval ${bfdIntervalMs} ms; idle tx interval ${bfdIntervalMs} ms; multiplier ${bfdMultiplier}; };
}
${protocols.join('\n')}
`;
}
