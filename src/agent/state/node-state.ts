/*
 * The states of a node, and what leads from one to the next. Pure: `decide(state, observations)`. Only `active`
 * announces; `draining` does so as a backup for a moment, where an upstream can be told.
 *
 *   starting ──▶ syncing ──▶ active ◀──▶ draining ──▶ withdrawn
 *      ▲                      │  ▲                        │
 *      │                      ▼  │ (after a hold)         │ undrained
 *      └──── (restart)      failed                        ▼
 *                                                      syncing
 *
 * TRANSITIONS below is the whole machine, in order of precedence: the first row of the present state whose condition
 * holds is taken.
 */
import type { Wanted } from '../../frr/announcer.ts';

export const NODE_STATES = ['starting', 'syncing', 'active', 'draining', 'failed', 'withdrawn'] as const;
export type NodeStateName = (typeof NODE_STATES)[number];

/** All that the decision depends on. Times in milliseconds of one clock. */
export interface Observations {
  readonly nowMs: number;
  /** All parts have been started, and each check that may take the node out at once has looked. */
  readonly ready: boolean;
  /** The sessions of the others are here (the digests agree), or nobody is there to have any. */
  readonly joined: boolean;
  readonly joiningReason: string;
  /** Why this node must not give out ports for new mappings yet; undefined: it may. */
  readonly withoutPorts: string | undefined;
  /** The operator has paused the node: a failed check does not withdraw it while it serves, and its end does not return it. */
  readonly paused: boolean;
  /** The operator's reason for draining the node. */
  readonly drained: string | undefined;
  /** FRR shows at least one announcement that is open. */
  readonly announcing: boolean;
  /** Some upstream can be told that the other nodes are better. */
  readonly offersBackup: boolean;
  /** Hardly any packet has come for a while since the node began to drain. */
  readonly trafficLeft: boolean;
  /** Failed checks that withdraw a node, in words; those whose cause is its own. */
  readonly failures: readonly string[];
  /** Failed checks of what all nodes share (an upstream that cannot be reached). */
  readonly sharedFailures: readonly SharedFailure[];
  /** Another node is alive and active. */
  readonly otherServes: boolean;
  readonly livingPeers: number;
}

export interface SharedFailure {
  /** In words. */
  readonly text: string;
  /** Another node serves that does not suffer from it. */
  readonly betterElsewhere: boolean;
}

export interface NodeState {
  readonly name: NodeStateName;
  readonly sinceMs: number;
  /** Outages in a row that were not followed by a quiet time. */
  readonly flaps: number;
  /** When the hold of the last failure ends, or has ended. */
  readonly heldUntilMs: number;
  /** When the node last left `failed`, or was last seen to be quiet for long enough. */
  readonly recoveredMs: number;
  /**
   * While `draining`: the time as a backup is over, since the traffic has left or although it has not; undefined: it is
   * not over.
   */
  readonly backupEnded?: 'left' | 'late';
}

export interface NodeTimes {
  /** A node that was started does not announce before. */
  readonly startDelayMs: number;
  /**
   * How long `syncing` waits for digests to agree before the node serves all the same, if nobody else does; 0: for
   * ever.
   */
  readonly syncLimitMs: number;
  /** Out after the first failure, doubled with each further one, up to the maximum. */
  readonly holdMs: number;
  readonly maxHoldMs: number;
  /** So long without failure, and flaps are forgotten. */
  readonly calmMs: number;
  /** Draining: so long at least the node announces as a backup, for the traffic to leave, before it withdraws. */
  readonly backupMs: number;
  /** Draining: so long at most, while traffic still comes. */
  readonly maxBackupMs: number;
  /** Draining: the routes must be seen withdrawn after this time, else the state says so and stays. */
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
  /** One sentence: why the node is in this state. */
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
  /** The condition in words, for the documentation. */
  readonly when: string;
  readonly holds: (situation: Situation) => boolean;
  readonly reason: (situation: Situation) => string;
}

const isDrained = ({ drained }: Situation): boolean => drained !== undefined;
const drainReason = ({ drained = '' }: Situation): string =>
  drained === '' ? 'drained by the operator' : `drained by the operator: ${drained}`;
/**
 * Old sessions would be translated, and new ones too. A node that attracts traffic and refuses every new session is
 * worse than none.
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

/** The state of a node whose agent has just been started. */
export function startState(nowMs: number): NodeState {
  return { name: 'starting', sinceMs: nowMs, flaps: 0, heldUntilMs: nowMs, recoveredMs: nowMs };
}

/** What a node does next. Several steps at once are possible: from `starting` through `syncing` to `active`. */
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

/** The operator ends the hold of a failed node, and former outages are forgotten; the checks still decide. */
export function release(state: NodeState): NodeState {
  return { ...state, flaps: 0, heldUntilMs: state.sinceMs };
}

function announcingOf({ state, offersBackup }: Situation): Wanted {
  if (state.name === 'active') return 'announced';
  return state.name === 'draining' && offersBackup && state.backupEnded === undefined ? 'backup' : 'withdrawn';
}

/** What has ended does not begin again with a late packet. */
function endOfBackup({ state, nowMs, times, offersBackup, trafficLeft }: Situation): NodeState {
  if (state.name !== 'draining' || !offersBackup || state.backupEnded !== undefined) return state;
  const passedMs = nowMs - state.sinceMs;
  if (passedMs < times.backupMs || (!trafficLeft && passedMs < times.maxBackupMs)) return state;
  return { ...state, backupEnded: trafficLeft ? 'left' : 'late' };
}

/** States in which a failure ends the service, and so begins an outage. */
const SERVES: ReadonlySet<NodeStateName> = new Set(['active', 'draining']);

function enter(state: NodeState, name: NodeStateName, nowMs: number, times: NodeTimes): NodeState {
  const recoveredMs = state.name === 'failed' ? nowMs : state.recoveredMs;
  const { flaps, heldUntilMs } = state;
  if (name !== 'failed') return { name, sinceMs: nowMs, flaps, heldUntilMs, recoveredMs };
  // One outage is one, however often the checks change their mind meanwhile: a node that came back early, because no
  // other one serves, or that has not served since, is still in it.
  const same = flaps > 0 && (!SERVES.has(state.name) || nowMs < heldUntilMs);
  const outages = same ? flaps : flaps + 1;
  return { name, sinceMs: nowMs, flaps: outages, heldUntilMs: nowMs + holdOf(outages, times), recoveredMs };
}

/** A long time without failure, and the flaps are forgotten. */
function calmed(state: NodeState, nowMs: number, { calmMs }: NodeTimes): NodeState {
  if (state.flaps === 0 || state.name === 'failed' || nowMs - state.recoveredMs < calmMs) return state;
  return { ...state, flaps: 0 };
}

/**
 * The failures that take the node out. What all nodes share takes a node out only while another one serves that is
 * better off: else all would go, and nobody would gain.
 */
function failuresOf({ failures, sharedFailures, paused, state }: Situation): readonly string[] {
  if (paused && SERVES.has(state.name)) return [];
  return [...failures, ...sharedFailures.filter(({ betterElsewhere }) => betterElsewhere).map(({ text }) => text)];
}

/** How long a failed node still stays out; counted from when it failed. */
function heldMs({ nowMs, state }: Situation): number {
  return state.heldUntilMs - nowMs;
}

/** The hold after so many failures: doubled with each, up to the maximum. */
export function holdOf(flaps: number, { holdMs, maxHoldMs }: NodeTimes): number {
  return Math.min(maxHoldMs, holdMs * 2 ** Math.min(30, Math.max(0, flaps - 1)));
}

/** Why a node stays as it is. */
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
