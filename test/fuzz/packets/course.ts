import { GSO_NONE, GSO_TCPV4, GSO_TCPV6, type PacketOffload } from '../../../src/net/offload.ts';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../../../src/translator/counters.ts';
import { createTranslator } from '../../../src/translator/create.ts';
import { Nat64Translator } from '../../../src/translator/nat64/nat64-translator.ts';
import { HEADROOM, TAILROOM, type Translator, Verdict } from '../../../src/translator/translator.ts';
import { parseIp } from '../../unit/translator/oracle-address.ts';
import { Dissection, fold, pseudoSum, put16 } from './dissection.ts';
import { Judge, Wrong } from './judge.ts';
import { Mutation } from './mutation.ts';
import { Random } from './random.ts';
import { turned } from './shapes.ts';
import { type Target, TARGETS } from './targets.ts';

/** Packets that one pair of translators sees; a run is cut into such parts, each of which can be run again alone. */
export const EPOCH = 20_000;
const LARGEST = 66_000;
const CANARY = 64;
const START = CANARY + HEADROOM;
/** Translated packets that are kept to be sent back the other way. */
const KEPT = 64;
const KIND_OF_VERDICT = ['pass', 'pass', 'answer', 'drop', 'hold'];

/** One translator in an arena of its own, with junk around each packet that it must neither change nor be moved by. */
class Stand {
  readonly arena = new PacketArena(START + LARGEST + TAILROOM + CANARY);
  readonly judge: Judge;
  readonly counters = new TranslatorCounters();
  readonly translator: Translator;
  readonly offload: PacketOffload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
  readonly #junk: number;

  constructor(target: Target, junk: number) {
    this.#junk = junk;
    this.judge = new Judge(
      Uint8Array.from(parseIp(target.options.icmpSource6)),
      target.options.kind === 'nat64' ? 1 : 0,
    );
    const emit = (arena: PacketArena, offset: number, length: number, offload: PacketOffload): void => {
      if (offset < 0 || offset + length > arena.bytes.length) throw new Wrong('a packet outside the arena');
      this.judge.take(arena.bytes, offset, length, offload);
    };
    this.translator = createTranslator(target.options, { emit }, this.counters);
  }

  /** @returns the verdict on the packet */
  process(packet: Uint8Array, length: number, like: PacketOffload, nowMs: number): Verdict {
    const { bytes } = this.arena;
    const end = START + length;
    bytes.fill(this.#junk, 0, START);
    bytes.fill(this.#junk, end, end + TAILROOM + CANARY);
    bytes.set(packet.subarray(0, length), START);
    Object.assign(this.offload, like);
    this.judge.before(bytes, START, length, this.offload);
    const verdict = this.translator.process(this.arena, START, length, this.offload, nowMs);
    for (let index = 0; index < CANARY; index++) {
      const touched = bytes[index] !== this.#junk || bytes[end + TAILROOM + index] !== this.#junk;
      if (touched) throw new Wrong('bytes outside the headroom and tailroom changed');
    }
    return verdict;
  }
}

/** What stopped a run. */
export interface Finding {
  readonly index: number;
  readonly target: string;
  readonly what: string;
  readonly packet: string;
  readonly offload: PacketOffload;
}

/** Sends packets `first` to `first + count` of the run that a seed names. @returns what was wrong, if anything was */
export class Course {
  readonly #seed: number;
  readonly #packet = new Uint8Array(LARGEST);
  readonly #d = new Dissection();
  readonly #sums = { before: new Float64Array(COUNTERS.length) };
  verdicts = new Float64Array(KIND_OF_VERDICT.length);

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Runs one epoch, or its packets up to and with index `last`. */
  epoch(epoch: number, count: number, onPacket?: (index: number) => void): Finding | undefined {
    const random = new Random(Math.imul(this.#seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b));
    const target = TARGETS[epoch % TARGETS.length];
    const stands = [new Stand(target, 0xa5), new Stand(target, 0x3c)] as const;
    const mutation = new Mutation(random);
    const kept: Uint8Array[] = [];
    let nowMs = 1000;
    for (let step = 0; step < count; step++) {
      const shape = kept.length > 0 && random.chance(0.4) ? random.pick(kept) : random.pick(target.shapes);
      this.#packet.set(shape);
      const length = mutation.apply(this.#packet, 0, shape.length, Math.min(LARGEST, shape.length + 200));
      const offload = this.#offloadFor(random, length);
      nowMs += pause(random);
      const index = epoch * EPOCH + step;
      onPacket?.(index);
      try {
        this.#both(stands, target, length, offload, nowMs);
        keep(stands[0].judge, kept, random);
        if (random.chance(0.02)) this.#tick(stands, nowMs, random.below(200));
      } catch (error) {
        const what =
          error instanceof Wrong ? error.message : error instanceof Error ? (error.stack ?? '') : String(error);
        const packet = Buffer.from(this.#packet.subarray(0, length)).toString('hex');
        return { index, target: target.name, what, packet, offload };
      }
    }
    return undefined;
  }

  #both(stands: readonly [Stand, Stand], target: Target, length: number, offload: PacketOffload, nowMs: number): void {
    const [one, two] = stands;
    this.#sums.before.set(one.counters.values);
    const verdict = one.process(this.#packet, length, offload, nowMs);
    const { options } = target;
    one.judge.verdict(verdict, options.kind === 'siit' && options.zeroChecksumUdp === 'forward');
    this.#counted(one, verdict);
    this.verdicts[verdict] += 1;
    if (two.process(this.#packet, length, offload, nowMs) !== verdict)
      throw new Wrong('a verdict that depends on bytes around the packet');
    sameOutput(one.judge, two.judge);
    if (one.translator instanceof Nat64Translator && options.kind === 'nat64') {
      const { sessionCount, bibCount } = one.translator;
      if (sessionCount > options.limits.sessions || bibCount > options.limits.bibEntries)
        throw new Wrong('a table beyond its limit');
    }
  }

  /**
   * One counter of the verdict's kind has grown by one, and no other that stands for a packet, but for fragments that
   * were set free with it.
   */
  #counted({ counters }: Stand, verdict: Verdict): void {
    let grown = 0;
    let others = 0;
    for (let index = 0; index < COUNTERS.length; index++) {
      const change = counters.values[index] - this.#sums.before[index];
      const { kind } = COUNTERS[index];
      if (kind === KIND_OF_VERDICT[verdict]) grown += change;
      else if (kind !== 'fact') others += change;
    }
    const fragment = this.#d.read(this.#packet, 0, LARGEST).fragment;
    if (fragment ? grown < 1 : grown !== 1 || others !== 0)
      throw new Wrong(`verdict ${verdict}: ${grown} counted, ${others} others`);
  }

  #tick(stands: readonly [Stand, Stand], nowMs: number, budget: number): void {
    for (const { judge, translator } of stands) {
      judge.clear();
      translator.tick(nowMs, budget);
      for (let index = 0; index < judge.count; index++) judge.single(index);
    }
    sameOutput(stands[0].judge, stands[1].judge);
  }

  /** Now and then a packet is one whose checksum the kernel leaves to be completed, or a large one to be cut. */
  #offloadFor(random: Random, length: number): PacketOffload {
    const plain = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
    if (!random.chance(0.15)) return plain;
    const d = this.#d.read(this.#packet, 0, length);
    const header = d.protocol === 6 ? 20 : 8;
    if (!d.whole || (d.protocol !== 6 && d.protocol !== 17) || d.l4Length < header) return plain;
    put16(this.#packet, d.l4 + (d.protocol === 6 ? 16 : 6), fold(pseudoSum(this.#packet, d)));
    const cut = d.protocol === 6 && d.l4Length > 600 && random.chance(0.5);
    const gsoType = cut ? (d.family === 4 ? GSO_TCPV4 : GSO_TCPV6) : GSO_NONE;
    return { partialChecksum: true, gsoType, gsoSize: cut ? 500 : 0 };
  }
}

function pause(random: Random): number {
  if (random.chance(0.97)) return random.below(4);
  return random.chance(0.9) ? random.below(3000) : random.below(random.chance(0.9) ? 400_000 : 20_000_000);
}

function keep(judge: Judge, kept: Uint8Array[], random: Random): void {
  if (judge.count === 0 || !random.chance(0.2)) return;
  const which = random.below(judge.count);
  const start = judge.starts[which];
  const packet = turned(judge.bytes.subarray(start, start + judge.lengths[which]));
  if (kept.length < KEPT) kept.push(packet);
  else kept[random.below(KEPT)] = packet;
}

function sameOutput(one: Judge, two: Judge): void {
  if (one.count !== two.count) throw new Wrong('a number of packets that depends on bytes around the packet');
  if (one.count === 0) return;
  const last = one.count - 1;
  const end = one.starts[last] + one.lengths[last];
  const equal =
    Buffer.compare(one.bytes.subarray(0, end), two.bytes.subarray(0, two.starts[last] + two.lengths[last])) === 0;
  if (!equal) throw new Wrong('output that depends on bytes around the packet');
}
