import {
  AnnouncementError,
  type Announcer,
  AnnouncerOptionsError,
  type GuardOrder,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from './announcer.ts';
import { type MethodOf } from './withdrawal-methods.ts';
import {
  type BfdPeer,
  type BfdPeerOptions,
  checkPeer,
  isPeer,
  parseBfdPeers,
  peerLine,
  timerCommands,
} from './bfd-peers.ts';
import { whyBfdIsDown } from './bfd-diagnostics.ts';
import type { DaemonShell } from './daemon-shell.ts';
import { type LastResort, notWithdrawn, withDaemon } from './last-resort.ts';
import { isSeenWithin, VERIFY_MS, withdrawByFirst } from './read-back.ts';

/*
 * A router with static routes that depend on a BFD session to this node.
 *
 *   withdrawn by shutting down   peer … shutdown      AdminDown goes out at once; FRR before 10.7 and BIRD 2 drop the route at once,
 *                                                     FRR 10.7 and later keep it (RFC 5882 section 3.2)
 *   withdrawn by removing        no peer …            nothing goes out; every router drops the route after its detection time
 *   announced                    peer …, no shutdown  the session comes up, then the route is back
 */

export interface BfdAnnouncerOptions {
  readonly upstream: string;
  readonly peers: readonly BfdPeerOptions[];
  /** Weaker first; the next is tried when FRR does not show the effect in time. */
  readonly methods: readonly MethodOf<'bfd'>[];
  /** Maximum time for FRR to show the effect of a command. */
  readonly verifyMs?: number;
  /** Used when no method can be verified. */
  readonly lastResort?: LastResort;
}

type BfdMethod = BfdAnnouncerOptions['methods'][number];

export class BfdAnnouncer implements Announcer {
  readonly upstream: string;
  /** A BFD session is up or down; the router alone decides which of several gateways it prefers. */
  readonly offersBackup = false;
  readonly #peers: readonly BfdPeerOptions[];
  readonly #methods: readonly BfdMethod[];
  readonly #verifyMs: number;
  readonly #lastResort: LastResort | undefined;
  readonly #shell: DaemonShell;
  /** State as of FRR's last answer. */
  #seen: readonly BfdPeer[] = [];

  /** @throws AnnouncerOptionsError */
  constructor({ upstream, peers, methods, verifyMs, lastResort }: BfdAnnouncerOptions, shell: DaemonShell) {
    for (const peer of peers) checkPeer(peer);
    if (methods.length === 0)
      throw new AnnouncerOptionsError(`upstream ${upstream} has no method to withdraw a BFD peer`);
    this.upstream = upstream;
    this.#peers = peers;
    this.#methods = methods;
    this.#verifyMs = verifyMs ?? VERIFY_MS;
    this.#lastResort = lastResort;
    this.#shell = shell;
  }

  async announce(): Promise<void> {
    await this.#read();
    const commands = this.#peers.flatMap((options) => this.#openCommands(options));
    if (commands.length > 0) await this.#shell.configure(['bfd', ...commands]);
    if (!(await isSeenWithin(this.#verifyMs, async () => this.#isSeen('announced'))))
      throw this.#failed('has not opened', 'announced');
  }

  async withdraw(): Promise<void> {
    const { done, failures } = await withdrawByFirst(this.#methods, this.#verifyMs, {
      carryOut: async (method) => this.#withdrawBy(method),
      isSeen: async () => this.#isSeen('withdrawn'),
      name: (method) => method,
      unseen: () => this.#failed('has not shut', 'withdrawn').message,
    });
    if (done) return;
    const open = this.#peers.some((options) => this.#matching(options).some(({ status }) => status !== 'shutdown'));
    throw await notWithdrawn(this.upstream, failures, this.#lastResort, open);
  }

  async observe(): Promise<UpstreamObservation> {
    try {
      await this.#read();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const sessions = this.#peers.map((options) => observation(options, 'unknown', '', detail));
      return { upstream: this.upstream, readable: false, sessions };
    }
    return {
      upstream: this.upstream,
      readable: true,
      sessions: this.#peers.map((options) => this.#observePeer(options)),
    };
  }

  isAs(wanted: Wanted, { readable, sessions }: UpstreamObservation): boolean {
    const open = wanted !== 'withdrawn';
    if (!readable || sessions.some(({ observed }) => observed !== (open ? 'announced' : 'withdrawn'))) return false;
    return open || this.#methods[0] === 'bfd-remove' || sessions.every(({ state }) => state !== 'missing');
  }

  guardOrders(): readonly GuardOrder[] {
    const found = this.#peers.flatMap((options) => this.#matching(options));
    if (found.length === 0) return [];
    const steps = this.#methods.map((method) => {
      const commands =
        method === 'bfd-remove'
          ? found.map((peer) => `no ${peerLine(peer)}`)
          : found.flatMap((peer) => [peerLine(peer), 'shutdown', 'exit']);
      return { method, commands: ['configure terminal', 'bfd', ...commands, 'end'] };
    });
    const order = { socketPath: this.#shell.socketPath, steps, verifyMs: this.#verifyMs };
    return [withDaemon(order, this.#lastResort?.process)];
  }

  close(): void {
    this.#shell.close();
  }

  #matching(options: BfdPeerOptions): BfdPeer[] {
    return this.#seen.filter((seen) => isPeer(options, seen));
  }

  async #read(): Promise<void> {
    this.#seen = parseBfdPeers(await this.#shell.show('show bfd peers json'));
  }

  #openCommands(options: BfdPeerOptions): string[] {
    const found = this.#matching(options);
    if (found.length === 0) return [peerLine(options), ...timerCommands(options), 'no shutdown', 'exit'];
    return found.flatMap((peer) => {
      const commands = timerCommands(options, peer);
      if (peer.status === 'shutdown') commands.push('no shutdown');
      return commands.length === 0 ? [] : [peerLine(peer)].concat(commands, 'exit');
    });
  }

  async #withdrawBy(method: BfdMethod): Promise<void> {
    await this.#read();
    const commands = this.#peers.flatMap((options) => {
      const found = this.#matching(options);
      if (method === 'bfd-remove') return found.map((peer) => `no ${peerLine(peer)}`);
      // FRR does not know the peer: it is created shut down, so that a configuration loaded later cannot bring it up.
      if (found.length === 0) return [peerLine(options), 'shutdown', ...timerCommands(options), 'exit'];
      return found
        .filter(({ status }) => status !== 'shutdown')
        .flatMap((peer) => [peerLine(peer), 'shutdown', 'exit']);
    });
    if (commands.length > 0) await this.#shell.configure(['bfd', ...commands]);
  }

  async #isSeen(wanted: 'announced' | 'withdrawn'): Promise<boolean> {
    const { readable, sessions } = await this.observe();
    return readable && sessions.every(({ observed }) => observed === wanted);
  }

  #observePeer(options: BfdPeerOptions): SessionObservation {
    const found = this.#matching(options);
    const open = found.find(({ status }) => status !== 'shutdown');
    if (open === undefined) {
      const [shut] = found;
      if (shut === undefined) return observation(options, 'withdrawn', 'missing', 'FRR does not know this BFD peer');
      return observation(options, 'withdrawn', 'shutdown', '');
    }
    const best = found.find(({ status }) => status === 'up') ?? open;
    const detail = best.status === 'up' ? '' : whyBfdIsDown(best);
    return observation(options, 'announced', best.status, detail);
  }

  #failed(verb: string, wanted: string): AnnouncementError {
    const left = this.#peers.filter((options) => this.#observePeer(options).observed !== wanted);
    const names = left.map(({ peer }) => peer).join(', ');
    return new AnnouncementError(`FRR ${verb} ${names} within ${this.#verifyMs} ms`);
  }
}

function observation(
  { peer, interface: name }: BfdPeerOptions,
  observed: SessionObservation['observed'],
  state: string,
  detail: string,
): SessionObservation {
  return { kind: 'bfd', peer, interface: name ?? '', observed, state, detail };
}
