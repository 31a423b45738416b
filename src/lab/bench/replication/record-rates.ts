import { SESSION_RECORD_SIZE } from '../../../translator/nat64/records/session-record.ts';
import { SessionMaker } from './session-maker.ts';

/** Records per call, as in the worker. */
const BATCH = 256;
/** Warm-up round for the compiler, not measured. */
const WARM_UP = 20_000;

/** Records a second. */
export interface RecordRates {
  /** Encoding of the owner's log, for new sessions. */
  readonly encoded: number;
  /** Applying to the table of another node, which creates the sessions. */
  readonly applied: number;
  /** Copying the same bytes, a batch at a time. */
  readonly copied: number;
}

/** Cost of a record apart from the transport between nodes. */
export function recordRates(sessions: number): RecordRates {
  measure(WARM_UP);
  return measure(sessions);
}

function measure(sessions: number): RecordRates {
  const owner = new SessionMaker(1, sessions);
  const replica = new SessionMaker(2, sessions);
  owner.make(sessions, 1);
  // Filled, so that no page fault occurs while measuring.
  const log = new Uint8Array((sessions + BATCH) * SESSION_RECORD_SIZE).fill(1);
  const copy = new Uint8Array(log.length).fill(1);
  let count = 0;
  const encoded = rate(sessions, () => {
    while (count < sessions) count += owner.translator.takeRecords(log, count * SESSION_RECORD_SIZE, BATCH, 1);
  });
  const copied = rate(count, () => {
    const step = BATCH * SESSION_RECORD_SIZE;
    for (let at = 0; at < log.length; at += step) copy.set(log.subarray(at, at + step), at);
  });
  replica.translator.setPeerAlive(1, true);
  const applied = rate(count, () => {
    for (let from = 0; from < count; from += BATCH) {
      replica.translator.applyRecords(copy, from * SESSION_RECORD_SIZE, Math.min(BATCH, count - from), 1);
    }
  });
  if (replica.translator.sessionCount !== sessions) throw new Error('not every record has made its session');
  return { encoded, applied, copied };
}

function rate(records: number, work: () => void): number {
  const began = performance.now();
  work();
  return (records / (performance.now() - began)) * 1000;
}
