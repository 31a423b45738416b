import { Bench, OPTIONS } from '../translator/nat64/bench-of-one.ts';
import { FLAGS, tcp } from '../translator/packets.ts';

const CLIENTS = 1024;

/** A translator, and TCP SYNs that make sessions in it, each of another client or port. */
export class SessionMaker {
  readonly #bench: Bench;
  #made = 0;

  /** @param sessions the most that the table is to hold */
  constructor(sessions: number) {
    const timeouts = { ...OPTIONS.timeouts, tcpTransitory: OPTIONS.timeouts.tcpEstablished };
    const limits = { ...OPTIONS.limits, sessions, bibEntries: sessions };
    this.#bench = new Bench({ slots: 1, timeouts, limits });
  }

  get translator(): Bench['translator'] {
    return this.#bench.translator;
  }

  make(count: number, nowMs: number): void {
    this.#bench.nowMs = nowMs;
    for (let left = count; left > 0; left--) {
      const src = `2001:db8::${(1 + (this.#made % CLIENTS)).toString(16)}`;
      const port = 2000 + Math.floor(this.#made++ / CLIENTS);
      const { verdict } = this.#bench.send(tcp({ src, dst: '64:ff9b::203.0.113.1' }, port, 443, FLAGS.syn));
      if (verdict !== 'translated') throw new Error(`session ${this.#made} was not made: ${verdict}`);
    }
  }
}
