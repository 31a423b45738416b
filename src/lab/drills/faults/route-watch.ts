import type { LabProcess } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';

/** Changes of the router's kernel routes, with the kernel's timestamps. */
export class RouteWatch {
  readonly #process: LabProcess;
  readonly #changes: { readonly at: number; readonly text: string }[] = [];

  private constructor(router: Machine) {
    this.#process = router.start('routes', ['ip', '-ts', '-o', 'monitor', 'route']);
    this.#process.onLine((line) => {
      const found = /^\[([^\]]+)\] (.*)$/.exec(line);
      if (found !== null) this.#changes.push({ at: Date.parse(found[1] ?? ''), text: found[2] ?? '' });
    });
  }

  static async start(router: Machine): Promise<RouteWatch> {
    const watch = new RouteWatch(router);
    await pause(100); // `ip monitor` does not report when it is ready
    return watch;
  }

  /**
   * When a route to one of the prefixes last changed to this gateway, ms since the epoch; undefined: not since
   * `sinceMs`.
   */
  lastRoutedTo(gateway: string, prefixes: readonly string[], sinceMs: number): number | undefined {
    const turns = this.#changes.filter(
      ({ at, text }) =>
        at >= sinceMs &&
        !text.startsWith('Deleted') &&
        new RegExp(` dev ${gateway}\\b`).test(text) &&
        prefixes.some((prefix) => text.includes(prefix)),
    );
    return turns.length === 0 ? undefined : Math.max(...turns.map(({ at }) => at));
  }
}
