import { advertisedQuestions, type AdvertisedQuestion, isStillAdvertised } from './advertised-routes.ts';
import {
  type Announced,
  AnnouncementError,
  type Announcer,
  AS_BACKUP,
  AnnouncerOptionsError,
  type GuardOrder,
  type GuardStep,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from './announcer.ts';
import { type MethodOf } from './withdrawal-methods.ts';
import {
  type AddressFamily,
  type BgpNeighborOptions,
  type BgpOptions,
  checkBgp,
  familyOf,
  inFamilies,
  makeNeighborCommands,
  routerLine,
} from './bgp-options.ts';
import {
  type OtherRoutes,
  type OutboundPolicy,
  parsePolicyName,
  policyCommands,
  policyDigest,
  policyName,
} from './bgp-policy.ts';
import {
  type BgpNeighbor,
  type NeighborDetail,
  type OwnPath,
  parseBgpSummary,
  parseNeighborDetail,
  parseOwnPath,
  saysNoInstance,
} from './bgp-state.ts';
import type { DaemonShell } from './daemon-shell.ts';
import { canonicalAddress } from './frr-output.ts';
import { type LastResort, notWithdrawn, withDaemon } from './last-resort.ts';
import { isSeenWithin, VERIFY_MS, withdrawByFirst } from './read-back.ts';

/*
 * Announces the prefixes to a router by BGP.
 *
 *   withdrawn by prefix       no network …              UPDATE: the router drops the routes at once, the session stays
 *   withdrawn by neighbour    neighbor … shutdown       Cease: all that came from here is dropped at once
 *   announced                 network …                 the neighbour's outbound policy sets MED and path by the node's rank for the
 *                                                       instance, and then calls the policy that was there
 *   as a backup               another outbound policy   every other node is preferred: MED, path, and the community of RFC 8326
 *
 * The neighbours themselves (remote AS, password, policy) are configured by the operator. One unknown to FRR is created
 * if the configuration gives its AS.
 */
export interface BgpAnnouncerOptions extends BgpOptions {
  readonly upstream: string;
  /** Weaker first; the next is tried when FRR does not show the effect in time. */
  readonly methods: readonly BgpMethod[];
  readonly verifyMs?: number;
  /** Used when no method can be verified. */
  readonly lastResort?: LastResort;
}

export type BgpMethod = MethodOf<'bgp'>;

interface Seen {
  /** FRR has the BGP instance. */
  readonly instance: boolean;
  readonly neighbors: readonly BgpNeighbor[];
  /** Configured neighbours known to FRR, by canonical address. */
  readonly details: ReadonlyMap<string, NeighborDetail>;
  readonly paths: readonly OwnPath[];
}

const NOTHING: Seen = { instance: false, neighbors: [], details: new Map(), paths: [] };

/** An outbound policy of one neighbour that must be changed. */
interface PolicyChange {
  readonly peer: string;
  readonly family: AddressFamily;
  readonly policy: OutboundPolicy;
}

export class BgpAnnouncer implements Announcer {
  readonly upstream: string;
  readonly offersBackup = true;
  readonly #options: BgpAnnouncerOptions;
  readonly #shell: DaemonShell;
  readonly #digest: string;
  readonly #verifyMs: number;
  readonly #lastResort: LastResort | undefined;
  /** State as of FRR's last answer. */
  #seen: Seen = NOTHING;

  /** @throws AnnouncerOptionsError */
  constructor(options: BgpAnnouncerOptions, shell: DaemonShell) {
    checkBgp(options);
    if (options.methods.length === 0) {
      throw new AnnouncerOptionsError(`upstream ${options.upstream} has no method to withdraw what BGP announces`);
    }
    this.upstream = options.upstream;
    this.#options = options;
    this.#shell = shell;
    this.#digest = policyDigest(options.asn, options.prefixes);
    this.#verifyMs = options.verifyMs ?? VERIFY_MS;
    this.#lastResort = options.lastResort;
  }

  async announce(wanted: Announced): Promise<void> {
    await this.#read();
    if (!this.#seen.instance && this.#toBeMade().length === 0) {
      throw new AnnouncementError(`upstream ${this.upstream}: FRR has no "${routerLine(this.#options)}"`);
    }
    await this.#configure(this.#openCommands(wanted), wanted);
    if (await isSeenWithin(this.#verifyMs, async () => this.isAs(wanted, await this.observe()))) return;
    const changes = this.#policyChanges(wanted).map(({ peer, family }) => `${family} policy of ${peer}`);
    const left = [...this.#missing(), ...changes].join(', ') || 'its neighbours';
    throw new AnnouncementError(`upstream ${this.upstream}: FRR does not show ${left} as ${wanted}`);
  }

  async withdraw(): Promise<void> {
    const { done, failures } = await withdrawByFirst(this.#options.methods, this.#verifyMs, {
      carryOut: async (method) => {
        await this.#read();
        await this.#configure(this.#closeCommands(method));
      },
      isSeen: async (method) => this.#isWithdrawnBy(method),
      name: (method) => method,
      unseen: () => `FRR still shows it after ${this.#verifyMs} ms`,
    });
    if (done) return;
    const heard = this.#options.neighbors.some((one) => this.#neighbor(one)?.shut === false);
    const open = heard && this.#seen.paths.some(({ sourced }) => sourced);
    const error = await notWithdrawn(this.upstream, failures, this.#lastResort, open);
    const retained = this.#retention();
    throw retained === undefined ? error : new AnnouncementError(`${error.message}; ${retained}`, { cause: error });
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
      // A prefix not advertised to any neighbour yet would be as soon as one comes up.
      const ready = this.#options.methods[0] === 'bgp-prefix' && this.#seen.paths.some(({ sourced }) => sourced);
      const shut = this.#options.neighbors.every((one) => this.#neighbor(one)?.shut === true);
      return sessions.every(({ observed }) => observed === 'withdrawn') && (!ready || shut);
    }
    // A neighbour that cannot be created is a separate problem, not a reason to repeat the commands.
    const shut = this.#options.neighbors.some((one) => this.#neighbor(one)?.shut ?? one.remoteAs !== undefined);
    return !shut && this.#missing().length === 0 && this.#policyChanges(wanted).length === 0;
  }

  guardOrders(): readonly GuardOrder[] {
    // The commands must not create a BGP instance that FRR does not have.
    if (this.#seen.neighbors.length === 0) return [];
    const steps = this.#options.methods.flatMap((method): GuardStep[] => {
      const commands = this.#closeCommands(method, true);
      if (commands.length === 0) return [];
      const all = ['configure terminal', routerLine(this.#options), ...commands, 'end'];
      return [{ method, commands: all, ...(method === 'bgp-prefix' ? { readBack: this.#questions(true) } : {}) }];
    });
    if (steps.length === 0) return [];
    const order = { socketPath: this.#shell.socketPath, steps, verifyMs: this.#verifyMs };
    return [withDaemon(order, this.#lastResort?.process)];
  }

  close(): void {
    this.#shell.close();
  }

  async #read(): Promise<void> {
    const { vrf, prefixes } = this.#options;
    const bgp = vrf === undefined ? 'bgp' : `bgp vrf ${vrf}`;
    const neighbors = parseBgpSummary(await this.#shell.show(`show ${bgp} summary json`));
    const details = new Map<string, NeighborDetail>();
    for (const { peer } of this.#options.neighbors) {
      const address = canonicalAddress(peer);
      if (!neighbors.some((seen) => canonicalAddress(seen.peer) === address)) continue;
      details.set(address, parseNeighborDetail(await this.#shell.show(`show ${bgp} neighbors ${peer} json`)));
    }
    const paths: OwnPath[] = [];
    let instance = true;
    for (const { prefix } of prefixes) {
      const output = await this.#shell.show(`show ${bgp} ${familyOf(prefix)} unicast ${prefix} json`);
      if (saysNoInstance(output)) instance = false;
      paths.push(parseOwnPath(output, prefix));
    }
    this.#seen = { instance, neighbors, details, paths };
  }

  /** @param wanted state for the outbound policies; absent: they are unchanged */
  async #configure(commands: readonly string[], wanted?: Announced): Promise<void> {
    const changes = wanted === undefined ? [] : this.#policyChanges(wanted);
    if (commands.length === 0 && changes.length === 0) return;
    const { asn, prefixes } = this.#options;
    const made = this.#toBeMade().length === 0 ? [] : [this.#policyOfMade(wanted)];
    const policies = new Map([...made, ...changes.map(({ policy }) => policy)].map((one) => [policyName(one), one]));
    const maps = [...policies.values()].flatMap((policy) => policyCommands(asn, prefixes, policy));
    const applied = changes.flatMap(({ peer, family, policy }) => [
      `address-family ${family} unicast`,
      `neighbor ${peer} route-map ${policyName(policy)} out`,
      'exit-address-family',
    ]);
    // A new prefix must have its policy from the beginning.
    await this.#shell.configure([...maps, routerLine(this.#options), ...applied, ...commands]);
  }

  #policyOfMade(wanted: Announced = 'announced'): OutboundPolicy {
    return { strength: wanted, digest: this.#digest, others: 'alone' };
  }

  /** Changes of outbound policies needed for the wanted preference. */
  #policyChanges(wanted: Announced): PolicyChange[] {
    return this.#options.neighbors.flatMap(({ peer }) =>
      (this.#seen.details.get(canonicalAddress(peer))?.families ?? []).flatMap(
        ({ family, outboundMap, needsPolicy }) => {
          if (!this.#options.prefixes.some(({ prefix }) => familyOf(prefix) === family)) return [];
          // FRR activates IPv4 by default: that does not mean that IPv4 prefixes are wanted over an IPv6 session.
          if (needsPolicy && family !== familyOf(peer)) return [];
          const others = othersOf(outboundMap, needsPolicy);
          const policy: OutboundPolicy = { strength: wanted, digest: this.#digest, others };
          return outboundMap === policyName(policy) ? [] : [{ peer, family, policy }];
        },
      ),
    );
  }

  /** Why ending bgpd would not be a withdrawal; undefined: it would. */
  #retention(): string | undefined {
    const retaining = this.#options.neighbors.flatMap(({ peer }) => {
      const restart = this.#seen.details.get(canonicalAddress(peer))?.gracefulRestart;
      if (restart === undefined || restart.retained === 'no') return [];
      const seconds = restart.restartSeconds + restart.longLivedSeconds;
      return [`${restart.retained === 'perhaps' ? 'perhaps ' : ''}${peer} for ${seconds} s`];
    });
    if (retaining.length === 0) return undefined;
    return `BGP graceful restart: without bgpd its routes are retained by ${retaining.join(', ')}`;
  }

  /** Neighbours unknown to FRR that can be created. */
  #toBeMade(): readonly BgpNeighborOptions[] {
    return this.#options.neighbors.filter((one) => one.remoteAs !== undefined && this.#neighbor(one) === undefined);
  }

  #openCommands(wanted: Announced): string[] {
    const networks = inFamilies(this.#missing(), (prefix) => `network ${prefix}`);
    const made = this.#toBeMade();
    const shut = this.#options.neighbors.filter((one) => made.includes(one) || this.#neighbor(one)?.shut === true);
    return [...this.#makeCommands(wanted), ...networks, ...shut.map(({ peer }) => `no neighbor ${peer} shutdown`)];
  }

  /** @param always regardless of FRR's state: for the guard, which cannot check it */
  #closeCommands(method: BgpMethod, always = false): string[] {
    if (method === 'bgp-prefix') {
      const there = this.#seen.paths.filter(({ sourced }) => sourced || always).map(({ prefix }) => prefix);
      return [...(always ? [] : this.#makeCommands()), ...inFamilies(there, (prefix) => `no network ${prefix}`)];
    }
    const known = this.#options.neighbors.filter((one) => {
      const seen = this.#neighbor(one);
      return seen !== undefined && (always || !seen.shut);
    });
    return [...(always ? [] : this.#makeCommands()), ...known.map(({ peer }) => `neighbor ${peer} shutdown`)];
  }

  #makeCommands(wanted: Announced = 'announced'): string[] {
    return this.#toBeMade().flatMap((one) => makeNeighborCommands(one, policyName(this.#policyOfMade(wanted))));
  }

  #neighbor({ peer }: BgpNeighborOptions): BgpNeighbor | undefined {
    return this.#seen.neighbors.find((seen) => canonicalAddress(seen.peer) === canonicalAddress(peer));
  }

  /** Prefixes not announced by FRR. */
  #missing(): string[] {
    const there = new Set(this.#seen.paths.filter(({ sourced }) => sourced).map(({ prefix }) => prefix));
    return this.#options.prefixes.flatMap(({ prefix }) => (there.has(prefix) ? [] : [prefix]));
  }

  async #isWithdrawnBy(method: BgpMethod): Promise<boolean> {
    await this.#read();
    if (method === 'bgp-shutdown') return this.#options.neighbors.every((one) => this.#neighbor(one)?.shut ?? true);
    if (this.#seen.paths.some(({ sourced }) => sourced)) return false;
    return !(await isStillAdvertised(this.#questions(), async (command) => this.#shell.show(command)));
  }

  /**
   * Queries that show whether a prefix is still advertised to a neighbour.
   * @param always also for neighbours without advertised prefixes, or not established: for the guard, which queries
   * later
   */
  #questions(always = false): AdvertisedQuestion[] {
    const { vrf, prefixes, neighbors } = this.#options;
    const heard = neighbors.flatMap((one) => {
      const seen = this.#neighbor(one);
      if (seen === undefined || seen.shut || !(always || seen.established)) return [];
      const families = this.#seen.details.get(canonicalAddress(one.peer))?.families ?? [];
      return [{ peer: one.peer, families: families.filter(({ advertised }) => always || advertised > 0) }];
    });
    const own = prefixes.map(({ prefix }) => prefix);
    return advertisedQuestions(heard, own, vrf);
  }

  #observeNeighbor(options: BgpNeighborOptions): SessionObservation {
    const { peer } = options;
    const seen = this.#neighbor(options);
    if (seen === undefined) {
      if (options.remoteAs !== undefined) return observation(peer, 'withdrawn', 'missing', 'it is not made yet');
      const lack = this.#seen.instance ? 'does not know this BGP neighbour' : `has no "${routerLine(this.#options)}"`;
      return observation(peer, 'withdrawn', 'missing', `FRR ${lack}; configure it there, or give its remoteAs here`);
    }
    if (seen.shut) return observation(peer, 'withdrawn', seen.state, '');
    const sourced = this.#seen.paths.filter((path) => path.sourced);
    if (sourced.length === 0) return observation(peer, 'withdrawn', seen.state, '');
    if (!seen.established) {
      const why = seen.lacksRouterId ? 'bgpd has no router ID: set "bgp router-id"' : seen.state;
      return observation(peer, 'announced', seen.state, `the router does not answer BGP (${why})`);
    }
    const advertised = sourced.filter(({ advertisedTo }) =>
      advertisedTo.some((name) => canonicalAddress(name) === canonicalAddress(peer)),
    );
    return observation(peer, 'announced', seen.state, this.#describe(advertised, peer));
  }

  /** At least the prefixes of its own address family are advertised to a neighbour. */
  #describe(advertised: readonly OwnPath[], peer: string): string {
    const own = advertised.filter(({ prefix }) => familyOf(prefix) === familyOf(peer));
    if (own.length === 0) return 'none of the prefixes is advertised to the router; check the policy towards it';
    const families = this.#seen.details.get(canonicalAddress(peer))?.families ?? [];
    const map = families.find(({ family }) => family === familyOf(peer))?.outboundMap ?? '';
    return parsePolicyName(map)?.strength === 'backup' ? AS_BACKUP : '';
  }
}

/** Routes advertised to a neighbour besides our prefixes, according to the existing policy. */
function othersOf(outboundMap: string | undefined, needsPolicy: boolean): OtherRoutes {
  if (outboundMap === undefined) return needsPolicy ? 'alone' : 'open';
  return parsePolicyName(outboundMap)?.others ?? { map: outboundMap };
}

function observation(
  peer: string,
  observed: SessionObservation['observed'],
  state: string,
  detail: string,
): SessionObservation {
  return { kind: 'bgp', peer, interface: '', observed, state, detail };
}
