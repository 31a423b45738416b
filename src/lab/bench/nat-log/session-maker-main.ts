import { workerData, parentPort } from 'node:worker_threads';
import { RecordRing } from '../../../dataplane/record-ring.ts';
import { storesSessions, type SessionTranslator } from '../../../dataplane/session-translator.ts';
import { GSO_NONE } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { TranslatorCounters } from '../../../translator/counters.ts';
import { createTranslator } from '../../../translator/create.ts';
import type { Nat64Options } from '../../../translator/options.ts';
import { HEADROOM, TAILROOM, Verdict } from '../../../translator/translator.ts';

/*
 * A worker without devices: the translator with packets written in memory, each of which creates a session, at a
 * constant rate, and the data transfer of each iteration as in the worker's loop. In real time.
 */

export interface MakerOrder {
  readonly events: SharedArrayBuffer;
  readonly options: Nat64Options;
  /** Sessions per second, and duration in seconds. */
  readonly rate: number;
  readonly seconds: number;
}

export interface Made {
  readonly created: number;
  readonly ended: number;
  readonly seconds: number;
}

const CLIENTS = 4096;
const IPV6 = 40;
const UDP = 8;
const PAYLOAD = 36;
/** Number of packets, and limit of expiring table entries, per iteration. */
const BATCH = 64;
const TICK = 256;
const RECORDS = 1024;
const PAUSE_MS = 1;

const arena = new PacketArena(HEADROOM + IPV6 + UDP + PAYLOAD + TAILROOM);
const offload = { partialChecksum: true, gsoType: GSO_NONE, gsoSize: 0 };

/** Writes a datagram of a new session. @returns its length */
function writeDatagram(number: number): number {
  const { bytes, view } = arena;
  const at = HEADROOM;
  bytes.fill(0, at, at + IPV6 + UDP + PAYLOAD);
  view.setUint32(at, 0x60000000);
  view.setUint16(at + 4, UDP + PAYLOAD);
  bytes[at + 6] = 17;
  bytes[at + 7] = 64;
  view.setUint32(at + 8, 0x20010db8);
  view.setUint16(at + 14, number % CLIENTS);
  bytes[at + 23] = 1;
  view.setUint32(at + 24, 0x0064ff9b);
  view.setUint32(at + 36, 0x0b050001);
  view.setUint16(at + IPV6, 1024 + (Math.floor(number / CLIENTS) % 60_000));
  view.setUint16(at + IPV6 + 2, 53);
  view.setUint16(at + IPV6 + 4, UDP + PAYLOAD);
  return IPV6 + UDP + PAYLOAD;
}

class SessionMaker {
  readonly #translator: SessionTranslator;
  readonly #ring: RecordRing;
  readonly #records = new Uint8Array(RECORDS * 64);
  readonly #sleep = new Int32Array(new SharedArrayBuffer(4));
  #created = 0;

  constructor({ events, options }: MakerOrder) {
    const translator = createTranslator(options, { emit: () => undefined }, new TranslatorCounters());
    if (!storesSessions(translator)) throw new Error('a translator without sessions');
    this.#translator = translator;
    this.#ring = new RecordRing(events);
  }

  run(rate: number, seconds: number): Made {
    const begun = performance.now();
    for (let sent = 0, nowMs = begun; nowMs - begun < seconds * 1000; nowMs = performance.now()) {
      const due = Math.min(BATCH, Math.floor(((nowMs - begun) * rate) / 1000) - sent);
      for (let packet = 0; packet < due; packet++) this.#send(sent + packet, nowMs);
      sent += Math.max(0, due);
      this.#iterate(nowMs);
      if (due < BATCH) Atomics.wait(this.#sleep, 0, 0, PAUSE_MS);
    }
    const took = performance.now() - begun;
    while (this.#iterate(begun + took));
    const ended = this.#created - this.#translator.sessionCount;
    return { created: this.#created, ended, seconds: took / 1000 };
  }

  #send(number: number, nowMs: number): void {
    const length = writeDatagram(number);
    const verdict = this.#translator.process(arena, HEADROOM, length, offload, nowMs);
    if (verdict !== Verdict.translated) throw new Error(`session ${number} was not made: verdict ${verdict}`);
    this.#created += 1;
  }

  /** @returns whether there is more to do at the same time */
  #iterate(nowMs: number): boolean {
    const due = this.#translator.tick(nowMs, TICK);
    const records = this.#translator.takeRecords(this.#records, 0, RECORDS, nowMs);
    const room = Math.min(this.#ring.writable, RECORDS);
    const events = room === 0 ? -1 : this.#takeEvents(room);
    return due || records > 0 || events !== 0;
  }

  #takeEvents(room: number): number {
    const { bytes, writeOffset } = this.#ring;
    const events = this.#translator.takeEvents(bytes, writeOffset, room, performance.timeOrigin);
    this.#ring.commit(events);
    return events;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only stand-main.ts starts this thread
const order = workerData as MakerOrder;
const made = new SessionMaker(order).run(order.rate, order.seconds);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(made);
