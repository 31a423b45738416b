import type { DaemonShell, FrrDaemon, FrrPlace } from '../../frr/daemon-shell.ts';
import type { Probe } from './check.ts';
import { type Finding, findingOf } from './finding.ts';

export interface WatchedDaemon {
  readonly daemon: FrrDaemon;
  readonly place: FrrPlace;
}

/** The FRR daemons needed for announcements run and answer. */
export class FrrProbe implements Probe {
  readonly name = 'frr';
  readonly #shells: ReadonlyMap<string, DaemonShell>;

  constructor(watched: readonly WatchedDaemon[], open: (one: WatchedDaemon) => DaemonShell) {
    this.#shells = new Map(watched.map((one) => [nameOf(one), open(one)]));
  }

  async check(): Promise<Finding> {
    const looks = [...this.#shells].map(async ([name, shell]): Promise<Finding[]> => {
      try {
        await shell.show('show version');
        return [];
      } catch (error) {
        const { result, text } = findingOf(error);
        return [{ result, text: `${name} does not answer: ${text}` }];
      } finally {
        // Each probe opens a new connection: an open one would not show whether new ones are accepted.
        shell.close();
      }
    });
    const wrong = (await Promise.all(looks)).flat();
    if (wrong.length === 0) return { result: 'ok', text: `${[...this.#shells.keys()].join(', ')} answer` };
    const failed = wrong.some(({ result }) => result === 'failed');
    return { result: failed ? 'failed' : 'unknown', text: wrong.map(({ text }) => text).join('; ') };
  }

  async stop(): Promise<void> {
    for (const shell of this.#shells.values()) shell.close();
  }
}

function nameOf({ daemon, place: { pathspace } }: WatchedDaemon): string {
  return pathspace === undefined ? daemon : `${daemon} (${pathspace})`;
}
