import { join } from 'node:path';
import { z } from 'zod';
import { DIST } from '../programs.ts';
import type { LabProcess } from '../world/lab-process.ts';
import { waitFor } from '../world/wait.ts';
import { CONNECTIONS_THROUGH, type Course, type System } from './course.ts';
import { highestPassing } from './rate-search.ts';

const SENDER = join(DIST, 'lab/bench/connection-sender-main.js');
const RECEIVED = '/sys/class/net/eth0/statistics/rx_packets';
const LOWEST_RATE = 2000;
/** Time after the last packet for packets in transit. */
const SETTLE_MS = 200;
/** Number of attempts per rate, of which one must be without loss. */
const TRIES = 2;
/** Tolerance for other packets that may reach the server: neighbour discovery. */
const STRAY = 20;
/** Number of passes over all connections of a full table. */
const PASSES = 6;

const answer = z.object({ sent: z.number(), seconds: z.number() });
const sessions = z.object({ sessions: z.number() });

/** New connections from the client, each a packet to an unused address and port; the server counts what arrives. */
export class Connections {
  readonly #course: Course;
  readonly #system: System;
  readonly #sender: LabProcess;

  private constructor(course: Course, system: System, sender: LabProcess) {
    this.#course = course;
    this.#system = system;
    this.#sender = sender;
  }

  static async open(course: Course, system: System): Promise<Connections> {
    const sender = course.client6.start('connections', [process.execPath, SENDER, CONNECTIONS_THROUGH[system]]);
    await sender.waitForLine(/^ready$/, 10_000);
    return new Connections(course, system, sender);
  }

  async close(): Promise<void> {
    await this.#sender.stop();
  }

  /** @returns number of packets that arrived, of how many, and the rate */
  async send(first: number, count: number, pps: number): Promise<{ arrived: number; rate: number }> {
    const before = await this.#received();
    const lines: string[] = [];
    const forget = this.#sender.onLine((line) => lines.push(line));
    this.#sender.writeLine(JSON.stringify({ first, count, pps }));
    const line = await waitFor('the connections to be sent', () => lines.find((text) => text.startsWith('{')), {
      timeoutMs: 120_000,
      everyMs: 5,
    });
    forget();
    const { sent, seconds } = answer.parse(JSON.parse(line));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return { arrived: (await this.#received()) - before, rate: sent / seconds };
  }

  /** The highest rate at which every first packet arrives, connections a second (RFC 9693 section 4.4). */
  async highestRate(seconds: number): Promise<number> {
    const best = await highestPassing(LOWEST_RATE, (rate) => this.#passes(rate, seconds));
    if (best === undefined) throw new Error(`packets are lost even at ${LOWEST_RATE} new connections a second`);
    return best;
  }

  async #passes(pps: number, seconds: number): Promise<number | undefined> {
    for (let count = 0; count < TRIES; count++) {
      // An empty table for each trial, so that only new connections are measured.
      if (this.#system === 'isthmus') await this.#course.isthmus({ fresh: true });
      const wanted = Math.round(pps * seconds);
      const { arrived, rate } = await this.send(0, wanted, pps);
      if (rate >= pps * 0.95 && arrived >= wanted && arrived <= wanted + STRAY) return rate;
    }
    return undefined;
  }

  async #received(): Promise<number> {
    return Number((await this.#course.server4.run(['cat', RECEIVED])).stdout);
  }
}

/** @returns thousands of connections a second */
export async function measureConnectionRate(course: Course, system: System, seconds: number): Promise<number> {
  const connections = await Connections.open(course, system);
  try {
    return (await connections.highestRate(seconds)) / 1000;
  } finally {
    await connections.close();
  }
}

/**
 * Fills an empty table to its limit, and sends on every connection until a pass has no loss and creates no new session:
 * then each of them is in the table (RFC 9693 section 4.7). @returns thousands of connections
 */
export async function measureCapacity(course: Course, limit: number, pps: number): Promise<number> {
  const isthmus = await course.isthmus({ fresh: true });
  const connections = await Connections.open(course, 'isthmus');
  const held = async (): Promise<number> => {
    const lines: string[] = [];
    const forget = isthmus.onLine((line) => lines.push(line));
    isthmus.writeLine('');
    const line = await waitFor('a summary', () => lines.find((text) => text.startsWith('{')), { timeoutMs: 10_000 });
    forget();
    return sessions.parse(JSON.parse(line)).sessions;
  };
  try {
    let before = -1;
    for (let pass = 0; pass < PASSES; pass++) {
      const { arrived } = await connections.send(0, limit, pps);
      const now = await held();
      if (now === before && arrived >= now) return now / 1000;
      before = now;
    }
    throw new Error(`packets were lost in each of ${PASSES} passes; ${before} connections are held`);
  } finally {
    await connections.close();
  }
}
