import type { Announcer } from './announcer.ts';
import { type AnnouncementDeps, Announcements } from './announcements.ts';
import { BfdAnnouncer } from './bfd-announcer.ts';
import { type BfdPeerOptions, longestDetectionMs } from './bfd-peers.ts';
import { BgpAnnouncer } from './bgp-announcer.ts';
import type { BgpOptions } from './bgp-options.ts';
import { daemonEnder, daemonNamed, daemonNamespace } from './daemon-process.ts';
import { type DaemonShell, type FrrDaemon, type FrrPlace, openShell } from './daemon-shell.ts';
import { GateLease, type GatedPeer, KernelPeerGate, type LeaseKeeper } from './gate/peer-gates.ts';
import { GatedAnnouncer, type GateUse } from './gated-announcer.ts';
import type { GuardHandle } from './guard/keeper.ts';
import { commandsBy, type RunCommand } from '../linux/command.ts';
import { directStarter } from '../linux/programs/direct-starter.ts';
import type { ProgramStarter } from '../linux/programs/program.ts';
import { InterfaceDown, setLinkDown } from './interface-down.ts';
import { LastResort } from './last-resort.ts';
import { LoopLateness } from './loop-lateness.ts';
import { VERIFY_MS } from './read-back.ts';
import { Keepalived } from './vrrp/keepalived.ts';
import { VrrpAnnouncer, type VrrpOptions } from './vrrp/vrrp-announcer.ts';
import { methodsOf, type WithdrawalMethod } from './withdrawal-methods.ts';

export interface UpstreamOptions {
  readonly name: string;
  readonly frr: FrrPlace;
  readonly bfd: readonly BfdPeerOptions[];
  readonly bgp?: BgpOptions;
  readonly vrrp?: VrrpOptions;
  readonly withdraw: readonly WithdrawalMethod[];
  /** Maximum time for FRR to show the effect of commands. */
  readonly verifyMs?: number;
  /** Kill a daemon that cannot be made to withdraw. */
  readonly endDaemon?: boolean;
  /** When packets still arrive after everything else, set the interfaces towards the router down. */
  readonly interfaceDown?: boolean;
  /** BFD and BGP packets to its peers pass a gate in the kernel; absent: no. */
  readonly gate?: boolean;
  /** Prefixes routed to this node: packets that still arrive for them show whether a withdrawal has worked. */
  readonly prefixes?: readonly string[];
}

/** Shared by the announcers of a node. */
interface Shared {
  readonly lease: GateLease;
  readonly lateness: LoopLateness;
}

/** External interfaces of the upstreams. */
export interface UpstreamsWorld {
  /** Called when there is something to withdraw; absent: no guard. */
  readonly startGuard?: () => GuardHandle;
  /** Renews the gates' lease if there is no guard; absent: the gates stay shut. */
  readonly keeper?: LeaseKeeper;
  /** Starts programs; absent: the calling thread does, blocking for each. */
  readonly programs?: ProgramStarter;
  /** Opens the shells of FRR's daemons. */
  readonly open?: typeof openShell;
}

/** The upstreams of a node, which can change at run time, and the announcements to them. */
export class Upstreams {
  readonly announcements: Announcements;
  readonly #startGuard: (() => GuardHandle) | undefined;
  readonly #open: (daemon: FrrDaemon, place: FrrPlace) => DaemonShell;
  readonly #run: RunCommand;
  readonly #shared: Shared = { lease: new GateLease(), lateness: new LoopLateness() };
  #options: readonly UpstreamOptions[];
  #announcers: ReadonlyMap<string, readonly Announcer[]>;

  /** @throws AnnouncerOptionsError */
  constructor(
    options: readonly UpstreamOptions[],
    onFinding: AnnouncementDeps['onFinding'],
    { startGuard, keeper, programs = directStarter, open = openShell }: UpstreamsWorld = {},
  ) {
    this.#open = (daemon, place) => open(daemon, place, programs);
    this.#run = commandsBy(programs);
    if (keeper !== undefined) this.#shared.lease.keptBy(keeper);
    this.#options = options;
    this.#startGuard = startGuard === undefined ? undefined : () => this.#guarded(startGuard());
    this.#announcers = new Map(options.map((one) => [keyOf(one), this.#announcersOf(one)]));
    const guard = options.length === 0 ? undefined : this.#startGuard?.();
    this.announcements = new Announcements([...this.#announcers.values()].flat(), { guard, onFinding });
  }

  get options(): readonly UpstreamOptions[] {
    return this.#options;
  }

  /**
   * Unchanged announcements stay; removed ones are withdrawn, which is verified first.
   * @throws AnnouncementError, AnnouncerOptionsError: nothing is changed then
   */
  async reconfigure(options: readonly UpstreamOptions[]): Promise<void> {
    const next = new Map(
      options.map((one) => [keyOf(one), this.#announcers.get(keyOf(one)) ?? this.#announcersOf(one)]),
    );
    if ([...next.keys()].join() === [...this.#announcers.keys()].join()) return;
    const leaving = this.#options.flatMap((before) =>
      leftovers(before, options).flatMap((left) => this.#announcersOf(left)),
    );
    await this.announcements.replace([...next.values()].flat(), leaving, this.#startGuard);
    this.#options = options;
    this.#announcers = next;
  }

  #guarded(guard: GuardHandle): GuardHandle {
    this.#shared.lease.keptBy(guard);
    return guard;
  }

  /** One for each protocol of the upstream. @throws AnnouncerOptionsError */
  #announcersOf(options: UpstreamOptions): Announcer[] {
    const { name, frr, bfd, bgp, vrrp, withdraw, verifyMs = VERIFY_MS } = options;
    const announcers: Announcer[] = [];
    if (bfd.length > 0) {
      const named = methodsOf('bfd', withdraw);
      // The guard, and an agent that ends, need at least one method for FRR.
      const methods = named.length > 0 ? named : (['bfd-remove'] as const);
      const lastResort = this.#lastResort('bfdd', options);
      const peers = bfd.map((peer) => ({ address: peer.peer, interface: peer.interface, kinds: ['bfd'] as const }));
      const use = {
        first: withdraw[0] === 'bfd-block',
        beside: named.length > 0,
        sendsAdminDown: named[0] === 'bfd-shutdown',
        allowedMs: longestDetectionMs(bfd) + ALLOWANCE_MS,
        stronger: new BfdAnnouncer(
          { upstream: name, peers: bfd, methods: ['bfd-remove'], verifyMs },
          this.#open('bfdd', frr),
        ),
      };
      const announcer = new BfdAnnouncer(
        { upstream: name, peers: bfd, methods, verifyMs, ...(options.gate === true ? {} : lastResort) },
        this.#open('bfdd', frr),
      );
      announcers.push(this.#gated(announcer, options, { daemon: 'bfdd', peers, use, ...lastResort }));
    }
    if (bgp !== undefined) {
      const methods = methodsOf('bgp', withdraw);
      const lastResort = this.#lastResort('bgpd', options);
      const peers = bgp.neighbors.map(({ peer }) => ({ address: peer, kinds: ['bfd', 'bgp'] as const }));
      const use = {
        first: false,
        beside: true,
        allowedMs: ALLOWANCE_MS,
        stronger: new BgpAnnouncer(
          { upstream: name, ...bgp, methods: ['bgp-shutdown'], verifyMs },
          this.#open('bgpd', frr),
        ),
      };
      const announcer = new BgpAnnouncer(
        { upstream: name, ...bgp, methods, verifyMs, ...(options.gate === true ? {} : lastResort) },
        this.#open('bgpd', frr),
      );
      announcers.push(this.#gated(announcer, options, { daemon: 'bgpd', peers, use, ...lastResort }));
    }
    if (vrrp !== undefined)
      announcers.push(new VrrpAnnouncer(name, vrrp, new Keepalived(vrrp.pidFile, this.#run), verifyMs));
    return announcers;
  }

  #lastResort(daemon: FrrDaemon, { frr, endDaemon }: UpstreamOptions): { lastResort?: LastResort } {
    if (endDaemon !== true) return {};
    const lateMs = (): number => this.#shared.lateness.worstMs();
    const named = daemonNamed(daemon, frr);
    return { lastResort: new LastResort(daemon, daemonEnder(daemon, frr), undefined, lateMs, named) };
  }

  #gated(announcer: Announcer, options: UpstreamOptions, parts: GateParts): Announcer {
    const { frr, gate, prefixes = [], interfaceDown } = options;
    if (gate !== true) return announcer;
    const { daemon, peers, use, lastResort } = parts;
    const namespace = (): string | undefined => daemonNamespace(daemon, frr);
    const kernel = new KernelPeerGate(peers, namespace, this.#shared.lease, prefixes);
    return new GatedAnnouncer(announcer, kernel, {
      ...use,
      ...(lastResort === undefined ? {} : { lastResort }),
      ...(interfaceDown === true ? { interfaceDown: new InterfaceDown(peers, namespace, setLinkDown(this.#run)) } : {}),
    });
  }
}

interface GateParts {
  readonly daemon: FrrDaemon;
  readonly peers: readonly GatedPeer[];
  readonly use: GateUse;
  readonly lastResort?: LastResort;
}

/** Time that a router needs in addition to its detection time to change its routes, ms. */
const ALLOWANCE_MS = 2000;

/** Equal options give equal keys. */
function keyOf(options: UpstreamOptions): string {
  return JSON.stringify(options);
}

/**
 * The parts of an upstream that are no longer configured anywhere, each in a form that can be removed by itself: peers,
 * prefixes and neighbours. Pure.
 */
export function leftovers(before: UpstreamOptions, after: readonly UpstreamOptions[]): UpstreamOptions[] {
  const beside = after.filter(({ frr }) => JSON.stringify(frr) === JSON.stringify(before.frr));
  const left: UpstreamOptions[] = [];
  const { bgp, vrrp, ...rest } = before;
  const kept = new Set(beside.flatMap(({ bfd }) => bfd.map(peerKey)));
  const bfd = before.bfd.filter((peer) => !kept.has(peerKey(peer)));
  if (bfd.length > 0) left.push({ ...rest, bfd });
  if (vrrp !== undefined && !after.some((one) => one.vrrp?.trackFile === vrrp.trackFile)) {
    left.push({ ...rest, bfd: [], vrrp, withdraw: ['vrrp-fault'] });
  }
  if (bgp === undefined) return left;
  const same = beside.flatMap((one) => (one.bgp?.asn === bgp.asn && one.bgp.vrf === bgp.vrf ? [one.bgp] : []));
  const prefixesKept = new Set(same.flatMap(({ prefixes }) => prefixes.map(({ prefix }) => prefix)));
  const prefixes = bgp.prefixes.filter(({ prefix }) => !prefixesKept.has(prefix));
  if (prefixes.length > 0) left.push({ ...rest, bfd: [], bgp: { ...bgp, prefixes }, withdraw: ['bgp-prefix'] });
  const peersKept = new Set(same.flatMap(({ neighbors }) => neighbors.map(({ peer }) => peer)));
  const neighbors = bgp.neighbors.filter(({ peer }) => !peersKept.has(peer));
  if (neighbors.length > 0 && same.length > 0) {
    left.push({ ...rest, bfd: [], bgp: { ...bgp, neighbors, prefixes: [] }, withdraw: ['bgp-shutdown'] });
  }
  return left;
}

function peerKey({ peer, interface: name, local, multihop }: BfdPeerOptions): string {
  return JSON.stringify([peer, name ?? '', local ?? '', multihop ?? false]);
}
