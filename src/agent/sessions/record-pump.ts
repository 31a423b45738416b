import { SESSION_RECORD_SIZE } from '../../translator/nat64/records/session-record.ts';

/** The outbox of one instance. */
export interface RecordSource {
  readonly name: string;
  /** Copies at most `max` records to `out` from `offset` on, in the order they were written. */
  takeRecords(out: Uint8Array, offset: number, max: number): number;
}

/** The replicator's side: accepts complete batches, or nothing while its queue is full. */
export type PublishRecords = (instance: string, records: Uint8Array, count: number) => boolean;

/** Runs a callback soon, after pending work. */
export type Soon = (callback: () => void) => void;

/** Maximum number of records per call to the replicator. */
const BATCH_RECORDS = 256;
/** Maximum number of batches per iteration of the event loop: 4096 records, about a millisecond. */
const BATCHES_PER_TURN = 16;

/**
 * Moves records from an instance's outbox to the replicator. The outbox itself is the queue, and counts what it cannot
 * hold. After a refusal the replicator wakes the pump when there is capacity.
 */
export class RecordPump {
  readonly #source: RecordSource;
  readonly #publish: PublishRecords;
  readonly #soon: Soon;
  readonly #batch = new Uint8Array(BATCH_RECORDS * SESSION_RECORD_SIZE);
  /** Records of the batch still to be published. */
  #waiting = 0;
  #scheduled = false;
  #stopped = false;
  pumped = 0;
  /** Attempts refused by the replicator. */
  refusals = 0;

  constructor(source: RecordSource, publish: PublishRecords, soon: Soon) {
    this.#source = source;
    this.#publish = publish;
    this.#soon = soon;
  }

  /** There may be records; may be called at any time. */
  wake(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    this.#soon(() => this.#iterate());
  }

  /** Publishes the current content of the outbox, as far as there is capacity. */
  flush(): void {
    while (this.#step() === 'more');
  }

  stop(): void {
    this.#stopped = true;
  }

  #iterate(): void {
    this.#scheduled = false;
    if (this.#stopped) return;
    for (let batch = 0; batch < BATCHES_PER_TURN; batch++) {
      if (this.#step() !== 'more') return;
    }
    this.wake();
  }

  #step(): 'more' | 'empty' | 'full' {
    if (this.#waiting === 0) this.#waiting = this.#source.takeRecords(this.#batch, 0, BATCH_RECORDS);
    if (this.#waiting === 0) return 'empty';
    const records = this.#batch.subarray(0, this.#waiting * SESSION_RECORD_SIZE);
    if (!this.#publish(this.#source.name, records, this.#waiting)) {
      this.refusals += 1;
      return 'full';
    }
    this.pumped += this.#waiting;
    this.#waiting = 0;
    return 'more';
  }
}
