import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClientPrivacy } from '../../../../src/agent/nat-log/client-privacy.ts';
import { EventRings } from '../../../../src/agent/nat-log/event-rings.ts';
import { LineEncoder } from '../../../../src/agent/nat-log/line-encoder.ts';
import { SyslogSink } from '../../../../src/agent/nat-log/syslog-sink.ts';
import { natLog, type SyslogSinkConfig } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, NOON_MS, SampleWorker, SOURCE } from './sample-events.ts';

const WITHIN = { timeout: 20_000, interval: 5 };
const TIME = '2026-01-01T00:00:01.500Z';
const running: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

/** A sink to a server on this machine, and what came there. */
class Bench {
  readonly came: Buffer[] = [];
  nowMs = NOON_MS;
  sink = new SyslogSink('s', configOf({}), this.world());

  world() {
    return { identity: IDENTITY, encoder: new LineEncoder(false), now: () => this.nowMs };
  }

  async listen(fields: object): Promise<this> {
    const { transport } = configOf(fields);
    const port = transport === 'udp' ? await this.#listenUdp() : await this.#listenTcp();
    this.sink = new SyslogSink('s', configOf({ ...fields, port }), this.world());
    running.unshift(() => this.sink.close(0));
    return this;
  }

  async #listenUdp(): Promise<number> {
    const socket = createSocket('udp4').on('message', (message) => this.came.push(message));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    running.push(() => socket.close());
    return socket.address().port;
  }

  async #listenTcp(): Promise<number> {
    const server = createServer((socket) => {
      socket.on('data', (part) => this.came.push(part)).on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    running.push(() => server.close());
    const place = server.address();
    return typeof place === 'object' && place !== null ? place.port : 0;
  }

  /** The messages that came with their lengths before them (RFC 6587). */
  counted(): string[] {
    const bytes = Buffer.concat(this.came);
    const found: string[] = [];
    for (let at = 0; at < bytes.length;) {
      const space = bytes.indexOf(' ', at);
      const length = Number(bytes.toString('latin1', at, space));
      if (!(length > 0)) throw new Error(`no length at ${at}`);
      found.push(bytes.toString('utf8', space + 1, space + 1 + length));
      at = space + 1 + length;
    }
    return found;
  }

  /** Sessions of the worker go to the sink. */
  pass(...ports: number[]): void {
    const worker = new SampleWorker();
    const rings = new EventRings(() => undefined);
    rings.use([{ source: SOURCE, ring: worker.ring }]);
    for (const port of ports) worker.session(port);
    worker.commit();
    rings.pass([this.sink], new ClientPrivacy(128, undefined));
  }
}

function configOf(fields: object): SyslogSinkConfig {
  const { sinks } = natLog.parse({ sinks: { s: { kind: 'syslog', server: '127.0.0.1', ...fields } } });
  const config = sinks['s'];
  if (config?.kind !== 'syslog') throw new Error('a syslog sink');
  return config;
}

const HEAD = (priority: number): string =>
  `<${priority}>1 ${TIME} gw1 isthmus ${process.pid} natlog - {"time":"${TIME}"`;

describe('a syslog server', () => {
  it('over UDP gets a datagram for each line, with the header of RFC 5424 and without its newline', async () => {
    const bench = await new Bench().listen({ transport: 'udp', facility: 3 });
    bench.pass(61_001, 61_002);
    bench.sink.note({ time: TIME, event: 'begin', node: 'gw1' });
    bench.sink.tick(bench.nowMs);
    await vi.waitFor(() => expect(bench.came).toHaveLength(3), WITHIN);
    const texts = bench.came.map(String);
    for (const text of texts) expect(text.slice(0, HEAD(30).length)).toBe(HEAD(30));
    const lines = texts.map((text): unknown => JSON.parse(text.slice(text.indexOf('{'))));
    expect(lines).toMatchObject([
      { event: 'sessionCreated', pool4Port: 61_001, node: 'gw1', slot: 1, instance: 'lower' },
      { event: 'sessionCreated', pool4Port: 61_002 },
      { event: 'begin' },
    ]);
  });

  it.each([3, 500, 900, 2000])(
    'over TCP gets the length before each message, here with %i letters more',
    async (more) => {
      const bench = await new Bench().listen({ transport: 'tcp' });
      const note = { time: TIME, event: 'begin', text: 'x'.repeat(more) };
      bench.sink.note(note);
      bench.sink.note({ time: TIME, event: 'end' });
      bench.sink.tick(bench.nowMs);
      await vi.waitFor(() => expect(bench.counted()).toHaveLength(2), WITHIN);
      const line = JSON.stringify(note);
      expect(bench.counted()[0]).toBe(`<134>1 ${TIME} gw1 isthmus ${process.pid} natlog - ${line}`);
      expect(bench.counted()[1]?.endsWith(`{"time":"${TIME}","event":"end"}`)).toBe(true);
      await vi.waitFor(() => expect(bench.sink.status().lines).toBe(2), WITHIN);
    },
  );

  it('has the port of its transport unless another one is named', () => {
    const target = (fields: object): string =>
      new SyslogSink('s', configOf(fields), new Bench().world()).status().target;
    expect([target({}), target({ transport: 'udp' }), target({ transport: 'tls' }), target({ port: 9 })]).toEqual([
      '127.0.0.1 port 514 (tcp)',
      '127.0.0.1 port 514 (udp)',
      '127.0.0.1 port 6514 (tls)',
      '127.0.0.1 port 9 (tcp)',
    ]);
  });

  it('that is not there costs what has no room, and hears of it when it is', async () => {
    const bench = await new Bench().listen({ transport: 'tcp', queue: 1 });
    const long = { time: TIME, event: 'long', text: 'x'.repeat(2500) };
    let taken = 0;
    while (bench.sink.status().losses.length === 0 && taken < 1000) {
      bench.sink.note(long);
      taken += 1;
    }
    expect(bench.sink.status()).toMatchObject({
      name: 's',
      kind: 'syslog',
      lines: 0,
      losses: [{ reason: 'queue', lines: 1 }],
    });
    expect(bench.sink.status().waiting).toBeGreaterThan(1_000_000);
    expect(bench.sink.status().waiting).toBeLessThanOrEqual(2 ** 20);
    bench.nowMs += 1000;
    bench.sink.tick(bench.nowMs);
    await vi.waitFor(() => {
      bench.sink.tick(bench.nowMs);
      expect(bench.sink.status().waiting).toBe(0);
    }, WITHIN);
    expect(bench.sink.status().lines).toBe(taken - 1);
    bench.pass(61_001);
    bench.pass(61_002);
    bench.sink.tick(bench.nowMs);
    await vi.waitFor(() => expect(bench.counted()).toHaveLength(taken - 1 + 3), WITHIN);
    const said = bench
      .counted()
      .slice(-3)
      .map((text): unknown => JSON.parse(text.slice(text.indexOf('{'))));
    expect(said).toMatchObject([
      { event: 'linesLost', lines: 1, since: TIME, time: '2026-01-01T00:00:02.500Z' },
      { pool4Port: 61_001 },
      { pool4Port: 61_002 },
    ]);
  });

  it('with a certificate that cannot be read is a problem, and none of the agent', async () => {
    const sink = new SyslogSink('s', configOf({ transport: 'tls', ca: '/nowhere/ca.pem' }), new Bench().world());
    sink.tick(NOON_MS);
    expect(sink.status().problem).toMatch(/ENOENT.*\/nowhere\/ca\.pem/);
    await sink.close(0);
  });
});
