import { execFileSync } from 'node:child_process';
import { LAB_MARK } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { readdirSync, readFileSync } from 'node:fs';

/** What a lab could leave behind on the host. */
export interface Traces {
  readonly namespaces: string;
  readonly interfaces: readonly string[];
  readonly files: readonly string[];
  readonly processes: readonly string[];
}

const PLACES = [
  '/run',
  '/run/netns',
  '/run/frr',
  '/run/isthmus',
  '/tmp',
  '/etc',
  '/etc/netns',
  '/etc/frr',
  '/var/tmp',
  '/var/tmp/frr',
  '/var/log',
  '/var/log/frr',
];
function listing(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return []; // not there: nothing can be left in it
  }
}

/** Processes of the lab that was made by the process with this number. */
function labProcesses(maker: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${LAB_MARK}=${maker}`)) return [];
        return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()}`];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

/**
 * Everything of the host that a lab must leave as it found it. Of /tmp, where others have files too, what could be of
 * no one else.
 */
export function traces(maker: number): Traces {
  return {
    namespaces: execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }),
    interfaces: readdirSync('/sys/class/net'),
    files: PLACES.flatMap(listing).filter((path) => /^\/(?:run|etc|var)\//.test(path) || /frr|bird|lab/.test(path)),
    processes: labProcesses(maker),
  };
}

/**
 * The kernel needs a moment to take a world down: the traces as soon as no process of it is left, at the latest after
 * five seconds.
 */
export async function settledTraces(maker: number): Promise<Traces> {
  try {
    await waitFor('the lab to be gone', () => labProcesses(maker).length === 0, { timeoutMs: 5_000 });
  } catch {
    // What is left shows in the traces.
  }
  return traces(maker);
}
