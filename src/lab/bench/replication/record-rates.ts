import { SESSION_RECORD_SIZE } from '../../../translator/nat64/records/session-record.ts';
import { SessionMaker } from './session-maker.ts';

/** Records in one call, as the worker does it. */
const BATCH = 256;
/** A first round that nobody measures, so that the compiler has seen it all. */
const WARM_UP = 20_000;

/** Records a second. */
export interface RecordRates {
  /** The owner's log written: of sessions that are new. */
  readonly encoded: number;
  /** Applied to the table of another node, which makes the sessions. */
  readonly applied: number;
  /** The same bytes copied, a batch at a time. */
  readonly copied: number;
}

/** What a record costs apart from its way between the nodes. */
export function recordRates(sessions: number): RecordRates {
  measure(WARM_UP);
  return measure(sessions);
}

function measure(sessions: number): RecordRates {
  const owner = new SessionMaker(1, sessions);
  const replica = new SessionMaker(2, sessions);
  owner.make(sessions, 1);
  // Filled, so that no page is touched for the first time while the clock runs.
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
