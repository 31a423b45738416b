import type { Clock } from '../../replication/clock.ts';

/** Sends one message to the service manager (sd_notify(3)); false: there is none. May throw: it is busy or restarting. */
export type Notify = (message: string) => boolean;

/**
 * Notifies systemd's watchdog for as long as the agent's main loop runs. When its iterations stop, so does that, and
 * systemd ends it; the unit's ExecStopPost then withdraws.
 */
export class ServiceNotice {
  readonly #notify: Notify;
  readonly #clock: Clock;
  readonly #watchdogMs: number;
  #cancel: (() => void) | undefined;
  /** Messages that the service manager did not take. */
  failures = 0;

  /** @param watchdogMs systemd's limit, 0: it watches nothing */
  constructor(notify: Notify, clock: Clock, watchdogMs: number) {
    this.#notify = notify;
    this.#clock = clock;
    this.#watchdogMs = watchdogMs;
  }

  /** The agent serves from now on. `tickedMs` is the time of its last tick, on the same clock. */
  ready(tickedMs: () => number): void {
    this.#send(`READY=1\nSTATUS=running\nMAINPID=${process.pid}`);
    if (this.#watchdogMs > 0) this.#feed(tickedMs);
  }

  /** The start goes on, and may take so long from now (EXTEND_TIMEOUT_USEC). */
  starting(limitMs: number): void {
    this.#send(`EXTEND_TIMEOUT_USEC=${limitMs * 1000}\nSTATUS=starting`);
  }

  stopping(reason: string): void {
    this.#cancel?.();
    this.#send(`STOPPING=1\nSTATUS=${reason}`);
  }

  /** A message that did not arrive must not end the agent: the watchdog's next one follows soon. */
  #send(message: string): void {
    try {
      this.#notify(message);
    } catch {
      this.failures += 1;
    }
  }

  #feed(tickedMs: () => number): void {
    if (this.#clock.now() - tickedMs() < this.#watchdogMs / 2) this.#send('WATCHDOG=1');
    this.#cancel = this.#clock.after(this.#watchdogMs / 3, () => this.#feed(tickedMs));
  }
}

/** What systemd watches, from the environment it gives (sd_watchdog_enabled(3)), milliseconds; 0: nothing. */
export function watchdogMs(environment: Readonly<Record<string, string | undefined>>, pid: number): number {
  const meant = environment['WATCHDOG_PID'];
  const microseconds = Number(environment['WATCHDOG_USEC'] ?? 0);
  return (meant === undefined || Number(meant) === pid) && microseconds > 0 ? microseconds / 1000 : 0;
}
