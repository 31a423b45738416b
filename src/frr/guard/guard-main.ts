/*
 * The guard: a separate process beside the agent. It loads only Node's own modules and a few small files, keeps its
 * connections to FRR open, and executes its stored commands when the agent is dead (the pipe closes) or hangs (the
 * heartbeats stop).
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
 * It does little, but must do it at once: the exit of a large process keeps a processor busy for tens of milliseconds.
 */
function raisePriority(): void {
  const highest = constants.priority.PRIORITY_HIGHEST;
  const methods = [
    () => setPriority(highest),
    // With autogroups (sched(7)) a session competes as a whole, so the group's nice value matters.
    () => writeFileSync('/proc/self/autogroup', `${highest}`),
  ];
  for (const method of methods) {
    try {
      method();
    } catch {
      // Best effort: without CAP_SYS_NICE the priority is unchanged, and a kernel without autogroups has no such file.
    }
  }
}

/** So that a signal to all processes named `node` does not kill agent and guard together. */
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

raisePriority();
// Signals to the agent's terminal or process group do not end the guard before its work is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => log(`${signal} is not for me`));
// Nobody reads the output any more; the end of the input tells why.
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
// Pending lines are read before the silence is judged.
const checking = setInterval(() => setImmediate(() => void guard.check()), CHECK_MS);
const reporting = setInterval(() => void guard.report(), STATUS_MS);
