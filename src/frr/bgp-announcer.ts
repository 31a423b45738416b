import {
  type Announced,
  AnnouncementError,
  type Announcer,
  AS_BACKUP,
  AnnouncerOptionsError,
  type GuardOrder,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
  type WithdrawalMethod,
} from './announcer.ts';
import {
  type BgpNeighborOptions,
  type BgpOptions,
  checkBgp,
  familyOf,
  inFamilies,
  makeNeighborCommands,
  medOf,
  outboundCommands,
  routeMapCommands,
  routeMapName,
  routerLine,
} from './bgp-options.ts';
import { type BgpNeighbor, type OwnPath, parseBgpSummary, parseOwnPath } from './bgp-state.ts';
import type { DaemonShell } from './daemon-shell.ts';
import { canonicalAddress } from './frr-output.ts';
import { type LastResort, notWithdrawn } from './last-resort.ts';
import { isSeenWithin, VERIFY_MS } from './read-back.ts';

/*
 * A router that is told of the prefixes by BGP.
 *
 *   withdrawn by prefix       no network …              UPDATE: the router drops the routes at once, the session stays
 *   withdrawn by neighbour    neighbor … shutdown       Cease: all that came from here is dropped at once
 *   announced                 network … route-map …     with the MED and the path of the node's rank for the instance
 *   as a backup               the same, other map       every other node is preferred: MED, path, and the community of RFC 8326
 *
 * The neighbours themselves (remote AS, password, policy) are the operator's. One that FRR does not know is made if the
 * configuration gives its AS.
 */
export interface BgpAnnouncerOptions extends BgpOptions {
  readonly upstream: string;
  /** Weaker first; the next is taken when FRR does not show the effect in time. */
  readonly ways: readonly BgpWay[];
  readonly verifyMs?: number;
  /** When no way can be verified. */
  readonly lastResort?: LastResort;
}

export type BgpWay = Extract<WithdrawalMethod, 'bgp-prefix' | 'bgp-shutdown'>;

interface Seen {
  readonly neighbors: readonly BgpNeighbor[];
  readonly paths: readonly OwnPath[];
}

const NOTHING: Seen = { neighbors: [], paths: [] };

export class BgpAnnouncer implements Announcer {
  readonly upstream: string;
  readonly offersBackup = true;
  readonly #options: BgpAnnouncerOptions;
  readonly #shell: DaemonShell;
  readonly #verifyMs: number;
  readonly #lastResort: LastResort | undefined;
  /** All that FRR showed when it last answered. */
  #seen: Seen = NOTHING;

  /** @throws AnnouncerOptionsError */
  constructor(options: BgpAnnouncerOptions, shell: DaemonShell) {
    checkBgp(options);
    if (options.ways.length === 0) {
      throw new AnnouncerOptionsError(`upstream ${options.upstream} has no way to withdraw what BGP announces`);
    }
    this.upstream = options.upstream;
    this.#options = options;
    this.#shell = shell;
    this.#verifyMs = options.verifyMs ?? VERIFY_MS;
    this.#lastResort = options.lastResort;
  }

  async announce(wanted: Announced): Promise<void> {
    await this.#read();
    await this.#configure(this.#openCommands(wanted), wanted);
    if (await isSeenWithin(this.#verifyMs, async () => this.isAs(wanted, await this.observe()))) return;
    const left = this.#missing(wanted).join(', ') || 'its neighbours';
    throw new AnnouncementError(`upstream ${this.upstream}: FRR does not announce ${left} as ${wanted}`);
  }

  async withdraw(): Promise<void> {
    const failures: string[] = [];
    for (const way of this.#options.ways) {
      try {
        await this.#read();
        await this.#configure(this.#closeCommands(way));
        if (await isSeenWithin(this.#verifyMs, () => this.#isWithdrawnBy(way))) return;
        failures.push(`${way}: FRR still shows it after ${this.#verifyMs} ms`);
      } catch (error) {
        failures.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const heard = this.#options.neighbors.some((one) => this.#neighbor(one)?.shut === false);
    const open = heard && this.#seen.paths.some(({ sourced }) => sourced);
    throw await notWithdrawn(this.upstream, failures, this.#lastResort, open);
  }

  async observe(): Promise<UpstreamObservation> {
    const { neighbors } = this.#options;
    try {
      await this.#read();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const sessions = neighbors.map(({ peer }) => observation(peer, 'unknown', '', detail));
      return { upstream: this.upstream, readable: false, sessions };
    }
    return { upstream: this.upstream, readable: true, sessions: neighbors.map((one) => this.#observeNeighbor(one)) };
  }

  isAs(wanted: Wanted, { readable, sessions }: UpstreamObservation): boolean {
    if (!readable) return false;
    if (wanted === 'withdrawn') {
      // A prefix that no neighbour is told yet would be as soon as one comes up.
      const ready = this.#options.ways[0] === 'bgp-prefix' && this.#seen.paths.some(({ sourced }) => sourced);
      const shut = this.#options.neighbors.every((one) => this.#neighbor(one)?.shut === true);
      return sessions.every(({ observed }) => observed === 'withdrawn') && (!ready || shut);
    }
    // A neighbour that cannot be made is a problem of its own, not a reason to write the same again and again.
    const shut = this.#options.neighbors.some((one) => this.#neighbor(one)?.shut ?? one.remoteAs !== undefined);
    return !shut && this.#missing(wanted).length === 0;
  }

  guardOrders(): readonly GuardOrder[] {
    const [way] = this.#options.ways;
    // A BGP instance that FRR does not have must not be made by an order.
    if (way === undefined || this.#seen.neighbors.length === 0) return [];
    const commands = this.#closeCommands(way, true);
    if (commands.length === 0) return [];
    const all = ['configure terminal', routerLine(this.#options), ...commands, 'end'];
    return [{ socketPath: this.#shell.socketPath, commands: all }];
  }

  close(): void {
    this.#shell.close();
  }

  async #read(): Promise<void> {
    const { vrf, prefixes } = this.#options;
    const bgp = vrf === undefined ? 'bgp' : `bgp vrf ${vrf}`;
    const neighbors = parseBgpSummary(await this.#shell.show(`show ${bgp} summary json`));
    const paths: OwnPath[] = [];
    for (const { prefix } of prefixes) {
      const output = await this.#shell.show(`show ${bgp} ${familyOf(prefix)} unicast ${prefix} json`);
      paths.push(parseOwnPath(output, prefix));
    }
    this.#seen = { neighbors, paths };
  }

  /** @param wanted the maps that the commands refer to; absent: none */
  async #configure(commands: readonly string[], wanted?: Announced): Promise<void> {
    if (commands.length === 0) return;
    const { asn, prefixes } = this.#options;
    const ranks = wanted === undefined ? [] : [...new Set(prefixes.map(({ rank }) => rank))];
    const maps = ranks.flatMap((rank) => routeMapCommands(asn, rank, wanted ?? 'announced'));
    const policy = this.#toBeMade().length === 0 ? [] : outboundCommands(prefixes.map(({ prefix }) => prefix));
    await this.#shell.configure([...maps, ...policy, routerLine(this.#options), ...commands]);
  }

  /** Neighbours that FRR does not know and that can be made. */
  #toBeMade(): readonly BgpNeighborOptions[] {
    return this.#options.neighbors.filter((one) => one.remoteAs !== undefined && this.#neighbor(one) === undefined);
  }

  #openCommands(wanted: Announced): string[] {
    const ranks = new Map(this.#options.prefixes.map(({ prefix, rank }) => [prefix, rank]));
    const networks = inFamilies(
      this.#missing(wanted),
      (prefix) => `network ${prefix} route-map ${routeMapName(ranks.get(prefix) ?? 0, wanted)}`,
    );
    const made = this.#toBeMade();
    const shut = this.#options.neighbors.filter((one) => made.includes(one) || this.#neighbor(one)?.shut === true);
    return [...this.#makeCommands(), ...networks, ...shut.map(({ peer }) => `no neighbor ${peer} shutdown`)];
  }

  /** @param always whatever FRR showed: for the guard, which cannot look */
  #closeCommands(way: BgpWay, always = false): string[] {
    if (way === 'bgp-prefix') {
      const there = this.#seen.paths.filter(({ sourced }) => sourced || always).map(({ prefix }) => prefix);
      return [...(always ? [] : this.#makeCommands()), ...inFamilies(there, (prefix) => `no network ${prefix}`)];
    }
    const known = this.#options.neighbors.filter((one) => {
      const seen = this.#neighbor(one);
      return seen !== undefined && (always || !seen.shut);
    });
    return [...(always ? [] : this.#makeCommands()), ...known.map(({ peer }) => `neighbor ${peer} shutdown`)];
  }

  #makeCommands(): string[] {
    return this.#toBeMade().flatMap((one) => makeNeighborCommands(one, [familyOf(one.peer)]));
  }

  #neighbor({ peer }: BgpNeighborOptions): BgpNeighbor | undefined {
    return this.#seen.neighbors.find((seen) => canonicalAddress(seen.peer) === canonicalAddress(peer));
  }

  /** Prefixes that FRR does not announce as wanted. */
  #missing(wanted: Announced): string[] {
    return this.#options.prefixes.flatMap(({ prefix, rank }) => {
      const path = this.#seen.paths.find((seen) => seen.prefix === prefix);
      return path?.sourced === true && path.med === medOf(rank, wanted) ? [] : [prefix];
    });
  }

  async #isWithdrawnBy(way: BgpWay): Promise<boolean> {
    await this.#read();
    if (way === 'bgp-prefix') return this.#seen.paths.every(({ sourced }) => !sourced);
    return this.#options.neighbors.every((one) => this.#neighbor(one)?.shut ?? true);
  }

  #observeNeighbor(options: BgpNeighborOptions): SessionObservation {
    const { peer } = options;
    const seen = this.#neighbor(options);
    if (seen === undefined) {
      const remedy = options.remoteAs === undefined ? '; configure it there, or give its remoteAs here' : '';
      return observation(peer, 'withdrawn', 'missing', `FRR does not know this BGP neighbour${remedy}`);
    }
    if (seen.shut) return observation(peer, 'withdrawn', seen.state, '');
    const sourced = this.#seen.paths.filter((path) => path.sourced);
    if (sourced.length === 0) return observation(peer, 'withdrawn', seen.state, '');
    if (!seen.established) {
      return observation(peer, 'announced', seen.state, `the router does not answer BGP (${seen.state})`);
    }
    const told = sourced.filter(({ advertisedTo }) =>
      advertisedTo.some((name) => canonicalAddress(name) === canonicalAddress(peer)),
    );
    return observation(peer, 'announced', seen.state, describe(told, peer));
  }
}

/** A neighbour is told the prefixes of its own address family at least. */
function describe(told: readonly OwnPath[], peer: string): string {
  const own = told.filter(({ prefix }) => familyOf(prefix) === familyOf(peer));
  if (own.length === 0) return 'the router is told none of the prefixes: what does the policy towards it say?';
  const backup = told.every(({ med = 0 }) => med >= medOf(0, 'backup'));
  return backup ? AS_BACKUP : '';
}

function observation(
  peer: string,
  observed: SessionObservation['observed'],
  state: string,
  detail: string,
): SessionObservation {
  return { kind: 'bgp', peer, interface: '', observed, state, detail };
}
