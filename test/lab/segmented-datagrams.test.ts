import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceSummary } from '../../src/dataplane/instance-options.ts';
import { buildCourse, type Course } from '../../src/lab/bench/course.ts';
import { DIST } from '../../src/lab/programs.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const PEER = join(DIST, 'lab/bench/udp-peer-main.js');
const SERVER = '64:ff9b::11.4.0.80';
const WITHIN = { timeoutMs: 60_000, everyMs: 20 };
/** Datagrams in one segmented packet, and such packets in one sending. */
const JOINED = 10;
const SENT = 40;
/** A second: a receiver that is kept from the CPU has room for some 90 datagrams, 0.18 s. */
const RATE = 50;

/**
 * Datagrams that their sender leaves to the kernel to cut (USO), through the worker. The ends sum nothing; the
 * gateway's interfaces complete what the translator has left partial, and the receivers verify it: a wrong sum is a
 * lost datagram.
 */
describe.runIf(labTest).each([
  { carried: 'the worker alone', fastPath: false },
  { carried: 'the fast path, whose program leaves them to the worker', fastPath: true },
])('segmented datagrams through $carried', ({ fastPath }) => {
  let course: Course;
  let isthmus: LabProcess;
  let server: LabProcess;
  let client: LabProcess;

  beforeAll(async () => {
    course = await buildCourse();
    isthmus = await course.isthmus({ fastPath });
    for (const [machine, name, state] of [
      [course.client6, 'eth0', 'on'],
      [course.server4, 'eth0', 'on'],
      [course.gateway, 'in6', 'off'],
      [course.gateway, 'out4', 'off'],
    ] as const) {
      await machine.run(['ethtool', '-K', name, 'rx', state, 'tx', state]);
      if (state === 'on') await machine.run(['ethtool', '-K', name, 'tx-udp-segmentation', 'on']);
    }
    server = course.server4.start('udp server', [process.execPath, PEER, 'listen', '5300']);
    client = course.client6.start('udp client', [process.execPath, PEER, 'connect', SERVER, '5300']);
    await Promise.all([server, client].map((end) => end.waitForLine(/^ready$/, 10_000)));
  }, 60_000);
  afterAll(() => course?.world.close());

  async function ask(end: LabProcess, order: object, field: string): Promise<Record<string, number>> {
    const lines: string[] = [];
    const forget = end.onLine((line) => lines.push(line));
    end.writeLine(JSON.stringify(order));
    try {
      const line = await waitFor(`an answer with ${field}`, () => lines.find((text) => text.includes(field)), WITHIN);
      return JSON.parse(line);
    } finally {
      forget();
    }
  }

  async function counter(name: string): Promise<number> {
    const lines: string[] = [];
    const forget = isthmus.onLine((line) => lines.push(line));
    isthmus.writeLine('');
    const line = await waitFor('a summary', () => lines.find((text) => text.startsWith('{')), WITHIN);
    forget();
    const summary: InstanceSummary = JSON.parse(line);
    return summary.counters.find((candidate) => candidate.name === name)?.value ?? Number.NaN;
  }

  /** Sends segmented packets. @returns datagrams and bytes that have arrived, when `wanted` have or no more come */
  async function sendCut(from: LabProcess, to: LabProcess, size: number, df: boolean): Promise<number[]> {
    await ask(to, { reset: true }, 'reset');
    await ask(from, { cut: size, df }, 'cut');
    await ask(from, { send: { pps: RATE, seconds: SENT / RATE, payload: size * JOINED } }, 'sent');
    let last = -1;
    const { received, bytes } = await waitFor(
      'datagrams to have arrived',
      async () => {
        const seen = await ask(to, { count: true }, 'received');
        const still = seen['received'] === last;
        last = seen['received'] ?? 0;
        return (last >= SENT * JOINED || (still && last === 0)) && seen;
      },
      { timeoutMs: 15_000, everyMs: 200 },
    );
    return [received ?? 0, bytes ?? 0];
  }

  it('pass both ways whole, and are cut behind the gateway', async () => {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const before = await counter('tunPacketsRead');
      expect(await sendCut(from, to, 1200, true)).toEqual([SENT * JOINED, SENT * JOINED * 1200]);
      expect((await counter('tunPacketsRead')) - before).toBeLessThan(2 * SENT);
    }
  });

  it('that would not fit and have no DF arrive as fragments, each of them whole again', async () => {
    expect(await sendCut(server, client, 1460, false)).toEqual([SENT * JOINED, SENT * JOINED * 1460]);
  });

  // The last one: from now on the sender's kernel refuses to cut into such pieces.
  it('that would not fit the IPv6 side, and have DF, make their sender know the MTU', async () => {
    expect(await sendCut(server, client, 1460, true)).toEqual([0, 0]);
    const known = await Promise.all(
      Array.from({ length: 8 }, (_, host) => course.server4.run(['ip', '-4', 'route', 'get', `11.64.0.${host}`])),
    );
    expect(known.map(({ stdout }) => stdout).join('')).toContain('mtu 1480');
  });
});
