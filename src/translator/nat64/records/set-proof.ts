import type { RecordCodec } from './record-codec.ts';
import { MAX_NODE_SLOT } from '../../options.ts';
import { Receiving, SyncCode } from './replica-sets.ts';
import * as record from './session-record.ts';
import type { SessionStore } from '../tables/session-store.ts';

const { MarkFlag, RecordKind } = record;

/** Maximum time for which marks may disagree without being treated as a difference, however many sessions move. */
const MAX_UNPROVEN_MS = 5000;
/** Table slots that the end of a snapshot examines in one iteration. */
const SWEEP_STEPS = 8192;

/**
 * Verifies replicas against the owners' statements about their whole sets, in marks and around snapshots:
 *
 *     unknown ─snapshot begins … ends: what it has not mentioned is swept away─ a mark agrees→ in sync ─ two marks disagree→ differs
 *        └──────────── a mark agrees ──────────────────────────────────────────────────────────┘ ←──── a mark agrees ────┘
 *
 * Two consecutive marks that do not agree are a difference, unless a session has just moved between owners, here or
 * according to the mark's flag: two logs are not ordered relative to each other, so the old owner's marks may count a
 * session that is already the new owner's here.
 */
export class SetProof {
  readonly #store: SessionStore;
  /** Position of the sweep after an owner's snapshot, plus one; 0: none. */
  readonly #sweepAt = new Int32Array(MAX_NODE_SLOT + 1);
  #sweeps = 0;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  /** Continues the sweeps after snapshots. @returns true when there is more */
  tick(nowMs: number): boolean {
    if (this.#sweeps === 0) return false;
    const owner = this.#sweepAt.findIndex((at) => at !== 0);
    this.#sweepStep(owner, nowMs);
    return this.#sweeps > 0;
  }

  /** @param codec open at a mark of the owner @returns false when it shows a difference */
  agrees(codec: RecordCodec, owner: number, nowMs: number): boolean {
    const { sets } = this.#store;
    const count = codec.u64(record.RECORD_SET_COUNT);
    const same = sets.agrees(
      owner,
      count,
      codec.u32(record.RECORD_SET_DIGEST),
      codec.u32(record.RECORD_SET_DIGEST + 4),
    );
    if (same) {
      sets.sync[owner] = SyncCode.inSync;
      sets.filled[owner] = 1;
      sets.unprovenMs[owner] = Number.POSITIVE_INFINITY;
      if (sets.receiving[owner] === Receiving.begun) sets.receiving[owner] = Receiving.whole;
      return true;
    }
    if (sets.receiving[owner] !== Receiving.nothing) {
      if (codec.u8(record.RECORD_KIND) === RecordKind.mark) this.#cutShort(owner);
      // The snapshot in progress completes a replica that has missed records.
      else if (sets.receiving[owner] === Receiving.begun) return true;
    }
    // A replica that has never been complete, or is being filled, is unknown, not different.
    if (sets.filled[owner] === 0 || this.#sweepAt[owner] !== 0) return true;
    if (sets.unprovenMs[owner] === Number.POSITIVE_INFINITY) {
      sets.unprovenMs[owner] = nowMs;
      return true;
    }
    const settled = (codec.u8(record.RECORD_FLAGS) & MarkFlag.unsettled) === 0 && sets.isSettled(owner, nowMs);
    if (!settled && nowMs - sets.unprovenMs[owner] < MAX_UNPROVEN_MS) return true;
    sets.sync[owner] = SyncCode.differs;
    return false;
  }

  /** A snapshot of the owner begins. */
  begin(owner: number): void {
    const { sets } = this.#store;
    this.#endSweep(owner);
    sets.generation[owner] += 1;
    sets.receiving[owner] = Receiving.begun;
    sets.unprovenMs[owner] = Number.POSITIVE_INFINITY;
  }

  /** A snapshot has ended: sessions not in it end too, in parts over several ticks. */
  end(owner: number, nowMs: number): void {
    const { sets } = this.#store;
    if (sets.receiving[owner] === Receiving.nothing) return;
    sets.receiving[owner] = Receiving.nothing;
    sets.filled[owner] = 1;
    this.#sweepAt[owner] = 1;
    this.#sweeps += 1;
    this.#sweepStep(owner, nowMs);
  }

  /** A mark of this kind is never written inside a snapshot: the snapshot's end was lost, and perhaps other records. */
  #cutShort(owner: number): void {
    const { sets } = this.#store;
    sets.receiving[owner] = Receiving.nothing;
    sets.filled[owner] = 0;
    sets.sync[owner] = SyncCode.unknown;
  }

  #sweepStep(owner: number, nowMs: number): void {
    const { sessions, sets } = this.#store;
    const from = this.#sweepAt[owner] - 1;
    const end = Math.min(sessions.used, from + SWEEP_STEPS);
    for (let slot = from; slot < end; slot++) {
      if (!sessions.isLive(slot) || sessions.owner[slot] !== owner) continue;
      if (sessions.generation[slot] !== sets.generation[owner]) this.#store.end(slot, nowMs);
    }
    if (end < sessions.used) this.#sweepAt[owner] = end + 1;
    else this.#endSweep(owner);
  }

  #endSweep(owner: number): void {
    if (this.#sweepAt[owner] === 0) return;
    this.#sweepAt[owner] = 0;
    this.#sweeps -= 1;
  }
}
