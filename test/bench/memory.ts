/*
 * What sessions cost in memory and time: fills a translator with sessions, each with a BIB entry of its own, in steps,
 * and prints after each how much the resident memory grew and how long one session took. Run with
 *
 *     npm run bench:sessions -- 4000000
 */
import { storesSessions } from '../../src/dataplane/session-translator.ts';
import { instanceOptions } from '../../src/lab/bench/course.ts';
import { GSO_NONE } from '../../src/net/offload.ts';
import { PacketArena } from '../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../src/translator/counters.ts';
import { createTranslator } from '../../src/translator/create.ts';
import type { Nat64Options } from '../../src/translator/options.ts';
import { HEADROOM, TAILROOM, type Translator, Verdict } from '../../src/translator/translator.ts';

const STEPS = [10_000, 100_000, 1_000_000, 2_000_000, 4_000_000];
const IPV6 = 40;
const UDP = 8;
const MIB = 2 ** 20;

const most = Number(process.argv[2] ?? 4_000_000);
const options = nat64Options();
const pool4 = options.pool4.map((entry) => ({ ...entry, prefix: '11.64.0.0/25' }));

function nat64Options(): Nat64Options {
  const { translator } = instanceOptions({});
  if (translator.kind !== 'nat64') throw new Error('the course runs a nat64 instance');
  return translator;
}

/** A datagram from client `number`, ports and addresses spread as those of many houses are. */
function writeDatagram({ bytes, view }: PacketArena, number: number): number {
  const at = HEADROOM;
  bytes.fill(0, at, at + IPV6 + UDP);
  view.setUint32(at, 0x6000_0000);
  view.setUint16(at + 4, UDP);
  bytes[at + 6] = 17;
  bytes[at + 7] = 64;
  view.setUint32(at + 8, 0x2001_0db8);
  view.setUint32(at + 12, number % 65_536);
  view.setUint32(at + 20, 1);
  view.setUint32(at + 24, 0x0064_ff9b);
  view.setUint32(at + 36, 0x0b04_0050);
  view.setUint16(at + IPV6, 1024 + Math.floor(number / 65_536));
  view.setUint16(at + IPV6 + 2, 53);
  view.setUint16(at + IPV6 + 4, UDP);
  view.setUint16(at + IPV6 + 6, 1);
  return IPV6 + UDP;
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** Sessions made before anything is measured, in tables of their own: what V8 compiles is compiled then. */
const WARM_UP = 50_000;

const arena = new PacketArena(HEADROOM + 2048 + TAILROOM);
const offload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
const records = new Uint8Array(64 * 1024);

function translatorFor(sessions: number): Translator {
  const limits = { ...options.limits, sessions, bibEntries: sessions };
  return createTranslator({ ...options, pool4, limits }, { emit: () => undefined }, new TranslatorCounters());
}

/** Makes sessions `first` to `end`, less one. */
function make(translator: Translator, first: number, end: number): void {
  for (let made = first; made < end; made++) {
    const verdict = translator.process(arena, HEADROOM, writeDatagram(arena, made), offload, 1);
    if (verdict !== Verdict.translated) throw new Error(`session ${made} was not made: verdict ${verdict}`);
    // The log is drained as a worker drains it, so that nothing but the tables is measured.
    if (made % 1024 === 0 && storesSessions(translator)) {
      while (translator.takeRecords(records, 0, 1024, 1) > 0);
    }
  }
}

make(translatorFor(WARM_UP), 0, WARM_UP);
const before = resident();
const translator = translatorFor(most);

let made = 0;
for (const step of STEPS.filter((count) => count <= most)) {
  const started = performance.now();
  const first = made;
  make(translator, first, step);
  made = step;
  const each = ((performance.now() - started) * 1e6) / (made - first);
  const grown = resident() - before;
  process.stdout.write(
    `${made} sessions: ${(grown / MIB).toFixed(0)} MiB resident, ${(grown / made).toFixed(0)} bytes each; the last ${made - first} took ${each.toFixed(0)} ns each\n`,
  );
}
