/*
 * The guard: a process of its own beside the agent. It loads nothing but Node's own modules and a handful of small
 * files, holds its connections to FRR open, and knows only what to say on them when the agent is dead (the pipe closes)
 * or hangs (the beats stop).
 */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { formatGuardLine, type GuardLine, parseAgentLine } from './guard-protocol.ts';
import { GuardWatch } from './guard-watch.ts';
import { conditionOf, isSuperseded, killSame } from './process-identity.ts';
import { Withdrawal } from './withdrawal.ts';

/**
 * It has almost nothing to do, but that at once: a large agent that the kernel takes down keeps a processor busy for
 * tens of milliseconds.
 */
function goFirst(): void {
  const highest = constants.priority.PRIORITY_HIGHEST;
  const ways = [
    () => setPriority(highest),
    // A session that the scheduler groups (sched(7), autogroups) competes as a whole: what counts is the group's value.
    () => writeFileSync('/proc/self/autogroup', `${highest}`),
  ];
  for (const way of ways) {
    try {
      way();
    } catch {
      // Without CAP_SYS_NICE it is as urgent as everybody else, and a kernel without autogroups has no such file.
    }
  }
}

/** So that a signal to all processes called `node` does not end the agent and its guard together. */
process.title = 'isthmus-guard';

const CHECK_MS = 5;
const STATUS_MS = 500;
/** Tries after the agent's death: long enough for an FRR that is just being restarted. */
const RETRY_MS = 100;
const GIVE_UP_MS = 10_000;

let agent: { readonly pid: number; readonly startTime: string; readonly fence: string } | undefined;
const withdrawal = new Withdrawal(isFenced);
let watch: GuardWatch | undefined;
let ordersNumber = 0;
let ending = false;

function log(text: string): void {
  process.stderr.write(`isthmus guard: ${text}\n`);
}

function say(line: GuardLine): void {
  if (!ending) process.stdout.write(formatGuardLine(line));
}

function isFenced(): boolean {
  return agent !== undefined && isSuperseded(agent.fence, agent.pid);
}

async function withdraw(reason: string): Promise<boolean> {
  const begun = performance.now();
  const ok = await withdrawal.run();
  const tookMs = performance.now() - begun;
  if (withdrawal.ended.length > 0) log(`${withdrawal.ended.join(', ')} did not do it and was ended`);
  log(`${reason}; ${ok ? 'withdrawn' : 'NOT withdrawn'} after ${tookMs.toFixed(1)} ms`);
  say({ kind: 'withdrew', tookMs, ok, reason });
  return ok;
}

async function withdrawForGood(): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!(await withdraw('the agent is gone'))) {
    if (isFenced()) {
      log('another agent runs this node: nothing is left to do');
      process.exit(0);
    }
    if (performance.now() >= deadline) process.exit(1);
    await new Promise((resolve) => {
      setTimeout(resolve, RETRY_MS);
    });
  }
  process.exit(0);
}

function take(text: string): void {
  const line = parseAgentLine(text);
  if (line === undefined) {
    log('a line of the agent was not understood');
  } else if (line.kind === 'hello') {
    agent = { pid: line.pid, startTime: line.startTime, fence: line.fence };
    watch = new GuardWatch(line.limits, performance.now());
  } else if (line.kind === 'orders') {
    ordersNumber = line.number;
    withdrawal.setOrders(line.orders);
    void withdrawal.prepare().then(status);
  } else if (line.kind === 'beat') {
    watch?.beat(performance.now(), line.mainAgeMs, line.covered);
  } else {
    ending = true;
    process.exit(0);
  }
}

function check(): void {
  const now = performance.now();
  const step =
    watch?.check(now, () => (agent === undefined ? 'dying' : conditionOf(agent.pid, agent.startTime))) ?? 'none';
  if (step === 'none' || ending) return;
  const reason = watch?.reason(now) ?? '';
  if (step === 'withdraw') void withdraw(reason);
  else if (agent !== undefined && killSame(agent.pid, agent.startTime)) log(`${reason}; it was ended`);
}

function status(): void {
  say({ kind: 'status', orders: ordersNumber, open: withdrawal.open, sockets: withdrawal.orders.length });
}

goFirst();
// Whoever ends the agent's terminal or process group does not end the guard before its work is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => log(`${signal} is not for me`));
process.stdout.on('error', () => {
  ending = true; // nobody reads any more; the end of the input says why
});
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => log(`unexpected: ${error.stack ?? error.message}`));

createInterface({ input: process.stdin })
  .on('line', take)
  .on('close', () => {
    clearInterval(checking);
    clearInterval(telling);
    ending = true;
    void withdrawForGood();
  });
// The lines that are waiting are read before the silence is judged.
const checking = setInterval(() => setImmediate(check), CHECK_MS);
const telling = setInterval(() => void withdrawal.prepare().then(status), STATUS_MS);
