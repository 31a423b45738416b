/*
 * The guard: a separate process beside the agent. It loads only Node's own modules and a few small files, keeps its
 * connections to FRR open, and executes its stored commands when the agent is dead (the pipe closes) or hangs (the
 * heartbeats stop).
 */
import { fstatSync, write, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { GuardLog } from './guard-log.ts';
import { writeGuardNote } from './guard-note.ts';
import { GuardProcess } from './guard-process.ts';
import { formatGuardLine } from './guard-protocol.ts';
import { endStatusOf, oomKillsNear } from './process-end.ts';
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

const STDERR = 2;
/** Time limit for writing the last log lines. */
const LAST_LINES_MS = 200;

const writeTo = promisify(write);
/** Node.js writes to these synchronously, to pipes and sockets when there is room. */
const isSynchronous = isatty(STDERR) || fstatSync(STDERR).isFile();

async function writeLines(text: string): Promise<void> {
  if (isSynchronous) await writeTo(STDERR, text);
  else await new Promise<void>((resolve) => void process.stderr.write(text, () => resolve()));
}

const lines = new GuardLog(writeLines);

function log(text: string): void {
  lines.add(`isthmus guard: ${text}`);
}

/** Node.js would wait for a write that is blocked, so a process with one is killed. */
async function exit(status: number): Promise<void> {
  await Promise.race([lines.flushed(), wait(LAST_LINES_MS)]);
  if (lines.isIdle) process.exit(status);
  process.kill(process.pid, 'SIGKILL');
}

const guard = new GuardProcess({
  now: () => performance.now(),
  timeOfDay: () => Date.now(),
  writeNote: writeGuardNote,
  wait,
  log,
  send: (line) => void process.stdout.write(formatGuardLine(line)),
  exit: (status) => void exit(status),
  conditionOf,
  isSuperseded,
  killSame,
  endStatusOf,
  oomKillsNear,
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
