import { describe, expect, it } from 'vitest';
import { Adoption } from '../../../../src/agent/adopt/adoption.ts';
import { ForeignSessions } from '../../../../src/agent/adopt/foreign-sessions.ts';
import { SessionExport } from '../../../../src/agent/adopt/session-export.ts';
import { RECORDS_PER_DATAGRAM } from '../../../../src/replication/joold/joold-encoder.ts';
import { echo, FLAGS, tcp, udp } from '../../translator/packets.ts';
import type { Bench } from '../../translator/nat64/bench-of-one.ts';
import { allSessions } from '../../translator/nat64/tables/walked.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { capturedSite, FOREIGN, foreignBench, JOOL, SimulatedGroup } from './fixture.ts';

const CLIENT = { src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' };

function exporting(format: '4.1.9' | '4.1.13') {
  const [bench, group, clock] = [foreignBench(), new SimulatedGroup(), new SimulatedClock()];
  const place = { group: 'ff08::db8:64:64', port: 6464, interface: 'sync0', format };
  const said = new SessionExport(place, '64:ff9b::/96', {
    clock,
    open: group.open,
    requestSnapshot: () => bench.translator.requestSnapshot(),
  });
  const pump = async (): Promise<void> => {
    const records = bench.records();
    said.tap(records, 0, records.length / 64);
    await clock.advance(100);
  };
  return { bench, group, clock, said, pump };
}

/** Another node, which hears what was said. */
function hearing(datagrams: readonly Uint8Array[]): Bench {
  const [bench, group, site] = [foreignBench({ slot: 2 }), new SimulatedGroup(), capturedSite()];
  const options = site.adopt?.joold;
  if (options === undefined) throw new Error('the site adopts nothing');
  const offer = (records: Uint8Array, count: number): boolean => {
    bench.translator.applyRecords(records, 0, count, bench.nowMs);
    return true;
  };
  const sessions = new ForeignSessions(FOREIGN, site);
  new Adoption(options, sessions, { clock: new SimulatedClock(), open: group.open, offer }).listen();
  for (const datagram of datagrams) group.say(datagram, JOOL);
  return bench;
}

/** A connection that a RST has aborted is to all others one that both sides have closed. */
/** Counts stay with who has counted. */
const NO_COUNTS = { packetsOut: 0, bytesOut: 0, packetsIn: 0, bytesIn: 0 };
const rowsOf = (bench: Bench) =>
  allSessions(bench.translator.store, bench.nowMs)
    .map((row) =>
      Object.assign(row, { owner: 0, state: row.state === 'aborted' ? 'bothFin' : row.state, ...NO_COUNTS }),
    )
    .sort((one, other) => one.pool4Port - other.pool4Port);

/** Sessions of every protocol and state. */
function traffic(bench: Bench): void {
  for (let index = 0; index < 60; index++) {
    const [syn] = bench.send(tcp(CLIENT, 4000 + index, 80, FLAGS.syn)).out;
    const back = { src: '198.51.100.7', dst: [...syn.subarray(12, 16)].join('.') };
    const port = (syn[20] << 8) | syn[21];
    if (index % 2 === 0) bench.send(tcp(back, 80, port, FLAGS.syn | FLAGS.ack));
    if (index % 6 === 0) bench.send(tcp(CLIENT, 4000 + index, 80, FLAGS.fin | FLAGS.ack));
    if (index % 12 === 0) bench.send(tcp(back, 80, port, FLAGS.fin | FLAGS.ack));
    if (index % 10 === 0) bench.send(tcp(back, 80, port, FLAGS.rst));
  }
  bench.send(udp(CLIENT, 5000, 53));
  bench.send(echo(CLIENT, 128, 77));
}

describe('what a standby is told', () => {
  it.each(['4.1.9', '4.1.13'] as const)('in the layout of %s is this node’s table', async (format) => {
    const { bench, group, said, pump } = exporting(format);
    said.start();
    await pump();
    traffic(bench);
    await pump();
    const there = hearing(group.sent);
    expect(rowsOf(there)).toEqual(rowsOf(bench));
    expect(new Set(rowsOf(bench).map(({ state }) => state)).size).toBeGreaterThan(5);
    const most = RECORDS_PER_DATAGRAM[format] * (format === '4.1.9' ? 140 : 40);
    for (const datagram of group.sent) expect(datagram.length).toBeLessThanOrEqual(most);
    expect(said.status()).toMatchObject({ state: 'sending', lost: 0, waiting: 0, format });
  });

  it('is all of it once more when the operator asks', async () => {
    const { bench, group, said, pump } = exporting('4.1.13');
    said.start();
    traffic(bench);
    await pump();
    group.sent.length = 0;
    said.advertise();
    await pump();
    expect(rowsOf(hearing(group.sent))).toEqual(rowsOf(bench));
  });

  it('goes out at a pace, and what finds no place in the queue is counted', async () => {
    const { bench, group, clock, said } = exporting('4.1.13');
    said.start();
    bench.send(udp(CLIENT, 5000, 53));
    const record = bench.records().subarray(0, 64);
    expect(record[0]).toBe(1);
    for (let index = 0; index < 140_000; index++) said.tap(record, 0, 1);
    expect(said.status().lost).toBe(140_000 - 131_072);
    await clock.advance(20);
    expect(group.sent).toHaveLength(20);
    await clock.advance(20);
    expect(group.sent).toHaveLength(40);
  });

  it('waits where the group cannot be joined, and goes on when it can', async () => {
    const { bench, group, clock, said, pump } = exporting('4.1.13');
    said.start();
    group.fail('bind ENODEV');
    bench.send(udp(CLIENT, 5000, 53));
    await pump();
    // Once when it was made, once in the snapshot.
    expect(said.status()).toMatchObject({ state: 'unable', reason: 'bind ENODEV', waiting: 2 });
    await clock.advance(5000);
    expect([group.sent.length, said.status().state]).toEqual([1, 'sending']);
    said.stop();
    expect(group.isOpen).toBe(false);
  });
});
