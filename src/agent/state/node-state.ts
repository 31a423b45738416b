/*
 * The state machine of a node. Pure: `decide(state, observations)`. Only `active` announces; `draining` announces as a
 * backup for a while, if an upstream supports that.
 *
 *   starting ──▶ syncing ──▶ active ◀──▶ draining ──▶ withdrawn
 *      ▲                      │  ▲                        │
 *      │                      ▼  │ (after a hold)         │ undrained
 *      └──── (restart)      failed                        ▼
 *                                                      syncing
 *
 * TRANSITIONS below is the complete machine, in order of precedence: the first row of the current state whose condition
 * holds is taken.
 */
import type { Wanted } from '../../frr/announcer.ts';

export const NODE_STATES = ['starting', 'syncing', 'active', 'draining', 'failed', 'withdrawn'] as const;
export type NodeStateName = (typeof NODE_STATES)[number];

/** All inputs of the decision. Times in milliseconds of one clock. */
export interface Observations {
  readonly nowMs: number;
  /** All parts have been started, and each check that may withdraw the node at once has completed a probe. */
  readonly ready: boolean;
  /** The sessions of the others are here (the digests agree), or there are no others. */
  readonly joined: boolean;
  readonly joiningReason: string;
  /** Why this node must not allocate ports for new mappings yet; undefined: it may. */
  readonly withoutPorts: string | undefined;
  /**
   * The node is paused: a failed check does not withdraw it while it serves, and the end of a failure does not return
   * it to service.
   */
  readonly paused: boolean;
  /** The operator's reason for draining the node. */
  readonly drained: string | undefined;
  /** FRR shows at least one enabled announcement. */
  readonly announcing: boolean;
  /** Some upstream supports announcing with lower preference than the other nodes. */
  readonly offersBackup: boolean;
  /** Hardly any packet has arrived for a while since the start of draining. */
  readonly trafficLeft: boolean;
  /** Descriptions of failed checks that withdraw the node, with a cause of its own. */
  readonly failures: readonly string[];
  /** Failed shared checks (such as an unreachable upstream). */
  readonly sharedFailures: readonly SharedFailure[];
  /** Another node is alive and active. */
  readonly otherServes: boolean;
  readonly livingPeers: number;
}

export interface SharedFailure {
  /** Description. */
  readonly text: string;
  /** Another node serves that is not affected. */
  readonly betterElsewhere: boolean;
}

export interface NodeState {
  readonly name: NodeStateName;
  readonly sinceMs: number;
  /** Consecutive outages without a long enough period without failure. */
  readonly flaps: number;
  /** End of the hold of the last failure. */
  readonly heldUntilMs: number;
  /** When the node last left `failed`, or was last found to have been without failure for long enough. */
  readonly recoveredMs: number;
  /**
   * While `draining`: the time as a backup is over, because the traffic has left or at the time limit; undefined: it is
   * not over.
   */
  readonly backupEnded?: 'left' | 'late';
}

export interface NodeTimes {
  /** A starting node does not announce earlier. */
  readonly startDelayMs: number;
  /**
   * Maximum time to wait in `syncing` for digests to agree before going active anyway, if no other node is active; 0:
   * no limit.
   */
  readonly syncLimitMs: number;
  /** Hold time after the first failure, doubled with each further one, up to the maximum. */
  readonly holdMs: number;
  readonly maxHoldMs: number;
  /** Time without failure after which earlier outages are forgotten. */
  readonly calmMs: number;
  /** Draining: minimum time of announcing as a backup, for the traffic to leave, before withdrawing. */
  readonly backupMs: number;
  /** Draining: maximum time as a backup while traffic still arrives. */
  readonly maxBackupMs: number;
  /** Draining: maximum time for the routes to be withdrawn, after which the state's reason reports it. */
  readonly drainMs: number;
}

export const NODE_TIMES: NodeTimes = {
  startDelayMs: 0,
  syncLimitMs: 30_000,
  holdMs: 5000,
  maxHoldMs: 300_000,
  calmMs: 600_000,
  backupMs: 2000,
  maxBackupMs: 10_000,
  drainMs: 10_000,
};

export interface Decision {
  readonly state: NodeState;
  /** One sentence: the reason for the state. */
  readonly reason: string;
  readonly announce: Wanted;
}

interface Situation extends Observations {
  readonly state: NodeState;
  readonly times: NodeTimes;
}

export interface Transition {
  readonly from: NodeStateName;
  readonly to: NodeStateName;
  /** The condition as text, for the documentation. */
  readonly when: string;
  readonly holds: (situation: Situation) => boolean;
  readonly reason: (situation: Situation) => string;
}

const isDrained = ({ drained }: Situation): boolean => drained !== undefined;
const drainReason = ({ drained = '' }: Situation): string =>
  drained === '' ? 'drained by the operator' : `drained by the operator: ${drained}`;
/**
 * Ready for existing and new sessions. A node that attracts traffic and rejects every new session is worse than none.
 */
const isComplete = ({ joined, withoutPorts }: Situation): boolean => joined && withoutPorts === undefined;
/** What the node waits for before it announces, or why it need not. */
const joinReason = ({ joined, joiningReason, withoutPorts }: Situation): string =>
  joined ? (withoutPorts ?? joiningReason) : joiningReason;
const hasFailed = (situation: Situation): boolean => failuresOf(situation).length > 0;
const failReason = (situation: Situation): string => failuresOf(situation).join('; ');

function row(
  from: NodeStateName,
  to: NodeStateName,
  when: string,
  holds: Transition['holds'],
  reason: Transition['reason'],
): Transition {
  return { from, to, when, holds, reason };
}

const STILL_TRAFFIC = 'traffic had not left when it withdrew';
const DRAINED = 'the operator has drained the node';
const FAILED = 'a check that withdraws fails (a shared one only if another node serves on which it passes)';
const FAILED_SERVING = `${FAILED}, and the node is not paused`;

export const TRANSITIONS: readonly Transition[] = [
  row('starting', 'withdrawn', DRAINED, isDrained, drainReason),
  row('starting', 'syncing', 'all parts run', ({ ready }) => ready, joinReason),
  row('syncing', 'withdrawn', DRAINED, isDrained, drainReason),
  row('syncing', 'failed', FAILED, hasFailed, failReason),
  row(
    'syncing',
    'active',
    'the digests agree with every live node, or the node is alone; no other node allocates from its slice of the ports; the start delay is over',
    (situation) => isComplete(situation) && situation.nowMs - situation.state.sinceMs >= situation.times.startDelayMs,
    ({ joiningReason }) => joiningReason,
  ),
  row(
    'syncing',
    'active',
    'one of these is not so within the time limit, and no other node serves',
    (situation) => {
      const { nowMs, state, times, otherServes } = situation;
      const late = times.syncLimitMs > 0 && nowMs - state.sinceMs >= times.syncLimitMs;
      return late && !isComplete(situation) && !otherServes;
    },
    ({ joined, joiningReason, withoutPorts = '' }) =>
      joined
        ? `no other node serves, so this one does, and refuses new sessions: ${withoutPorts}`
        : `no other node serves, so this one does without all sessions: ${joiningReason}`,
  ),
  row('active', 'draining', DRAINED, isDrained, drainReason),
  row('active', 'failed', FAILED_SERVING, hasFailed, failReason),
  row(
    'draining',
    'active',
    'the operator has cancelled the drain',
    (situation) => !isDrained(situation) && !hasFailed(situation),
    () => 'the drain was cancelled',
  ),
  row('draining', 'failed', FAILED_SERVING, hasFailed, failReason),
  row(
    'draining',
    'withdrawn',
    'the traffic has moved, or the maximum time as a backup is over; and FRR shows no announcement',
    (situation) => !situation.announcing && announcingOf(situation) === 'withdrawn',
    (situation) =>
      situation.state.backupEnded === 'late' ? `${drainReason(situation)}; ${STILL_TRAFFIC}` : drainReason(situation),
  ),
  row(
    'withdrawn',
    'syncing',
    'the operator has cancelled the drain',
    (situation) => !isDrained(situation),
    (situation) => `the drain was cancelled; ${joinReason(situation)}`,
  ),
  row('failed', 'withdrawn', DRAINED, isDrained, drainReason),
  row(
    'failed',
    'syncing',
    'the node is not paused, no check fails, and the hold is over or no other node serves',
    (situation) => !situation.paused && !hasFailed(situation) && (heldMs(situation) <= 0 || !situation.otherServes),
    (situation) => `the checks pass again; ${joinReason(situation)}`,
  ),
];

/** The state of a node whose agent has just started. */
export function startState(nowMs: number): NodeState {
  return { name: 'starting', sinceMs: nowMs, flaps: 0, heldUntilMs: nowMs, recoveredMs: nowMs };
}

/**
 * The next state of a node. Several transitions at once are possible: from `starting` through `syncing` to `active`.
 */
export function decide(state: NodeState, observations: Observations, times: NodeTimes = NODE_TIMES): Decision {
  let now = calmed(state, observations.nowMs, times);
  let reason: string | undefined;
  for (let steps = 0; steps < NODE_STATES.length; steps++) {
    now = endOfBackup({ ...observations, state: now, times });
    const situation: Situation = { ...observations, state: now, times };
    const taken = TRANSITIONS.find(({ from, holds }) => from === now.name && holds(situation));
    if (taken === undefined) break;
    reason = taken.reason(situation);
    now = enter(now, taken.to, observations.nowMs, times);
  }
  const settled: Situation = { ...observations, state: now, times };
  const because = now.name === state.name || reason === undefined ? staying(settled) : reason;
  return { state: now, reason: because, announce: announcingOf(settled) };
}

/** Ends the hold of a failed node at the operator's request, and forgets earlier outages; the checks still decide. */
export function release(state: NodeState): NodeState {
  return { ...state, flaps: 0, heldUntilMs: state.sinceMs };
}

function announcingOf({ state, offersBackup }: Situation): Wanted {
  if (state.name === 'active') return 'announced';
  return state.name === 'draining' && offersBackup && state.backupEnded === undefined ? 'backup' : 'withdrawn';
}

/** Late packets do not restart the time as a backup. */
function endOfBackup({ state, nowMs, times, offersBackup, trafficLeft }: Situation): NodeState {
  if (state.name !== 'draining' || !offersBackup || state.backupEnded !== undefined) return state;
  const passedMs = nowMs - state.sinceMs;
  if (passedMs < times.backupMs || (!trafficLeft && passedMs < times.maxBackupMs)) return state;
  return { ...state, backupEnded: trafficLeft ? 'left' : 'late' };
}

/** States in which a failure ends the service, and so starts an outage. */
const SERVES: ReadonlySet<NodeStateName> = new Set(['active', 'draining']);

function enter(state: NodeState, name: NodeStateName, nowMs: number, times: NodeTimes): NodeState {
  const recoveredMs = state.name === 'failed' ? nowMs : state.recoveredMs;
  const { flaps, heldUntilMs } = state;
  if (name !== 'failed') return { name, sinceMs: nowMs, flaps, heldUntilMs, recoveredMs };
  // An outage counts once, however often the checks alternate: a node that returned early, because no other one serves,
  // or that has not served since, is still in it.
  const same = flaps > 0 && (!SERVES.has(state.name) || nowMs < heldUntilMs);
  const outages = same ? flaps : flaps + 1;
  return { name, sinceMs: nowMs, flaps: outages, heldUntilMs: nowMs + holdOf(outages, times), recoveredMs };
}

/** After a long time without failure, earlier outages are forgotten. */
function calmed(state: NodeState, nowMs: number, { calmMs }: NodeTimes): NodeState {
  if (state.flaps === 0 || state.name === 'failed' || nowMs - state.recoveredMs < calmMs) return state;
  return { ...state, flaps: 0 };
}

/**
 * The failures that withdraw the node. A shared one does so only while another node serves that is better off:
 * otherwise all would withdraw without benefit.
 */
function failuresOf({ failures, sharedFailures, paused, state }: Situation): readonly string[] {
  if (paused && SERVES.has(state.name)) return [];
  return [...failures, ...sharedFailures.filter(({ betterElsewhere }) => betterElsewhere).map(({ text }) => text)];
}

/** Remaining hold time of a failed node, counted from its failure. */
function heldMs({ nowMs, state }: Situation): number {
  return state.heldUntilMs - nowMs;
}

/** The hold after this many failures: doubled with each, up to the maximum. */
export function holdOf(flaps: number, { holdMs, maxHoldMs }: NodeTimes): number {
  return Math.min(maxHoldMs, holdMs * 2 ** Math.min(30, Math.max(0, flaps - 1)));
}

/** Why a node stays in its state. */
function staying(situation: Situation): string {
  return STAYING[situation.state.name](situation);
}

const STAYING: Readonly<Record<NodeStateName, (situation: Situation) => string>> = {
  starting: () => 'the parts of the agent are being started',
  syncing: (situation) => {
    const { state, times, nowMs, joined } = situation;
    const waitMs = state.sinceMs + times.startDelayMs - nowMs;
    return joined && waitMs > 0 ? `the start delay ends in ${Math.ceil(waitMs / 1000)} s` : joinReason(situation);
  },
  active: ({ failures, sharedFailures, livingPeers, paused }) => {
    if (paused && failures.length > 0)
      return `serves although a check fails, because it is paused: ${failures.join('; ')}`;
    if (sharedFailures.length > 0)
      return `serves although no node is better off: ${sharedFailures.map(({ text }) => text).join('; ')}`;
    return livingPeers === 0 ? 'serves; no other node is alive' : 'serves; all checks that withdraw pass';
  },
  draining: (situation) => {
    const { nowMs, state, times, announcing } = situation;
    if (announcingOf(situation) === 'backup')
      return `${drainReason(situation)}; announced as a backup until traffic has left`;
    const late = nowMs - state.sinceMs >= times.drainMs && announcing;
    return late ? `${drainReason(situation)}; FRR still shows announcements` : drainReason(situation);
  },
  withdrawn: drainReason,
  failed: (situation) => {
    if (hasFailed(situation)) return failReason(situation);
    if (situation.paused) return 'the checks pass; paused, so that they do not return it to service';
    const seconds = Math.ceil(heldMs(situation) / 1000);
    const { flaps } = situation.state;
    const outages = flaps <= 1 ? '1 outage' : `${flaps} outages`;
    return `the checks pass; withdrawn for another ${seconds} s after ${outages}; \`isthmus node release\` ends that`;
  },
};
