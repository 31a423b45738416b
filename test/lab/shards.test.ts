import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceOptions, InstanceSummary } from '../../src/dataplane/instance-options.ts';
import { buildCourse, type Course, instanceOptions } from '../../src/lab/bench/course.ts';
import { DIST } from '../../src/lab/programs.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const GATEWAY = join(DIST, 'lab/bench/gateway-main.js');
const SESSIONS = join(DIST, 'lab/traffic/sessions-main.js');
const SERVER4 = '11.4.0.80';
const SERVER = `64:ff9b::${SERVER4}`;
const CLIENTS = Array.from({ length: 8 }, (_, index) => `2001:db8:d:${index + 1}::5`);
const POOL4 = '11.64.0.1';
/** On both sides of the middle, where the ports of the second shard begin. */
const STATIC_PORTS = [5000, 50_000, 5001, 50_001, 5002, 50_002, 5003, 50_003];
const WITHIN = { timeoutMs: 60_000, everyMs: 50 };
const BIG = 3000;

/** An instance with two workers, between real hosts. */
describe.runIf(labTest)('an instance with two shards', () => {
  let course: Course;
  let isthmus: LabProcess;

  beforeAll(async () => {
    const entries = CLIENTS.map((v6, index) => {
      const port4 = STATIC_PORTS[index] ?? 0;
      return { protocol: 'udp' as const, v6, port6: 6000, v4: POOL4, port4 };
    });
    course = await buildCourse({}, { shards: 2, entries });
    isthmus = await course.isthmus();
    await course.client6.ip(CLIENTS.map((address) => `addr add ${address}/128 dev lo`));
    await course.gateway.ip(['route add 2001:db8:d::/48 via 2001:db8:c::2']);
    const server = course.server4.start('server', [process.execPath, join(DIST, 'lab/traffic/server-main.js')]);
    await server.waitForLine(/"ready"/, 10_000);
    for (const address of CLIENTS) {
      const listen = `UDP6-RECVFROM:6000,bind=[${address}],fork`;
      course.client6.start(`echo ${address}`, ['socat', '-T', '2', listen, 'EXEC:cat']);
    }
  }, 60_000);
  afterAll(() => course.world.close());

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

  /** One datagram of so many bytes. @returns how many came back, and what was said besides */
  async function ask(machine: 'client6' | 'server4', to: string, bytes: number): Promise<string> {
    const script = `head -c ${bytes} /dev/zero | tr '\\0' x | socat -b 4000 -t 2 - ${to} 2>&1 | wc -c`;
    return (await course[machine].run(['sh', '-c', script])).stdout.trim();
  }

  it('answers all clients over TCP, UDP and ICMP, each session in one shard, by the kernel', async () => {
    expect((await summary()).queues).toBe('by the kernel');
    const sessions = course.client6.start('sessions', [
      process.execPath,
      SESSIONS,
      SERVER,
      '24',
      '24',
      CLIENTS.join(','),
    ]);
    await sessions.waitForLine(/"ready"/, 15_000);
    sessions.writeLine('check 5000');
    const checked = await sessions.waitForLine(/"checked"/, 15_000);
    expect(checked).toContain('"tcp":24');
    for (const client of CLIENTS) {
      await course.client6.run(['ping', '-6', '-c', '3', '-i', '0.1', '-W', '2', '-I', client, SERVER]);
    }
    const { shards, sessions: all, pool } = await summary();
    expect(all).toBeGreaterThanOrEqual(56);
    for (const shard of shards) {
      expect(shard.sessions).toBeGreaterThan(0);
      expect(shard.packets).toBeGreaterThan(100);
      // What both directions of a session need is here: nothing was read that was another's.
      expect(shard.handedOver).toBe(0);
    }
    expect(shards.reduce((sum, shard) => sum + shard.sessions, 0)).toBe(all);
    for (const protocol of ['tcp', 'udp']) {
      const slice = pool.filter((one) => one.protocol === protocol);
      expect(slice.reduce((sum, { used }) => sum + used, 0)).toBeGreaterThanOrEqual(24);
    }
    sessions.endInput();
  });

  it('brings ICMP errors to the client whose packet they are about', async () => {
    const answers = CLIENTS.map(async (client) => {
      const to = `UDP6-CONNECT:[${SERVER}]:9,bind=[${client}]`;
      const script = `(echo one; sleep 1; echo two; sleep 1) | socat -t 1 - ${to}; true`;
      return (await course.client6.run(['sh', '-c', script])).stderr;
    });
    for (const answer of await Promise.all(answers)) expect(answer).toContain('Connection refused');
    expect(await counter('dropIcmpErrorNoSession')).toBe(0);
    expect(await counter('handedOver')).toBe(0);
  });

  it('carries fragments both ways; those of IPv4 change the shard once their ports are known', async () => {
    const asked = CLIENTS.map((client) => ask('client6', `UDP6-CONNECT:[${SERVER}]:7,bind=[${client}]`, BIG));
    expect(await Promise.all(asked)).toEqual(CLIENTS.map(() => String(BIG)));
    const { shards } = await summary();
    expect(shards[0]?.handedOver).toBeGreaterThan(0);
    expect(shards[1]?.handedOver).toBe(0);
  });

  it('leads static ports to the shard of their client, from outside and by a hairpin, fragments too', async () => {
    await waitFor(
      'all to listen',
      async () => {
        const { stdout } = await course.client6.run(['sh', '-c', 'ss -Hlnu6 sport = :6000 | wc -l']);
        return Number(stdout) === CLIENTS.length ? true : undefined;
      },
      WITHIN,
    );
    const asked = STATIC_PORTS.map(async (port, index) => {
      const own = CLIENTS[(index + 1) % CLIENTS.length];
      const to = `UDP6-CONNECT:[64:ff9b::${POOL4}]:${port},bind=[${own}]`;
      return Promise.all([
        ask('server4', `UDP4-CONNECT:${POOL4}:${port}`, 10),
        ask('client6', to, 10),
        ask('client6', to, BIG),
      ]);
    });
    expect(await Promise.all(asked)).toEqual(STATIC_PORTS.map(() => ['10', '10', String(BIG)]));
    expect(await counter('handOverRefused')).toBe(0);
    expect(await counter('hairpinned')).toBeGreaterThan(0);
  });

  it('gives settled sessions of every shard to the fast path', async () => {
    isthmus = await course.isthmus({ fastPath: true });
    expect(await summary()).toMatchObject({ fastPath: 'on in6, out4', queues: 'by the kernel' });
    const flows = course.client6.start('flows', [process.execPath, SESSIONS, SERVER, '8', '8', CLIENTS.join(',')]);
    await flows.waitForLine(/"ready"/, 15_000);
    await waitFor(
      'all flows to go the fast path, and be answered',
      async () => {
        flows.writeLine('check 2000');
        return (await counter('fastPathInstalled')) >= 16 ? true : undefined;
      },
      { timeoutMs: 20_000, everyMs: 400 },
    );
    const before = await counter('fastPackets6to4');
    flows.writeLine('check 5000');
    await waitFor(
      'packets on the fast path',
      async () => ((await counter('fastPackets6to4')) >= before + 16 ? true : undefined),
      WITHIN,
    );
    expect(flows.tail()).toContain('"tcp":8');
    flows.endInput();
    isthmus = await course.isthmus();
  });

  it('makes a TUN that somebody has deleted again with all its queues', async () => {
    await course.gateway.ip(['link del isthmus0']);
    await waitFor(
      'the TUN',
      async () => {
        const { stdout } = await course.gateway.run(['ip', '-j', '-d', 'link', 'show']);
        const links: Array<{ ifname: string; num_queues?: number; linkinfo?: unknown }> = JSON.parse(stdout);
        const tun = links.find(({ ifname }) => ifname === 'isthmus0');
        return JSON.stringify(tun?.linkinfo ?? '').includes('"numqueues":2') ? true : undefined;
      },
      WITHIN,
    );
    await course.gateway.ip([
      'link set dev isthmus0 addrgenmode none mtu 65535 up',
      'route add 64:ff9b::/96 dev isthmus0',
      'route add 11.64.0.0/29 dev isthmus0',
    ]);
    const before = await counter('handedOver');
    for (const client of CLIENTS) {
      await course.client6.run(['ping', '-6', '-c', '2', '-i', '0.1', '-W', '2', '-I', client, SERVER]);
    }
    expect(await counter('handedOver')).toBe(before);
  });
});

/** What `instanceOptions` says, with other parts of the translator. */
function changed(translator: object): InstanceOptions {
  const options = instanceOptions({}, false, 2);
  return { ...options, translator: { ...options.translator, ...translator } };
}

describe.runIf(labTest)('two shards that no program steers to', () => {
  let course: Course;

  beforeAll(async () => {
    course = await buildCourse({}, { first: false });
    const server = course.server4.start('server', [process.execPath, join(DIST, 'lab/traffic/server-main.js')]);
    await server.waitForLine(/"ready"/, 10_000);
  }, 60_000);
  afterAll(() => course.world.close());

  /** @returns asks for its summary, and ends it */
  async function started(options: InstanceOptions): Promise<[() => Promise<InstanceSummary>, () => Promise<void>]> {
    const instance = course.gateway.start('instance', [process.execPath, GATEWAY, JSON.stringify(options)]);
    await instance.waitForLine(/^ready$/, 15_000);
    const lines: string[] = [];
    instance.onLine((line) => lines.push(line));
    const summary = async (): Promise<InstanceSummary> => {
      const seen = lines.length;
      instance.writeLine('');
      return JSON.parse(await waitFor('a summary', () => lines[seen], WITHIN));
    };
    const end = async (): Promise<void> => {
      instance.endInput();
      expect(await instance.exited).toEqual({ code: 0, signal: null });
    };
    return [summary, end];
  }

  /** Waits until each shard has some: they tell of it from time to time. */
  async function untilEach(
    summary: () => Promise<InstanceSummary>,
    what: 'sessions' | 'packets',
  ): Promise<InstanceSummary> {
    return waitFor(
      `${what} in each shard`,
      async () => {
        const seen = await summary();
        return seen.shards.every((shard) => shard[what] > 0) && seen;
      },
      WITHIN,
    );
  }

  async function expectAnswers(clients: readonly string[]): Promise<void> {
    const argv = [SERVER, '8', '8', clients.join(',')];
    const flows = course.client6.start('flows', [process.execPath, SESSIONS, ...argv]);
    await flows.waitForLine(/"ready"/, 15_000);
    flows.writeLine('check 5000');
    expect(JSON.parse(await flows.waitForLine(/"checked"/, 15_000))).toMatchObject({ tcp: 8, udp: 8 });
    flows.endInput();
  }

  it('are right all the same: the workers hand over to each other', async () => {
    // More ranges of ports than the program's tables have room for.
    const pool4 = Array.from({ length: 40 }, (_, index) => ({
      prefix: '11.64.0.0/29',
      ports: [1024 + 1000 * index, 2023 + 1000 * index],
      protocols: ['tcp', 'udp', 'icmp'],
      clients: [],
    }));
    await course.client6.ip(CLIENTS.map((address) => `addr add ${address}/128 dev lo`));
    await course.gateway.ip(['route add 2001:db8:d::/48 via 2001:db8:c::2']);
    const [summary, end] = await started({ ...changed({ pool4 }), name: 'unsteered', tunName: 'unsteered0' });
    expect((await summary()).queues).toBe('by the workers: pool4 has more than 32 different ranges of ports');
    await expectAnswers(CLIENTS);
    const { shards } = await untilEach(summary, 'sessions');
    expect(shards.reduce((sum, { handedOver }) => sum + handedOver, 0)).toBeGreaterThan(0);
    await end();
    expect((await course.gateway.run(['ip', '-brief', 'link'])).stdout).not.toContain('unsteered0');
  });

  it('of a translator without state take packets as they come', async () => {
    const clients = Array.from({ length: 8 }, (_, index) => `2001:db8:d:a::${index + 1}`);
    await course.client6.ip(clients.map((address) => `addr add ${address}/128 dev lo`));
    const siit = {
      kind: 'siit',
      eam: [{ v6: '2001:db8:d:a::/120', v4: '11.64.1.0/24' }],
      eamHairpin: 'intrinsic',
      denylist4: [],
      rfc6791v4: [],
      rfc6791v6: [],
      rfc6791Choice: 'random',
      rfc6791Extension: true,
      zeroChecksumUdp: 'drop',
    };
    const [summary, end] = await started({ ...changed(siit), name: 'stateless', tunName: 'stateless0' });
    expect(await summary()).toMatchObject({ kind: 'siit', queues: 'by the flow' });
    await expectAnswers(clients);
    await untilEach(summary, 'packets');
    await end();
  });
});
