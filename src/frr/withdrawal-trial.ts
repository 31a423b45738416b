import type { AnnouncementView } from './announcements.ts';

/*
 * Withdraws one upstream for a few seconds while another node serves, and measures when its packets stop:
 *
 *   count ──1 s──▶ withdraw ──▶ until no packet for 1 s, or the limit ──▶ announce ──▶ until it is up again
 *
 * In any case the upstream is announced again at the end.
 */

/** Operations of the announcements used by a test. */
export interface TriedAnnouncements {
  holdOut(upstream: string): Promise<void>;
  resume(upstream: string): Promise<void>;
  countArrivals(upstream: string): number | undefined;
  status(): readonly Pick<AnnouncementView, 'upstream' | 'observed' | 'state'>[];
}

/** Times of a test, milliseconds. */
export interface TrialTime {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export type TrialResult =
  | {
      readonly verdict: 'stopped';
      /** Time from the withdrawal to the last packet received, ms; the resolution is `POLL_MS`. */
      readonly stoppedMs: number;
      /** Packets received in that time. */
      readonly packets: number;
      /** Time from announcing until the sessions with the router were up, ms; undefined: not within 30 s. */
      readonly announcedMs: number | undefined;
    }
  | { readonly verdict: 'goes on'; readonly packetsPerSecond: number }
  | { readonly verdict: 'not measured'; readonly reason: string };

const POLL_MS = 10;
/** Observation time before the withdrawal, to have traffic that can stop; and after it, to consider it stopped. */
const QUIET_MS = 1000;
/** More than the longest detection time that can be configured. */
const LIMIT_MS = 15_000;
const BACK_MS = 30_000;
const UP: ReadonlySet<string> = new Set(['up', 'Established']);

/** @throws AnnouncementError when it could not be withdrawn, or not be announced again */
export async function tryWithdrawal(
  upstream: string,
  announcements: TriedAnnouncements,
  time: TrialTime,
): Promise<TrialResult> {
  const before = announcements.countArrivals(upstream);
  if (before === undefined) return { verdict: 'not measured', reason: 'the kernel cannot count what arrives' };
  await time.sleep(QUIET_MS);
  if ((announcements.countArrivals(upstream) ?? before) === before) {
    const reason = 'no packet for its prefixes arrives from this upstream, so nothing can be seen to stop';
    return { verdict: 'not measured', reason };
  }
  const beganMs = time.now();
  try {
    await announcements.holdOut(upstream);
    const stopped = await untilQuiet(upstream, announcements, time, beganMs);
    if ('packetsPerSecond' in stopped) return { verdict: 'goes on', ...stopped };
    const resumedMs = time.now();
    await announcements.resume(upstream);
    const announcedMs = await untilUp(upstream, announcements, time, resumedMs);
    return { verdict: 'stopped', ...stopped, announcedMs };
  } finally {
    await announcements.resume(upstream);
  }
}

async function untilQuiet(
  upstream: string,
  announcements: TriedAnnouncements,
  time: TrialTime,
  beganMs: number,
): Promise<{ stoppedMs: number; packets: number } | { packetsPerSecond: number }> {
  const first = announcements.countArrivals(upstream) ?? 0;
  let [count, lastMs] = [first, time.now()];
  while (time.now() - beganMs < LIMIT_MS) {
    await time.sleep(POLL_MS);
    const arrived = announcements.countArrivals(upstream) ?? count;
    if (arrived > count) [count, lastMs] = [arrived, time.now()];
    else if (time.now() - lastMs >= QUIET_MS) return { stoppedMs: lastMs - beganMs, packets: count - first };
  }
  return { packetsPerSecond: Math.round(((count - first) * 1000) / (time.now() - beganMs)) };
}

async function untilUp(
  upstream: string,
  announcements: TriedAnnouncements,
  time: TrialTime,
  resumedMs: number,
): Promise<number | undefined> {
  while (time.now() - resumedMs < BACK_MS) {
    const sessions = announcements.status().filter((session) => session.upstream === upstream);
    const up = sessions.every(({ observed, state }) => observed === 'announced' && UP.has(state));
    if (up && sessions.length > 0) return time.now() - resumedMs;
    await time.sleep(POLL_MS);
  }
  return undefined;
}
