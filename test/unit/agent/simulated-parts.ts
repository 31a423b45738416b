import type { AnnouncementStatus, CheckStatus, RelayStatus } from '../../../src/agent/control/messages.ts';
import type {
  AnnouncementPart,
  HealthPart,
  InstancePart,
  NodeVerdict,
  RelayPart,
  Situation,
} from '../../../src/agent/compose/parts.ts';
import type { RelayFacts } from '../../../src/agent/relay/relay-decision.ts';
import type { InstanceSnapshot } from '../../../src/agent/status/status-input.ts';
import { RECORD_OWNER, RecordKind, SESSION_RECORD_SIZE } from '../../../src/translator/nat64/records/session-record.ts';
import { instance } from './status-fixture.ts';

const RECORD_ID = 8;

/**
 * A table of numbered sessions that keeps to the rules of records: who owns, what a snapshot replaces, what a mark
 * proves.
 */
export class SimulatedInstance implements InstancePart {
  readonly name = 'internet';
  readonly kind = 'nat64';
  /** Session number to owner. */
  readonly owners = new Map<number, number>();
  readonly calls: string[];
  failStart = false;
  /** Packets that it has dropped. */
  dropped = 0;
  readonly #slot: number;
  readonly #outbox: Uint8Array[] = [];
  readonly #synced = new Set<number>();
  #mentioned: Set<number> | undefined;
  #wake: () => void = () => undefined;

  constructor(slot: number, calls: string[] = []) {
    this.#slot = slot;
    this.calls = calls;
  }

  async start(fill?: () => Promise<void>): Promise<void> {
    this.calls.push('instance start');
    if (this.failStart) throw new Error('the TUN device cannot be opened');
    if (fill === undefined) return;
    await fill();
    this.calls.push('routes');
  }

  async stop(): Promise<void> {
    this.calls.push('instance stop');
  }

  /** A client opens a session through this node. */
  open(id: number): void {
    this.owners.set(id, this.#slot);
    this.#write(RecordKind.create, id);
  }

  get own(): number[] {
    return [...this.owners].filter(([, owner]) => owner === this.#slot).map(([id]) => id);
  }

  onRecords(callback: () => void): void {
    this.#wake = callback;
  }

  /** Ends the worker, as a fault of the program would. */
  fail: (reason: string) => void = () => undefined;

  onFailure(callback: (reason: string) => void): void {
    this.fail = callback;
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const records = this.#outbox.splice(0, max);
    for (const [index, record] of records.entries()) out.set(record, offset + index * SESSION_RECORD_SIZE);
    return records.length;
  }

  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    for (let index = 0; index < count; index++) {
      const start = offset + index * SESSION_RECORD_SIZE;
      this.#apply(records.subarray(start, start + SESSION_RECORD_SIZE));
    }
    return true;
  }

  requestSnapshot(): void {
    this.#write(RecordKind.snapshotBegin, 0);
    for (const id of this.own) this.#write(RecordKind.refresh, id);
    this.#write(RecordKind.snapshotEnd, 0);
  }

  confirmRecords(records: number): void {
    this.calls.push(`confirmed ${records}`);
  }

  takeOver(slot: number): void {
    this.calls.push(`take over ${slot}`);
    for (const [id, owner] of this.owners) if (owner === slot) this.open(id);
  }

  setPeerAlive(slot: number, alive: boolean): void {
    if (!alive) this.#synced.delete(slot);
  }

  async setSlices(slots: readonly number[]): Promise<void> {
    this.calls.push(`slices ${slots.join()}`);
  }

  snapshot(): InstanceSnapshot {
    const others = new Set([...this.owners.values(), ...this.#synced].filter((slot) => slot !== this.#slot));
    return instance({
      name: this.name,
      sessions: this.owners.size,
      ownSessions: this.own.length,
      counters: [{ name: 'dropNoMapping', kind: 'drop', value: this.dropped, help: 'no mapping' }],
      replicas: [...others].map((slot) => ({
        slot,
        sessions: [...this.owners.values()].filter((owner) => owner === slot).length,
        sync: this.#synced.has(slot) ? ('inSync' as const) : ('unknown' as const),
        yielded: 0,
      })),
    });
  }

  #write(kind: number, id: number): void {
    const record = new Uint8Array(SESSION_RECORD_SIZE);
    record[0] = kind;
    record[RECORD_OWNER] = this.#slot;
    new DataView(record.buffer).setUint32(RECORD_ID, id);
    this.#outbox.push(record);
    this.#wake();
  }

  #apply(record: Uint8Array): void {
    const owner = record[RECORD_OWNER] ?? 0;
    const id = new DataView(record.buffer, record.byteOffset).getUint32(RECORD_ID);
    if (record[0] === RecordKind.snapshotBegin) this.#mentioned = new Set();
    else if (record[0] === RecordKind.snapshotEnd) {
      for (const [held, by] of this.owners) if (by === owner && !this.#mentioned?.has(held)) this.owners.delete(held);
      this.#synced.add(owner);
    } else {
      this.owners.set(id, owner);
      this.#mentioned?.add(id);
    }
  }
}

/** Remembers what it was told last. */
export class SimulatedRelay implements RelayPart {
  readonly takes = ['internet'];
  readonly calls: string[];
  facts: RelayFacts | undefined;

  constructor(calls: string[] = []) {
    this.calls = calls;
  }

  async start(): Promise<void> {
    this.calls.push('relay start');
  }

  update(facts: RelayFacts): void {
    this.facts = facts;
  }

  status(): RelayStatus {
    return { targets: [], counters: [] };
  }

  async stop(): Promise<void> {
    this.calls.push('relay stop');
  }
}

/** An FRR with one BFD peer. */
export class SimulatedAnnouncement implements AnnouncementPart {
  readonly calls: string[];
  offersBackup = false;
  announced = false;
  broken = false;
  covered = false;
  #wanted = false;

  constructor(calls: string[] = []) {
    this.calls = calls;
  }

  async start(): Promise<void> {
    this.calls.push('announcement start');
  }

  async announce(wanted: 'announced' | 'backup'): Promise<void> {
    this.calls.push(wanted === 'announced' ? 'announce' : 'announce as backup');
    this.#wanted = true;
    if (this.broken) throw new Error('FRR is not running');
    this.announced = true;
  }

  setStalled(stalled: boolean): void {
    if (stalled) this.calls.push('stalled');
  }

  setCovered(covered: boolean): void {
    this.covered = covered;
  }

  async withdraw(): Promise<void> {
    this.calls.push('withdraw');
    this.#wanted = false;
    if (this.broken) throw new Error('FRR is not running');
    this.announced = false;
  }

  async untilProven(): Promise<boolean> {
    return true;
  }

  status(): readonly AnnouncementStatus[] {
    const observed = this.broken ? 'unknown' : this.announced ? 'announced' : 'withdrawn';
    const wanted = this.#wanted ? 'announced' : 'withdrawn';
    return [
      {
        upstream: 'core',
        kind: 'bfd',
        peer: '10.0.0.1',
        interface: 'up0',
        observed,
        wanted,
        state: this.announced ? 'up' : 'shutdown',
        detail: '',
        provenAt: 0,
        provenMs: 0,
        gateProblem: '',
      },
    ];
  }

  async stop(): Promise<void> {
    this.calls.push('announcement stop');
  }
}

/** The simplest rule: out when drained, in when joined. */
export class SimulatedHealth implements HealthPart {
  failing = false;
  #drainedMs: number | undefined;

  async start(): Promise<void> {
    // It has nothing to start.
  }

  async stop(): Promise<void> {
    // It has nothing to stop.
  }

  held = false;

  release(): boolean {
    const { held } = this;
    this.held = false;
    return held;
  }

  decide({ drain, joined, joiningReason, withoutPorts, nowMs, offersBackup }: Situation): NodeVerdict {
    if (this.failing) throw new Error('a check has a fault');
    if (drain !== undefined) {
      // The simplest drain: a second as a backup, if there is such a thing.
      this.#drainedMs ??= nowMs;
      const backup = offersBackup && nowMs - this.#drainedMs < 1000;
      return {
        state: backup ? 'draining' : 'withdrawn',
        reason: drain.reason,
        announce: backup ? 'backup' : 'withdrawn',
        stalled: false,
      };
    }
    this.#drainedMs = undefined;
    const ready = joined && withoutPorts === undefined;
    const state = ready ? 'active' : 'syncing';
    return { state, reason: joiningReason, announce: ready ? 'announced' : 'withdrawn', stalled: false };
  }

  checks(): readonly CheckStatus[] {
    return [];
  }

  failingShared(): readonly string[] {
    return [];
  }
}
