import {
  type Announced,
  AnnouncementError,
  type Announcer,
  AS_BACKUP,
  type FileOrder,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from '../announcer.ts';
import { VERIFY_MS } from '../read-back.ts';
import type { VrrpInstance, VrrpReader } from './keepalived.ts';
import { NOT_A_CANDIDATE, readTrackFile, writeTrackFile } from './track-file.ts';

/*
 * Routers or hosts that send to a VRRP virtual address (RFC 9568), which keepalived assigns to one of the gateways.
 * Isthmus writes the track file, and reads back the resulting state.
 *
 *   announced      0       the priority of keepalived.conf
 *   as a backup    -N      lower than that of every other node
 *   withdrawn      -254    FAULT: keepalived resigns with priority 0, and another node is master within its skew time
 */
export interface VrrpOptions {
  /** Names of the VRRP instances that track the file. */
  readonly instances: readonly string[];
  readonly trackFile: string;
  readonly pidFile: string;
  /** Subtracted from the priority of keepalived.conf while the node drains. */
  readonly backup: number;
}

/** Polling interval without a specific reason, because keepalived logs each dump. */
const REFRESH_MS = 15_000;
/** Polling interval while it has not applied the track file yet. */
const PENDING_MS = 200;

export class VrrpAnnouncer implements Announcer {
  readonly upstream: string;
  readonly offersBackup = true;
  readonly #options: VrrpOptions;
  readonly #keepalived: VrrpReader;
  readonly #verifyMs: number;
  readonly #nowMs: () => number;
  #seen: readonly VrrpInstance[] = [];
  #failure = '';
  #readMs = Number.NEGATIVE_INFINITY;
  #readPid: number | undefined;
  #readValue: number | undefined;

  constructor(
    upstream: string,
    options: VrrpOptions,
    keepalived: VrrpReader,
    verifyMs: number = VERIFY_MS,
    nowMs: () => number = () => performance.now(),
  ) {
    this.upstream = upstream;
    this.#options = options;
    this.#keepalived = keepalived;
    this.#verifyMs = verifyMs;
    this.#nowMs = nowMs;
  }

  async announce(wanted: Announced): Promise<void> {
    await this.#write(wanted);
    const missing = this.#options.instances.filter((name) => this.#instance(name) === undefined);
    if (missing.length === 0) return;
    throw new AnnouncementError(`upstream ${this.upstream}: keepalived has no vrrp_instance ${missing.join(', ')}`);
  }

  async withdraw(): Promise<void> {
    await this.#write('withdrawn');
    const left = this.#seen.filter((one) => this.#isOwn(one) && one.state !== 'FAULT');
    if (left.length === 0) return;
    const shown = left.map(({ name, state }) => `${name} as ${state}`).join(', ');
    throw new AnnouncementError(
      `upstream ${this.upstream} is NOT known to be withdrawn: keepalived shows ${shown}; ${this.#tracking()}`,
    );
  }

  async observe(): Promise<UpstreamObservation> {
    if (this.#isDue()) await this.#read();
    const readable = this.#failure === '';
    return {
      upstream: this.upstream,
      readable,
      sessions: this.#options.instances.map((name) => this.#observe(name, readable)),
    };
  }

  isAs(wanted: Wanted, { readable, sessions }: UpstreamObservation): boolean {
    if (!readable || readTrackFile(this.#options.trackFile) !== this.#valueOf(wanted)) return false;
    return wanted !== 'withdrawn' || sessions.every(({ observed }) => observed === 'withdrawn');
  }

  guardOrders(): readonly FileOrder[] {
    return [{ file: this.#options.trackFile, text: `${NOT_A_CANDIDATE}\n` }];
  }

  close(): void {}

  /** Writes the number, and waits until keepalived shows it, or the timeout. @throws AnnouncementError */
  async #write(wanted: Wanted): Promise<void> {
    const { trackFile } = this.#options;
    const value = this.#valueOf(wanted);
    try {
      if (readTrackFile(trackFile) !== value) writeTrackFile(trackFile, value);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AnnouncementError(`upstream ${this.upstream}: ${trackFile} cannot be written: ${why}`, {
        cause: error,
      });
    }
    const deadline = this.#nowMs() + this.#verifyMs;
    for (;;) {
      await this.#read();
      if (this.#failure !== '') throw new AnnouncementError(`upstream ${this.upstream}: ${this.#failure}`);
      if (this.#hasFollowed(value) || this.#nowMs() >= deadline) return;
      await new Promise((resolve) => {
        setTimeout(resolve, PENDING_MS / 2);
      });
    }
  }

  async #read(): Promise<void> {
    this.#readMs = this.#nowMs();
    this.#readPid = this.#keepalived.pid;
    this.#readValue = readTrackFile(this.#options.trackFile);
    try {
      this.#seen = await this.#keepalived.read();
      this.#failure = '';
    } catch (error) {
      this.#seen = [];
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  #isDue(): boolean {
    const value = readTrackFile(this.#options.trackFile);
    if (value !== this.#readValue || this.#keepalived.pid !== this.#readPid) return true;
    const settled = this.#failure === '' && value !== undefined && this.#hasFollowed(value);
    return this.#nowMs() - this.#readMs >= (settled ? REFRESH_MS : PENDING_MS);
  }

  /** Which node is master depends on others; FAULT depends on this node alone. */
  #hasFollowed(value: number): boolean {
    const own = this.#seen.filter((one) => this.#isOwn(one));
    return own.every(({ state }) => (value <= NOT_A_CANDIDATE ? state === 'FAULT' : state !== 'FAULT'));
  }

  #valueOf(wanted: Wanted): number {
    if (wanted === 'withdrawn') return NOT_A_CANDIDATE;
    return wanted === 'backup' ? -this.#options.backup : 0;
  }

  #isOwn({ name }: VrrpInstance): boolean {
    return this.#options.instances.includes(name);
  }

  #instance(name: string): VrrpInstance | undefined {
    return this.#seen.find((one) => one.name === name);
  }

  #observe(name: string, readable: boolean): SessionObservation {
    const session = (
      observed: SessionObservation['observed'],
      state: string,
      detail: string,
      place = '',
    ): SessionObservation => ({ kind: 'vrrp', peer: name, interface: place, observed, state, detail });
    if (!readable) return session('unknown', '', this.#failure);
    const seen = this.#instance(name);
    if (seen === undefined) return session('withdrawn', 'missing', `keepalived has no vrrp_instance ${name}`);
    const value = readTrackFile(this.#options.trackFile) ?? 0;
    const { state, interface: place } = seen;
    if (value <= NOT_A_CANDIDATE) {
      return state === 'FAULT'
        ? session('withdrawn', state, '', place)
        : session('announced', state, this.#tracking(), place);
    }
    const fault = `keepalived has another reason for FAULT: is ${place} up, and what else does ${name} track?`;
    return session('announced', state, state === 'FAULT' ? fault : value < 0 ? AS_BACKUP : '', place);
  }

  #tracking(): string {
    return `does it track ${this.#options.trackFile} with weight 1?`;
  }
}
