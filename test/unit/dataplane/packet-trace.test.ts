import { describe, expect, it } from 'vitest';
import { PacketTrace, type TraceQuestion } from '../../../src/dataplane/packet-trace.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../../../src/translator/counters.ts';
import { Nat64Translator } from '../../../src/translator/nat64/nat64-translator.ts';
import { HEADROOM, Verdict } from '../../../src/translator/translator.ts';
import type { TunSink } from '../../../src/dataplane/tun-sink.ts';
import { OPTIONS } from '../translator/nat64/bench-of-one.ts';
import { FLAGS, icmpError, tcp, udp } from '../translator/packets.ts';

const CLIENT = '2001:db8::1';
const WORDS = [0x2001_0db8, 0, 0, 1] as const;
const SERVER6 = '64:ff9b::203.0.113.1';
const SERVER4 = '203.0.113.1';
const QUESTION: TraceQuestion = {
  trace: 1,
  client: WORDS,
  client4: 0,
  remote4: 0,
  remotes6: [],
  packets: 100,
  snapLength: 1500,
  explain: true,
};
const PLAIN = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

class Stand {
  readonly #sink: Pick<TunSink, 'tap' | 'mayKeep'> & { emit: (a: PacketArena, o: number, l: number) => void } = {
    tap: undefined,
    mayKeep: false,
    emit: (arena, offset, length) => {
      this.#sink.tap?.(arena, offset, length);
      this.out.push(arena.bytes.slice(offset, offset + length));
    },
  };
  readonly #counters = new TranslatorCounters();
  readonly #translator = new Nat64Translator({ ...OPTIONS, slots: 1 }, this.#sink, this.#counters);
  readonly trace = new PacketTrace(this.#translator, this.#sink, () => [...this.#counters.values]);
  out: Uint8Array[] = [];
  nowMs = 1000;

  send(packet: Uint8Array): Verdict {
    const arena = new PacketArena(4000);
    arena.bytes.set(packet, HEADROOM);
    this.out = [];
    return this.trace.process(arena, HEADROOM, packet.length, PLAIN, this.nowMs);
  }

  /** Opens a mapping of the client. @returns its address and port */
  open(src = CLIENT): { address: string; port: number } {
    this.send(udp({ src, dst: SERVER6 }, 5000, 53, [1, 2, 3]));
    const [packet = new Uint8Array(24)] = this.out;
    const view = new DataView(packet.buffer, packet.byteOffset);
    return { address: [...packet.subarray(12, 16)].join('.'), port: view.getUint16(20) };
  }

  names(counted: readonly { index: number; by: number }[]): string[] {
    return counted.map(({ index }) => COUNTERS[index]?.name ?? '');
  }
}

describe('a trace of a client', () => {
  it('has its packets before and after, both ways, with what was decided and what counted them', () => {
    const stand = new Stand();
    expect(stand.trace.take(QUESTION, 1000)).toEqual({ packets: [], skipped: 0, isComplete: false });
    const sent = udp({ src: CLIENT, dst: SERVER6 }, 5000, 53, [1, 2, 3]);
    const { address, port } = stand.open();
    const answer = udp({ src: SERVER4, dst: address }, 53, port, [4]);
    stand.send(answer);
    stand.nowMs = 1200;
    const { packets } = stand.trace.take(QUESTION, 1200);
    expect(packets).toHaveLength(2);
    const [first, second] = packets;
    expect([...(first?.before.bytes ?? [])]).toEqual([...sent]);
    expect(first).toMatchObject({ ageMs: 200, verdict: Verdict.translated, reason: -1, after: [{ length: 31 }] });
    expect(first?.preview?.steps.map(({ kind }) => kind)).toEqual(['newMapping', 'newSession']);
    expect(first?.preview?.out[0]?.length).toBe(31);
    expect(stand.names(first?.counted ?? [])).toEqual(
      expect.arrayContaining(['translated6to4', 'sessionsCreated', 'bibCreated']),
    );
    expect([...(second?.before.bytes ?? [])]).toEqual([...answer]);
    expect(second?.preview?.steps.map(({ kind }) => kind)).toEqual(['mapping', 'session']);
    expect(stand.names(second?.counted ?? [])).toContain('translated4to6');
    expect(stand.trace.take(QUESTION, 1200).packets).toHaveLength(0);
  });

  it('has what is dropped too, and ICMP errors by where they go, but nothing of others', () => {
    const stand = new Stand();
    stand.trace.take(QUESTION, 1000);
    const mine = stand.open();
    const [sent = new Uint8Array(0)] = stand.out;
    const other = stand.open('2001:db8::2');
    stand.send(udp({ src: '203.0.113.9', dst: other.address }, 53, other.port));
    stand.send(udp({ src: SERVER4, dst: other.address }, 53, other.port));
    stand.send(icmpError({ src: SERVER4, dst: mine.address }, 3, 3, 0, sent.slice(0, 28)));
    stand.send(tcp({ src: CLIENT, dst: '2001:db8:ffff::1' }, 1, 2, FLAGS.syn));
    const { packets } = stand.trace.take(QUESTION, 1000);
    expect(packets.map(({ verdict }) => verdict)).toEqual([Verdict.translated, Verdict.translated, Verdict.dropped]);
    expect(packets[1]?.preview).toBeUndefined();
    expect(packets[1]?.after[0]?.bytes[0]).toBe(0x60);
    expect(COUNTERS[packets[2]?.reason ?? -1]?.name).toBe('dropNotForUs6');
  });

  it('is of one remote where that is asked for', () => {
    const stand = new Stand();
    const question = { ...QUESTION, remote4: 0xcb00_7109, remotes6: [[0x0064_ff9b, 0, 0, 0xcb00_7109] as const] };
    stand.trace.take(question, 1000);
    const { address, port } = stand.open();
    stand.send(udp({ src: SERVER4, dst: address }, 53, port));
    stand.send(udp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 5000, 53));
    stand.send(udp({ src: '203.0.113.9', dst: address }, 53, port));
    expect(stand.trace.take(question, 1000).packets).toHaveLength(2);
  });

  it('keeps so many packets, so many bytes of each, and counts what it has no room for', () => {
    const stand = new Stand();
    const question = { ...QUESTION, packets: 1200, snapLength: 128 };
    stand.trace.take(question, 1000);
    for (let count = 0; count < 1500; count++)
      stand.send(udp({ src: CLIENT, dst: SERVER6 }, 5000, 53, Array(300).fill(7)));
    const page = stand.trace.take(question, 1000);
    expect([page.packets.length, page.skipped, page.isComplete]).toEqual([1024, 176, true]);
    expect(page.packets[0]?.before).toMatchObject({ length: 348, bytes: { length: 128 } });
  });

  it('is one at a time, and ends when it is ended or when nobody asks any more', () => {
    const stand = new Stand();
    stand.trace.take(QUESTION, 1000);
    const other = { ...QUESTION, trace: 2 };
    expect(() => stand.trace.take(other, 11_000)).toThrow('already; end that trace first');
    stand.nowMs = 11_001;
    stand.open();
    expect(stand.trace.take(other, 11_001).packets).toHaveLength(0);
    stand.trace.end(1);
    stand.open();
    expect(stand.trace.take(other, 11_001).packets).toHaveLength(1);
    stand.trace.end(2);
    stand.open();
    expect(stand.trace.take(QUESTION, 11_001).packets).toHaveLength(0);
  });
});
