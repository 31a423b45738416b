import { describe, expect, test } from 'vitest';
import { addressOf, ClientPrivacy, keyOf, pseudonymOf } from '../../../../src/agent/nat-log/client-privacy.ts';
import { EventRings } from '../../../../src/agent/nat-log/event-rings.ts';
import type { LogReport } from '../../../../src/agent/nat-log/log-messages.ts';
import { reportToOperator } from '../../../../src/agent/nat-log/operator-reports.ts';
import type { Sink } from '../../../../src/agent/nat-log/sink.ts';
import { formatIpv6 } from '../../../../src/net/ipv6-address.ts';
import {
  NAT_EVENT_CLIENT,
  NAT_EVENT_POOL4_PORT,
  NAT_EVENT_SIZE,
  NatEventKind,
} from '../../../../src/translator/nat64/nat-events.ts';
import { CLIENT, SampleWorker, SOURCE } from './sample-events.ts';

class Collector implements Sink {
  readonly name = 'collector';
  readonly ports: number[] = [];
  readonly clients: string[] = [];
  lost = 0;

  add(_source: unknown, view: DataView, bytes: Uint8Array, offset: number, count: number, lost: number): void {
    this.lost += lost;
    for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      this.ports.push(view.getUint16(event + NAT_EVENT_POOL4_PORT));
      this.clients.push(formatIpv6(bytes, event + NAT_EVENT_CLIENT));
    }
  }
  note(): void {}
  tick(): void {}
  async close(): Promise<void> {}
  status(): ReturnType<Sink['status']> {
    throw new Error('not asked for');
  }
}

const OPEN = new ClientPrivacy(128, undefined);

describe('the rings of events', () => {
  test('are read until they are empty, whatever they hold, and to every sink', () => {
    const workers = [new SampleWorker(8192), new SampleWorker(8192)];
    const rings = new EventRings(() => undefined);
    rings.use(workers.map(({ ring }) => ({ source: SOURCE, ring })));
    for (const worker of workers) {
      for (let port = 0; port < 8000; port++) worker.session(port);
      worker.commit();
    }
    const sinks = [new Collector(), new Collector()];
    expect(rings.pass(sinks, OPEN)).toBe(false);
    expect(workers.map(({ waiting }) => waiting)).toEqual([0, 0]);
    for (const { ports } of sinks) expect(ports).toHaveLength(16_000);
  });

  test('count what the workers lost', () => {
    const worker = new SampleWorker(1024);
    const rings = new EventRings(() => undefined);
    rings.use([{ source: SOURCE, ring: worker.ring }]);
    for (let port = 0; port < 9000; port++) worker.session(port);
    const sink = new Collector();
    for (let round = 0; round < 10; round++) {
      worker.commit();
      rings.pass([sink], OPEN);
    }
    worker.session(9000);
    worker.commit();
    rings.pass([sink], OPEN);
    expect([sink.ports.length, sink.lost]).toEqual([8193, 808]);
  });

  test('of a worker that has ended are read to their end', () => {
    const [gone, next] = [new SampleWorker(), new SampleWorker()];
    const rings = new EventRings(() => undefined);
    rings.use([{ source: SOURCE, ring: gone.ring }]);
    gone.session(1);
    gone.commit();
    rings.use([{ source: SOURCE, ring: next.ring }]);
    next.session(2);
    next.commit();
    const sink = new Collector();
    rings.pass([sink], OPEN);
    expect(sink.ports.toSorted((one, other) => one - other)).toEqual([1, 2]);
  });
});

describe('clients', () => {
  function logged(privacy: ClientPrivacy): string {
    const worker = new SampleWorker();
    const rings = new EventRings(() => undefined);
    rings.use([{ source: SOURCE, ring: worker.ring }]);
    worker.session(1);
    worker.commit();
    const sink = new Collector();
    rings.pass([sink], privacy);
    return sink.clients[0] ?? '';
  }

  test('are cut to their prefix', () => {
    expect(logged(new ClientPrivacy(64, undefined))).toBe('2001:db8::');
    expect(logged(new ClientPrivacy(29, undefined))).toBe('2001:db8::');
    expect(logged(new ClientPrivacy(128, undefined))).toBe('2001:db8::9');
  });

  test('get pseudonyms that only the key resolves', () => {
    const key = Buffer.from('a key of the operator');
    const one = logged(new ClientPrivacy(128, key));
    expect(one).not.toBe('2001:db8::9');
    expect(logged(new ClientPrivacy(128, key))).toBe(one);
    expect(logged(new ClientPrivacy(128, Buffer.from('another key')))).not.toBe(one);
    expect([...addressOf(keyOf(key), pseudonymOf(keyOf(key), CLIENT))]).toEqual([...CLIENT]);
  });
});

test('the operator hears of refusals and watermarks', () => {
  const worker = new SampleWorker();
  const reports: LogReport[] = [];
  const rings = new EventRings((source, view, bytes, offset, count) => {
    reportToOperator(source, view, bytes, offset, count, (report) => reports.push(report));
  });
  rings.use([{ source: SOURCE, ring: worker.ring }]);
  worker.session(1);
  worker.events.refuse(NatEventKind.tableFull, 17, CLIENT, 0);
  worker.add(NatEventKind.poolLow, 6, 0xc0000200, 1024, 0, 0, 0, 80);
  worker.commit();
  rings.pass([], OPEN);
  expect(reports).toEqual([
    { kind: 'refusal', instance: 'lower', reason: 'tableFull', packets: 1, client: '2001:db8::9' },
    { kind: 'watermark', instance: 'lower', above: false, percent: 80, pool4: '192.0.2.0', protocol: 6 },
  ]);
});
