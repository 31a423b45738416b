import type { Nat64Config } from '../../cluster/schema.ts';
import { formatIpv6, parseIpv6 } from '../../net/ipv6-address.ts';
import type { Clock } from '../../replication/clock.ts';
import { decodeJoold } from '../../replication/joold/joold-decoder.ts';
import { parseSessionRow } from '../../replication/joold/jool-rows.ts';
import type { JooldSession } from '../../replication/joold/joold-session.ts';
import { SESSION_RECORD_SIZE } from '../../translator/nat64/records/session-record.ts';
import type { AdoptionStatus, LoadForeignReply } from '../control/messages.ts';
import { ADOPT_REFUSALS, type AdoptRefusal, type ForeignSessions } from './foreign-sessions.ts';
import { type GroupSocket, type OpenGroup, placeText } from './joold-group.ts';

/**
 * Maximum number of datagrams per second; beyond, the socket is closed for the rest of the second, and the kernel
 * drops.
 */
const DATAGRAMS_PER_SECOND = 10_000;
const RECORDS_PER_SECOND = 50_000;
const SECOND_MS = 1000;
/** Retry interval after the group could not be joined. */
const RETRY_MS = 5000;
/** Rows of a table, or records of a datagram, passed to the worker at once. */
const BATCH = 64;

export type AdoptOptions = NonNullable<Nat64Config['adopt']>['joold'];

export interface AdoptionWorld {
  readonly clock: Clock;
  readonly open: OpenGroup;
  /** Passes records to the worker, all or none. */
  readonly offer: (records: Uint8Array, count: number) => boolean;
}

/**
 * Receives the session synchronisation of a Jool for one instance and passes it to the worker, as records of a foreign
 * owner. Any host on the link can send such datagrams: only configured sources are accepted, only sessions that this
 * instance could have made itself, and sessions owned by nodes are never changed.
 */
export class Adoption {
  readonly #options: AdoptOptions;
  readonly #sessions: ForeignSessions;
  readonly #world: AdoptionWorld;
  readonly #sources: ReadonlySet<string>;
  readonly #refused = new Map<AdoptRefusal, number>();
  readonly #batch = new Uint8Array(BATCH * SESSION_RECORD_SIZE);
  #socket: GroupSocket | undefined;
  #cancel: () => void = () => undefined;
  #state: 'listening' | 'paused' | 'unable' | 'done' = 'done';
  #reason = '';
  #datagrams = 0;
  #records = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #secondMs = Number.NEGATIVE_INFINITY;
  #datagramsInSecond = 0;
  #recordsInSecond = 0;

  constructor(options: AdoptOptions, sessions: ForeignSessions, world: AdoptionWorld) {
    this.#options = options;
    this.#sessions = sessions;
    this.#world = world;
    this.#sources = new Set(options.from.map(canonical));
  }

  get listens(): boolean {
    return this.#state !== 'done';
  }

  /** Age of the last datagram of a configured source, ms; Infinity: none. */
  silentMs(): number {
    return this.#world.clock.now() - this.#lastMs;
  }

  listen(): void {
    if (this.listens) return;
    this.#open();
  }

  /** Stops receiving, until `listen`. */
  done(): void {
    this.#close();
    this.#state = 'done';
    this.#reason = '';
  }

  /** Accepts rows of `jool session display --csv --numeric`. */
  load(rows: readonly string[]): LoadForeignReply {
    const refused = new Map<AdoptRefusal, number>();
    const sessions: JooldSession[] = [];
    let [malformed, firstMalformed] = [0, ''];
    for (const row of rows) {
      const session = parseSessionRow(row);
      if (typeof session === 'string') {
        malformed += 1;
        if (firstMalformed === '') firstMalformed = `${JSON.stringify(row.slice(0, 200))}: ${session}`;
      } else if (session !== undefined) sessions.push(session);
    }
    let taken = 0;
    for (let at = 0; at < sessions.length; at += BATCH) taken += this.#take(sessions.slice(at, at + BATCH), refused);
    return { taken, malformed, firstMalformed, refused: counters(refused) };
  }

  /** @param held sessions of the foreign owner in the table */
  status(held: number): AdoptionStatus {
    const silentMs = this.silentMs();
    return {
      place: placeText(this.#options),
      state: this.#state,
      reason: this.#reason,
      datagrams: this.#datagrams,
      records: this.#records,
      held,
      silentMs: Number.isFinite(silentMs) ? silentMs : -1,
      refused: counters(this.#refused),
    };
  }

  #open(): void {
    this.#cancel();
    this.#state = 'listening';
    this.#reason = '';
    this.#socket = this.#world.open(this.#options, {
      receive: (datagram, from) => this.#receive(datagram, from),
      failed: (reason) => {
        this.#state = 'unable';
        this.#reason = reason;
        this.#reopenAfter(RETRY_MS);
      },
    });
  }

  #close(): void {
    this.#cancel();
    this.#socket?.close();
    this.#socket = undefined;
  }

  #reopenAfter(delayMs: number): void {
    this.#close();
    this.#cancel = this.#world.clock.after(delayMs, () => this.#open());
  }

  #receive(datagram: Uint8Array, from: string): void {
    const nowMs = this.#world.clock.now();
    if (nowMs - this.#secondMs >= SECOND_MS) {
      this.#secondMs = nowMs;
      this.#datagramsInSecond = 0;
      this.#recordsInSecond = 0;
    }
    this.#datagramsInSecond += 1;
    if (this.#datagramsInSecond > DATAGRAMS_PER_SECOND) {
      count(this.#refused, 'rate');
      this.#state = 'paused';
      this.#reason = `more than ${DATAGRAMS_PER_SECOND} datagrams in a second`;
      this.#reopenAfter(SECOND_MS - (nowMs - this.#secondMs));
      return;
    }
    if (!this.#sources.has(canonical(from))) return count(this.#refused, 'source');
    this.#datagrams += 1;
    this.#lastMs = nowMs;
    if (this.#recordsInSecond > RECORDS_PER_SECOND) return count(this.#refused, 'rate');
    const { sessions, refused } = decodeJoold(datagram, this.#options.format);
    for (const refusal of refused) count(this.#refused, refusal);
    this.#recordsInSecond += sessions.length + refused.length;
    this.#records += this.#take(sessions, this.#refused);
  }

  /** At most BATCH sessions. @returns number passed to the worker */
  #take(sessions: readonly JooldSession[], refused: Map<AdoptRefusal, number>): number {
    let taken = 0;
    for (const session of sessions) {
      const refusal = this.#sessions.write(session, this.#batch, taken * SESSION_RECORD_SIZE);
      if (refusal === undefined) taken += 1;
      else count(refused, refusal);
    }
    if (taken === 0 || this.#world.offer(this.#batch, taken)) return taken;
    count(refused, 'busy', taken);
    return 0;
  }
}

function count(counts: Map<AdoptRefusal, number>, reason: AdoptRefusal, by = 1): void {
  counts.set(reason, (counts.get(reason) ?? 0) + by);
}

function counters(counts: ReadonlyMap<AdoptRefusal, number>): AdoptionStatus['refused'] {
  return [...counts].map(([name, value]) => ({ name, kind: 'refused', value, help: ADOPT_REFUSALS[name] }));
}

/** Canonical text of an address. */
function canonical(text: string): string {
  const six = parseIpv6(text);
  return six === undefined ? text : formatIpv6(six);
}
