import { createInterface } from 'node:readline';
import { report } from './events.ts';

/** Packets between two looks at the standard input. */
const AT_ONCE = 512;
/** What is more behind than this is given up, ms: a busy machine did not let it be sent in time. */
const BEHIND_MS = 50;

/**
 * Obeys the standard input of a program that floods: `rate N` has it send N packets a second from now on, 0 none;
 * `flooded` reports what was sent, and how long since the first rate.
 * @param send sends at most so many packets. @returns how many went
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
