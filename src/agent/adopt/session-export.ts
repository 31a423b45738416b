import type { Nat64Config } from '../../cluster/schema.ts';
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../net/ip-headers.ts';
import type { Clock } from '../../replication/clock.ts';
import { encodeJoold, RECORDS_PER_DATAGRAM } from '../../replication/joold/joold-encoder.ts';
import type { JooldSession } from '../../replication/joold/joold-session.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import * as record from '../../translator/nat64/records/session-record.ts';
import type { ExportStatus } from '../control/messages.ts';
import { jooldStateOf } from './foreign-sessions.ts';
import { type GroupSocket, type OpenGroup, placeText } from './joold-group.ts';

const { RecordKind, SESSION_RECORD_SIZE } = record;

/** Interval of bursts, and datagrams per burst: Jool receives each through netlink, whose socket holds some hundred. */
const BURST_MS = 20;
const DATAGRAMS_PER_BURST = 20;
/** Maximum number of queued records, 8 MB; further ones are lost to the standby until their sessions are sent again. */
const QUEUE_RECORDS = 131_072;
/** Retry interval after the group could not be joined. */
const RETRY_MS = 5000;

const PROTOCOLS: ReadonlyMap<number, JooldSession['protocol']> = new Map([
  [PROTOCOL_TCP, 'tcp'],
  [PROTOCOL_UDP, 'udp'],
  [PROTOCOL_ICMP, 'icmp'],
]);
const SAID: ReadonlySet<number> = new Set([RecordKind.create, RecordKind.update, RecordKind.refresh]);

export type ExportOptions = NonNullable<Nat64Config['export']>['joold'];

export interface ExportWorld {
  readonly clock: Clock;
  readonly open: OpenGroup;
  /** Requests all own sessions in the log, from which they are exported. */
  readonly requestSnapshot: () => void;
}

/**
 * Exports this node's sessions to a standby Jool, from the node's own log: new, changed and refreshed ones. Jool has no
 * message for the end of a session; it expires there.
 */
export class SessionExport {
  readonly #options: ExportOptions;
  readonly #world: ExportWorld;
  readonly #pool6: EmbeddingPrefix;
  readonly #queue = new Uint8Array(QUEUE_RECORDS * SESSION_RECORD_SIZE);
  #first = 0;
  #waiting = 0;
  #socket: GroupSocket | undefined;
  #cancelBurst: () => void = () => undefined;
  #cancelOpen: () => void = () => undefined;
  #state: ExportStatus['state'] = 'stopped';
  #reason = '';
  #datagrams = 0;
  #records = 0;
  #lost = 0;

  constructor(options: ExportOptions, pool6: string, world: ExportWorld) {
    this.#options = options;
    this.#pool6 = new EmbeddingPrefix(pool6);
    this.#world = world;
  }

  /** Joins the group, and sends all sessions of this node. */
  start(): void {
    this.#open();
    this.#burst();
    this.#world.requestSnapshot();
  }

  stop(): void {
    this.#cancelBurst();
    this.#cancelOpen();
    this.#socket?.close();
    this.#socket = undefined;
    this.#state = 'stopped';
    this.#waiting = 0;
  }

  /** Sends all sessions of this node again. */
  advertise(): void {
    this.#world.requestSnapshot();
  }

  /** Receives records of the node's log, as sent to the other nodes. */
  tap(records: Uint8Array, offset: number, count: number): void {
    for (let index = 0; index < count; index++) {
      const at = offset + index * SESSION_RECORD_SIZE;
      if (!SAID.has(records[at + record.RECORD_KIND] ?? 0)) continue;
      if (this.#waiting === QUEUE_RECORDS) {
        this.#lost += 1;
        continue;
      }
      const place = ((this.#first + this.#waiting) % QUEUE_RECORDS) * SESSION_RECORD_SIZE;
      this.#queue.set(records.subarray(at, at + SESSION_RECORD_SIZE), place);
      this.#waiting += 1;
    }
  }

  status(): ExportStatus {
    return {
      place: placeText(this.#options),
      format: this.#options.format,
      state: this.#state,
      reason: this.#reason,
      datagrams: this.#datagrams,
      records: this.#records,
      waiting: this.#waiting,
      lost: this.#lost,
    };
  }

  #open(): void {
    this.#state = 'sending';
    this.#reason = '';
    this.#socket = this.#world.open(this.#options, {
      // Datagrams of others in the group are handled by `adopt`.
      receive: () => undefined,
      failed: (reason) => {
        this.#socket = undefined;
        this.#state = 'unable';
        this.#reason = reason;
        this.#cancelOpen = this.#world.clock.after(RETRY_MS, () => this.#open());
      },
    });
  }

  #burst(): void {
    this.#cancelBurst = this.#world.clock.after(BURST_MS, () => this.#burst());
    for (let sent = 0; sent < DATAGRAMS_PER_BURST && this.#waiting > 0 && this.#socket !== undefined; sent++) {
      this.#sendOne(this.#socket);
    }
  }

  #sendOne(socket: GroupSocket): void {
    const { format } = this.#options;
    const count = Math.min(this.#waiting, RECORDS_PER_DATAGRAM[format]);
    const sessions: JooldSession[] = [];
    for (let index = 0; index < count; index++) {
      const session = this.#sessionAt(((this.#first + index) % QUEUE_RECORDS) * SESSION_RECORD_SIZE);
      if (session !== undefined) sessions.push(session);
    }
    this.#first = (this.#first + count) % QUEUE_RECORDS;
    this.#waiting -= count;
    if (sessions.length === 0) return;
    const datagram = encodeJoold(sessions, format, (server4, out) => this.#pool6.embed(server4, out, 0));
    socket.send(datagram, (error) => {
      if (error === undefined) {
        this.#datagrams += 1;
        this.#records += sessions.length;
      } else {
        this.#lost += sessions.length;
        this.#reason = `the last datagram that was not sent: ${error.message}`;
      }
    });
  }

  #sessionAt(at: number): JooldSession | undefined {
    const view = new DataView(this.#queue.buffer, at, SESSION_RECORD_SIZE);
    const protocol = PROTOCOLS.get(view.getUint8(record.RECORD_PROTOCOL));
    const lifetimeMs = view.getUint32(record.RECORD_LIFETIME);
    if (protocol === undefined || lifetimeMs === 0) return undefined;
    const client = at + record.RECORD_CLIENT_ADDRESS;
    const pool4Port = view.getUint16(record.RECORD_POOL4_PORT);
    return {
      protocol,
      client: this.#queue.slice(client, client + 16),
      clientPort: view.getUint16(record.RECORD_CLIENT_PORT),
      pool4: view.getUint32(record.RECORD_POOL4_ADDRESS),
      pool4Port,
      server4: view.getUint32(record.RECORD_REMOTE_ADDRESS),
      serverPort: protocol === 'icmp' ? pool4Port : view.getUint16(record.RECORD_REMOTE_PORT),
      ...jooldStateOf(view.getUint8(record.RECORD_STATE)),
      lifetimeMs,
    };
  }
}
