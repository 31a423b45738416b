import { randomBytes } from 'node:crypto';
import { etcdserverpb as pb } from '../../gen/etcd.js';
import type { Clock } from '../../replication/clock.ts';
import { MAX_NODE_SLOT } from '../../translator/options.ts';
import type { Answer, Coordinator, CoordinatorView, Member, Self } from './coordinator.ts';
import type { EtcdStore } from './etcd-client.ts';
import { ETCD } from './etcd-calls.ts';

/*
 * Keys, below /isthmus/CLUSTER/:
 *
 *     members/SLOT   name and revision of a node that is present; goes with its lease
 *     slices/SLOT    the slot of the node that works in this slice instead of its own node
 *     drain          the slot of the node that drains
 *
 * One round per third of the lease's TTL: renew the lease (or get a new one, when etcd has dropped it), and read
 * everything. A watch only triggers the next round early: what it might miss (a compaction, a broken stream) is read by
 * the round anyway.
 *
 *     reachable ─a round fails on every endpoint→ unreachable ─back-off, twice as long each time up to a limit→ a round
 */
const LEASE_SECONDS = 10;
const ROUND_MS = 3000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;
/** A cluster has at most 63 slots: a member and a slice each, and the lock. More keys are not ours. */
const MAX_KEYS = 256;

const SUSPENDED =
  'takeover of slices and the lock for draining: the store is not reachable; translation, replication and failover continue';

/** Agreement in etcd (https://etcd.io, API version 3). */
export class EtcdCoordinator implements Coordinator {
  readonly #self: Self;
  readonly #client: EtcdStore;
  readonly #clock: Clock;
  readonly #prefix: string;
  #view: CoordinatorView;
  #changed: () => void = () => undefined;
  #revision = '';
  #publishedRevision = '';
  #lease = 0;
  /** The store keeps the lease until this time at least: it counts from the renewal request. */
  #leasedUntilMs = Number.NEGATIVE_INFINITY;
  /** The drain lock is to be released as soon as the store answers. */
  #unlocking = false;
  #retryMs = FIRST_RETRY_MS;
  #running = false;
  #round: Promise<void> | undefined;
  #again = false;
  #cancel: () => void = () => undefined;
  #watch: { cancel(): void } | undefined;

  constructor(self: Self, client: EtcdStore, clock: Clock) {
    this.#self = self;
    this.#client = client;
    this.#clock = clock;
    this.#prefix = `/isthmus/${self.cluster}/`;
    this.#view = {
      backend: 'etcd',
      reachable: false,
      suspended: SUSPENDED,
      members: [],
      slices: [],
      draining: undefined,
    };
  }

  /** Returns after the first round, whether or not the store was reached. */
  async start(): Promise<void> {
    this.#running = true;
    await this.#runRound();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    this.#watch?.cancel();
    await this.#round;
    try {
      if (this.#lease !== 0) await this.#client.call(ETCD.revoke, { ID: this.#lease });
    } catch {
      // The lease expires by itself.
    }
    this.#client.close();
  }

  setCut(cut: boolean): void {
    this.#client.setCut(cut);
    if (cut) this.#watch?.cancel();
    this.#wake();
  }

  view(): CoordinatorView {
    return this.#view;
  }

  leasedUntilMs(): number {
    return this.#leasedUntilMs;
  }

  onChange(callback: () => void): void {
    this.#changed = callback;
  }

  tell(revision: string): void {
    this.#revision = revision;
    this.#wake();
  }

  async takeSlice(slot: number, reachable: boolean): Promise<Answer> {
    const { slot: own } = this.#self;
    if (slot === own) return { done: false, text: `slot ${slot} is this node's own` };
    if (reachable) return { done: false, text: `the node of slot ${slot} is alive, so its slice is its own` };
    const key = this.#key(`slices/${slot}`);
    const holder = this.#view.slices.find((one) => one.slot === slot)?.by;
    if (holder === own) return { done: true, text: `the slice of slot ${slot} was taken before` };
    const compare = [this.#isAbsent(`members/${slot}`)];
    // The holder may have died too; then the slice passes to the next node.
    if (holder === undefined) compare.push(this.#isAbsent(`slices/${slot}`));
    else compare.push(hasValue(key, holder), this.#isAbsent(`members/${holder}`));
    const success = [{ requestPut: { key, value: Buffer.from(String(own)) } }];
    return this.#decide({ compare, success }, [
      `the slice of slot ${slot} is taken`,
      `the node of slot ${slot}, or one that holds its slice, is present`,
    ]);
  }

  async handBack(slot: number): Promise<Answer> {
    const key = this.#key(`slices/${slot}`);
    const success = [{ requestDeleteRange: { key } }];
    return this.#decide({ compare: [hasValue(key, this.#self.slot)], success }, [
      `the slice of slot ${slot} is handed back`,
      `the slice of slot ${slot} is not held by this node`,
    ]);
  }

  async lockDrain(force: boolean): Promise<Answer> {
    this.#unlocking = false;
    const key = this.#key('drain');
    const { slot } = this.#self;
    const success = [{ requestPut: { key, value: Buffer.from(String(slot)) } }];
    if (this.#view.draining === slot) return { done: true, text: 'the lock is held already' };
    const compare = force ? [] : [this.#isAbsent('drain')];
    const answer = await this.#decide({ compare, success }, [
      'the lock is taken',
      'another node drains and holds the lock; --force takes it away',
    ]);
    // The reply may have been lost after the request was executed: a possibly taken lock is released.
    if (!answer.done) this.#unlocking = true;
    return answer;
  }

  async unlockDrain(): Promise<Answer> {
    this.#unlocking = true;
    return this.#decide(this.#unlock(), ['the lock is given back', 'the lock is not held by this node']);
  }

  #unlock(): pb.ITxnRequest {
    const key = this.#key('drain');
    return { compare: [hasValue(key, this.#self.slot)], success: [{ requestDeleteRange: { key } }] };
  }

  /** Executes a transaction and evaluates its result. */
  async #decide(request: pb.ITxnRequest, [yes, no]: readonly [string, string]): Promise<Answer> {
    try {
      const { succeeded } = await this.#client.call(ETCD.txn, request);
      await this.#runRound();
      return { done: succeeded, text: succeeded ? yes : no };
    } catch (error) {
      return { done: false, text: `etcd: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  #wake(): void {
    if (!this.#running) return;
    void this.#runRound();
  }

  /** One at a time; a request during a round triggers another one after it. Never rejects. */
  #runRound(): Promise<void> {
    if (this.#round !== undefined) {
      this.#again = true;
      return this.#round;
    }
    this.#cancel();
    this.#round = this.#rounds().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #rounds(): Promise<void> {
    let pauseMs = ROUND_MS;
    do {
      this.#again = false;
      try {
        const renewedMs = this.#clock.now();
        await this.#renew();
        await this.#read();
        // Set only now: a node that relies on the lease knows the current slices.
        this.#leasedUntilMs = renewedMs + LEASE_SECONDS * 1000;
        await this.#giveBackLock();
        this.#retryMs = FIRST_RETRY_MS;
        pauseMs = ROUND_MS;
        this.#openWatch();
      } catch (error) {
        this.#lost(error instanceof Error ? error.message : String(error));
        pauseMs = this.#retryMs;
        this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs);
      }
    } while (this.#again && this.#running && this.#view.reachable);
    if (this.#running) this.#cancel = this.#clock.after(pauseMs, () => this.#wake());
  }

  async #giveBackLock(): Promise<void> {
    if (this.#unlocking && this.#view.draining === this.#self.slot) {
      await this.#client.call(ETCD.txn, this.#unlock());
      this.#again = true;
    }
    this.#unlocking = false;
  }

  async #renew(): Promise<void> {
    if (this.#lease !== 0) {
      const { TTL } = await this.#client.exchange(ETCD.keepAlive, { ID: this.#lease });
      // Dropped by etcd after too long a pause: a new lease makes the node present again.
      if (TTL === 0) {
        this.#lease = 0;
        this.#leasedUntilMs = Number.NEGATIVE_INFINITY;
      }
    }
    if (this.#lease !== 0 && this.#publishedRevision === this.#revision) return;
    if (this.#lease === 0) {
      // Below 2^48, so that it is exact as a number; on a collision etcd rejects it and another one is tried.
      const ID = randomBytes(6).readUIntBE(0, 6);
      await this.#client.call(ETCD.grant, { ID, TTL: LEASE_SECONDS });
      this.#lease = ID;
    }
    const revision = this.#revision;
    const value = Buffer.from(JSON.stringify({ name: this.#self.name, revision }));
    const put = { key: this.#key(`members/${this.#self.slot}`), value, lease: this.#lease };
    await this.#client.call(ETCD.txn, { success: [{ requestPut: put }] });
    this.#publishedRevision = revision;
  }

  async #read(): Promise<void> {
    const key = Buffer.from(this.#prefix);
    // "/" + 1 is "0": everything below the prefix.
    const rangeEnd = Buffer.from(`${this.#prefix.slice(0, -1)}0`);
    const { kvs } = await this.#client.call(ETCD.range, { key, rangeEnd, limit: MAX_KEYS });
    const members: Member[] = [];
    const slices: { slot: number; by: number }[] = [];
    let draining: number | undefined;
    for (const { key: full, value } of kvs ?? []) {
      const [kind, slotText = ''] = Buffer.from(full ?? [])
        .toString()
        .slice(this.#prefix.length)
        .split('/');
      const text = Buffer.from(value ?? []).toString();
      const slot = slotNumber(slotText);
      if (kind === 'drain') draining = slotNumber(text);
      else if (kind === 'members' && slot !== undefined) members.push({ slot, ...readMember(text) });
      else if (kind === 'slices' && slot !== undefined) slices.push({ slot, by: slotNumber(text) ?? 0 });
    }
    this.#show({ backend: 'etcd', reachable: true, suspended: '', members, slices, draining });
  }

  #lost(reason: string): void {
    this.#watch?.cancel();
    this.#watch = undefined;
    this.#show({ ...this.#view, reachable: false, suspended: `${SUSPENDED} (${reason})` });
  }

  #show(view: CoordinatorView): void {
    const before = JSON.stringify(this.#view);
    this.#view = view;
    if (JSON.stringify(view) !== before) this.#changed();
  }

  /** Triggers a round at each change. A watch that has ended is reopened by the next round. */
  #openWatch(): void {
    if (this.#watch !== undefined || !this.#running) return;
    const key = Buffer.from(this.#prefix);
    const rangeEnd = Buffer.from(`${this.#prefix.slice(0, -1)}0`);
    const stream = this.#client.open(ETCD.watch, { createRequest: { key, rangeEnd } });
    this.#watch = stream;
    const over = (): void => {
      if (this.#watch === stream) this.#watch = undefined;
    };
    stream.on('data', ({ canceled, events }: pb.IWatchResponse) => {
      if (canceled === true) stream.cancel();
      else if ((events ?? []).some(({ kv }) => !this.#isOwnPresence(kv?.key))) this.#wake();
    });
    stream.on('error', over);
    stream.on('end', over);
  }

  #isOwnPresence(key: Uint8Array | null | undefined): boolean {
    return Buffer.from(key ?? []).toString() === `${this.#prefix}members/${this.#self.slot}`;
  }

  #key(name: string): Buffer {
    return Buffer.from(this.#prefix + name);
  }

  #isAbsent(name: string): pb.ICompare {
    const { CREATE } = pb.Compare.CompareTarget;
    return { key: this.#key(name), target: CREATE, result: pb.Compare.CompareResult.EQUAL, createRevision: 0 };
  }
}

function hasValue(key: Buffer, slot: number): pb.ICompare {
  const { VALUE } = pb.Compare.CompareTarget;
  return { key, target: VALUE, result: pb.Compare.CompareResult.EQUAL, value: Buffer.from(String(slot)) };
}

/** Values may have been written by others: anything but a slot is ignored. */
function slotNumber(text: string): number | undefined {
  const slot = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return slot >= 1 && slot <= MAX_NODE_SLOT ? slot : undefined;
}

function readMember(text: string): { name: string; revision: string } {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'name' in parsed && 'revision' in parsed) {
      const { name, revision } = parsed;
      if (typeof name === 'string' && typeof revision === 'string') return { name, revision };
    }
  } catch {
    // Not written by this program: counts as present, without a name.
  }
  return { name: '', revision: '' };
}
