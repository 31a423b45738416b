import type { AgentStart } from '../../gateway/agent.ts';
import type { Machine } from '../../world/machine.ts';
import type { Allowed } from './result.ts';
import type { HostileStage } from './stage.ts';

/** What an attack has seen beside the traffic, in one sentence. */
export interface Finding {
  readonly found: string;
  /** It was as this page and docs/failures.md state it. */
  readonly asStated: boolean;
}

/** What an attack needs before the agents start. */
export interface Preparation {
  /** The cluster file as it must be. */
  readonly file?: (text: string) => string;
  /** How the first node's agent is started. */
  readonly start?: AgentStart;
  /** Done on each gateway's machine before its agent starts. */
  readonly machine?: (machine: Machine) => Promise<void>;
  /** Long TCP connections beside those with numbered packets. */
  readonly tcp?: number;
  /** A real etcd of three members coordinates. */
  readonly etcd?: true;
}

export interface Attack {
  readonly name: string;
  /** What is done, for people. */
  readonly done: string;
  readonly allowed: Allowed;
  readonly needs?: Preparation;
  /** It is about two nodes that lose each other. */
  readonly onlyTwo?: true;
  make(stage: HostileStage): Promise<Finding>;
}

/** Nothing may happen to the node. */
export const CALM: Allowed = { withdrawals: 0 };
