import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../../../../src/translator/counters.ts';
import { MAX_DEFERRED } from '../../../../../src/translator/nat64/packet/deferred-packets.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const HELD = { verdict: 'held', reason: 'heldForPeer', out: [] };

function bench(changes: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const one = new Bench({ slot: 1, deferMs: 20, ...changes });
  one.translator.setPeerAlive(2, true);
  return one;
}

function count(one: Bench, name: string): number {
  return one.translator.counters.values[COUNTERS.findIndex((row) => row.name === name)] ?? 0;
}

function syn(port: number): Uint8Array {
  return tcp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, port, 80, FLAGS.syn);
}

/** Source ports of what was sent to the servers, as the clients had them: pool4 ports are looked up. */
function clientPorts(one: Bench, out: readonly Uint8Array[]): number[] {
  const { entries } = one.translator.store;
  return out.map((packet) => {
    const view = new DataView(packet.buffer, packet.byteOffset);
    const bib = entries.findByPool4(packet[9], view.getUint32(12), view.getUint16(20));
    return entries.clientPort[bib];
  });
}

describe('the first packet of a session', () => {
  it('waits until another node has the record, and no longer', () => {
    const one = bench();
    expect(one.send(syn(4000))).toEqual(HELD);
    const records = one.records().length / 64;
    expect(records).toBeGreaterThan(0);
    one.translator.confirmRecords(records - 1);
    expect(one.emitted(5)).toEqual([]);
    one.translator.confirmRecords(records);
    expect(clientPorts(one, one.emitted(1))).toEqual([4000]);
    expect([count(one, 'peerConfirmed'), count(one, 'peerLate'), count(one, 'translated6to4')]).toEqual([1, 0, 1]);
  });

  it('goes on as it would have gone at once', () => {
    const [one, other] = [bench(), bench({ deferMs: 0 })];
    one.send(syn(4000));
    one.translator.confirmRecords(one.records().length / 64);
    const [waited] = one.emitted(1);
    const [direct] = other.send(syn(4000)).out;
    // All but what is drawn anew for each packet: identification, and with it the checksum of the header.
    const fixed = (packet: Uint8Array): string =>
      Buffer.from([...packet.slice(0, 4), ...packet.slice(6, 10), ...packet.slice(12)]).toString('hex');
    expect(fixed(waited)).toBe(fixed(direct));
  });

  it('goes on when its time is up, and is counted as late', () => {
    const one = bench();
    one.send(syn(4000));
    one.records();
    expect(one.emitted(19)).toEqual([]);
    expect(one.translator.nextEmissionMs()).toBe(one.nowMs + 1);
    expect(clientPorts(one, one.emitted(1))).toEqual([4000]);
    expect([count(one, 'peerConfirmed'), count(one, 'peerLate')]).toEqual([0, 1]);
  });

  it('goes in the order in which it came, each with its own record', () => {
    const one = bench();
    one.send(syn(4000));
    one.send(syn(4001));
    const first = one.records().length / 64;
    one.send(syn(4002));
    const second = first + one.records().length / 64;
    one.translator.confirmRecords(first);
    expect(clientPorts(one, one.emitted(1))).toEqual([4000, 4001]);
    one.translator.confirmRecords(second);
    expect(clientPorts(one, one.emitted(1))).toEqual([4002]);
  });

  it('is compared modulo 2^32', () => {
    const one = bench();
    one.send(syn(4000));
    one.translator.takeRecords(new Uint8Array(64 * 100), 0, 100, one.nowMs);
    one.translator.confirmRecords(-5);
    expect(one.emitted(1)).toEqual([]);
    one.translator.confirmRecords(0x7fffffff);
    expect(one.emitted(1)).toHaveLength(1);
  });

  it('does not wait for nobody, nor when its session says nothing yet', () => {
    const alone = new Bench({ slot: 1, deferMs: 20 });
    expect(alone.send(syn(4000)).verdict).toBe('translated');
    const quiet = bench({ holdBackMs: 1000 });
    expect(quiet.send(udp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, 4000, 53)).verdict).toBe('translated');
  });

  it('goes on within the budget of a turn, which says that there is more', () => {
    const one = bench();
    for (const port of [4000, 4001, 4002]) one.send(syn(port));
    one.translator.confirmRecords(one.records().length / 64);
    const turns = [1, 2, 3, 4].map(() => [one.translator.tick(one.nowMs, 1), count(one, 'peerConfirmed')]);
    expect(turns).toEqual([
      [true, 1],
      [true, 2],
      [true, 3],
      [false, 3],
    ]);
  });

  it('waits with a bound; the next ones go on at once', () => {
    const one = bench();
    const outcomes = Array.from({ length: MAX_DEFERRED + 3 }, (_, index) => one.send(syn(1000 + index)).verdict);
    expect(outcomes.filter((verdict) => verdict === 'held')).toHaveLength(MAX_DEFERRED);
    expect(outcomes.slice(-3)).toEqual(['translated', 'translated', 'translated']);
    expect(count(one, 'deferRefused')).toBe(3);
    expect(one.emitted(20)).toHaveLength(MAX_DEFERRED);
    expect(one.send(syn(10)).verdict).toBe('held');
  });
});
