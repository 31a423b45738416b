import { dirname } from 'node:path';
import type { NamedProcess } from './announcer.ts';
import type { Process } from '../linux/processes.ts';
import type { FrrDaemon, FrrPlace } from './daemon-shell.ts';
import { vtySocketPath } from './daemon-shell.ts';
import { killSame, processNamed } from './guard/process-identity.ts';

/** Ends a daemon of FRR that cannot be told anything. @returns whether there was one to end */
export type EndDaemon = () => Promise<boolean>;

/**
 * The last resort, when FRR does not take or does not show a withdrawal: without bfdd the router drops its routes
 * after its detection time, without bgpd at once. FRR's own watcher starts the daemon again, with what its
 * configuration says: withdrawn.
 */
export function daemonEnder(daemon: FrrDaemon, place: FrrPlace): EndDaemon {
  return async () => {
    const found = processNamed(daemonNamed(daemon, place));
    return found !== undefined && killSame(found.pid, found.startTime);
  };
}

/** Where a daemon sends from: the path of its network namespace; undefined: it does not run. */
export function daemonNamespace(daemon: FrrDaemon, place: FrrPlace): string | undefined {
  const found = processNamed(daemonNamed(daemon, place));
  return found === undefined ? undefined : `/proc/${found.pid}/ns/net`;
}

/** How a daemon is found. */
export function daemonNamed(daemon: FrrDaemon, place: FrrPlace): NamedProcess {
  return { pidFile: `${dirname(vtySocketPath(daemon, place))}/${daemon}.pid`, name: daemon };
}

/** `-N NAME`, `--pathspace NAME` or `--pathspace=NAME`. */
export function pathspaceOf({ argv }: Pick<Process, 'argv'>): string | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === '-N' || word === '--pathspace') return argv[index + 1];
    const joined = /^(?:-N|--pathspace=)(.+)$/.exec(word)?.[1];
    if (joined !== undefined) return joined;
  }
  return undefined;
}
