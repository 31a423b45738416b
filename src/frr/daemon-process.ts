import { dirname } from 'node:path';
import type { NamedProcess } from './announcer.ts';
import type { Process } from '../linux/processes.ts';
import type { FrrDaemon, FrrPlace } from './daemon-shell.ts';
import { vtySocketPath } from './daemon-shell.ts';
import { killSame, processNamed } from './guard/process-identity.ts';

/** Kills an unresponsive daemon of FRR. @returns whether there was one */
export type EndDaemon = () => Promise<boolean>;

/**
 * The last resort, when FRR does not accept or show a withdrawal: without bfdd the router drops its routes after its
 * detection time, without bgpd at once. FRR's watchfrr restarts the daemon with its configuration: withdrawn.
 */
export function daemonEnder(daemon: FrrDaemon, place: FrrPlace): EndDaemon {
  return async () => {
    const found = processNamed(daemonNamed(daemon, place));
    return found !== undefined && killSame(found.pid, found.startTime);
  };
}

/** Path of a daemon's network namespace; undefined: it does not run. */
export function daemonNamespace(daemon: FrrDaemon, place: FrrPlace): string | undefined {
  const found = processNamed(daemonNamed(daemon, place));
  return found === undefined ? undefined : `/proc/${found.pid}/ns/net`;
}

/** Identification of a daemon's process. */
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
