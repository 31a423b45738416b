/*
 * The methods of withdrawal, which component executes each of them (created in `upstreams.ts`), in which order an
 * upstream may use them, and the defaults.
 *
 * Once AdminDown has been sent to a router that keeps its route on it (RFC 5882 section 3.2), the session is down, so
 * that neither its removal nor its silence is noticed any more: no later method has an effect. So AdminDown requires
 * the configuration to state that this router drops the route, and no method based on the detection time may follow it.
 */

export const WITHDRAWAL_METHODS = [
  'bfd-block',
  'bfd-shutdown',
  'bfd-remove',
  'bgp-prefix',
  'bgp-shutdown',
  'vrrp-fault',
] as const;
export type WithdrawalMethod = (typeof WITHDRAWAL_METHODS)[number];

const CARRIED_OUT_BY = {
  /** The gate in the kernel: `gated-announcer.ts`. */
  'bfd-block': 'gate',
  'bfd-shutdown': 'bfd',
  'bfd-remove': 'bfd',
  'bgp-prefix': 'bgp',
  'bgp-shutdown': 'bgp',
  'vrrp-fault': 'vrrp',
} as const satisfies Record<WithdrawalMethod, string>;
type Announcers = (typeof CARRIED_OUT_BY)[WithdrawalMethod];

/** The methods executed by one kind of announcer. */
export type MethodOf<By extends Announcers> = {
  [Method in WithdrawalMethod]: (typeof CARRIED_OUT_BY)[Method] extends By ? Method : never;
}[WithdrawalMethod];

/** An upstream's methods of this kind of announcer, in order. */
export function methodsOf<By extends Announcers>(by: By, methods: readonly WithdrawalMethod[]): MethodOf<By>[] {
  return methods.filter((method): method is MethodOf<By> => CARRIED_OUT_BY[method] === by);
}

/** The router's BFD implementation; true for releases known to drop a route on AdminDown. */
export const NEIGHBOR_KINDS = { bird: true, 'frr<10.7': true, frr: false, other: false } as const;
export type NeighborKind = keyof typeof NEIGHBOR_KINDS;

/** The configured property of the router: its kind, or its behaviour. */
export type NeighborWord = NeighborKind | { readonly dropsOnAdminDown: boolean };

/** Absent means unknown: then no method is used that only some routers obey. */
export function dropsOnAdminDown(neighbor: NeighborWord | undefined): boolean {
  if (neighbor === undefined) return false;
  return typeof neighbor === 'string' ? NEIGHBOR_KINDS[neighbor] : neighbor.dropsOnAdminDown;
}

export interface Protocols {
  readonly bfd: boolean;
  readonly bgp: boolean;
  readonly vrrp: boolean;
  readonly neighbor: NeighborWord | undefined;
  /** Its packets pass the gate, unless the kernel does not support one. */
  readonly gate: boolean;
}

/** The default methods of an upstream. */
export function defaultMethods({ bfd, bgp, vrrp, neighbor, gate }: Protocols): WithdrawalMethod[] {
  const silent: readonly WithdrawalMethod[] = gate ? ['bfd-block', 'bfd-remove'] : ['bfd-remove'];
  const ofBfd: readonly WithdrawalMethod[] = dropsOnAdminDown(neighbor) ? ['bfd-shutdown'] : silent;
  return [
    ...(bfd ? ofBfd : []),
    ...(bgp ? (['bgp-prefix', 'bgp-shutdown'] as const) : []),
    ...(vrrp ? (['vrrp-fault'] as const) : []),
  ];
}

export interface OrderMistake {
  /** Position of the method in the list. */
  readonly index: number;
  readonly what: string;
  readonly remedy: string;
}

/** Methods that work by the router's detection time: without an established session they have no effect. */
const BY_DETECTION: ReadonlySet<WithdrawalMethod> = new Set(['bfd-block', 'bfd-remove']);

/** Methods that cannot work at their position. Pure. */
export function orderMistakes(
  methods: readonly WithdrawalMethod[],
  neighbor: NeighborWord | undefined,
): OrderMistake[] {
  const shutdown = methods.indexOf('bfd-shutdown');
  if (shutdown < 0) return [];
  const late = methods.flatMap((method, index) => {
    if (index < shutdown || !BY_DETECTION.has(method)) return [];
    const what =
      `${method} after bfd-shutdown has no effect: after AdminDown the session is down already, ` +
      'so no detection time runs out, and a router that kept its route keeps it';
    return [{ index, what, remedy: `name bfd-shutdown alone, or ${method} alone` }];
  });
  if (dropsOnAdminDown(neighbor)) return late;
  const what =
    'bfd-shutdown sends AdminDown, on which many routers keep their route (FRR 10.7 and later do), ' +
    'and then nothing withdraws it any more';
  const remedy =
    'use bfd-block or bfd-remove, which work with every router, or say that this one drops its route on it: ' +
    'neighbor: bird, neighbor: frr<10.7, or neighbor: { dropsOnAdminDown: true }';
  return [{ index: shutdown, what, remedy }, ...late];
}
