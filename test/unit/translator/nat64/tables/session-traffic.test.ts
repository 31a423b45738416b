import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowTraffic } from '../../../../../src/translator/flow-offload.ts';
import { SessionTraffic } from '../../../../../src/translator/nat64/tables/session-traffic.ts';
import { formatIp } from '../../oracle-address.ts';
import { echo, FLAGS, tcp, udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';
import { allSessions } from './walked.ts';

const SLOTS = 4;
const SERVER = '198.51.100.7';
const FROM = { src: '2001:db8::5', dst: `64:ff9b::${SERVER}` };

const rowsOf = (bench: Bench) => allSessions(bench.translator.store, bench.nowMs);

/** The pool4 address and port that an IPv4 packet comes from. */
function sourceOf(packet: Uint8Array): { address: string; port: number } {
  return { address: formatIp(packet.slice(12, 16)), port: (packet[20] << 8) | packet[21] };
}

/** Rows of numbers, by the first. */
function byPort([a]: readonly number[], [b]: readonly number[]): number {
  return a - b;
}

describe('what sessions carry', () => {
  it('is the sum of what was counted, beyond 2^32 too, until the slot has another session', () => {
    const slot = fc.integer({ min: 0, max: SLOTS - 1 });
    const step = fc.oneof(
      fc.record({
        what: fc.constant('count' as const),
        slot,
        out: fc.boolean(),
        bytes: fc.integer({ min: 20, max: 65_575 }),
      }),
      fc.record({
        what: fc.constant('add' as const),
        slot,
        out: fc.boolean(),
        bytes: fc.integer({ min: 0, max: 2 ** 45 }),
      }),
      fc.record({ what: fc.constant('clear' as const), slot, out: fc.boolean(), bytes: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new SessionTraffic(SLOTS);
        const model = Array.from({ length: SLOTS }, () => [0, 0, 0, 0]);
        for (const { what, slot: at, out, bytes } of steps) {
          const first = out ? 0 : 2;
          if (what === 'clear') {
            table.clear(at);
            model[at] = [0, 0, 0, 0];
            continue;
          }
          const packets = what === 'count' ? 1 : Math.floor(bytes / 1000);
          model[at][first] += packets;
          model[at][first + 1] += bytes;
          if (what === 'count') table.count(at, out, bytes);
          else {
            const flow = new FlowTraffic();
            if (out) [flow.packets6to4, flow.bytes6to4] = [packets, bytes];
            else [flow.packets4to6, flow.bytes4to6] = [packets, bytes];
            table.add(at, flow);
          }
        }
        for (const [at, expected] of model.entries()) {
          const into = new FlowTraffic();
          table.addTo(at, into);
          expect([into.packets6to4, into.bytes6to4, into.packets4to6, into.bytes4to6]).toEqual(expected);
        }
      }),
    );
  });

  it('counts each packet of the slow path as it came, of every protocol, both ways', () => {
    const bench = new Bench();
    const sent = [tcp(FROM, 4000, 443, FLAGS.syn), udp(FROM, 4001, 53), echo(FROM, 128, 77)];
    const masked = sent.map((packet) => sourceOf(bench.send(packet).out[0]));
    const [toTcp, toUdp] = masked.map(({ address }) => ({ src: SERVER, dst: address }));
    const answers = [
      tcp(toTcp, 443, masked[0].port, FLAGS.syn | FLAGS.ack),
      udp(toUdp, 53, masked[1].port),
      udp(toUdp, 53, masked[1].port),
    ];
    for (const answer of answers) expect(bench.send(answer).verdict).toBe('translated');
    bench.send(tcp(FROM, 4000, 443, FLAGS.ack));
    const [ofTcp, ofUdp, ofEcho] = [4000, 4001, 77].map((port) => rowsOf(bench).find((row) => row.clientPort === port));
    const bytes = tcp(FROM, 4000, 443, FLAGS.ack).length;
    expect(ofTcp).toMatchObject({ packetsOut: 2, bytesOut: 2 * bytes, packetsIn: 1, bytesIn: answers[0].length });
    expect(ofUdp).toMatchObject({ packetsOut: 1, bytesOut: sent[1].length, packetsIn: 2 });
    expect(ofUdp?.bytesIn).toBe(2 * answers[1].length);
    expect(ofEcho).toMatchObject({ packetsOut: 1, bytesOut: sent[2].length, packetsIn: 0, bytesIn: 0 });
  });

  it('counts a packet that turns back here for the sessions of both its ends', () => {
    const bench = new Bench();
    const other = { ...FROM, src: '2001:db8::6' };
    const { address, port } = sourceOf(bench.send(udp(other, 5000, 53)).out[0]);
    const hairpin = udp({ src: FROM.src, dst: `64:ff9b::${address}` }, 4000, port);
    const outcome = bench.send(hairpin);
    expect(outcome.verdict).toBe('hairpinned');
    const rows = rowsOf(bench).filter(
      ({ packetsOut, packetsIn, remote }) => packetsOut + packetsIn > 0 && remote !== SERVER,
    );
    expect(rows.map((row) => [row.clientPort, row.packetsOut, row.packetsIn]).toSorted(byPort)).toEqual([
      [4000, 1, 0],
      [5000, 0, 1],
    ]);
    expect(rows.find(({ clientPort }) => clientPort === 4000)?.bytesOut).toBe(hairpin.length);
    expect(rows.find(({ clientPort }) => clientPort === 5000)?.bytesIn).toBe(hairpin.length - 20);
  });

  it('does not count what is refused', () => {
    const bench = new Bench({ addressDependentFiltering: true });
    const { address, port } = sourceOf(bench.send(udp(FROM, 4000, 53)).out[0]);
    expect(bench.send(udp({ src: '203.0.113.9', dst: address }, 53, port)).verdict).not.toBe('translated');
    expect(rowsOf(bench)).toMatchObject([{ packetsOut: 1, packetsIn: 0, bytesIn: 0 }]);
  });

  it('stays with the node that carried it, and the age goes with the session', () => {
    const [gw1, gw2] = [new Bench({ slot: 1 }), new Bench({ slot: 2 })];
    gw1.translator.setPeerAlive(2, true);
    gw2.translator.setPeerAlive(1, true);
    gw1.send(udp(FROM, 4000, 53));
    gw1.wait(100_000);
    gw1.send(udp(FROM, 4000, 53));
    gw1.wait(150_000);
    gw2.nowMs = 7000;
    gw2.apply(gw1.records());
    expect(rowsOf(gw1)).toMatchObject([{ ageMs: 250_000, packetsOut: 2 }]);
    expect(rowsOf(gw2)).toMatchObject([{ ageMs: 250_000, packetsOut: 0, owner: 1 }]);
    gw2.translator.takeOver(1);
    gw2.wait(2000);
    gw2.send(udp(FROM, 4000, 53));
    expect(rowsOf(gw2)).toMatchObject([{ ageMs: 252_000, packetsOut: 1, owner: 2 }]);
  });
});
