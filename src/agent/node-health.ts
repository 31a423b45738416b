import type { CheckStatus } from './control/messages.ts';
import { decide, NODE_TIMES, type NodeState, type NodeTimes, startState } from './node-state.ts';
import type { HealthPart, NodeVerdict, Situation } from './parts.ts';
import type { InstanceSnapshot } from './status-input.ts';

/** The worker turns ten times a second and more; a thread that was away for so long does not translate. */
const HEARTBEAT_LIMIT_MS = 500;

/** A check that looks at the world by itself, at its own pace; `latest` is what it last found. */
export interface BackgroundCheck {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly latest: CheckStatus;
  /** What fails is shared by all nodes: it takes a node out only while another one serves. */
  readonly shared: boolean;
}

/** The checks of a node, and its state machine fed with what they find. */
export class NodeHealth implements HealthPart {
  readonly #background: readonly BackgroundCheck[];
  readonly #times: NodeTimes;
  #state: NodeState;
  #own: readonly CheckStatus[] = [];

  constructor(nowMs: number, background: readonly BackgroundCheck[] = [], times: NodeTimes = NODE_TIMES) {
    this.#state = startState(nowMs);
    this.#background = background;
    this.#times = times;
  }

  async start(): Promise<void> {
    await Promise.all(this.#background.map((check) => check.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#background.map((check) => check.stop()));
  }

  decide(situation: Situation): NodeVerdict {
    this.#own = situation.instances.map(workerCheck);
    const { nowMs, joined, joiningReason, drain, peers, announcing } = situation;
    const failing = this.#background.filter(({ latest }) => !latest.ok && latest.effect === 'withdraw');
    const textsOf = (shared: boolean): string[] =>
      failing.filter((check) => check.shared === shared).map(({ latest }) => `${latest.name}: ${latest.text}`);
    const own = this.#own.filter(({ ok }) => !ok).map(({ name, text }) => `${name}: ${text}`);
    const { state, reason, announce } = decide(
      this.#state,
      {
        nowMs,
        ready: true,
        joined,
        joiningReason,
        drained: drain?.reason,
        announcing,
        failures: [...own, ...textsOf(false)],
        sharedFailures: textsOf(true),
        otherServes: peers.some((peer) => peer.alive && peer.announcing),
        livingPeers: peers.filter(({ alive }) => alive).length,
      },
      this.#times,
    );
    this.#state = state;
    return { state: state.name, reason, announce };
  }

  checks(): readonly CheckStatus[] {
    return [...this.#own, ...this.#background.map(({ latest }) => latest)];
  }
}

function workerCheck({ name, state, reason, heartbeatAgeMs }: InstanceSnapshot): CheckStatus {
  const turns = state === 'running' && heartbeatAgeMs < HEARTBEAT_LIMIT_MS;
  const age = Math.round(heartbeatAgeMs);
  const text = state === 'running' ? `the worker last turned ${age} ms ago` : `${state}: ${reason}`;
  return { name: `worker ${name}`, ok: turns, effect: 'withdraw', text };
}
