import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrefix6, parsePrefix6 } from '../../../../../src/net/prefix.ts';
import { formatIpv4, parseIpv4 } from '../../../../../src/net/ipv4-address.ts';
import { NAT_EVENT_SIZE, NatEventKind } from '../../../../../src/translator/nat64/nat-events.ts';
import {
  holderOf,
  planFigures,
  type PortPlan,
  portPlansOf,
  portsOfClient,
} from '../../../../../src/translator/nat64/ports/deterministic-plan.ts';
import { shardOptions } from '../../../../../src/translator/nat64/ports/shard-map.ts';
import type { Nat64Options, Pool4Entry } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';

const entry = (clients: readonly string[], prefix = '192.0.2.0/30', first = 1024, last = 65_535): Pool4Entry => ({
  prefix,
  ports: [first, last],
  protocols: ['tcp', 'udp', 'icmp'],
  clients,
  assignment: 'deterministic',
});
const from = (src: string, port: number): Uint8Array => udp({ src, dst: '64:ff9b::198.51.100.7' }, port, 53);
const mapping = ({ out: [packet] }: Outcome): { address: number; port: number } => ({
  address: parseIpv4(formatIp(packet.slice(12, 16))) ?? 0,
  port: (packet[20] << 8) | packet[21],
});
const planOf = ({ pool4, limits, slots }: Nat64Options, shards = 1): PortPlan => {
  const [plan] = portPlansOf(pool4, limits.clientPrefixLength, slots, shards);
  if (plan === undefined) throw new Error('no plan');
  return plan;
};
const nameOf = (plan: PortPlan, { address, port }: { address: number; port: number }): string => {
  const found = holderOf(plan, address, port);
  return found === undefined ? 'nobody' : formatPrefix6(found.client);
};

describe('ports that follow from the client (RFC 7422)', () => {
  it('the example of RFC 7422 section 2.3: 16 clients on one address have 4032 ports each', () => {
    const [plan] = portPlansOf([entry(['2001:db8::/60'], '192.0.2.1/32')], 64, 1, 1);
    const runs = ['2001:db8::', '2001:db8:0:1::', '2001:db8:0:d::'].map((client) =>
      portsOfClient(plan, parsePrefix6(`${client}/64`)?.bytes ?? new Uint8Array(16)).map(
        ({ address, ports: [first, last] }) => [formatIpv4(address), first, last],
      ),
    );
    expect(runs).toEqual([[['192.0.2.1', 1024, 5055]], [['192.0.2.1', 5056, 9087]], [['192.0.2.1', 53_440, 57_471]]]);
    expect(planFigures(plan)).toEqual({ clients: 16, perAddress: 16, ports: 4032 });
  });

  const cases = fc.record({
    prefixes: fc.constantFrom(['2001:db8:0:40::/58'], ['2001:db8:1::/60', '2001:db8:0:8::/62', '2001:db8:2:3:4::/80']),
    prefix: fc.constantFrom('192.0.2.0/30', '198.51.100.8/32', '203.0.113.0/29'),
    first: fc.integer({ min: 1, max: 2000 }),
    last: fc.integer({ min: 20_000, max: 65_535 }),
    slots: fc.integer({ min: 1, max: 5 }),
    shards: fc.integer({ min: 1, max: 3 }),
    turn: fc.nat(),
    sources: fc.array(fc.record({ which: fc.nat(2), bits: fc.nat(63), host: fc.nat(65_535), port: fc.nat(65_535) }), {
      minLength: 1,
      maxLength: 40,
    }),
  });

  it('whom the inverse names is whom the allocator gave the port to', () => {
    fc.assert(
      fc.property(cases, ({ prefixes, prefix, first, last, slots, shards, turn, sources }) => {
        const slot = 1 + (turn % slots);
        const pool4 = [entry(prefixes, prefix, first, last)];
        const options: Nat64Options = { ...OPTIONS, pool4, slot, slots };
        const plan = planOf(options, shards);
        const benches = Array.from({ length: shards }, (_, index) => {
          const shared = shardOptions({ ...options, seed: turn.toString(16).padStart(64, '0') }, index, shards);
          return new Bench(shared.kind === 'nat64' ? shared : options);
        });
        for (const { which, bits, host, port } of sources) {
          const client = parsePrefix6(prefixes[which % prefixes.length]);
          const bytes = Uint8Array.from(client?.bytes ?? []);
          const free = 64 - (client?.length ?? 64);
          if (free > 0) bytes[7] |= bits % 2 ** free;
          bytes[14] = host >>> 8;
          bytes[15] = host & 255;
          const run = portsOfClient(plan, bytes).find((one) => one.slot === slot);
          const [expected] = portsOfClient(plan, bytes);
          const got = benches.flatMap((bench) => {
            const outcome = bench.send(from(formatIp(bytes), port));
            return outcome.verdict === 'translated' ? [mapping(outcome)] : [];
          });
          // Every shard would serve the client; the one that its packets go to is the one of the plan.
          expect(got.length).toBe(shards);
          if (run === undefined) throw new Error('no run');
          const own = got.filter(
            ({ address, port: at }) => address === run.address && at >= run.ports[0] && at <= run.ports[1],
          );
          expect(own.length).toBe(1);
          expect(nameOf(plan, own[0])).toBe(formatPrefix6(expected.client));
          expect(holderOf(plan, own[0].address, own[0].port)).toEqual(run);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('no port has two clients, and each client as many as every other', () => {
    const plan = planOf({
      ...OPTIONS,
      slots: 2,
      pool4: [entry(['2001:db8::/59', '2001:db8:1::/62'], '192.0.2.0/30', 1024, 2047)],
    });
    const held = new Map<string, number>();
    for (let step = 0; step < 4; step++) {
      for (let port = 1024; port <= 2047; port++) {
        const name = nameOf(plan, { address: 0xc0000200 + step, port });
        held.set(name, (held.get(name) ?? 0) + 1);
      }
    }
    const { clients, perAddress, ports } = planFigures(plan);
    expect([clients, perAddress]).toEqual([36, 9]);
    held.delete('nobody');
    expect(held.size).toBe(36);
    expect([...new Set(held.values())]).toEqual([2 * ports]);
  });

  it("ports that are left over on an address are nobody's, and not the next client's", () => {
    const plan = planOf({ ...OPTIONS, slots: 1, pool4: [entry(['2001:db8::/62'], '192.0.2.0/31', 1000, 1004)] });
    const names = [1001, 1003, 1004].map((port) => nameOf(plan, { address: 0xc0000200, port }));
    expect(names).toEqual(['2001:db8::/64', '2001:db8:0:1::/64', 'nobody']);
    expect(nameOf(plan, { address: 0xc0000201, port: 1000 })).toBe('2001:db8:0:2::/64');
    expect(nameOf(plan, { address: 0xc00001ff, port: 1000 })).toBe('nobody');
    expect(nameOf(plan, { address: 0xc0000202, port: 1000 })).toBe('nobody');
  });

  it('clients are prefixes of any length, within a byte too', () => {
    const [plan] = portPlansOf([entry(['2001:db8::/56', '2001:db8:1::/60'], '192.0.2.0/32', 1000, 1169)], 60, 1, 1);
    expect(planFigures(plan)).toEqual({ clients: 17, perAddress: 17, ports: 10 });
    const runs = ['2001:db8::', '2001:db8:0:1f::', '2001:db8:0:f0::9', '2001:db8:1::'].map((client) =>
      portsOfClient(plan, parsePrefix6(`${client}/128`)?.bytes ?? new Uint8Array(16)).map(({ ports }) => ports[0]),
    );
    expect(runs).toEqual([[1000], [1010], [1150], [1160]]);
    const names = [1009, 1010, 1019, 1159, 1160].map((port) => nameOf(plan, { address: 0xc0000200, port }));
    expect(names).toEqual([
      '2001:db8::/60',
      '2001:db8:0:10::/60',
      '2001:db8:0:10::/60',
      '2001:db8:0:f0::/60',
      '2001:db8:1::/60',
    ]);
  });

  it("another prefix is nobody, and ports behind the last client are nobody's", () => {
    const plan = planOf({ ...OPTIONS, slots: 1, pool4: [entry(['2001:db8::/62'], '192.0.2.0/32', 1024, 1033)] });
    expect(portsOfClient(plan, parsePrefix6('2001:db9::/64')?.bytes ?? new Uint8Array(16))).toEqual([]);
    const names = Array.from({ length: 12 }, (_, index) => nameOf(plan, { address: 0xc0000200, port: 1023 + index }));
    expect(names).toEqual([
      'nobody',
      ...['', '1:', '2:', '3:'].flatMap((subnet) => {
        const name = subnet === '' ? '2001:db8::/64' : `2001:db8:0:${subnet}:/64`;
        return [name, name];
      }),
      'nobody',
      'nobody',
      'nobody',
    ]);
  });
});

describe("allocation from ports of one's own", () => {
  const small = entry(['2001:db8::/63'], '192.0.2.0/32', 1000, 1007);
  const options = (over: Partial<Nat64Options>): Partial<Nat64Options> => ({
    ...OPTIONS,
    slots: 1,
    pool4: [small],
    ...over,
  });

  it('a client that has used up its ports is refused, and the other one is not touched', () => {
    const one = new Bench(options({}));
    for (let port = 1; port <= 4; port++) expect(one.send(from('2001:db8::1', port)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::1', 5)).reason).toBe('answerPool4Exhausted');
    const got = [1, 2, 3, 4].map((port) => mapping(one.send(from('2001:db8:0:1::1', port))).port);
    expect(got.toSorted((a, b) => a - b)).toEqual([1004, 1005, 1006, 1007]);
  });

  it("shares and reserves do not count what is a client's own", () => {
    const limits = {
      ...OPTIONS.limits,
      sessions: 200_000,
      bibEntries: 200_000,
      sharePerClient: 1,
      sharePerNetwork: 1,
      reserve: 50,
    };
    const one = new Bench(options({ limits, pool4: [entry(['2001:db8::/63'], '192.0.2.0/32', 1000, 5999)] }));
    for (let port = 1; port <= 1500; port++) expect(one.send(from('2001:db8::1', port)).verdict).toBe('translated');
  });

  it('what goes beyond comes from an entry that is shared, on the same address, and only that is logged', () => {
    const shared: Pool4Entry = { ...entry([], '192.0.2.0/30', 2048, 4095), assignment: 'dynamic' };
    const own = entry(['2001:db8::/63'], '192.0.2.2/32', 1000, 1007);
    const one = new Bench(options({ pool4: [shared, own], portBlockSize: 64, natLog: 'blocks' }));
    const got = [1, 2, 3, 4, 5].map((port) => mapping(one.send(from('2001:db8::1', port))));
    expect(got.slice(0, 4).every(({ port }) => port >= 1000 && port <= 1003)).toBe(true);
    expect(got[4].port).toBeGreaterThanOrEqual(2048);
    expect(new Set(got.map(({ address }) => formatIpv4(address)))).toEqual(new Set(['192.0.2.2']));
    const out = new Uint8Array(16 * NAT_EVENT_SIZE);
    expect(one.translator.takeEvents(out, 0, 16, 0)).toBe(1);
    expect(out[0]).toBe(NatEventKind.blockAllocated);
  });
});
