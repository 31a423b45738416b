import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceSummary } from '../../src/dataplane/instance-options.ts';
import { buildCourse, type Course, setChecksums } from '../../src/lab/bench/course.ts';
import { DIST } from '../../src/lab/programs.ts';
import { BLOCK, contentSha256 } from '../../src/lab/traffic/content.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const PEER = join(DIST, 'lab/bench/udp-peer-main.js');
const SERVER = '64:ff9b::11.4.0.80';
const WITHIN = { timeoutMs: 60_000, everyMs: 20 };
const BLOCKS = 2000;

/**
 * Packets of settled sessions that the kernel translates itself, between real hosts. The course has Isthmus and its two
 * links.
 */
describe.runIf(labTest).each(['tcx', 'clsact'])('the fast path, attached by %s', (hook) => {
  let course: Course;
  let isthmus: LabProcess;

  beforeEach(async () => {
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', hook);
    course = await buildCourse({}, { first: { fastPath: true } });
    isthmus = await course.isthmus({ fastPath: true });
  }, 60_000);
  afterEach(async () => {
    vi.unstubAllEnvs();
    await course.world.close();
  });

  /** The instance as it is now; `asked` answers have come before. */
  async function summary(): Promise<InstanceSummary> {
    const lines: string[] = [];
    const end = isthmus.onLine((line) => lines.push(line));
    isthmus.writeLine('');
    try {
      const line = await waitFor('a summary', () => lines.find((candidate) => candidate.startsWith('{')), WITHIN);
      return JSON.parse(line);
    } finally {
      end();
    }
  }

  async function counter(name: string): Promise<number> {
    return (await summary()).counters.find((candidate) => candidate.name === name)?.value ?? Number.NaN;
  }

  async function untilCounter(name: string, wanted: (value: number) => boolean): Promise<number> {
    return waitFor(
      `the counter ${name}`,
      async () => {
        const value = await counter(name);
        return wanted(value) ? value : undefined;
      },
      WITHIN,
    );
  }

  it('says where it stands', async () => {
    expect((await summary()).fastPath).toBe('on in6, out4');
    isthmus = await course.isthmus();
    expect((await summary()).fastPath).toBe('');
  });

  it.each([
    ['the ends sum and verify', 'off', 'off'],
    ['nobody sums: partial checksums from end to end', 'on', 'on'],
    ['the gateway sums what the ends left to it', 'on', 'off'],
  ])('carries a download whole: %s', async (_, ends, gateway) => {
    await setChecksums(course, false);
    for (const [machine, name, state] of [
      [course.client6, 'eth0', ends],
      [course.server4, 'eth0', ends],
      [course.gateway, 'in6', gateway],
      [course.gateway, 'out4', gateway],
    ] as const) {
      await machine.run(['ethtool', '-K', name, 'rx', state, 'tx', state]);
    }
    const server = course.server4.start('server', [process.execPath, join(DIST, 'lab/traffic/server-main.js')]);
    await server.waitForLine(/"ready"/, 10_000);
    server.writeLine('rate 200000000');
    const url = `http://[${SERVER}]/download?blocks=${BLOCKS}`;
    const { stdout } = await course.client6.run([process.execPath, join(DIST, 'lab/traffic/download-main.js'), url], {
      timeoutMs: 60_000,
    });
    expect(stdout).toContain(contentSha256(BLOCKS));
    await untilCounter('fastPackets6to4', (packets) => packets > 0);
    await untilCounter('fastBytes4to6', (bytes) => bytes > (BLOCKS * BLOCK) / 2);
    expect(await counter('tunBytesRead')).toBeLessThan((BLOCKS * BLOCK) / 2);
    // The FINs came the slow path, and took the session with them.
    await untilCounter('fastPathRemoved', (left) => left > 0);
    expect(await counter('fastPathRemoved')).toBe(await counter('fastPathInstalled'));
  });

  it('stops within its fence when the worker stands still, and goes on with it', async () => {
    await setChecksums(course, true);
    const [sender, receiver] = await udpEnds();
    sender.writeLine(JSON.stringify({ send: { pps: 500, seconds: 30, payload: 36 } }));
    await untilCounter('fastPackets6to4', (packets) => packets > 100);
    await isthmus.signal('SIGSTOP');
    let before = -1;
    await waitFor(
      'nothing to arrive any more',
      async () => {
        const count = await received(receiver);
        const still = count === before;
        before = count;
        return still;
      },
      { timeoutMs: 15_000, everyMs: 300 },
    );
    await isthmus.signal('SIGCONT');
    const stopped = await received(receiver);
    const again = await waitFor(
      'packets to arrive again',
      async () => {
        const count = await received(receiver);
        return count > stopped ? count : undefined;
      },
      WITHIN,
    );
    expect(again).toBeGreaterThan(stopped);
  });

  it('finds an interface again that was made anew', async () => {
    await course.gateway.ip(['link set in6 down', 'link set in6 name gone0']);
    await waitFor('it to be let go', async () => (await attached()) === 1, WITHIN);
    await course.gateway.ip(['link set gone0 name in6', 'link set in6 up']);
    await waitFor('it to be attached to', async () => (await attached()) === 2, WITHIN);
    expect(await counter('fastAttachFailures')).toBe(0);
  });

  it('starts again after it was killed: what it has left is removed, what is of others stays', async () => {
    if (hook === 'tcx') await course.gateway.run(['tc', 'qdisc', 'add', 'dev', 'in6', 'clsact']);
    // A classic program of one instruction: it matches nothing.
    const foreign = ['pref', '7', 'bpf', 'bytecode', '1,6 0 0 0', 'classid', '1:1'];
    await course.gateway.run(['tc', 'filter', 'add', 'dev', 'in6', 'ingress', ...foreign]);
    await isthmus.signal('SIGKILL');
    await isthmus.exited;
    expect(await attached()).toBe(hook === 'tcx' ? 0 : 2);
    isthmus = await course.isthmus({ fastPath: true, fresh: true });
    await waitFor('only its own to be attached', async () => (await attached()) === 2, WITHIN);
    const { stdout } = await course.gateway.run(['tc', 'filter', 'show', 'dev', 'in6', 'ingress']);
    expect(stdout).toContain('pref 7 bpf');
  });

  it('leaves what does not fit the next link to those who answer it', async () => {
    await setChecksums(course, true);
    const [sender] = await udpEnds();
    await send(sender, 1300);
    await untilCounter('fastPackets6to4', (packets) => packets > 0);
    await course.gateway.ip(['link set out4 mtu 1300']);
    const long = await counter('translated6to4');
    await send(sender, 1300);
    expect(await counter('translated6to4')).toBeGreaterThan(long);
    // 20 bytes more than the IPv4 side takes.
    await waitFor(
      'the client to know the MTU',
      async () => (await course.client6.run(['ip', '-6', 'route', 'get', SERVER])).stdout.includes('mtu 1320'),
      WITHIN,
    );
  });

  it('is routed by the rules for the device of the slow path, not for the interface that packets come by', async () => {
    await setChecksums(course, true);
    await course.gateway.ip(['rule add pref 90 iif in6 blackhole']);
    const [sender, receiver] = await udpEnds();
    await send(sender, 36);
    await waitFor('all to arrive', async () => (await received(receiver)) >= 100, WITHIN);
    await untilCounter('fastPackets6to4', (packets) => packets > 50);
    expect(await counter('fastExcludedNoRoute')).toBe(0);
  });

  it('translates headers as RFC 7915 says, and leaves alone what is not the middle of a flow', async () => {
    await setChecksums(course, true);
    const [sender, receiver] = await udpEnds();
    await send(sender, 36);
    await untilCounter('fastPackets6to4', (packets) => packets > 0);
    const capture = course.server4.start('tcpdump', [
      'tcpdump',
      '-i',
      'eth0',
      '-w',
      '/tmp/fast.pcap',
      '-U',
      '--immediate-mode',
      'udp',
    ]);
    await capture.waitForLine(/listening/, 10_000);
    const long = await counter('translated6to4');
    await send(sender, 36);
    await send(sender, 1300);
    await waitFor('all to arrive', async () => (await received(receiver)) >= 300, WITHIN);
    expect(await counter('translated6to4')).toBe(long);
    await capture.stop();
    const { stdout } = await course.server4.run([
      'tshark',
      '-r',
      '/tmp/fast.pcap',
      '-o',
      'ip.check_checksum:TRUE',
      '-o',
      'udp.check_checksum:TRUE',
      '-T',
      'fields',
      ...['ip.src', 'ip.ttl', 'ip.flags.df', 'ip.len', 'ip.checksum.status', 'udp.checksum.status'].flatMap((f) => [
        '-e',
        f,
      ]),
    ]);
    const seen = new Set(
      stdout
        .trim()
        .split('\n')
        // tshark 4.4 writes True and False where 4.0 wrote 1 and 0.
        .map((line) => line.split('\t').join(' ').replace('True', '1').replace('False', '0')),
    );
    // 64 hops at the client; RFC 7915 section 5.1: DF only where a packet is longer than 1260 bytes.
    expect([...seen].map((line) => line.replace(/^11\.64\.0\.\d+ /, '')).toSorted()).toEqual([
      '63 0 64 1 1',
      '63 1 1328 1 1',
    ]);
  });

  /** The interfaces that the kernel says have a program of ours. */
  async function attached(): Promise<number> {
    const links = 'ls -l /proc/[0-9]*/fd | grep -c bpf_link';
    const filters =
      'for name in $(ls /sys/class/net); do tc filter show dev $name ingress; done | grep -c "isthmus direct-action"';
    const { stdout } = await course.gateway.run(['sh', '-c', `${hook === 'tcx' ? links : filters}; true`]);
    return Number(stdout);
  }

  async function udpEnds(): Promise<[LabProcess, LabProcess]> {
    const receiver = course.server4.start('udp server', [process.execPath, PEER, 'listen', '5300']);
    const sender = course.client6.start('udp client', [process.execPath, PEER, 'connect', SERVER, '5300']);
    await Promise.all([receiver, sender].map((end) => end.waitForLine(/^ready$/, 10_000)));
    return [sender, receiver];
  }

  async function send(sender: LabProcess, payload: number): Promise<void> {
    const done = answer(sender, 'sent');
    sender.writeLine(JSON.stringify({ send: { pps: 300, seconds: 0.5, payload } }));
    await done;
  }

  async function received(receiver: LabProcess): Promise<number> {
    const count = answer(receiver, 'received');
    receiver.writeLine(JSON.stringify({ count: true }));
    return count;
  }

  async function answer(end: LabProcess, field: string): Promise<number> {
    const lines: string[] = [];
    const stop = end.onLine((line) => lines.push(line));
    try {
      const line = await waitFor(`an answer with ${field}`, () => lines.find((text) => text.includes(field)), WITHIN);
      return JSON.parse(line)[field];
    } finally {
      stop();
    }
  }
});
