import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClientPrivacy } from '../../../../src/agent/nat-log/client-privacy.ts';
import { EventRings } from '../../../../src/agent/nat-log/event-rings.ts';
import { IpfixSink } from '../../../../src/agent/nat-log/ipfix-sink.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, NOON_MS, SampleWorker, SOURCE } from './sample-events.ts';

const WITHIN = { timeout: 20_000, interval: 10 };
const HEADER = 16;
/** Templates by number, and the length of a record: RFC 7011 section 4.3 as this sink has it, and a session's. */
const NOT_SENT = { set: 265, size: 12 };
const SESSION = { set: 257, size: 44 };

/** A collector that reads nothing until it is told to. */
class Collector {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly #parts: Buffer[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.push(socket);
    });
  }

  static async listen(): Promise<Collector> {
    const server = createServer({ highWaterMark: 1 });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Collector(server);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the collector does not listen');
    return address.port;
  }

  get connected(): boolean {
    return this.#sockets.length > 0;
  }

  read(): void {
    for (const socket of this.#sockets) socket.on('data', (part) => this.#parts.push(part));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  /** The records of one set of the whole messages that have come. */
  recordsOf({ set, size }: { readonly set: number; readonly size: number }): Buffer[] {
    const bytes = Buffer.concat(this.#parts);
    const found: Buffer[] = [];
    for (let at = 0; at + HEADER <= bytes.length && at + bytes.readUInt16BE(at + 2) <= bytes.length;) {
      const end = at + bytes.readUInt16BE(at + 2);
      for (let place = at + HEADER; place < end;) {
        const [id, length] = [bytes.readUInt16BE(place), bytes.readUInt16BE(place + 2)];
        const records = id === set ? Math.floor((length - 4) / size) : 0;
        for (let record = 0; record < records; record++) {
          found.push(bytes.subarray(place + 4 + record * size, place + 4 + (record + 1) * size));
        }
        place += length;
      }
      at = end;
    }
    return found;
  }
}

let collector: Collector;
beforeEach(async () => {
  collector = await Collector.listen();
});
afterEach(async () => collector.close());

test('a collector that is slow costs records that are counted, and hears how many when it reads again', async () => {
  const config = natLog.parse({
    sinks: { slow: { kind: 'ipfix', collector: '127.0.0.1', port: collector.port, transport: 'tcp', queue: 1 } },
  }).sinks['slow'];
  if (config?.kind !== 'ipfix') throw new Error('no IPFIX sink');
  let nowMs = NOON_MS;
  const sink = new IpfixSink('slow', config, { cluster: 'campus', identity: IDENTITY, now: () => nowMs });
  const worker = new SampleWorker(2 ** 14);
  const rings = new EventRings(() => undefined);
  rings.use([{ source: SOURCE, ring: worker.ring }]);
  const privacy = new ClientPrivacy(128, undefined);
  let made = 0;
  const make = (count: number): void => {
    for (let session = 0; session < count; session++) {
      worker.session(1024 + session);
      if (session % 500 === 499) worker.commit();
    }
    rings.pass([sink], privacy);
    made += count;
  };
  const lost = (): number => sink.status().losses.reduce((sum, { lines }) => sum + lines, 0);
  sink.tick(nowMs);
  await vi.waitFor(() => expect(collector.connected).toBe(true), WITHIN);
  // More than the kernel's buffers and the queue hold.
  for (let round = 0; round < 100 && lost() < 20_000; round++) {
    make(10_000);
    sink.tick((nowMs += 100));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(sink.status().losses).toMatchObject([{ reason: 'queue' }]);
  expect(sink.status().waiting).toBeLessThanOrEqual(2 ** 20);
  expect(lost()).toBeGreaterThanOrEqual(20_000);

  collector.read();
  const heard = (): number => Number(collector.recordsOf(NOT_SENT).at(-1)?.readBigUInt64BE(4) ?? 0);
  const ticked = (): number => {
    sink.tick((nowMs += 1000));
    return heard();
  };
  await vi.waitFor(() => expect(ticked()).toBe(lost()), WITHIN);
  await vi.waitFor(() => expect(collector.recordsOf(SESSION).length).toBe(made - lost()), WITHIN);
  expect(collector.recordsOf(NOT_SENT).every((record) => record.readUInt32BE(0) === process.pid)).toBe(true);

  // Who has missed it hears it again.
  const times = collector.recordsOf(NOT_SENT).length;
  sink.tick((nowMs += 60_000));
  await vi.waitFor(() => expect(collector.recordsOf(NOT_SENT).length).toBe(times + 1), WITHIN);
  await sink.close(1000);
}, 120_000);
