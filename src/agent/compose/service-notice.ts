import type { Clock } from '../../replication/clock.ts';

/**
 * Sends one message to the service manager (sd_notify(3)); false: there is none. May throw: it is busy or restarting.
 */
export type Notify = (message: string) => boolean;

/**
 * Notifies systemd's watchdog while the agent's main loop iterates. When it stops, systemd kills the agent, and the
 * unit's ExecStopPost withdraws.
 */
export class ServiceNotice {
  readonly #notify: Notify;
  readonly #clock: Clock;
  readonly #watchdogMs: number;
  #cancel: (() => void) | undefined;
  /** Messages not accepted by the service manager. */
  failures = 0;

  /** @param watchdogMs systemd's limit, 0: no watchdog */
  constructor(notify: Notify, clock: Clock, watchdogMs: number) {
    this.#notify = notify;
    this.#clock = clock;
    this.#watchdogMs = watchdogMs;
  }

  /** The agent is ready. `tickedMs` returns the time of its last tick, on the same clock. */
  ready(tickedMs: () => number): void {
    this.#send(`READY=1\nSTATUS=running\nMAINPID=${process.pid}`);
    if (this.#watchdogMs > 0) this.#feed(tickedMs);
  }

  /** The start continues, for at most this long from now (EXTEND_TIMEOUT_USEC). */
  starting(limitMs: number): void {
    this.#send(`EXTEND_TIMEOUT_USEC=${limitMs * 1000}\nSTATUS=starting`);
  }

  stopping(reason: string): void {
    this.#cancel?.();
    this.#send(`STOPPING=1\nSTATUS=${reason}`);
  }

  /** A lost message must not end the agent: the next watchdog message follows soon. */
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

/** The watchdog interval from systemd's environment (sd_watchdog_enabled(3)), milliseconds; 0: none. */
export function watchdogMs(environment: Readonly<Record<string, string | undefined>>, pid: number): number {
  const meant = environment['WATCHDOG_PID'];
  const microseconds = Number(environment['WATCHDOG_USEC'] ?? 0);
  return (meant === undefined || Number(meant) === pid) && microseconds > 0 ? microseconds / 1000 : 0;
}
