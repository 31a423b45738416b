import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What the service manager has told ExecStopPost of the end of an agent, for the agent that is started next. */
export interface ServiceEnd {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Half a sentence. */
  readonly text: string;
}

/** Results of systemd.exec(5), SERVICE_RESULT, that need words. */
const RESULTS: Readonly<Record<string, string>> = {
  watchdog: 'its main loop was blocked for longer than WatchdogSec (watchdog)',
  'oom-kill': 'the kernel killed for want of memory (oom-kill)',
  timeout: 'it was ended after the time limit for a start or a stop (timeout)',
};

/**
 * What the variables of ExecStopPost say; undefined: no service manager has started this process, or the agent was
 * stopped in order. Pure.
 */
export function serviceEndIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { SERVICE_RESULT: result, EXIT_CODE: code = '', EXIT_STATUS: status = '' } = env;
  if (result === undefined || result === 'success') return undefined;
  const main = `${code} ${status}`.trim();
  return `the service manager reports: ${RESULTS[result] ?? result}${main === '' ? '' : `, main process ${main}`}`;
}

/** Beside the lock of the agent. */
function pathBeside(lock: string): string {
  return `${lock}.service`;
}

/**
 * Of several ends without a run between them, as of starts that failed, the first one stays: that of the run.
 * @throws file system errors
 */
export function writeServiceEnd(lock: string, { time, text }: ServiceEnd): void {
  try {
    writeFileSync(pathBeside(lock), `${time} ${text}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** undefined: there is none that can be read. */
export function readServiceEnd(lock: string): ServiceEnd | undefined {
  try {
    const [, time = '', text = ''] = /^(\d+) (.+)\n$/.exec(readFileSync(pathBeside(lock), 'utf8')) ?? [];
    return text === '' ? undefined : { time: Number(time), text };
  } catch {
    return undefined; // no service manager, or the note was lost with the machine
  }
}

/** @throws file system errors */
export function removeServiceEnd(lock: string): void {
  rmSync(pathBeside(lock), { force: true });
}
