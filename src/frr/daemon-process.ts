import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FrrDaemon, FrrPlace } from './daemon-shell.ts';
import { vtySocketPath } from './daemon-shell.ts';
import { killSame, startTimeOf } from './guard/process-identity.ts';

/** Ends a daemon of FRR that cannot be told anything. @returns whether there was one to end */
export type EndDaemon = () => Promise<boolean>;

/**
 * The last way of all, when FRR does not take or does not show a withdrawal: without bfdd the router drops its routes
 * after its detection time, without bgpd at once. FRR's own watcher starts the daemon again, with what its
 * configuration says: withdrawn.
 */
export function daemonEnder(daemon: FrrDaemon, place: FrrPlace): EndDaemon {
  const folder = dirname(vtySocketPath(daemon, place));
  return async () => {
    const pid = Number((await textOf(`${folder}/${daemon}.pid`)).trim());
    if (!Number.isInteger(pid) || pid <= 1) return false;
    const startTime = startTimeOf(pid);
    // The file may be older than the process that has its number now.
    const name = (await textOf(`/proc/${pid}/comm`)).trim();
    return startTime !== undefined && name === daemon && killSame(pid, startTime);
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return ''; // no such file: no such process
  }
}
