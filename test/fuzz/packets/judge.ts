import type { PacketOffload } from '../../../src/net/offload.ts';
import { Verdict } from '../../../src/translator/translator.ts';
import { Dissection, fold, pseudoSum, put16, sum, transportIsRight, u16 } from './dissection.ts';

/**
 * More packets than this never come from one: 64 KiB in pieces of the smallest MTU, or the fragments that one sets
 * free.
 */
const MOST_OUTPUTS = 128;
const LARGEST = 70_000;

/** A packet that came out wrong; the message says how. */
export class Wrong extends Error {
  override readonly name = 'Wrong';
}

function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Wrong(what);
}

/** Judges what comes out for one packet that went in, by the definitions and not by the translator's code. */
export class Judge {
  count = 0;
  readonly bytes = new Uint8Array(MOST_OUTPUTS * 4096 + 4 * LARGEST);
  readonly starts = new Int32Array(MOST_OUTPUTS);
  readonly lengths = new Int32Array(MOST_OUTPUTS);
  readonly #partial = new Uint8Array(MOST_OUTPUTS);
  readonly #input = new Uint8Array(LARGEST);
  #inputLength = 0;
  readonly #in = new Dissection();
  readonly #out = new Dissection();
  readonly #quoted = new Dissection();
  readonly #joined = new Uint8Array(LARGEST + 40);
  #inputRight: boolean | undefined;
  #inputPartial = false;
  #end = 0;
  readonly #own6: Uint8Array;
  readonly #firstHalf: 0 | 1;

  /**
   * @param own6 the address that the translator's own ICMPv6 errors come from
   * @param firstHalf hops that the first half of a hairpin takes: one where the packet comes in again as from the
   * network (RFC 6146 section 3.8)
   */
  constructor(own6: Uint8Array, firstHalf: 0 | 1) {
    this.#own6 = own6;
    this.#firstHalf = firstHalf;
  }

  /** Looks at a packet before it goes in. */
  before(bytes: Uint8Array, at: number, length: number, offload: PacketOffload): void {
    this.count = 0;
    this.#end = 0;
    this.#input.set(bytes.subarray(at, at + length));
    this.#inputLength = length;
    this.#in.read(this.#input, 0, length);
    this.#inputPartial = offload.partialChecksum;
    this.#inputRight = offload.partialChecksum ? true : transportIsRight(this.#input, this.#in);
  }

  /** Forgets what has come out. */
  clear(): void {
    this.count = 0;
    this.#end = 0;
  }

  take(bytes: Uint8Array, at: number, length: number, offload: PacketOffload): void {
    demand(this.count < MOST_OUTPUTS, 'too many packets for one');
    demand(length > 0 && length <= 65_575, `a packet of ${length} bytes`);
    this.bytes.set(bytes.subarray(at, at + length), this.#end);
    this.starts[this.count] = this.#end;
    this.lengths[this.count] = length;
    this.#partial[this.count] = offload.partialChecksum ? 1 : 0;
    this.count += 1;
    this.#end += length;
  }

  /** Judges all that has come out for the packet. @param forwardsZero a UDP checksum may be missing over IPv6 */
  verdict(verdict: Verdict, forwardsZero: boolean): void {
    const ways = this.#in.fragment ? Verdict.translated : verdict;
    if (ways === Verdict.error) demand(this.count === 1, 'an answer is one packet');
    if (!this.#in.fragment && (verdict === Verdict.dropped || verdict === Verdict.held)) {
      demand(this.count === 0, 'a packet that was not translated came out');
    }
    if (verdict === Verdict.translated || verdict === Verdict.hairpinned) demand(this.count > 0, 'nothing came out');
    for (let index = 0; index < this.count; index++) this.single(index);
    if (this.#in.fragment || this.count === 0) return;
    if (verdict === Verdict.error) this.#answer();
    else this.#translation(verdict, forwardsZero);
  }

  /** What every packet must be, whatever it came from. */
  single(index: number): void {
    const { bytes } = this;
    const at = this.starts[index];
    const length = this.lengths[index];
    const out = this.#out.read(bytes, at, length);
    demand(out.sound, 'headers that contradict themselves');
    demand(out.headerChecksum, 'wrong IPv4 header checksum');
    demand(out.hops > 0, 'no hop left');
    if (out.family === 4) demand(u16(bytes, at + 2) === length && bytes[at] === 0x45, 'wrong IPv4 length');
    else demand(u16(bytes, at + 4) + 40 === length, 'wrong IPv6 length');
    demand(out.protocol !== (out.family === 4 ? 58 : 1), 'ICMP of the other family');
    if (isError(bytes, out)) this.#error(out);
  }

  #error(out: Dissection): void {
    const { bytes } = this;
    demand(transportIsRight(bytes, out) !== false, 'ICMP error with a wrong checksum');
    const at = out.l4 + 8;
    const room = out.l4Length - 8;
    const units = out.family === 4 ? bytes[out.l4 + 5] * 4 : bytes[out.l4] === 2 ? 0 : bytes[out.l4 + 4] * 8;
    const carries = out.family === 4 || bytes[out.l4] === 1 || bytes[out.l4] === 3;
    if (carries && units > 0) {
      demand(units >= 128, 'a quote before extensions that is too short');
      demand(units <= room, 'a quote that is longer than the message');
    }
    demand(out.l4Length + (out.family === 4 ? 20 : 40) <= (out.family === 4 ? 576 : 1280), 'too long an ICMP error');
    if (room < 20) return;
    demand(bytes[at] >> 4 === out.family, 'a quote of the other family');
    if (out.family === 4 && (bytes[at] & 15) * 4 <= room) {
      demand(fold(sum(bytes, at, (bytes[at] & 15) * 4)) === 0xffff, 'wrong header checksum in a quote');
    }
  }

  /** The answer to a packet quotes it as it was. */
  #answer(): void {
    const out = this.#out;
    demand(isError(this.bytes, out), 'an answer that is no error');
    if (out.family !== this.#in.family) {
      // About the second half of a hairpin of a sender without a session: it goes to the IPv4 address that the first
      // half has given it.
      demand(this.#in.family === 6, 'an answer of the other family');
      return;
    }
    const quoted = out.l4Length - 8;
    const source = this.bytes.subarray(this.starts[0] + 8, this.starts[0] + 24);
    if (out.family === 6 && Buffer.compare(source, this.#own6) !== 0) {
      // About the second half of a hairpin: the packet has lost its extension headers, and what an embedding address
      // has from octet 8 on.
      demand(
        this.bytes[out.l4 + 8 + 7] === this.#input[7] - this.#firstHalf,
        'a quote with other hops than the packet',
      );
      for (const start of [8, 24]) {
        const same = Buffer.compare(
          this.bytes.subarray(out.l4 + 8 + start, out.l4 + 16 + start),
          this.#input.subarray(start, start + 8),
        );
        demand(same === 0, 'a quote with other ends than the packet');
      }
      return;
    }
    demand(quoted <= this.#inputLength, 'a quote with more than there was');
    for (let index = 0; index < quoted; index++) {
      demand(this.bytes[out.l4 + 8 + index] === this.#input[index], 'a quote that differs from the packet');
    }
  }

  #translation(verdict: Verdict, forwardsZero: boolean): void {
    const same = verdict === Verdict.hairpinned;
    const { bytes } = this;
    const first = this.#quoted.read(bytes, this.starts[0], this.lengths[0]);
    demand((first.family === this.#in.family) === same, 'the wrong family');
    demand(first.hops === this.#in.hops - 1 - (same ? this.#firstHalf : 0), 'hops that do not count');
    const error = isError(this.#input, this.#in);
    demand(error === isError(bytes, first), 'an error became something else');
    if (error) {
      demand(this.#inputRight !== false, 'an error with a wrong checksum went through');
      return;
    }
    const joined = this.count === 1 && !first.fragment;
    const whole = joined ? first : this.#join();
    const from = joined ? bytes : this.#joined;
    demand(whole.l4Length === this.#in.l4Length, 'a transport of another length');
    if (this.#partial[0] === 1) {
      demand(this.#inputPartial, 'a checksum became partial');
      const place = whole.protocol === 6 ? 16 : 6;
      demand(u16(from, whole.l4 + place) % 0xffff === fold(pseudoSum(from, whole)) % 0xffff, 'wrong partial checksum');
      return;
    }
    this.#sums(from, whole, forwardsZero);
  }

  /** Right stays right and wrong stays wrong. */
  #sums(bytes: Uint8Array, out: Dissection, forwardsZero: boolean): void {
    const now = transportIsRight(bytes, out);
    if (out.family === 6 && out.protocol === 17 && !forwardsZero) {
      const udp6 = this.#in.family === 6;
      demand(udp6 || u16(bytes, out.l4 + 6) !== 0, 'UDP over IPv6 without a checksum');
    }
    if (this.#inputRight === undefined || now === undefined) return;
    demand(
      now === this.#inputRight,
      this.#inputRight ? 'a right checksum became wrong' : 'a wrong checksum became right',
    );
  }

  /** Puts fragments together again that one packet was cut into. */
  #join(): Dissection {
    let expected = 0;
    const d = this.#quoted;
    const six = this.bytes[this.starts[0]] >> 4 === 6;
    const header = six ? 40 : 20;
    for (let index = 0; index < this.count; index++) {
      d.read(this.bytes, this.starts[index], this.lengths[index]);
      demand((d.family === 6) === six && d.fragment && d.fragmentOffset === expected, 'fragments with a gap');
      demand(six || (this.bytes[this.starts[index] + 6] & 0x40) === 0, 'fragments that may not be fragmented');
      demand(d.more === index < this.count - 1, 'the wrong last fragment');
      demand(!d.more || d.l4Length % 8 === 0, 'a fragment of odd length');
      this.#joined.set(this.bytes.subarray(d.l4, d.l4 + d.l4Length), header + expected);
      expected += d.l4Length;
    }
    this.#joined.set(this.bytes.subarray(0, header));
    if (six) this.#joined[6] = d.protocol;
    else put16(this.#joined, 6, 0);
    put16(this.#joined, six ? 4 : 2, six ? expected : header + expected);
    return d.read(this.#joined, 0, header + expected);
  }
}

function isError(bytes: Uint8Array, d: Dissection): boolean {
  if (!d.sound || d.fragmentOffset > 0 || d.l4Length < 8) return false;
  const type = bytes[d.l4];
  if (d.protocol === 58 && d.family === 6) return type >= 1 && type <= 4;
  return d.protocol === 1 && d.family === 4 && (type === 3 || type === 11 || type === 12);
}
