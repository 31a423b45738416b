import { describe, expect, test } from 'vitest';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import { NatLog } from '../../../../src/agent/events/nat-log.ts';
import { NatEventKind, NatEvents } from '../../../../src/translator/nat64/nat-events.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const CLIENT = Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9);

function setUp(write: (text: string) => Promise<void>): { queue: NatEvents; log: NatLog; events: EventInput[] } {
  const queue = new NatEvents('sessions');
  queue.nowMs = 1500;
  const events: EventInput[] = [];
  const source = {
    name: 'lower',
    takeEvents: (out: Uint8Array, at: number, max: number) => queue.take(out, at, max, 0),
  };
  const world = { write, clock: new SimulatedClock(), addEvent: (event: EventInput) => void events.push(event) };
  return { queue, log: new NatLog('gw1', [source], world), events };
}

function add(queue: NatEvents, ...numbers: Parameters<NatEvents['add']>): void {
  queue.bytes.set(CLIENT, queue.add(...numbers));
}

describe('the NAT log', () => {
  test('has a line for each event, with what the event has', async () => {
    let text = '';
    const { queue, log, events } = setUp(async (more) => void (text += more));
    add(queue, NatEventKind.blockAllocated, 0, 0xc0000201, 1024, 0, 0, 0, 64);
    add(queue, NatEventKind.sessionCreated, 6, 0xc0000201, 1025, 4000, 0xc6336407, 443, 1);
    queue.refuse(NatEventKind.poolExhausted, 17, CLIENT, 0);
    await log.stop();
    const common = { time: '1970-01-01T00:00:01.500Z', node: 'gw1', instance: 'lower', client: '2001:db8::9' };
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      { ...common, event: 'blockAllocated', pool4: '192.0.2.1', ports: [1024, 1087] },
      {
        ...common,
        event: 'sessionCreated',
        protocol: 'tcp',
        port: 4000,
        pool4: '192.0.2.1',
        pool4Port: 1025,
        remote: '198.51.100.7',
        remotePort: 443,
      },
      { ...common, event: 'poolExhausted', protocol: 'udp', refused: 1 },
    ]);
    expect(events.map(({ to, reason }) => [to, reason])).toEqual([
      ['refuses', 'no port of pool4 was free for 1 packet, the last one from 2001:db8::9'],
    ]);
  });

  test('counts lines that a full disk did not take, and says so once', async () => {
    const { queue, log, events } = setUp(() => Promise.reject(new Error('ENOSPC: no space left on device')));
    for (let round = 0; round < 3; round++) {
      add(queue, NatEventKind.sessionCreated, 6, 1, 2, 3, 4, 5, 1);
      await log.stop();
    }
    expect(log.lost).toBe(3);
    expect(events.map(({ to, reason }) => [to, reason])).toEqual([
      ['NAT log lost lines', 'ENOSPC: no space left on device'],
    ]);
  });

  test('waits for a slow disk with a bound', async () => {
    let go: () => void = () => undefined;
    const { queue, log } = setUp(() => new Promise((resolve) => (go = resolve)));
    for (let round = 0; round < 60; round++) {
      for (let index = 0; index < 1000; index++) add(queue, NatEventKind.sessionCreated, 6, 1, 2, 3, 4, 5, 1);
      log.look();
    }
    expect(log.lost).toBeGreaterThan(0);
    const stopped = log.stop();
    go();
    await new Promise(setImmediate);
    go();
    await stopped;
  });
});
