/*
 * The core alone: what the translation of one packet costs, beside a plain copy of it. Run with
 *
 *     npm run bench:core
 */
import { bench, group, run } from 'mitata';
import { instanceOptions } from '../../src/lab/bench/course.ts';
import { sumWords } from '../../src/net/checksum.ts';
import { GSO_NONE, GSO_TCPV6 } from '../../src/net/offload.ts';
import { PacketArena } from '../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../src/translator/counters.ts';
import { createTranslator } from '../../src/translator/create.ts';
import { HEADROOM, TAILROOM, Verdict } from '../../src/translator/translator.ts';

const CLIENTS = 4096;
const IPV6 = 40;
const TCP = 20;

/**
 * A TCP SYN or segment from client `client`, port `port`, to 64:ff9b::b04:50 port 443, with the checksum left to the
 * interface.
 */
function writeSegment(arena: PacketArena, client: number, port: number, payload: number, flags: number): number {
  const { bytes, view } = arena;
  const at = HEADROOM;
  bytes.fill(0, at, at + IPV6 + TCP);
  view.setUint32(at, 0x60000000);
  view.setUint16(at + 4, TCP + payload);
  bytes[at + 6] = 6;
  bytes[at + 7] = 64;
  view.setUint32(at + 8, 0x20010db8);
  view.setUint32(at + 20, client + 1);
  view.setUint32(at + 24, 0x0064ff9b);
  view.setUint32(at + 36, 0x0b040050);
  view.setUint16(at + IPV6, port);
  view.setUint16(at + IPV6 + 2, 443);
  bytes[at + IPV6 + 12] = 0x50;
  bytes[at + IPV6 + 13] = flags;
  return IPV6 + TCP + payload;
}

const SYN = 2;
const ACK = 16;
const SESSIONS = 1_000_000;
const WARM_UP = 200_000;
const arena = new PacketArena(HEADROOM + 65_536 + TAILROOM);
const offload = { partialChecksum: true, gsoType: GSO_NONE, gsoSize: 0 };

function translatorWith(sessions: number): ReturnType<typeof createTranslator> {
  const { translator: options } = instanceOptions({});
  if (options.kind !== 'nat64') throw new Error('the course runs a nat64 instance');
  const wide = { ...options, pool4: options.pool4.map((entry) => ({ ...entry, prefix: '11.64.0.0/24' })) };
  const limits = { ...options.limits, sessions: sessions + 16, bibEntries: sessions + 16 };
  const translator = createTranslator({ ...wide, limits }, { emit: () => undefined }, new TranslatorCounters());
  for (let number = 0; number < sessions; number++) {
    const length = writeSegment(arena, number % CLIENTS, 1024 + Math.floor(number / CLIENTS), 0, SYN);
    const verdict = translator.process(arena, HEADROOM, length, offload, 1);
    if (verdict !== Verdict.translated) throw new Error(`session ${number} was not made: verdict ${verdict}`);
  }
  return translator;
}

const started = performance.now();
const translator = translatorWith(SESSIONS);
const made = performance.now() - started;
process.stdout.write(
  `${SESSIONS} sessions made in ${made.toFixed(0)} ms: ${((SESSIONS / made) * 1000).toFixed(0)} a second\n`,
);
process.stdout.write(`resident: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB\n`);

let next = 0;

/** One packet of the next of a million sessions. */
function translateOne(payload: number, gsoType: number): void {
  next = (next + 7919) % SESSIONS;
  const length = writeSegment(arena, next % CLIENTS, 1024 + Math.floor(next / CLIENTS), payload, ACK);
  offload.gsoType = gsoType;
  offload.gsoSize = gsoType === GSO_NONE ? 0 : 1440;
  translator.process(arena, HEADROOM, length, offload, 2);
}

// Compiled before it is measured: whoever measures decides by the first calls how many are measured together.
for (let count = 0; count < WARM_UP; count++) translateOne(1440, GSO_NONE);
for (const [name, payload, gsoType] of [
  ['1460 bytes', 1440, GSO_NONE],
  ['64 KiB segment', 65_000, GSO_TCPV6],
] as const) {
  group(name, () => {
    bench('translated, a session of 1 M', () => translateOne(payload, gsoType)).gc('inner');
    const copy = new Uint8Array(65_536);
    bench('copied', () => copy.set(arena.bytes.subarray(HEADROOM, HEADROOM + payload + 60)));
    bench('summed', () => sumWords(arena.view, HEADROOM, payload + 60));
  });
}
await run();
