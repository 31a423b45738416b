import { setTimeout as sleep } from 'node:timers/promises';
import type { WithdrawalProven } from '../../frr/announcements.ts';
import { type TriedAnnouncements, type TrialResult, tryWithdrawal } from '../../frr/withdrawal-trial.ts';
import type { StatusReply, TestWithdrawalReply } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';

/** Operations of the node used by a test. */
export interface TestedNode {
  readonly upstreams: () => readonly string[];
  readonly announcements: TriedAnnouncements & { setProven(proven: ReadonlyMap<string, WithdrawalProven>): void };
  readonly status: () => Pick<StatusReply, 'nodes'>;
  readonly proofs: {
    load(): Map<string, WithdrawalProven>;
    save(proven: ReadonlyMap<string, WithdrawalProven>): Promise<void>;
  };
  readonly events: Pick<EventLog, 'add'>;
  /** The time of day, ms since 1970. */
  readonly now: () => number;
}

const TIME = { now: () => performance.now(), sleep: (ms: number) => sleep(ms) };

/**
 * Tests of withdrawal by the operator: one upstream is withdrawn for some seconds while another node serves. The result
 * is stored, and shown with the announcements.
 */
export class WithdrawalTests {
  readonly #node: TestedNode;
  readonly #try: (upstream: string) => Promise<TrialResult>;
  #proven: Map<string, WithdrawalProven>;
  #running = '';

  constructor(node: TestedNode, attempt = (upstream: string) => tryWithdrawal(upstream, node.announcements, TIME)) {
    this.#node = node;
    this.#try = attempt;
    this.#proven = node.proofs.load();
    node.announcements.setProven(this.#proven);
  }

  async test(upstream: string): Promise<TestWithdrawalReply> {
    const refusal = this.#whyNot(upstream);
    if (refusal !== undefined) return refused(refusal);
    this.#running = upstream;
    try {
      return await this.#judge(upstream, await this.#try(upstream));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#failed(upstream, `the withdrawal from ${upstream} failed: ${reason}`);
    } finally {
      this.#running = '';
    }
  }

  /** It must not be an outage: this node and another one must announce. */
  #whyNot(upstream: string): string | undefined {
    const known = this.#node.upstreams();
    if (!known.includes(upstream)) {
      return `this node has no upstream ${upstream}; it has ${known.length === 0 ? 'none' : known.join(', ')}`;
    }
    if (this.#running !== '') return `a withdrawal from ${this.#running} is being tested`;
    const { nodes } = this.#node.status();
    const self = nodes.find((node) => node.self);
    if (self?.state !== 'active' || !self.announcing) return 'this node does not announce, so it cannot withdraw';
    const another = nodes.some((node) => !node.self && node.alive && node.state === 'active' && node.announcing);
    return another ? undefined : 'no other node serves: the test would be an outage';
  }

  async #judge(upstream: string, result: TrialResult): Promise<TestWithdrawalReply> {
    if (result.verdict === 'not measured') return refused(result.reason);
    if (result.verdict === 'goes on') {
      const text = `upstream ${upstream} was withdrawn, but ${result.packetsPerSecond} packets a second still arrived`;
      return this.#failed(upstream, text);
    }
    const { stoppedMs, packets, announcedMs } = result;
    const again =
      announcedMs === undefined ? 'not announced again within 30 s' : `announced again after ${ms(announcedMs)}`;
    const text = `upstream ${upstream}: packets stopped ${ms(stoppedMs)} after the withdrawal (${packets} arrived); ${again}`;
    this.#proven = new Map(this.#proven).set(upstream, { provenAt: this.#node.now(), provenMs: Math.round(stoppedMs) });
    this.#node.announcements.setProven(this.#proven);
    this.#node.events.add({
      code: 'withdrawal-proven',
      subject: 'announcement',
      name: upstream,
      to: 'proven',
      reason: text,
    });
    const stored = await this.#store();
    const done = announcedMs !== undefined;
    const code = done ? 'withdrawal-proven' : 'announcement-failed';
    return { done, code, text: `${text}${stored}`, stoppedMs, packets, announcedMs: announcedMs ?? 0 };
  }

  /** @returns an addition to the answer if it could not be stored */
  async #store(): Promise<string> {
    try {
      await this.#node.proofs.save(this.#proven);
      return '';
    } catch (error) {
      return `; not stored: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #failed(upstream: string, text: string): TestWithdrawalReply {
    const code = 'withdrawal-ineffective';
    this.#node.events.add({ code, subject: 'announcement', name: upstream, to: 'NOT WITHDRAWN', reason: text });
    return { done: false, code, text, stoppedMs: 0, packets: 0, announcedMs: 0 };
  }
}

function refused(text: string): TestWithdrawalReply {
  return { done: false, code: 'withdrawal-test-refused', text, stoppedMs: 0, packets: 0, announcedMs: 0 };
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
