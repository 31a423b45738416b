import { createInterface } from 'node:readline';
import { report } from './events.ts';

/** Packets between two checks of the standard input. */
const AT_ONCE = 512;
/** Maximum backlog, ms, beyond which packets are skipped: a busy machine did not schedule the sender in time. */
const BEHIND_MS = 50;

/**
 * Handles the standard input of a flooding program: `rate N` makes it send N packets per second, 0 none; `flooded`
 * reports the number sent, and the time since the first rate.
 * @param send sends at most this many packets. @returns number sent
 */
export function floodAtRate(send: (count: number) => number): void {
  let perSecond = 0;
  let sent = 0;
  /** When the next packet is due, ms. */
  let due = performance.now();
  let begun: number | undefined;

  const step = (): void => {
    if (perSecond === 0) return;
    const now = performance.now();
    due = Math.max(due, now - BEHIND_MS);
    const count = Math.min(AT_ONCE, Math.floor(((now - due) * perSecond) / 1000));
    if (count > 0) {
      sent += send(count);
      due += (count * 1000) / perSecond;
    }
    if (count === AT_ONCE) setImmediate(step);
    else setTimeout(step, 1);
  };

  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word, value] = line.split(' ');
    const now = performance.now();
    if (word === 'flooded') report({ event: 'flooded', sent, seconds: (now - (begun ?? now)) / 1000 });
    if (word !== 'rate') return;
    const idle = perSecond === 0;
    perSecond = Number(value);
    due = now;
    begun ??= now;
    if (idle) step();
  });
  report({ event: 'ready' });
}
