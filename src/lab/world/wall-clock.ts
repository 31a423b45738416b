import type { Machine } from './machine.ts';

/** From the Debian package libfaketime; the dynamic linker inserts the machine's architecture. */
const LIBRARY = '/usr/$LIB/faketime/libfaketimeMT.so.1';

/**
 * The time of day of a program of the lab, which can be set while it runs. The monotonic clock and timers are
 * unaffected, as on a machine whose clock is set.
 */
export class WallClock {
  readonly #machine: Machine;
  readonly #file: string;

  private constructor(machine: Machine, file: string) {
    this.#machine = machine;
    this.#file = file;
  }

  /** @param file on the machine with the clock's offset */
  static async create(machine: Machine, file: string): Promise<WallClock> {
    const clock = new WallClock(machine, file);
    await clock.set(0);
    return clock;
  }

  /** A command that executes the program given by the following arguments. */
  get command(): readonly string[] {
    return [
      'env',
      `LD_PRELOAD=${LIBRARY}`,
      `FAKETIME_TIMESTAMP_FILE=${this.#file}`,
      'FAKETIME_CACHE_DURATION=1',
      'FAKETIME_DONT_FAKE_MONOTONIC=1',
      'NO_FAKE_STAT=1',
    ];
  }

  /** Takes effect after about a second: the time of day is this many seconds ahead of the host's; negative: behind. */
  async set(seconds: number): Promise<void> {
    await this.#machine.writeFile(this.#file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }
}
