import { UNIT_COUNTERS } from '../../dataplane/shard-unit.ts';
import type { CounterStats } from '../control/messages.ts';
import type { CounterRate } from './traffic-meter.ts';

const ADVICE: ReadonlyMap<string, string> = new Map(UNIT_COUNTERS.map(({ name, advice }) => [name, advice]));

/** A counter with advice for when it grows. */
export function withAdvice(counter: CounterRate): CounterStats {
  return { ...counter, advice: adviceOn(counter.name) };
}

/** Empty: nothing has to be done. */
export function adviceOn(counter: string): string {
  return ADVICE.get(counter) ?? '';
}
