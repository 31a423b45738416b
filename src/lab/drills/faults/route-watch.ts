import type { LabProcess } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';

/** The router's kernel table as it changes, with the kernel's own times. */
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
    await pause(100); // `ip monitor` does not say when it listens
    return watch;
  }

  /**
   * When a route to one of the prefixes last came to lead to this gateway, ms since the epoch; undefined: never since
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
