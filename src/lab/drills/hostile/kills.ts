import { gatewaysInUse } from '../../topology/steering.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import { pause } from '../../world/wait.ts';
import { type Attack, type Finding } from './attack.ts';
import type { HostileRow } from './result.ts';
import { type HostileStage, untilActive } from './stage.ts';

const VICTIMS = ['agent', 'guard', 'both'] as const;
/** Maximum lifetime of an incarnation, ms: covers before, during and long after it announces. */
const LIFE_MS = 8_000;
/** Period of waiting, twice the number of victims: each of them occurs both in a serving node and in a starting one. */
const WAITS_EACH = 2 * VICTIMS.length;
/** Exponent of the random time: half of the kills are within the first 2 s, during the start. */
const EARLY = 2;
/** The gate's lease (3 s at most), the router's detection time, and an allowance for a busy machine. */
const GONE_WITHIN_MS = 3_000 + 300 + 1_500;
/** Maximum time until the router uses a node that serves, on a busy machine. */
const ROUTED_WITHIN_MS = 120_000;
/** Polling interval; each poll runs two programs. */
const POLL_MS = 50;
/** Time for which the state must last. */
const STAYS_MS = 500;

/** Kills agent, guard, or both, at random times: a node without both must never stay announced. */
async function kills(stage: HostileStage, count: number, before: number): Promise<Finding> {
  const random = xorshift(before + 1);
  const account = { kills: count, left: 0, worstMs: 0 };
  for (let round = 0; round < count; round++) {
    const victim = VICTIMS[round % VICTIMS.length] ?? 'both';
    await pause(random() ** EARLY * LIFE_MS);
    if (victim === 'guard') {
      await stage.one.machine.run(['pkill', '-KILL', '-x', 'isthmus-guard'], { allowFailure: true });
      // Restarted without a further event.
      await untilActive(stage.one);
      await untilRoutedTo(stage.site, stage.one.node, ROUTED_WITHIN_MS);
      continue;
    }
    const begun = performance.now();
    await Promise.all([
      stage.one.process.signal('SIGKILL'),
      ...(victim === 'both'
        ? [stage.one.machine.run(['pkill', '-KILL', '-x', 'isthmus-guard'], { allowFailure: true })]
        : []),
    ]);
    await stage.one.process.exited;
    const goneMs = await untilGone(stage, begun);
    if (goneMs === undefined) account.left++;
    else account.worstMs = Math.max(account.worstMs, Math.round(goneMs));
    stage.one.start();
    stage.withdrawals.follow(stage.one);
    // Otherwise it is killed again while starting, or the next round waits for it.
    if (round % WAITS_EACH === 0) await untilActive(stage.one);
  }
  await untilActive(stage.one);
  await untilRoutedTo(stage.site, stage.one.node, ROUTED_WITHIN_MS);
  return { found: killText(account), asStated: account.left === 0 };
}

export interface KillAccount {
  readonly kills: number;
  /** Number of times that the router kept sending to a dead node. */
  readonly left: number;
  /** Maximum time until the router had stopped sending to a killed node. */
  readonly worstMs: number;
}

/** Pure. */
export function killText({ kills: count, left, worstMs }: KillAccount): string {
  return `${count} kills; announced with nobody there: ${left} times; longest until the router left it: ${worstMs} ms`;
}

/** Parses the text of `killText`. Pure. */
export function killsIn(text: string): KillAccount {
  const [count, left, worstMs] = Array.from(text.matchAll(/\d+/g), ([number]) => Number(number));
  return { kills: count ?? 0, left: left ?? 0, worstMs: worstMs ?? 0 };
}

/** The kills of several runs, combined in one row. Pure. */
export function sumOfKills(former: HostileRow, row: HostileRow): HostileRow {
  const [one, other] = [killsIn(former.found), killsIn(row.found)];
  return {
    ...row,
    withdrawals: former.withdrawals + row.withdrawals,
    brokenTcp: former.brokenTcp + row.brokenTcp,
    stallMs: Math.max(former.stallMs, row.stallMs),
    lostSessions: former.lostSessions + row.lostSessions,
    found: killText({
      kills: one.kills + other.kills,
      left: one.left + other.left,
      worstMs: Math.max(one.worstMs, other.worstMs),
    }),
    ok: former.ok && row.ok,
  };
}

/** How long the router kept sending to the dead node, ms; undefined: it still does after the limit. */
async function untilGone({ site, one }: HostileStage, begunMs: number): Promise<number | undefined> {
  let goneMs: number | undefined;
  for (;;) {
    const now = performance.now() - begunMs;
    const inUse = (await gatewaysInUse(site.router)).includes(one.node);
    if (inUse) goneMs = undefined;
    else goneMs ??= now;
    if (inUse && now > GONE_WITHIN_MS) return undefined;
    if (goneMs !== undefined && now - goneMs > STAYS_MS) return goneMs;
    await pause(POLL_MS);
  }
}

/** @returns numbers from 0 to 1, reproducible for a seed */
function xorshift(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** @param count number of kills in this run */
export function killAttack(count: number): Attack {
  return {
    name: 'killed-at-random',
    done: `kill -9 of agent, guard, or both, ${count} times at random moments`,
    allowed: { withdrawals: count * 2, fastStallMs: GONE_WITHIN_MS },
    make: (stage, former) => kills(stage, count, former === undefined ? 0 : killsIn(former.found).kills),
    sumUp: sumOfKills,
  };
}
