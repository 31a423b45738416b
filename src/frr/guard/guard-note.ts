import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What a guard has done after the end of its agent, for the agent that is started next. */
export interface GuardNote {
  /** When it began to withdraw, milliseconds since 1970. */
  readonly time: number;
  /** The process of the agent that was gone. */
  readonly pid: number;
  readonly ok: boolean;
  readonly tookMs: number;
  /** One sentence: what the guard found. */
  readonly reason: string;
  /** How the agent's process ended; empty: the guard came too late to see it. */
  readonly end: string;
}

/** The note is beside the fence, the file with the pid of the node's agent. */
function pathBeside(fence: string): string {
  return `${fence}.guard`;
}

/** @throws file system errors */
export function writeGuardNote(fence: string, note: GuardNote): void {
  if (fence === '') return;
  const path = pathBeside(fence);
  writeFileSync(`${path}.new`, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** undefined: there is none that can be read. */
export function readGuardNote(fence: string): GuardNote | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(pathBeside(fence), 'utf8'));
    if (!isNote(value)) return undefined;
    // A guard of a release before 0.2 says nothing of the end.
    return { ...value, end: typeof value.end === 'string' ? value.end : '' };
  } catch {
    return undefined; // no guard had to withdraw, or the note was lost with the machine
  }
}

/** @throws file system errors */
export function removeGuardNote(fence: string): void {
  rmSync(pathBeside(fence), { force: true });
}

function isNote(value: unknown): value is Omit<GuardNote, 'end'> & { readonly end?: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  if (!('time' in value) || !('pid' in value) || !('tookMs' in value)) return false;
  const numbers = [value.time, value.pid, value.tookMs].every((one) => typeof one === 'number');
  return numbers && 'ok' in value && 'reason' in value && typeof value.reason === 'string';
}
