import { Resolver } from 'node:dns/promises';
import { PingFlow } from './ping-flow.ts';
import { ConnectionFlow, LATE_MS, openOnce, PacketFlow, pause, type Server } from './probe-flows.ts';
import type { ProbeAccount, ProbeLine } from './probe-lines.ts';

export interface ProbeOptions {
  readonly server: Server;
  /** Number of flows of paced packets and of connections, and interval of packets in milliseconds. */
  readonly udp: number;
  readonly tcp: number;
  readonly intervalMs: number;
  readonly pings: boolean;
  /** New connections per second. */
  readonly fresh: number;
  /** A name with an IPv6 address synthesised by DNS64; absent: no look-ups. */
  readonly name?: string | undefined;
  readonly write: (line: ProbeLine) => void;
}

const LIVE_MS = 250;
const LOOKUP_MS = 1000;
/** Maximum duration of an account; the oldest packets are dropped by a new mark, which a drill sets anyway. */
const MAX_ACCOUNT_MS = 60 * 60_000;

/** Steady traffic to the remote end, and its results. */
export class ProbeClient {
  readonly #options: ProbeOptions;
  readonly #packets: readonly PacketFlow[];
  #connections: readonly ConnectionFlow[];
  readonly #ping = new PingFlow();
  readonly #resolver = new Resolver({ timeout: LATE_MS, tries: 1 });
  #counts = { opened: 0, refused: 0, lookups: 0, lookupsFailed: 0 };
  #markedMs = performance.now();

  constructor(options: ProbeOptions) {
    const { server, udp, tcp } = options;
    this.#options = options;
    this.#packets = Array.from({ length: udp }, () => new PacketFlow(server));
    this.#connections = Array.from({ length: tcp }, () => new ConnectionFlow(server));
  }

  start(): void {
    const { server, intervalMs, fresh, name, pings, write } = this.#options;
    if (pings) this.#ping.start(server.address);
    setInterval(() => {
      for (const flow of [...this.#packets, ...this.#connections]) flow.send();
    }, intervalMs);
    setInterval(() => this.#live(), LIVE_MS);
    if (fresh > 0) setInterval(() => void this.#open(), 1000 / fresh);
    if (name !== undefined) setInterval(() => void this.#lookUp(name), LOOKUP_MS);
    write({ event: 'ready' });
  }

  /** Begins a new account; connections that were broken in the former one are opened again. */
  mark(): void {
    this.#markedMs = performance.now();
    for (const { account } of this.#packets) account.mark();
    const { server } = this.#options;
    this.#connections = this.#connections.map((flow) => (flow.broken ? new ConnectionFlow(server) : flow));
    for (const flow of this.#connections) flow.mark();
    this.#ping.mark();
    this.#counts = { opened: 0, refused: 0, lookups: 0, lookupsFailed: 0 };
  }

  /** Waits a second for packets in transit. */
  async account(): Promise<void> {
    const until = performance.now();
    await pause(LATE_MS);
    const flows = this.#packets.map(({ account }) => account.upTo(until));
    const pings = this.#ping.upTo(until);
    const alive = await Promise.all(this.#connections.map((flow) => flow.answers()));
    const account: ProbeAccount = {
      sent: flows.reduce((sum, { sent }) => sum + sent, 0),
      lost: flows.reduce((sum, { lost }) => sum + lost, 0),
      outageMs: Math.max(0, ...flows.map(({ outageMs }) => outageMs)),
      outages: flows.map(({ outageMs }) => Math.round(outageMs)),
      tcp: this.#connections.length,
      tcpBroken: alive.filter((lives) => !lives).length,
      tcpGapMs: Math.max(0, ...this.#connections.map(({ longestGapMs }) => longestGapMs)),
      ...this.#counts,
      pings: pings.sent,
      pingsLost: pings.lost,
      pingFailure: this.#options.pings ? this.#ping.failure : 'switched off (--no-ping)',
    };
    this.#options.write({ event: 'account', ...account });
  }

  #live(): void {
    if (performance.now() - this.#markedMs > MAX_ACCOUNT_MS) this.mark();
    const lost = this.#packets.reduce((sum, { account }) => sum + account.upTo(performance.now() - LATE_MS).lost, 0);
    const gapMs = Math.round(Math.max(0, ...this.#packets.map((flow) => flow.gapMs)));
    this.#options.write({ event: 'live', gapMs, lost });
  }

  async #open(): Promise<void> {
    const counts = this.#counts;
    counts.opened += 1;
    if (!(await openOnce(this.#options.server))) counts.refused += 1;
  }

  async #lookUp(name: string): Promise<void> {
    const counts = this.#counts;
    counts.lookups += 1;
    try {
      await this.#resolver.resolve6(name);
    } catch {
      counts.lookupsFailed += 1;
    }
  }
}
