import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LAB_IDENTITY, LabError, type LabRecord } from './lab-record.ts';

/** Changes to the caller's folder if it exists there: reports are written where they are requested. */
const IN_FOLDER = 'cd "$1" 2>/dev/null || cd /; shift; trap : INT QUIT; "$@"; exit $?';
/*
 * Ctrl-C is handled by the command, which may have to clean up: nsenter, which waits for it, would end at once and
 * leave the command without a terminal. The shell in between waits as well, and converts the death of a command by a
 * signal into an exit status, which nsenter returns; traps are not inherited (POSIX, 2.12 Shell Execution Environment).
 */
const IGNORING = ['--ignore-signal=INT', '--ignore-signal=QUIT'];
const OBEYING = ['env', '--default-signal=INT', '--default-signal=QUIT'];
const SIGNALS: ReadonlyMap<string, number> = new Map(Object.entries(constants.signals));

/**
 * Runs a command, or a shell, on a lab machine, with this terminal.
 * @returns the exit status, in a shell's form for a command that was ended by a signal
 * @throws LabError: there is no such machine
 */
export async function enterLab(lab: LabRecord, machine: string, command: readonly string[]): Promise<number> {
  const pid = lab.machines[machine];
  if (pid === undefined)
    throw new LabError(`lab "${lab.name}" has no machine ${machine}; it has ${Object.keys(lab.machines).join(', ')}`);
  const run = command.length === 0 ? [process.env['SHELL'] ?? '/bin/sh'] : command;
  const enter = ['--target', String(pid), '--mount', '--pid', '--net', '--uts', '--ipc', '--'];
  const child = spawn(
    'env',
    [...IGNORING, 'nsenter', ...enter, ...OBEYING, 'sh', '-c', IN_FOLDER, 'sh', process.cwd(), ...run],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        [LAB_IDENTITY]: lab.id,
        PATH: `/run/lab/bin:${process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin'}`,
        ISTHMUS_DRILL_PROBE: lab.probeAt,
        ISTHMUS_DRILL_DETECTION: String(lab.detectionMs),
      },
    },
  );
  // The terminal sends its signals to the command as well, which handles them.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const { code, signal } = await exitOf(child);
  return code ?? 128 + (SIGNALS.get(signal ?? '') ?? 0);
}

function exitOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
