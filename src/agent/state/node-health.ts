import type { Clock } from '../../replication/clock.ts';
import type { CheckStatus } from '../control/messages.ts';
import type { BackgroundCheck, CheckEffect } from '../health/check.ts';
import {
  decide,
  NODE_TIMES,
  type NodeState,
  type NodeTimes,
  release,
  type SharedFailure,
  startState,
} from './node-state.ts';
import type { HealthPart, NodeVerdict, PausePart, PeerSituation, Situation } from '../compose/parts.ts';
import type { InstanceSnapshot } from '../status/status-input.ts';
import { packetsThrough, TrafficRate } from './traffic-rate.ts';

export interface NodeHealthOptions {
  readonly times: NodeTimes;
  /** The check of the workers; none: threads are not checked. */
  readonly worker: { readonly effect: CheckEffect; readonly limitMs: number } | undefined;
  /** Starts what the checks share, before them. */
  readonly open?: () => Promise<void>;
  /** Ends it, after them. */
  readonly close?: () => Promise<void>;
}

const DEFAULTS: NodeHealthOptions = { times: NODE_TIMES, worker: { effect: 'withdraw', limitMs: 500 } };

/** The agent evaluates ten times a second; a longer gap means that it was not scheduled. */
const STARVED_MS = 300;
/** Each probe has its own limit; this limits the wait for a slow one. */
const FIRST_LOOKS_MS = 6000;
const POLL_MS = 50;

/** The checks of a node, and its state machine that uses their results. */
export class NodeHealth implements HealthPart {
  #background: readonly BackgroundCheck[];
  #options: NodeHealthOptions;
  #state: NodeState;
  #own: readonly CheckStatus[] = [];
  #decidedMs: number;
  readonly #pausing: PausePart;
  readonly #traffic = new TrafficRate();

  /** @param pausing whether the node is paused */
  constructor(
    nowMs: number,
    background: readonly BackgroundCheck[] = [],
    options: NodeHealthOptions = DEFAULTS,
    pausing: PausePart = { reason: undefined },
  ) {
    this.#pausing = pausing;
    this.#state = startState(nowMs);
    this.#decidedMs = nowMs;
    this.#background = background;
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#options.open?.();
    await Promise.all(this.#background.map((check) => check.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#background.map((check) => check.stop()));
    await this.#options.close?.();
  }

  /**
   * Replaces the checks and the rules for their effects. Former checks stay in force until each new one has completed a
   * probe, so that a failure is not forgotten meanwhile.
   */
  async reconfigure(background: readonly BackgroundCheck[], options: NodeHealthOptions, clock: Clock): Promise<void> {
    await options.open?.();
    await Promise.all(background.map((check) => check.start()));
    const deadline = clock.now() + FIRST_LOOKS_MS;
    while (background.some(({ known }) => !known) && clock.now() < deadline) {
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
    const former = this.#background;
    this.#background = background;
    this.#options = options;
    await Promise.all(former.map((check) => check.stop()));
  }

  decide(situation: Situation): NodeVerdict {
    const { worker, times } = this.#options;
    // An agent that was not scheduled for a while received no heartbeats.
    const starvedMs = Math.max(0, situation.nowMs - this.#decidedMs - STARVED_MS);
    this.#decidedMs = situation.nowMs;
    this.#own = worker === undefined ? [] : situation.instances.map((one) => workerCheck(one, worker, starvedMs));
    const { nowMs, joined, joiningReason, withoutPorts, drain, peers, announcing, offersBackup } = situation;
    this.#traffic.note(nowMs, packetsThrough(situation.instances));
    const failing = this.#background.filter(({ latest }) => takesOut(latest));
    const own = [...this.#own, ...failing.filter(({ shared }) => !shared).map(({ latest }) => latest)];
    const { state, reason, announce } = decide(
      this.#state,
      {
        nowMs,
        ready: !this.#background.some(({ pending }) => pending),
        joined,
        joiningReason,
        withoutPorts,
        paused: this.#pausing.reason !== undefined,
        drained: drain?.reason,
        announcing,
        offersBackup,
        trafficLeft: this.#traffic.left,
        failures: own.filter(takesOut).map(inWords),
        sharedFailures: failing.filter(({ shared }) => shared).map(({ latest }) => sharedFailure(latest, peers)),
        otherServes: peers.some(serves),
        livingPeers: peers.filter(({ alive }) => alive).length,
      },
      times,
    );
    if (state.name === 'draining' && this.#state.name !== 'draining') this.#traffic.begin();
    this.#state = state;
    return { state: state.name, reason, announce, stalled: this.#own.some(takesOut) };
  }

  release(): boolean {
    const held = this.#state.name === 'failed' || this.#state.flaps > 0;
    this.#state = release(this.#state);
    return held;
  }

  checks(): readonly CheckStatus[] {
    return [...this.#own, ...this.#background.map(({ latest }) => latest)];
  }

  failingShared(): readonly string[] {
    return this.#background
      .filter(({ shared, lastFailed, latest }) => shared && (lastFailed || takesOut(latest)))
      .map(({ latest }) => latest.name);
  }
}

function takesOut({ ok, effect }: CheckStatus): boolean {
  return !ok && effect === 'withdraw';
}

function inWords({ name, text }: CheckStatus): string {
  return `${name}: ${text}`;
}

function serves({ alive, announcing }: PeerSituation): boolean {
  return alive && announcing;
}

/** Another node is better off if it serves and has not seen the same failure even once. */
function sharedFailure(latest: CheckStatus, peers: readonly PeerSituation[]): SharedFailure {
  const betterElsewhere = peers.some((peer) => serves(peer) && !peer.failingShared.includes(latest.name));
  return { text: inWords(latest), betterElsewhere };
}

function workerCheck(
  { name, state, reason, heartbeatAgeMs, stalledMs }: InstanceSnapshot,
  { effect, limitMs }: NonNullable<NodeHealthOptions['worker']>,
  starvedMs: number,
): CheckStatus {
  const ok = state === 'running' && stalledMs - starvedMs < limitMs;
  const age = Math.round(ok ? heartbeatAgeMs : stalledMs);
  const text = state === 'running' ? `worker heartbeat is ${age} ms old` : `${state}: ${reason}`;
  return { name: `worker ${name}`, ok, result: ok ? 'ok' : 'failed', effect, text };
}
