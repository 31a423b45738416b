/*
 * The guard: a process of its own beside the agent. It loads nothing but Node's own modules and a handful of small
 * files, holds its connections to FRR open, and knows only what to send on them when the agent is dead (the pipe closes)
 * or hangs (the heartbeats stop).
 */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { writeGuardNote } from './guard-note.ts';
import { GuardProcess } from './guard-process.ts';
import { formatGuardLine } from './guard-protocol.ts';
import { conditionOf, isSuperseded, killSame } from './process-identity.ts';
import { Withdrawal } from './withdrawal.ts';

/**
 * It has almost nothing to do, but that at once: a large agent that the kernel takes down keeps a processor busy for
 * tens of milliseconds.
 */
function goFirst(): void {
  const highest = constants.priority.PRIORITY_HIGHEST;
  const methods = [
    () => setPriority(highest),
    // A session that the scheduler groups (sched(7), autogroups) competes as a whole: what counts is the group's value.
    () => writeFileSync('/proc/self/autogroup', `${highest}`),
  ];
  for (const method of methods) {
    try {
      method();
    } catch {
      // Without CAP_SYS_NICE it is as urgent as everybody else, and a kernel without autogroups has no such file.
    }
  }
}

/** So that a signal to all processes called `node` does not end the agent and its guard together. */
process.title = 'isthmus-guard';

const CHECK_MS = 5;
const STATUS_MS = 500;

function log(text: string): void {
  process.stderr.write(`isthmus guard: ${text}\n`);
}

const guard = new GuardProcess({
  now: () => performance.now(),
  timeOfDay: () => Date.now(),
  writeNote: writeGuardNote,
  wait,
  log,
  send: (line) => void process.stdout.write(formatGuardLine(line)),
  exit: (status) => process.exit(status),
  conditionOf,
  isSuperseded,
  killSame,
  withdrawal: (isFenced) => new Withdrawal(isFenced),
});

goFirst();
// Whoever ends the agent's terminal or process group does not end the guard before its work is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => log(`${signal} is not for me`));
// Nobody reads any more; the end of the input says why.
process.stdout.on('error', () => guard.silence());
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => log(`unexpected: ${error.stack ?? error.message}`));

createInterface({ input: process.stdin })
  .on('line', (text) => void guard.take(text))
  .on('close', () => {
    clearInterval(checking);
    clearInterval(reporting);
    void guard.agentGone();
  });
// The lines that are waiting are read before the silence is judged.
const checking = setInterval(() => setImmediate(() => void guard.check()), CHECK_MS);
const reporting = setInterval(() => void guard.report(), STATUS_MS);
