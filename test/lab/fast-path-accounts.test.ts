import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceOptions, InstanceSummary } from '../../src/dataplane/instance-options.ts';
import { buildCourse, type Course, instanceOptions, setChecksums } from '../../src/lab/bench/course.ts';
import { DIST } from '../../src/lab/programs.ts';
import { contentSha256 } from '../../src/lab/traffic/content.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const PEER = join(DIST, 'lab/bench/udp-peer-main.js');
const SERVER = '64:ff9b::11.4.0.80';
const CLIENT6 = '2001:db8:c::2';
const CLIENT4 = '11.64.0.2';
const WITHIN = { timeoutMs: 60_000, everyMs: 50 };
/** Several beats of the worker, which brings the counts of the fast path with each. */
const BEATS_MS = 500;
const PACKETS = 400;
const PINGS = 20;
const BLOCKS = 400;
/** Reasons that packets of other kinds have, those of the machines themselves: neighbour discovery and the like. */
const BY_THE_WAY = new Set(['fastExcludedOther', 'fastExcludedProtocol', 'fastExcludedNoFlow', 'fastExcludedOptions']);

/** A stateless instance for the course's client and server. */
function siit(): InstanceOptions {
  const { translator, ...rest } = instanceOptions({}, true);
  const { mtu6, mtu4, lowestIpv6Mtu, trafficClass, tos, mtuPlateaus, icmpSource4, icmpSource6, seed } = translator;
  return {
    ...rest,
    translator: {
      kind: 'siit',
      mtu6,
      mtu4,
      lowestIpv6Mtu,
      trafficClass,
      tos,
      mtuPlateaus,
      icmpSource4,
      icmpSource6,
      icmpErrorsPerSecond: 1000,
      icmpErrorsPerSource: 1000,
      allowNonGlobal: false,
      clampMss: false,
      seed,
      pool6: ['64:ff9b::/96'],
      eam: [{ v6: `${CLIENT6}/128`, v4: `${CLIENT4}/32` }],
      eamHairpin: 'none',
      denylist4: [],
      rfc6791v4: [],
      rfc6791v6: [],
      rfc6791Choice: 'random',
      rfc6791Extension: false,
      zeroChecksumUdp: 'drop',
    },
  };
}

/**
 * Every packet of an instance is accounted for once, by the slow path or by the fast path, and every exclusion has its
 * reason: for sessions, and for the pairs of addresses of a stateless instance.
 */
describe.runIf(labTest)('accounts of the fast path', () => {
  let course: Course;
  let isthmus: LabProcess;

  beforeEach(async () => {
    course = await buildCourse({}, { first: false });
    await setChecksums(course, true);
    // Packets that wait for a neighbor come in one burst, before a flow can have the fast path.
    for (const [host, gateway] of [
      [course.client6, '2001:db8:c::1'],
      [course.server4, '11.4.0.1'],
    ] as const) {
      await host.run(['ping', '-c', '1', '-W', '10', gateway], { timeoutMs: 30_000 });
    }
  }, 60_000);
  afterEach(() => course.world.close());

  async function start(options: InstanceOptions): Promise<void> {
    const program = join(DIST, 'lab/bench/gateway-main.js');
    isthmus = course.gateway.start('isthmus', [process.execPath, program, JSON.stringify(options)]);
    await isthmus.waitForLine(/^ready$/, 30_000);
  }

  /** Every counter as it is now. */
  async function counters(): Promise<ReadonlyMap<string, number>> {
    const lines: string[] = [];
    const end = isthmus.onLine((line) => lines.push(line));
    isthmus.writeLine('');
    try {
      const line = await waitFor('a summary', () => lines.find((candidate) => candidate.startsWith('{')), WITHIN);
      const { counters: rows }: InstanceSummary = JSON.parse(line);
      return new Map(rows.map(({ name, value }) => [name, value]));
    } finally {
      end();
    }
  }

  /** Waits until so many packets have been translated on both paths together. @returns what the fast path had of them */
  async function untilTranslated(way: '6to4' | '4to6', wanted: number): Promise<number> {
    const name =
      way === '6to4'
        ? (['translated6to4', 'fastPackets6to4'] as const)
        : (['translated4to6', 'fastPackets4to6'] as const);
    return waitFor(
      `${wanted} packets ${way}`,
      async () => {
        const all = await counters();
        const [slow = 0, fast = 0] = name.map((one) => all.get(one));
        if (slow + fast > wanted) throw new Error(`${slow} + ${fast} packets ${way}, ${wanted} were sent`);
        return slow + fast === wanted ? fast : undefined;
      },
      WITHIN,
    );
  }

  async function ping(): Promise<void> {
    const { stdout } = await course.client6.run(['ping', '-c', `${PINGS}`, '-i', '0.05', '-W', '5', SERVER], {
      timeoutMs: 30_000,
    });
    expect(stdout).toContain(`${PINGS} received`);
  }

  /** Packets that have been translated 6to4 on both paths; the fast path's are counted with its next beat. */
  async function allTranslated(): Promise<number> {
    let last = -1;
    let sinceMs = 0;
    return waitFor(
      'counters that stand still',
      async () => {
        const all = await counters();
        const now = (all.get('translated6to4') ?? 0) + (all.get('fastPackets6to4') ?? 0);
        if (now !== last) sinceMs = performance.now();
        last = now;
        return performance.now() - sinceMs >= BEATS_MS ? now : undefined;
      },
      WITHIN,
    );
  }

  /** @returns how many packets have been translated 6to4 on both paths together when all have arrived */
  async function sendDatagrams(): Promise<number> {
    const receiver = course.server4.start('udp server', [process.execPath, PEER, 'listen', '5300']);
    const sender = course.client6.start('udp client', [process.execPath, PEER, 'connect', SERVER, '5300']);
    await Promise.all([receiver, sender].map((end) => end.waitForLine(/^ready$/, 60_000)));
    // With those by which the ends have found each other.
    const before = await allTranslated();
    sender.writeLine(JSON.stringify({ send: { pps: PACKETS, seconds: 1, payload: 100 } }));
    const line = await sender.waitForLine(/"sent"/, 20_000);
    return before + Number(JSON.parse(line).sent);
  }

  /** What was left to the slow path, but for what machines say among themselves. */
  async function exclusions(): Promise<string[]> {
    const all = [...(await counters())];
    return all
      .filter(([name, value]) => name.startsWith('fastExcluded') && value > 0 && !BY_THE_WAY.has(name))
      .map(([name]) => name)
      .toSorted();
  }

  it('are exact for sessions: pings, datagrams, and a connection with its SYN and FIN', async () => {
    await start(instanceOptions({}, true));
    await ping();
    expect(await untilTranslated('6to4', PINGS)).toBeGreaterThan(PINGS / 2);
    expect(await untilTranslated('4to6', PINGS)).toBeGreaterThan(PINGS / 2);
    expect(await untilTranslated('6to4', await sendDatagrams())).toBeGreaterThan(PACKETS / 2);
    const before = new Set(await exclusions());
    expect([...before].filter((name) => name !== 'fastExcludedNoRoute')).toEqual([]);
    await download();
    await waitFor(
      'the FIN to be left to the slow path',
      async () => ((await counters()).get('fastExcludedTcpFlags') ?? 0) > 0,
      WITHIN,
    );
    expect((await counters()).get('fastPathDropped')).toBe(0);
  });

  it('are exact for pairs of addresses, which have the fast path for SYN and FIN too', async () => {
    await start(siit());
    await ping();
    // Two packets each way at most take the slow path: the third is the fast path's.
    expect(await untilTranslated('6to4', PINGS)).toBeGreaterThan(PINGS / 2);
    expect(await untilTranslated('4to6', PINGS)).toBeGreaterThan(PINGS / 2);
    expect(await untilTranslated('6to4', await sendDatagrams())).toBeGreaterThan(PACKETS / 2);
    const slow = (await counters()).get('translated4to6') ?? 0;
    await download();
    const all = await counters();
    expect(all.get('fastExcludedTcpFlags')).toBe(0);
    expect(all.get('fastPathDropped')).toBe(0);
    // What has no neighbour or does not fit is the slow path's; a connection from end to end is not.
    expect((all.get('translated4to6') ?? 0) - slow).toBeLessThan(10);
    expect(all.get('fastPackets4to6') ?? 0).toBeGreaterThan(PINGS);
  });

  async function download(): Promise<void> {
    const server = course.server4.start('server', [process.execPath, join(DIST, 'lab/traffic/server-main.js')]);
    await server.waitForLine(/"ready"/, 60_000);
    server.writeLine('rate 200000000');
    const url = `http://[${SERVER}]/download?blocks=${BLOCKS}`;
    const program = join(DIST, 'lab/traffic/download-main.js');
    const { stdout } = await course.client6.run([process.execPath, program, url], { timeoutMs: 60_000 });
    expect(stdout).toContain(contentSha256(BLOCKS));
  }
});
