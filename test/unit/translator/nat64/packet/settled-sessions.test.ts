import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../../../../src/translator/counters.ts';
import { FlowTraffic, type FlowOffload, type SettledFlow } from '../../../../../src/translator/flow-offload.ts';
import { readTraffic } from '../../../../../src/translator/nat64/tables/table-rows.ts';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { echo, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';
import { EVERYTHING } from '../../../../../src/translator/nat64/tables/table-filter.ts';
import { allSessions } from '../tables/walked.ts';

const CLIENT = '2001:db8::5';
const SERVER = '198.51.100.7';
const SERVER6 = '64:ff9b::198.51.100.7';
const [FIN, SYN, RST, ACK] = [1, 2, 4, 16];
/** Packets after which a session settles that nobody answers, behind the one that opens it. */
const SETTLES = 8;

/** A fast path that remembers what it has, and when the test says that it saw something. */
class Remembered implements FlowOffload {
  isAttached = true;
  readonly flows = new Map<string, number>();
  room = Number.POSITIVE_INFINITY;

  enter(flow: SettledFlow): boolean {
    if (this.flows.size >= this.room) return false;
    this.flows.set(text(flow), 0);
    return true;
  }

  leave(flow: SettledFlow, traffic: FlowTraffic): void {
    this.read(flow, traffic);
    if (!this.flows.delete(text(flow))) throw new Error(`${text(flow)} was not there`);
  }

  read(flow: SettledFlow, traffic: FlowTraffic): void {
    traffic.clear();
    traffic.seenMs = this.flows.get(text(flow)) ?? Number.NEGATIVE_INFINITY;
    traffic.packets6to4 = 10;
    traffic.bytes6to4 = 1000;
    traffic.packets4to6 = 20;
    traffic.bytes4to6 = 3000;
  }

  /** All flows are seen now. */
  seen(nowMs: number): void {
    for (const key of this.flows.keys()) this.flows.set(key, nowMs);
  }
}

function text(flow: SettledFlow): string {
  const client = `${formatIp(flow.client)} ${flow.clientPort}`;
  const server = `${formatIp(flow.server6)} ${flow.serverPort}`;
  return `${flow.protocol} ${client} ${server} ${flow.server4.toString(16)} ${flow.pool4Port > 0 && flow.pool4 > 0}`;
}

function benchWith(way: FlowOffload, options: Partial<Nat64Options> = {}): Bench {
  const bench = new Bench(options);
  bench.translator.useFlowOffload(way);
  return bench;
}

function count(bench: Bench, name: string): number {
  return bench.translator.counters.values[COUNTERS.findIndex((row) => row.name === name)] ?? Number.NaN;
}

/** Where the translator sends a client's packets from. */
function pool4PortOf(out: readonly Uint8Array[]): { address: string; port: number } {
  const [packet] = out;
  if (packet === undefined) throw new Error('nothing came out');
  return { address: formatIp(packet.subarray(12, 16)), port: new DataView(packet.buffer).getUint16(20) };
}

function sendUdp(bench: Bench, times: number, port = 4000): { address: string; port: number } {
  let out: readonly Uint8Array[] = [];
  for (let time = 0; time < times; time++) {
    ({ out } = bench.send(udp({ src: CLIENT, dst: SERVER6 }, port, 53)));
    bench.records();
  }
  return pool4PortOf(out);
}

function openTcp(bench: Bench, serverPort = 80): { address: string; port: number } {
  const there = { src: CLIENT, dst: SERVER6 };
  const at = pool4PortOf(bench.send(tcp(there, 4000, serverPort, SYN)).out);
  bench.records();
  bench.send(tcp({ src: SERVER, dst: at.address }, serverPort, at.port, SYN | ACK));
  for (let time = 0; time < SETTLES; time++) bench.send(tcp(there, 4000, serverPort, ACK));
  return at;
}

describe('a session that has settled', () => {
  it('enters with both its sides when it has lasted though nobody answers, and no sooner: it may be a scan', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    sendUdp(bench, SETTLES);
    expect(way.flows.size).toBe(0);
    sendUdp(bench, 1);
    expect([...way.flows.keys()]).toEqual(['17 2001:db8::5 4000 64:ff9b::c633:6407 53 c6336407 true']);
    sendUdp(bench, 40);
    expect([count(bench, 'fastPathInstalled'), count(bench, 'fastPathRemoved')]).toEqual([1, 0]);
  });

  it('enters with its third packet when it is answered, and no sooner: a question and its answer end before', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const at = sendUdp(bench, 2);
    expect(way.flows.size).toBe(0);
    bench.send(udp({ src: SERVER, dst: at.address }, 53, at.port));
    expect(way.flows.size).toBe(1);
  });

  it('is none of a client that is traced: its sessions leave, and come back when the trace is over', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const words = [0x2001_0db8, 0, 0, 5] as const;
    sendUdp(bench, SETTLES + 1);
    expect(way.flows.size).toBe(1);
    bench.translator.keepFromFastPath(words);
    const walk = bench.translator.walk({
      table: 'sessions',
      filter: { ...EVERYTHING, client: words, clientLength: 128 },
      from: 0,
      what: 'slow',
    });
    while (walk.step(bench.nowMs, 100) === undefined);
    expect(way.flows.size).toBe(0);
    sendUdp(bench, 10);
    expect(way.flows.size).toBe(0);
    bench.translator.keepFromFastPath([0x2001_0db8, 0, 0, 6]);
    sendUdp(bench, SETTLES);
    expect(way.flows.size).toBe(1);
    bench.translator.keepFromFastPath(undefined);
  });

  it('is TCP only from the end of its handshake to the first FIN or RST of either side', () => {
    for (const ending of [FIN | ACK, RST]) {
      for (const fromClient of [true, false]) {
        const way = new Remembered();
        const bench = benchWith(way);
        const at = openTcp(bench);
        expect(way.flows.size).toBe(1);
        if (fromClient) bench.send(tcp({ src: CLIENT, dst: SERVER6 }, 4000, 80, ending));
        else bench.send(tcp({ src: SERVER, dst: at.address }, 80, at.port, ending));
        expect(way.flows.size).toBe(0);
      }
    }
  });

  it('is TCP from the third packet of its handshake on', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const there = { src: CLIENT, dst: SERVER6 };
    const at = pool4PortOf(bench.send(tcp(there, 4000, 80, SYN)).out);
    bench.records();
    bench.send(tcp({ src: SERVER, dst: at.address }, 80, at.port, SYN | ACK));
    expect(way.flows.size).toBe(0);
    bench.send(tcp(there, 4000, 80, ACK));
    expect(way.flows.size).toBe(1);
  });

  it('is a ping too', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    for (let time = 0; time <= SETTLES; time++) {
      bench.send(echo({ src: CLIENT, dst: SERVER6 }, 128, 77));
      bench.records();
    }
    expect([...way.flows.keys()]).toEqual(['1 2001:db8::5 77 64:ff9b::c633:6407 0 c6336407 true']);
  });

  it('keeps what both paths have carried, until the slot has another session', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const traffic = new FlowTraffic();
    const read = (): FlowTraffic => {
      readTraffic(bench.translator.store, 0, traffic);
      return traffic;
    };
    const datagram = udp({ src: CLIENT, dst: SERVER6 }, 4000, 53).length;
    const slow = SETTLES + 1;
    sendUdp(bench, slow);
    const once = { packets6to4: slow + 10, bytes6to4: slow * datagram + 1000, packets4to6: 20, bytes4to6: 3000 };
    expect(read()).toMatchObject(once);
    bench.translator.reconfigure(bench.options);
    bench.wait(1);
    expect(way.flows.size).toBe(0);
    expect(read()).toMatchObject(once);
    sendUdp(bench, slow);
    const twice = Object.fromEntries(Object.entries(once).map(([name, count]) => [name, 2 * count]));
    expect(read()).toMatchObject(twice);
    bench.wait(OPTIONS.timeouts.udp + OPTIONS.timeouts.portHold + 2000);
    bench.records();
    bench.wait(OPTIONS.timeouts.portHold + 2000);
    expect(bench.translator.sessionCount).toBe(0);
    bench.send(udp({ src: '2001:db8::77', dst: SERVER6 }, 4000, 53));
    expect(read()).toMatchObject({ packets6to4: 1, bytes6to4: datagram, packets4to6: 0, bytes4to6: 0 });
  });

  it('never enters while a SYN is unanswered, towards pool4 itself, or on the FTP port with the ALG', () => {
    const way = new Remembered();
    const bench = benchWith(way, { ftpAlg: true });
    for (let time = 0; time < 40; time++) {
      bench.send(tcp({ src: CLIENT, dst: SERVER6 }, 4100, 80, SYN));
      bench.send(udp({ src: CLIENT, dst: '64:ff9b::192.0.2.3' }, 4000, 53));
      bench.records();
    }
    openTcp(bench, 21);
    expect(way.flows.size).toBe(0);
  });

  it('never enters before the other nodes were told of it', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    for (let time = 0; time < 40; time++) bench.send(udp({ src: CLIENT, dst: SERVER6 }, 4000, 53));
    expect(way.flows.size).toBe(0);
    bench.records();
    for (let time = 0; time < SETTLES; time++) bench.send(udp({ src: CLIENT, dst: SERVER6 }, 4000, 53));
    expect(way.flows.size).toBe(1);
  });

  it('lives as long as it is seen on the fast path, and is told to the others then', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const other = new Bench({ slot: 2 });
    sendUdp(bench, SETTLES + 1);
    for (let minute = 0; minute < 12; minute++) {
      bench.wait(60_000);
      way.seen(bench.nowMs);
    }
    expect(bench.translator.sessionCount).toBe(1);
    bench.wait(OPTIONS.timeouts.udp / 3);
    const records = bench.records();
    expect(records.length).toBeGreaterThan(0);
    other.nowMs = bench.nowMs;
    other.apply(records);
    expect(allSessions(other.translator.store, other.nowMs)[0]?.expiresInMs).toBeGreaterThan(OPTIONS.timeouts.udp / 2);
    bench.wait(OPTIONS.timeouts.udp + 1000);
    expect([bench.translator.sessionCount, way.flows.size]).toEqual([0, 0]);
  });

  it('leaves when it was silent for a third of its lifetime, and enters again when it is used', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    sendUdp(bench, SETTLES + 1);
    bench.wait(OPTIONS.timeouts.udp / 3 + 1000);
    expect([way.flows.size, bench.translator.sessionCount]).toEqual([0, 1]);
    sendUdp(bench, SETTLES);
    expect(way.flows.size).toBe(1);
  });

  it('stays when it becomes the session of another node', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    const successor = new Bench({ slot: 2 });
    bench.translator.setPeerAlive(2, true);
    successor.apply(sessionRecords(bench));
    successor.translator.takeOver(1);
    successor.wait(10);
    bench.nowMs = successor.nowMs;
    bench.apply(successor.records());
    expect(bench.summary(2).sessions).toBe(1);
    expect(way.flows.size).toBe(1);
  });

  it('may be of another node, which hears in time that it is used here', () => {
    const way = new Remembered();
    const owner = new Bench({ slot: 2 });
    const bench = benchWith(way);
    owner.translator.setPeerAlive(1, true);
    bench.translator.setPeerAlive(2, true);
    bench.apply(opened(owner, () => echo({ src: CLIENT, dst: SERVER6 }, 128, 77)));
    bench.nowMs = owner.nowMs;
    for (let time = 0; time <= SETTLES; time++) bench.send(echo({ src: CLIENT, dst: SERVER6 }, 128, 77));
    expect(way.flows.size).toBe(1);
    // Longer than the session would live, if nobody told its owner.
    for (let step = 0; step < 20; step++) {
      for (const node of [bench, owner]) node.wait(OPTIONS.timeouts.icmp / 5);
      way.seen(bench.nowMs);
      owner.apply(bench.records());
      bench.apply(owner.records());
    }
    expect([owner.translator.sessionCount, bench.translator.sessionCount, way.flows.size]).toEqual([1, 1, 1]);
    for (let step = 0; step < 10; step++) {
      for (const node of [bench, owner]) node.wait(OPTIONS.timeouts.icmp / 5);
      owner.apply(bench.records());
      bench.apply(owner.records());
    }
    expect([owner.translator.sessionCount, bench.translator.sessionCount, way.flows.size]).toEqual([0, 0, 0]);
  });

  it('is none of another translator, until this node owns it: each of its packets is noticed', () => {
    const FOREIGN = 3;
    const jool = new Bench({ slot: FOREIGN });
    sendUdp(jool, 1);
    const way = new Remembered();
    const bench = benchWith(way, { slot: 1, foreignSlot: FOREIGN });
    jool.translator.requestSnapshot();
    bench.apply(jool.records());
    bench.send(udp({ src: CLIENT, dst: SERVER6 }, 4000, 53));
    // A hint (RecordKind) to the foreign owner, with the first packet.
    expect([...bench.records().subarray(0, 2)]).toEqual([5, FOREIGN]);
    sendUdp(bench, SETTLES + 10);
    expect([way.flows.size, bench.summary(FOREIGN).sessions]).toEqual([0, 1]);
    bench.translator.takeOver(FOREIGN);
    bench.wait(1000);
    sendUdp(bench, SETTLES);
    expect([way.flows.size, bench.summary(FOREIGN).sessions]).toEqual([1, 0]);
  });

  it('leaves, as a replica, when its owner says that its state has changed, or that it has ended', () => {
    const way = new Remembered();
    const owner = new Bench({ slot: 2 });
    const bench = benchWith(way);
    bench.translator.setPeerAlive(2, true);
    const there = { src: CLIENT, dst: SERVER6 };
    const at = pool4PortOf(owner.send(tcp(there, 4000, 80, SYN)).out);
    owner.send(tcp({ src: SERVER, dst: at.address }, 80, at.port, SYN | ACK));
    bench.apply(owner.records());
    bench.send(tcp(there, 4000, 80, ACK));
    expect(way.flows.size).toBe(1);
    owner.send(tcp(there, 4000, 80, FIN | ACK));
    bench.apply(owner.records());
    expect(way.flows.size).toBe(0);
    bench.apply(opened(owner, () => udp(there, 5000, 53)));
    for (let time = 0; time <= SETTLES; time++) bench.send(udp(there, 5000, 53));
    expect(way.flows.size).toBe(1);
    owner.wait(OPTIONS.timeouts.udp + 1000);
    bench.apply(owner.records());
    expect(way.flows.size).toBe(0);
  });

  it('is refused when there is no room, asks again later, and goes the slow path meanwhile', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    way.room = 0;
    sendUdp(bench, 3 * SETTLES + 1);
    expect(count(bench, 'fastPathFull')).toBeGreaterThanOrEqual(2);
    way.room = 1;
    sendUdp(bench, SETTLES);
    expect(way.flows.size).toBe(1);
  });

  it('leaves at a reload, because what may settle may have changed', () => {
    const way = new Remembered();
    const bench = benchWith(way);
    openTcp(bench, 21);
    expect(way.flows.size).toBe(1);
    expect(bench.translator.reconfigure({ ...OPTIONS, ftpAlg: true })).toEqual([]);
    bench.wait(1);
    expect(way.flows.size).toBe(0);
  });
});

/** The records that tell of one settled session. */
function sessionRecords(bench: Bench): Uint8Array {
  bench.send(udp({ src: CLIENT, dst: SERVER6 }, 4000, 53));
  const records = bench.records();
  sendUdp(bench, SETTLES + 1);
  return records;
}

/** What a node says of the session that a packet opens. */
function opened(owner: Bench, packet: () => Uint8Array): Uint8Array {
  owner.send(packet());
  return owner.records();
}

describe('whatever happens', () => {
  it('what has the fast path is a live session', () => {
    const work = fc.array(fc.record({ client: fc.nat(3), what: fc.nat(5), wait: fc.nat(200_000) }), { maxLength: 150 });
    fc.assert(
      fc.property(work, (steps) => {
        const way = new Remembered();
        const bench = benchWith(way);
        const peer = new Bench({ slot: 2 });
        bench.translator.setPeerAlive(2, true);
        for (const { client, what, wait } of steps) {
          const there = { src: `2001:db8::${client + 1}`, dst: SERVER6 };
          if (what === 0) bench.wait(wait);
          else if (what === 1) way.seen(bench.nowMs);
          else if (what === 2) bench.send(tcp(there, 4000, 80, FIN | ACK));
          else if (what === 3) peer.apply(bench.records());
          else if (what === 4) {
            peer.nowMs = bench.nowMs;
            peer.translator.takeOver(1);
            peer.wait(1);
            bench.apply(peer.records());
          } else for (let time = 0; time < 20; time++) bench.send(udp(there, 4000 + client, 53));
          const live = allSessions(bench.translator.store, bench.nowMs).map(
            ({ client: address, clientPort }) => `${address} ${clientPort}`,
          );
          for (const flow of way.flows.keys()) expect(live).toContain(flow.split(' ').slice(1, 3).join(' '));
        }
      }),
      { numRuns: 60, seed: 20_261_124 },
    );
  });
});
