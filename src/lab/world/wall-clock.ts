import type { Machine } from './machine.ts';

/** Of the Debian package libfaketime; the dynamic linker puts the machine's architecture in. */
const LIBRARY = '/usr/$LIB/faketime/libfaketimeMT.so.1';

/**
 * The time of day as a program of the lab sees it, which can be set while it runs. The monotonic clock and the timers
 * go on as they do on a machine whose clock is set.
 */
export class WallClock {
  readonly #machine: Machine;
  readonly #file: string;

  private constructor(machine: Machine, file: string) {
    this.#machine = machine;
    this.#file = file;
  }

  /** @param file where the machine keeps what the clock says */
  static async create(machine: Machine, file: string): Promise<WallClock> {
    const clock = new WallClock(machine, file);
    await clock.set(0);
    return clock;
  }

  /** A command that becomes the program whose arguments follow. */
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

  /**
   * From about a second from now on the time of day is so many seconds later than that of the host; negative: earlier.
   */
  async set(seconds: number): Promise<void> {
    await this.#machine.writeFile(this.#file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }
}
