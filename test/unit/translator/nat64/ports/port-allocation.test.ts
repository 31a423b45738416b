import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAT_EVENT_SIZE, NatEventKind } from '../../../../../src/translator/nat64/nat-events.ts';
import { PortTable } from '../../../../../src/translator/nat64/ports/port-table.ts';
import type { Nat64Options, Pool4Entry } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';

const entry = (prefix: string, first: number, last: number): Pool4Entry => ({
  prefix,
  ports: [first, last],
  protocols: ['tcp', 'udp', 'icmp'],
  clients: [],
});
const WIDE = { ...OPTIONS, slots: 1, limits: { ...OPTIONS.limits, sessions: 70_000, bibEntries: 70_000 } };
const bench = (pool4: Pool4Entry[], options: Partial<Nat64Options> = {}): Bench =>
  new Bench({ ...WIDE, pool4, ...options });
const from = (src: string, port: number): Uint8Array => udp({ src, dst: '64:ff9b::198.51.100.7' }, port, 53);
const mapping = ({ out: [packet] }: Outcome): { address: string; port: number } => ({
  address: formatIp(packet.slice(12, 16)),
  port: (packet[20] << 8) | packet[21],
});

interface LoggedEvent {
  kind: number;
  address: string;
  port: number;
  client: string;
  count: number;
}

function eventsOf(one: Bench): LoggedEvent[] {
  const out = new Uint8Array(1024 * NAT_EVENT_SIZE);
  const count = one.translator.takeEvents(out, 0, 1024, 0);
  return Array.from({ length: count }, (_, index) => {
    const at = index * NAT_EVENT_SIZE;
    const view = new DataView(out.buffer, at, NAT_EVENT_SIZE);
    return {
      kind: view.getUint8(0),
      address: formatIp(out.slice(at + 8, at + 12)),
      port: view.getUint16(2),
      client: formatIp(out.slice(at + 16, at + 32)),
      count: view.getUint32(40),
    };
  });
}

/** Ended sessions leave the table when their ends are in the log of the node. */
function writeLog(one: Bench): void {
  const out = new Uint8Array(256 * 64);
  while (one.translator.takeRecords(out, 0, 256, one.nowMs) > 0);
}

describe('the table of ports', () => {
  it('finds exactly what a set would find', () => {
    const step = fc.record({ take: fc.boolean(), port: fc.integer({ min: 100, max: 170 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.nat(60), (steps, start) => {
        const table = new PortTable();
        const taken = new Set<number>();
        for (const { take, port } of steps) {
          if (take) table.take(17, 5, port);
          else table.give(17, 5, port);
          if (take) taken.add(port);
          else taken.delete(port);
          const wanted = Array.from({ length: 61 }, (_, index) => 105 + ((start + index) % 61));
          expect(table.findFree(17, 5, 105, 61, start)).toBe(wanted.find((candidate) => !taken.has(candidate)) ?? -1);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the choice of a port', () => {
  it('rfc6888-req11-the-last-free-port-is-found-and-nobody-is-evicted', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 9215)]);
    const ports = new Set<number>();
    for (let client = 0; client < 8192; client++) {
      const outcome = one.send(from(`2001:db8:0:${(client >> 8).toString(16)}::1`, 1000 + (client & 255)));
      expect(outcome.verdict).toBe('translated');
      ports.add(mapping(outcome).port);
    }
    expect([ports.size, Math.min(...ports)]).toEqual([8192, 1024]);
    expect(one.send(from('2001:db8:ffff::1', 1)).reason).toBe('answerPool4Exhausted');
    expect(one.send(from('2001:db8::1', 1000)).verdict).toBe('translated');
  });

  it('rfc4787-req2-all-addresses-of-a-client-prefix-are-paired-with-one-pool4-address', () => {
    const one = bench([entry('192.0.2.0/28', 1024, 65_535)], { limits: { ...OPTIONS.limits, clientPrefixLength: 56 } });
    const addresses = new Set<string>();
    for (let host = 0; host < 256; host++)
      addresses.add(mapping(one.send(from(`2001:db8:0:${host.toString(16)}::1`, 7))).address);
    expect(addresses.size).toBe(1);
  });

  it('every address of a pool is used before it counts as exhausted', () => {
    const one = bench([entry('192.0.2.0/26', 2000, 2001)]);
    for (let client = 0; client < 128; client++)
      expect(one.send(from('2001:db8::1', 1 + client)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::1', 999)).reason).toBe('answerPool4Exhausted');
  });
});

describe('ports by the block', () => {
  it('rfc6888-req4-a-client-gets-blocks-that-no-other-client-has', () => {
    const one = bench([entry('192.0.2.0/30', 1024, 65_535)], { portBlockSize: 64, natLog: 'blocks' });
    const owners = new Map<string, number>();
    for (let client = 1; client <= 20; client++) {
      for (let port = 1; port <= 100; port++) {
        const got = mapping(one.send(from(`2001:db8:0:${client}::1`, port)));
        const block = `${got.address}/${Math.floor(got.port / 64)}`;
        expect(owners.get(block) ?? client).toBe(client);
        owners.set(block, client);
      }
    }
    expect(owners.size).toBe(40);
    const events = eventsOf(one);
    expect(events.map(({ kind }) => kind)).toEqual(Array.from({ length: 40 }, () => NatEventKind.blockAllocated));
    for (const { address, port, client, count } of events) {
      expect([count, port % 64]).toEqual([64, 0]);
      expect(client).toBe(`2001:db8:0:${owners.get(`${address}/${port / 64}`)}::1`);
    }
  });

  it('a block is released when its last held port is, and can be another client’s then', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 1151)], { portBlockSize: 64, natLog: 'blocks' });
    expect(one.send(from('2001:db8:0:1::1', 1)).verdict).toBe('translated');
    expect(one.send(from('2001:db8:0:2::1', 1)).verdict).toBe('translated');
    expect(one.send(from('2001:db8:0:3::1', 1)).reason).toBe('answerPool4Exhausted');
    expect(one.send(from('2001:db8:0:2::1', 2)).verdict).toBe('translated');
    one.wait(302_000);
    one.records();
    expect(one.send(from('2001:db8:0:3::1', 1)).reason).toBe('answerPool4Exhausted');
    one.wait(122_000);
    expect(one.send(from('2001:db8:0:3::1', 1)).verdict).toBe('translated');
    expect(eventsOf(one).map(({ kind }) => kind)).toEqual([
      NatEventKind.blockAllocated,
      NatEventKind.blockAllocated,
      NatEventKind.poolExhausted,
      NatEventKind.poolExhausted,
      NatEventKind.blockReleased,
      NatEventKind.blockReleased,
      NatEventKind.blockAllocated,
    ]);
  });
});

describe('a held port', () => {
  const STEP = 302_000;
  const pool = [entry('192.0.2.0/32', 1024, 1151)];
  const restart = (one: Bench): void => {
    one.wait(STEP);
    one.records();
  };

  it('rfc6888-req8-goes-back-to-the-transport-address-that-had-it', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 1024)]);
    const before = mapping(one.send(from('2001:db8::1', 1)));
    restart(one);
    expect([one.translator.bibCount, one.send(from('2001:db8::2', 1)).reason]).toEqual([0, 'answerPool4Exhausted']);
    expect(mapping(one.send(from('2001:db8::1', 1)))).toEqual(before);
    expect(one.translator.bibCount).toBe(1);
    one.wait(200_000);
    const back = udp({ src: '198.51.100.7', dst: before.address }, 53, before.port);
    expect(one.send(back).verdict).toBe('translated');
  });

  it('is held anew when its second life ends', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 1024)]);
    one.send(from('2001:db8::1', 1));
    restart(one);
    one.send(from('2001:db8::1', 1));
    restart(one);
    expect(one.send(from('2001:db8::2', 1)).reason).toBe('answerPool4Exhausted');
    one.wait(122_000);
    expect(one.send(from('2001:db8::2', 1)).verdict).toBe('translated');
  });

  it('does not go back when the pool has lost it', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 1024)]);
    one.send(from('2001:db8::1', 1));
    restart(one);
    expect(one.translator.reconfigure({ ...WIDE, pool4: [entry('192.0.2.9/32', 1024, 1024)] })).toEqual([]);
    expect(mapping(one.send(from('2001:db8::1', 1))).address).toBe('192.0.2.9');
  });

  it('brings its block back to the client, without a second line in the log', () => {
    const one = bench(pool, { portBlockSize: 64, natLog: 'blocks' });
    const before = mapping(one.send(from('2001:db8:0:1::1', 1)));
    restart(one);
    expect(mapping(one.send(from('2001:db8:0:1::1', 1)))).toEqual(before);
    const next = mapping(one.send(from('2001:db8:0:1::1', 2)));
    expect(Math.floor(next.port / 64)).toBe(Math.floor(before.port / 64));
    expect(eventsOf(one).map(({ kind }) => kind)).toEqual([NatEventKind.blockAllocated]);
  });
});

describe('a pool that is widened by a reload', () => {
  const exhausted = (options: Partial<Nat64Options>, first: number): Bench => {
    const one = bench([entry('192.0.2.0/32', 1024, 1024 + 63)], { slots: 4, ...options });
    const count = first === 1024 ? 16 : 64;
    for (let port = 1; port <= count; port++) expect(one.send(from('2001:db8::1', port)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::2', 1)).reason).toBe('answerPool4Exhausted');
    return one;
  };
  const opened = (one: Bench): number =>
    Array.from({ length: 50 }, (_, index) => one.send(from('2001:db8::3', index + 1))).filter(
      ({ verdict }) => verdict === 'translated',
    ).length;

  // The slice of the first slot begins at the same port, however long the range is.
  it.each([1, 2, 3, 4])('serves new clients at once: slot %i', (slot) => {
    const options = { slots: 4, slot };
    const one = exhausted(options, 1024);
    const wider = { ...WIDE, ...options, pool4: [entry('192.0.2.0/32', 1024, 1024 + 1023)] };
    expect(one.translator.reconfigure(wider)).toEqual([]);
    expect(opened(one)).toBe(50);
  });

  it('serves them where it takes over more slices', () => {
    const one = exhausted({ slot: 1, slices: [1, 2, 3, 4] }, 0);
    const wider = { ...WIDE, slots: 4, slices: [1, 2, 3, 4], pool4: [entry('192.0.2.0/32', 1024, 1024 + 255)] };
    expect(one.translator.reconfigure(wider)).toEqual([]);
    expect(opened(one)).toBe(50);
  });
});

describe('events for the NAT log', () => {
  it('tell of each session’s beginning and end, if asked to', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 65_535)], { natLog: 'sessions' });
    const { address, port } = mapping(one.send(from('2001:db8::9', 4000)));
    one.wait(302_000);
    expect(eventsOf(one)).toEqual([
      { kind: NatEventKind.sessionCreated, address, port, client: '2001:db8::9', count: 1 },
      { kind: NatEventKind.sessionEnded, address, port, client: '2001:db8::9', count: 1 },
    ]);
  });

  it('tell of a mapping once, whatever its destinations, if only BIB entries are asked for', () => {
    const one = bench([entry('192.0.2.0/32', 1024, 65_535)], { natLog: 'bib' });
    const { address, port } = mapping(one.send(from('2001:db8::9', 4000)));
    one.wait(302_000);
    writeLog(one);
    one.send(from('2001:db8::9', 4000));
    expect(eventsOf(one)).toEqual([
      { kind: NatEventKind.mappingCreated, address, port, client: '2001:db8::9', count: 1 },
      { kind: NatEventKind.mappingDeleted, address, port, client: '2001:db8::9', count: 1 },
      { kind: NatEventKind.mappingCreated, address, port, client: '2001:db8::9', count: 1 },
    ]);
  });

  it('begin and stop when the configuration says so, while sessions go on', () => {
    const pool4 = [entry('192.0.2.0/32', 1024, 65_535)];
    const one = bench(pool4);
    one.send(from('2001:db8::9', 1));
    const kinds = (): number[] => eventsOf(one).map(({ kind }) => kind);
    expect(kinds()).toEqual([]);
    expect(one.translator.reconfigure({ ...WIDE, pool4, natLog: 'sessions' })).toEqual([]);
    one.send(from('2001:db8::9', 2));
    expect(kinds()).toEqual([NatEventKind.sessionCreated]);
    expect(one.translator.reconfigure({ ...WIDE, pool4, natLog: 'off' })).toEqual([]);
    one.send(from('2001:db8::9', 3));
    expect(kinds()).toEqual([]);
  });

  it('tell when the ports in use cross a watermark, and when they are back', () => {
    const watermarks = { poolWatermarks: { high: 50, low: 20 }, timeouts: { ...OPTIONS.timeouts, portHold: 0 } };
    const one = bench([entry('192.0.2.0/32', 1024, 1033)], watermarks);
    const counts = (): [kind: number, percent: number][] => eventsOf(one).map(({ kind, count }) => [kind, count]);
    for (let port = 1; port <= 4; port++) one.send(from('2001:db8::9', port));
    one.wait(2000);
    expect(counts()).toEqual([]);
    one.send(from('2001:db8::9', 5));
    one.wait(2000);
    one.wait(2000);
    expect(counts()).toEqual([[NatEventKind.poolHigh, 50]]);
    one.wait(302_000);
    writeLog(one);
    one.wait(2000);
    one.wait(2000);
    expect(counts()).toEqual([[NatEventKind.poolLow, 0]]);
  });

  it('stand for all refusals of a second, and a full queue loses new ones and counts them', () => {
    const one = bench([entry('192.0.2.0/32', 5000, 5000)]);
    one.send(from('2001:db8::1', 1));
    for (let port = 2; port < 12; port++) one.send(from('2001:db8::1', port));
    one.nowMs += 1000;
    one.send(from('2001:db8::1', 12));
    expect(eventsOf(one).map(({ kind, count }) => [kind, count])).toEqual([
      [NatEventKind.poolExhausted, 1],
      [NatEventKind.poolExhausted, 10],
    ]);
    const full = bench([entry('192.0.2.0/30', 1024, 65_535)], { natLog: 'sessions' });
    for (let port = 1; port <= 8200; port++) full.send(from('2001:db8::1', port));
    expect([full.translator.store.events.length, full.translator.store.events.lost]).toEqual([8192, 8]);
    // What found no room has overwritten nothing.
    const [first] = eventsOf(full);
    expect([first?.kind, first?.client, first?.count]).toEqual([NatEventKind.sessionCreated, '2001:db8::1', 1]);
  });
});
