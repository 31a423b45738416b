import { RECORD_SHARD, SESSION_RECORD_SIZE } from '../translator/nat64/records/session-record.ts';

/*
 * Merges the logs of an instance's shards into one, and separates it again. A byte of each record names the shard.
 *
 *     outbox 0 ─┐                                                            ┌─→ inbox 0
 *     outbox 1 ─┴─→ take: some of each in turn ──→ the log ~~~> offer: split ─┴─→ inbox 1
 *
 * The records of one shard keep their order; those of several are interleaved.
 */

/** The agent's end of a shard's log. */
export interface ShardEnd {
  takeRecords(out: Uint8Array, offset: number, max: number): number;
  offerRecords(records: Uint8Array, offset: number, count: number): boolean;
  confirmRecords(position: number): void;
  /** Free capacity of the inbox, records. */
  readonly room: number;
}

/** Maximum number of positions awaiting confirmation per shard; beyond, the last one covers all that follow. */
const MAX_POSITIONS = 256;
const TWO32 = 2 ** 32;

interface Positions {
  /** Records of this shard in the log so far. */
  own: number;
  /** Ascending: when the merged log has `whole` records confirmed, this shard has `own`. */
  readonly waiting: Array<{ whole: number; own: number }>;
}

export class ShardLog {
  readonly #shards: readonly ShardEnd[];
  readonly #positions: readonly Positions[];
  #next = 0;
  /** Records in the log so far. */
  #taken = 0;
  /** The position of the last confirmation, not reduced modulo 2^32. */
  #confirmed = 0;
  /** Records for a shard that this instance does not have. */
  strangers = 0;

  constructor(shards: readonly ShardEnd[]) {
    this.#shards = shards;
    this.#positions = shards.map(() => ({ own: 0, waiting: [] }));
  }

  /** As `Instance.takeRecords`. Fewer than `max`: every outbox is empty and reports its next record. */
  take(out: Uint8Array, offset: number, max: number): number {
    let done = 0;
    for (let count = 0; count < this.#shards.length && done < max; count++) {
      const shard = this.#next;
      this.#next = (this.#next + 1) % this.#shards.length;
      const at = offset + done * SESSION_RECORD_SIZE;
      const taken = this.#shards[shard].takeRecords(out, at, max - done);
      for (let index = 0; index < taken; index++) out[at + index * SESSION_RECORD_SIZE + RECORD_SHARD] = shard;
      done += taken;
      if (taken > 0) this.#note(shard, taken);
    }
    return done;
  }

  /** Passes each shard its records, all or none. @returns false: an inbox is full */
  offer(records: Uint8Array, offset: number, count: number): boolean {
    const shardAt = (index: number): number => records[offset + index * SESSION_RECORD_SIZE + RECORD_SHARD];
    const counts = this.#shards.map(() => 0);
    for (let index = 0; index < count; index++) {
      const shard = shardAt(index);
      if (shard < counts.length) counts[shard] += 1;
    }
    // This is the only writer of the inboxes, so capacity checked here remains.
    if (this.#shards.some(({ room }, shard) => room < counts[shard])) return false;
    for (let from = 0, to = 0; from < count; from = to) {
      const shard = shardAt(from);
      while (to < count && shardAt(to) === shard) to += 1;
      if (shard >= counts.length) this.strangers += to - from;
      else this.#shards[shard].offerRecords(records, offset + from * SESSION_RECORD_SIZE, to - from);
    }
    return true;
  }

  /** Another node has this many records of the log, modulo 2^32: each shard is notified of its own part. */
  confirm(position: number): void {
    this.#confirmed += (((position - this.#confirmed) % TWO32) + TWO32) % TWO32;
    for (const [shard, { waiting }] of this.#positions.entries()) {
      const left = waiting.findIndex(({ whole }) => whole > this.#confirmed);
      const [last] = waiting.splice(0, left < 0 ? waiting.length : left).slice(-1);
      if (last !== undefined) this.#shards[shard].confirmRecords(last.own);
    }
  }

  #note(shard: number, taken: number): void {
    const positions = this.#positions[shard];
    this.#taken += taken;
    positions.own += taken;
    const position = { whole: this.#taken, own: positions.own };
    if (positions.waiting.length >= MAX_POSITIONS) positions.waiting.pop();
    positions.waiting.push(position);
  }
}
