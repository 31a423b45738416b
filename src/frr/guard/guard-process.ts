import type { GuardNote } from './guard-note.ts';
import { type GuardLine, parseAgentLine } from './guard-protocol.ts';
import { GuardWatch } from './guard-watch.ts';
import { endInWords } from './process-end.ts';
import type { ProcessCondition } from './process-identity.ts';
import type { Withdrawal } from './withdrawal.ts';

/** Interval of attempts after the agent's death, also for an FRR that is just restarting. */
const RETRY_MS = 100;
const GIVE_UP_MS = 10_000;
/** A withdrawal for a hang belongs to an end that follows within this time. */
const SAME_END_MS = 10_000;

/** External interfaces of the guard. */
export interface GuardWorld {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly timeOfDay: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: (text: string) => void;
  readonly send: (line: GuardLine) => void;
  /** Leaves a note for the next agent. @throws file system errors */
  readonly writeNote: (fence: string, note: GuardNote) => void;
  readonly exit: (status: number) => void;
  readonly conditionOf: (pid: number, startTime: string) => ProcessCondition;
  readonly isSuperseded: (fence: string, pid: number) => boolean;
  readonly killSame: (pid: number, startTime: string) => boolean;
  /** See process-end.ts. */
  readonly endStatusOf: (pid: number, startTime: string) => number | undefined;
  readonly oomKillsNear: (pid: number) => number | undefined;
  /** @param isFenced see `Withdrawal` */
  readonly withdrawal: (
    isFenced: () => boolean,
  ) => Pick<Withdrawal, 'ended' | 'open' | 'orders' | 'prepare' | 'run' | 'setOrders' | 'withoutEffect'>;
}

/** Handles the agent's lines, and its silence. */
export class GuardProcess {
  readonly #world: GuardWorld;
  readonly #withdrawal: ReturnType<GuardWorld['withdrawal']>;
  #agent: { readonly pid: number; readonly startTime: string; readonly fence: string } | undefined;
  #watch: GuardWatch | undefined;
  #ordersNumber = 0;
  #ending = false;
  /** The agent ends in order: the end of its lines means nothing. */
  #dismissed = false;
  /** The last withdrawal while the agent was alive. */
  #hang: { readonly atMs: number; readonly reason: string } | undefined;
  /** How the agent's process ended, as far as the kernel has shown it. */
  #endStatus: number | undefined;
  #endedByGuard = false;
  #oomKills: number | undefined;

  constructor(world: GuardWorld) {
    this.#world = world;
    this.#withdrawal = world.withdrawal(() => this.#isFenced());
  }

  /** Handles a line of the agent. */
  async take(text: string): Promise<void> {
    const { log, now, exit } = this.#world;
    const line = parseAgentLine(text);
    if (line === undefined) {
      log('a line of the agent was not understood');
    } else if (line.kind === 'hello') {
      this.#agent = { pid: line.pid, startTime: line.startTime, fence: line.fence };
      this.#watch = new GuardWatch(line.limits, now());
      this.#oomKills = this.#world.oomKillsNear(line.pid);
    } else if (line.kind === 'orders') {
      this.#ordersNumber = line.number;
      this.#withdrawal.setOrders(line.orders);
      await this.report();
    } else if (line.kind === 'beat') {
      this.#watch?.beat(now(), line.mainAgeMs, line.covered);
    } else {
      this.#ending = true;
      this.#dismissed = true;
      exit(0);
    }
  }

  /** To be called every few milliseconds. */
  async check(): Promise<void> {
    const { now, log, conditionOf, killSame } = this.#world;
    const agent = this.#agent;
    const watch = this.#watch;
    if (agent === undefined || watch === undefined || this.#ending) return;
    const nowMs = now();
    const step = watch.check(nowMs, () => conditionOf(agent.pid, agent.startTime));
    if (watch.isDying) this.#noteEnd();
    if (step === 'none') return;
    const reason = watch.reason(nowMs);
    if (step === 'withdraw') {
      this.#hang = { atMs: nowMs, reason };
      await this.#withdraw(reason);
    } else if (killSame(agent.pid, agent.startTime)) {
      this.#endedByGuard = true;
      log(`${reason}; it was ended`);
    }
  }

  /** Opens missing connections, and reports which are open. */
  async report(): Promise<void> {
    await this.#withdrawal.prepare();
    const { open, orders } = this.#withdrawal;
    this.#send({ kind: 'status', orders: this.#ordersNumber, open, sockets: orders.length });
  }

  /** The guard's output is not read any more. */
  silence(): void {
    this.#ending = true;
  }

  /** The agent's process has ended: withdraws until that has succeeded, or another agent runs the node. */
  async agentGone(): Promise<void> {
    if (this.#dismissed) return;
    const { now, wait, log, exit } = this.#world;
    this.#ending = true;
    this.#noteEnd();
    const begunMs = now();
    const deadline = begunMs + GIVE_UP_MS;
    while (!(await this.#withdraw('the agent is gone'))) {
      if (this.#isFenced()) {
        log('another agent runs this node: nothing is left to do');
        break;
      }
      if (now() >= deadline) {
        this.#leaveNote(begunMs, false);
        exit(1);
        return;
      }
      await wait(RETRY_MS);
    }
    this.#leaveNote(begunMs, true);
    exit(0);
  }

  /** The kernel shows it until the agent's parent has waited for it: a moment. */
  #noteEnd(): void {
    const agent = this.#agent;
    if (agent === undefined || (this.#endStatus ?? 0) !== 0) return;
    this.#endStatus = this.#world.endStatusOf(agent.pid, agent.startTime) ?? this.#endStatus;
  }

  #end(pid: number): string {
    if (this.#endedByGuard) return 'killed by its guard (SIGKILL)';
    if (this.#endStatus === undefined) return '';
    const before = this.#oomKills;
    const outOfMemory = before !== undefined && (this.#world.oomKillsNear(pid) ?? before) > before;
    return endInWords(this.#endStatus, outOfMemory);
  }

  /** The routes are withdrawn by now: nothing waits for the disk. */
  #leaveNote(begunMs: number, ok: boolean): void {
    const { now, timeOfDay, log, writeNote } = this.#world;
    const agent = this.#agent;
    if (agent === undefined || this.#isFenced()) return;
    this.#noteEnd();
    const end = this.#end(agent.pid);
    if (end !== '') log(`the agent: ${end}`);
    const hang = this.#hang !== undefined && begunMs - this.#hang.atMs < SAME_END_MS ? this.#hang : undefined;
    const sinceMs = hang?.atMs ?? begunMs;
    const passedMs = now() - sinceMs;
    const reason = hang === undefined ? 'the agent was gone' : `${hang.reason}; the agent has ended since`;
    try {
      const note = { time: timeOfDay() - passedMs, pid: agent.pid, ok, tookMs: now() - begunMs, reason, end };
      writeNote(agent.fence, note);
    } catch (error) {
      log(`no note was left: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #withdraw(reason: string): Promise<boolean> {
    const { now, log } = this.#world;
    const begunMs = now();
    const ok = await this.#withdrawal.run();
    const tookMs = now() - begunMs;
    const { ended, withoutEffect } = this.#withdrawal;
    if (withoutEffect.length > 0) log(`without effect: ${withoutEffect.join('; ')}`);
    if (ended.length > 0) log(`${ended.join(', ')} did not do it and was ended`);
    log(`${reason}; ${ok ? 'withdrawn' : 'NOT withdrawn'} after ${tookMs.toFixed(1)} ms`);
    this.#send({ kind: 'withdrew', tookMs, ok, reason });
    return ok;
  }

  #isFenced(): boolean {
    return this.#agent !== undefined && this.#world.isSuperseded(this.#agent.fence, this.#agent.pid);
  }

  #send(line: GuardLine): void {
    if (!this.#ending) this.#world.send(line);
  }
}
