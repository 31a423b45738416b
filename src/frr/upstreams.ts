import type { Announcer, WithdrawalMethod } from './announcer.ts';
import { Announcements } from './announcements.ts';
import { BfdAnnouncer } from './bfd-announcer.ts';
import type { BfdPeerOptions } from './bfd-peers.ts';
import { BgpAnnouncer } from './bgp-announcer.ts';
import type { BgpOptions } from './bgp-options.ts';
import { daemonEnder } from './daemon-process.ts';
import { type FrrDaemon, type FrrPlace, openShell } from './daemon-shell.ts';
import type { GuardHandle } from './guard/keeper.ts';
import { LastResort } from './last-resort.ts';
import { VERIFY_MS } from './read-back.ts';

export interface UpstreamOptions {
  readonly name: string;
  readonly frr: FrrPlace;
  readonly bfd: readonly BfdPeerOptions[];
  readonly bgp?: BgpOptions;
  readonly withdraw: readonly WithdrawalMethod[];
  /** FRR must show the effect of commands within this time. */
  readonly verifyMs?: number;
  /** A daemon that cannot be made to withdraw is ended. */
  readonly endDaemon?: boolean;
}

/** The upstreams of a node, which may become others while it runs, and the announcements to them. */
export class Upstreams {
  readonly announcements: Announcements;
  readonly #startGuard: (() => GuardHandle) | undefined;
  #options: readonly UpstreamOptions[];
  #announcers: ReadonlyMap<string, readonly Announcer[]>;

  /**
   * @param startGuard called once there is something to withdraw; absent: nobody guards it
   * @throws AnnouncerOptionsError
   */
  constructor(options: readonly UpstreamOptions[], onFinding: (text: string) => void, startGuard?: () => GuardHandle) {
    this.#options = options;
    this.#startGuard = startGuard;
    this.#announcers = new Map(options.map((one) => [keyOf(one), announcersOf(one)]));
    const guard = options.length === 0 ? undefined : startGuard?.();
    this.announcements = new Announcements([...this.#announcers.values()].flat(), { guard, onFinding });
  }

  get options(): readonly UpstreamOptions[] {
    return this.#options;
  }

  /**
   * What is in both stays announced; what is no more is withdrawn, and that is verified before anything else.
   * @throws AnnouncementError, AnnouncerOptionsError: all is as before then
   */
  async reconfigure(options: readonly UpstreamOptions[]): Promise<void> {
    const next = new Map(options.map((one) => [keyOf(one), this.#announcers.get(keyOf(one)) ?? announcersOf(one)]));
    if ([...next.keys()].join() === [...this.#announcers.keys()].join()) return;
    const leaving = this.#options.flatMap((before) => leftovers(before, options).flatMap(announcersOf));
    await this.announcements.replace([...next.values()].flat(), leaving, this.#startGuard);
    this.#options = options;
    this.#announcers = next;
  }
}

/** Equal options have equal keys. */
function keyOf(options: UpstreamOptions): string {
  return JSON.stringify(options);
}

/**
 * The part of an upstream that no upstream has any more, each in the way in which it can be taken away by itself: peers
 * are shut, prefixes are not announced, and neighbours are shut. Pure.
 */
export function leftovers(before: UpstreamOptions, after: readonly UpstreamOptions[]): UpstreamOptions[] {
  const beside = after.filter(({ frr }) => JSON.stringify(frr) === JSON.stringify(before.frr));
  const left: UpstreamOptions[] = [];
  const { bgp, ...rest } = before;
  const kept = new Set(beside.flatMap(({ bfd }) => bfd.map(peerKey)));
  const bfd = before.bfd.filter((peer) => !kept.has(peerKey(peer)));
  if (bfd.length > 0) left.push({ ...rest, bfd });
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

/** One for each protocol that the upstream speaks. @throws AnnouncerOptionsError */
function announcersOf(options: UpstreamOptions): Announcer[] {
  const { name, frr, bfd, bgp, withdraw, verifyMs = VERIFY_MS } = options;
  const announcers: Announcer[] = [];
  const resort = (daemon: FrrDaemon): { lastResort?: LastResort } =>
    options.endDaemon === true ? { lastResort: new LastResort(daemon, daemonEnder(daemon, frr)) } : {};
  if (bfd.length > 0) {
    const ways = withdraw.filter((way) => way === 'bfd-shutdown' || way === 'bfd-remove');
    announcers.push(
      new BfdAnnouncer({ upstream: name, peers: bfd, ways, verifyMs, ...resort('bfdd') }, openShell('bfdd', frr)),
    );
  }
  if (bgp !== undefined) {
    const ways = withdraw.filter((way) => way === 'bgp-prefix' || way === 'bgp-shutdown');
    announcers.push(
      new BgpAnnouncer({ upstream: name, ...bgp, ways, verifyMs, ...resort('bgpd') }, openShell('bgpd', frr)),
    );
  }
  return announcers;
}
