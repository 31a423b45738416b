import { join } from 'node:path';
import { z } from 'zod';
import { DIST } from '../programs.ts';
import type { LabProcess } from '../world/lab-process.ts';
import type { Course } from './course.ts';
import { ask } from './ask.ts';
import { busySeconds } from './processor-time.ts';
import { highestPassing } from './rate-search.ts';

const PEER = join(DIST, 'lab/bench/udp-peer-main.js');
const PORT = 5300;
/** A rate beyond the capacity of the lab, datagrams per second. */
const FLOOD = 5_000_000;
const LOWEST = 2000;
/** Number of attempts per rate, of which one must be without loss, because a shared machine may interrupt the test. */
const TRIES = 2;
/** Time after the last datagram for those in transit, milliseconds. */
const SETTLE_MS = 150;

const sentAnswer = z.object({ sent: z.number(), seconds: z.number() });
const countAnswer = z.object({ received: z.number(), bytes: z.number() });

interface Trial {
  readonly sent: number;
  readonly received: number;
  readonly seconds: number;
  readonly busy: number;
}

/** Datagrams between client and server in one direction; receivers verify every checksum in the kernel. */
export class UdpStream {
  readonly #sender: LabProcess;
  readonly #receiver: LabProcess;
  readonly #ends: readonly LabProcess[];

  private constructor(sender: LabProcess, receiver: LabProcess) {
    this.#sender = sender;
    this.#receiver = receiver;
    this.#ends = [sender, receiver];
  }

  static async open({ client6, server4 }: Course, server: string, reverse: boolean, port = PORT): Promise<UdpStream> {
    const listener = server4.start('udp server', [process.execPath, PEER, 'listen', String(port)]);
    const caller = client6.start('udp client', [process.execPath, PEER, 'connect', server, String(port)]);
    await Promise.all([listener, caller].map((end) => end.waitForLine(/^ready$/, 10_000)));
    return reverse ? new UdpStream(listener, caller) : new UdpStream(caller, listener);
  }

  async close(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end.stop()));
  }

  async highestRateWithoutLoss(payload: number, seconds: number): Promise<{ rate: number; cpuPerMillion: number }> {
    const good = await highestPassing(LOWEST, (rate) => this.#passes(rate, payload, seconds));
    if (good === undefined) throw new Error(`datagrams are lost even at ${LOWEST} a second`);
    return { rate: good.received / good.seconds, cpuPerMillion: (good.busy / good.received) * 1e6 };
  }

  /** Sends at a rate for some seconds, regardless of loss. */
  async steady(pps: number, payload: number, seconds: number): Promise<void> {
    await ask(this.#sender, { send: { pps, seconds, payload } }, seconds * 1000 + 10_000);
  }

  /** @returns datagrams per second received at maximum send rate */
  async flood(payload: number, seconds: number): Promise<number> {
    const { received, seconds: taken } = await this.#try(FLOOD, payload, seconds);
    return received / taken;
  }

  /** A trial without loss, if any; a sender that could not keep up counts as failed. */
  async #passes(pps: number, payload: number, seconds: number): Promise<Trial | undefined> {
    for (let count = 0; count < TRIES; count++) {
      const trial = await this.#try(pps, payload, seconds);
      if (trial.sent >= pps * seconds * 0.98 && trial.received === trial.sent) return trial;
    }
    return undefined;
  }

  async #try(pps: number, payload: number, seconds: number): Promise<Trial> {
    await ask(this.#receiver, { reset: true });
    const before = busySeconds();
    const answer = await ask(this.#sender, { send: { pps, seconds, payload } }, seconds * 1000 + 10_000);
    const { sent, seconds: taken } = sentAnswer.parse(answer);
    const busy = busySeconds() - before;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const { received } = countAnswer.parse(await ask(this.#receiver, { count: true }));
    return { sent, received, seconds: taken, busy };
  }
}
