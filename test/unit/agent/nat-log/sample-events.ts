import { RecordRing } from '../../../../src/dataplane/record-ring.ts';
import type { LogIdentity, LogSource } from '../../../../src/agent/nat-log/log-source.ts';
import { NatEventKind, NatEvents } from '../../../../src/translator/nat64/nat-events.ts';

export const IDENTITY: LogIdentity = { node: 'gw1', slot: 1, epoch: 1_767_225_600_000 };
export const SOURCE: LogSource = {
  ...IDENTITY,
  instance: 'lower',
  number: 1,
  limits: { sessions: 1000, perClient: 50, high: 90, low: 80 },
};
export const CLIENT = Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9);
/** 2026-01-01T00:00:01.500Z */
export const NOON_MS = 1_767_225_601_500;

/** A ring as a worker fills it, and what writes into it. */
export class SampleWorker {
  readonly events = new NatEvents('sessions', true);
  readonly ring: SharedArrayBuffer;
  readonly #ring: RecordRing;

  constructor(records = 1024) {
    this.ring = RecordRing.allocate(records);
    this.#ring = new RecordRing(this.ring);
    this.events.nowMs = NOON_MS;
  }

  add(...numbers: Parameters<NatEvents['add']>): void {
    const at = this.events.add(...numbers);
    if (at >= 0) this.events.bytes.set(CLIENT, at);
  }

  session(port: number, kind: NatEventKind = NatEventKind.sessionCreated): void {
    this.add(kind, 6, 0xc0000201, port, 4000, 0xc6336407, 443, 1);
  }

  /** What the worker does once in each iteration. */
  commit(): void {
    for (let moved = -1; moved !== 0;) {
      const room = this.#ring.writable;
      moved = room === 0 ? 0 : this.events.take(this.#ring.bytes, this.#ring.writeOffset, room, 0);
      this.#ring.commit(moved);
    }
  }

  get waiting(): number {
    return this.#ring.length;
  }
}
