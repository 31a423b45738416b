import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FlowAccount } from './stream-account.ts';
import { StreamAccount } from './stream-account.ts';

/** Minimum interval of ping(8) for unprivileged users. Seconds. */
const INTERVAL_S = 0.2;

/** ICMP echo by ping(8), which may send it without root. */
export class PingFlow {
  readonly #account = new StreamAccount();
  #failure = '';

  /** @param address of either family */
  start(address: string): void {
    // -O: a line for each echo without an answer before the next one was sent.
    const ping = spawn('ping', ['-n', '-O', '-i', String(INTERVAL_S), address], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    ping.on('error', (error) => {
      this.#failure = error.message;
    });
    ping.on('exit', (status, signal) => {
      this.#failure ||= `ping ended (${signal ?? `status ${status}`})`;
    });
    createInterface({ input: ping.stdout }).on('line', (line) => this.take(line, performance.now()));
    process.once('exit', () => ping.kill());
  }

  /** A line of ping(8). */
  take(line: string, nowMs: number): void {
    const answered = /icmp_seq=\d+ .*time=/.test(line);
    if (!answered && !/icmp_seq=\d+/.test(line)) return;
    const number = this.#account.sent(nowMs);
    if (answered) this.#account.answered(number, nowMs);
  }

  mark(): void {
    this.#account.mark();
  }

  /** Why there are no pings; empty: there are. */
  get failure(): string {
    return this.#failure;
  }

  upTo(untilMs: number): FlowAccount {
    return this.#account.upTo(untilMs);
  }
}
