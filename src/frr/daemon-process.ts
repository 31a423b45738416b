import { readFileSync } from 'node:fs';
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
  return async () => {
    const found = findDaemon(daemon, place);
    return found !== undefined && killSame(found.pid, found.startTime);
  };
}

/** Where a daemon sends from: the path of its network namespace; undefined: it does not run. */
export function daemonNamespace(daemon: FrrDaemon, place: FrrPlace): string | undefined {
  const found = findDaemon(daemon, place);
  return found === undefined ? undefined : `/proc/${found.pid}/ns/net`;
}

interface FoundDaemon {
  readonly pid: number;
  readonly startTime: string;
}

/** The process that the daemon's file names, if it is that daemon. */
function findDaemon(daemon: FrrDaemon, place: FrrPlace): FoundDaemon | undefined {
  const pid = Number(textOf(`${dirname(vtySocketPath(daemon, place))}/${daemon}.pid`).trim());
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const startTime = startTimeOf(pid);
  // The file may be older than the process that has its number now.
  const name = textOf(`/proc/${pid}/comm`).trim();
  return startTime !== undefined && name === daemon ? { pid, startTime } : undefined;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no such file: no such process
  }
}
