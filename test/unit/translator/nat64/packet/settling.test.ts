import { describe, expect, it } from 'vitest';
import { TranslatorCounters } from '../../../../../src/translator/counters.ts';
import type { FlowTraffic, SettledFlow } from '../../../../../src/translator/flow-offload.ts';
import { SettledSessions } from '../../../../../src/translator/nat64/packet/settled-sessions.ts';
import type { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { emptyStore } from '../tables/filled-store.ts';

const UDP = 17;
/** Packets after which a session settles that nobody answers. */
const SETTLES = 8;

class Settling {
  readonly store: SessionStore = emptyStore();
  /** Client ports of what the fast path has. */
  readonly flows = new Set<number>();
  readonly settled: SettledSessions;
  seenMs = Number.NEGATIVE_INFINITY;

  constructor() {
    const offload = {
      isAttached: true,
      enter: ({ clientPort }: SettledFlow) => this.flows.add(clientPort).has(clientPort),
      leave: ({ clientPort }: SettledFlow, traffic: FlowTraffic) => {
        this.flows.delete(clientPort);
        traffic.clear().seenMs = this.seenMs;
      },
      read: (_flow: SettledFlow, traffic: FlowTraffic) => {
        traffic.clear().seenMs = this.seenMs;
      },
    };
    const rules = { foreignSlot: 9, mayLeave: () => true, embed: () => undefined };
    this.settled = new SettledSessions(offload, this.store, 100, rules, new TranslatorCounters());
  }

  /** A session of client port N, of which the other nodes know. @returns its slot */
  open(port: number): number {
    const bib = this.store.entries.create(UDP, 0x20010db8, 0, 0, port % 2, port, 0xc0000201, 2000 + port);
    const slot = this.store.open(bib, 0xc6336407, 53, 0, 0);
    this.store.log.take(new Uint8Array(64 * 100), 0, 100, 0);
    return slot;
  }

  /** @returns what each packet of the session came to */
  packets(slot: number, count: number): boolean[] {
    return Array.from({ length: count }, () => this.settled.note(slot));
  }
}

describe('sessions on their way to the fast path', () => {
  it('settle with one packet, and say so with that one', () => {
    const settling = new Settling();
    const slot = settling.open(1);
    expect(settling.packets(slot, SETTLES + 2)).toEqual([
      ...Array<boolean>(SETTLES - 1).fill(false),
      true,
      false,
      false,
    ]);
    expect([settling.settled.has(slot), [...settling.flows]]).toEqual([true, [1]]);
  });

  it('never settle when they are of a client that is kept from it', () => {
    const settling = new Settling();
    settling.settled.excluded = [0x20010db8, 0, 0, 1];
    const [kept, other] = [settling.open(1), settling.open(2)];
    expect(settling.packets(kept, 5 * SETTLES).includes(true)).toBe(false);
    expect(settling.packets(other, SETTLES).includes(true)).toBe(true);
    expect([...settling.flows]).toEqual([2]);
  });

  it('all leave it when that is asked for, a part in each turn, and may come back', () => {
    const settling = new Settling();
    const slots = [1, 2, 3, 4, 5].map((port) => settling.open(port));
    for (const slot of slots) settling.packets(slot, SETTLES);
    expect(settling.settled.tick(2)).toBe(false);
    expect(settling.flows.size).toBe(5);
    settling.settled.forgetAll();
    const turns = [1, 2, 3, 4].map(() => [settling.settled.tick(2), settling.flows.size]);
    expect(turns).toEqual([
      [true, 3],
      [true, 1],
      [false, 0],
      [false, 0],
    ]);
    for (const slot of slots) settling.packets(slot, SETTLES);
    for (let turn = 0; turn < 5; turn++) expect(settling.settled.tick(2)).toBe(false);
    expect([...settling.flows]).toEqual([1, 2, 3, 4, 5]);
  });

  it('bring the time at which they were last seen there back with them', () => {
    const settling = new Settling();
    const slot = settling.open(1);
    settling.packets(slot, SETTLES);
    const { lastSeen } = settling.store.sessions;
    expect([settling.settled.refresh(slot), lastSeen.since(slot, 9000)]).toEqual([false, 9000]);
    settling.seenMs = 4000;
    expect([settling.settled.refresh(slot), lastSeen.since(slot, 9000)]).toEqual([true, 5000]);
    // It knows of that now, and goes back for nothing.
    expect(settling.settled.refresh(slot)).toBe(false);
    settling.seenMs = 3000;
    expect([settling.settled.refresh(slot), lastSeen.since(slot, 9000)]).toEqual([false, 5000]);
    settling.seenMs = 7000;
    settling.settled.forget(slot);
    expect([settling.settled.refresh(slot), lastSeen.since(slot, 9000)]).toEqual([false, 2000]);
  });
});
