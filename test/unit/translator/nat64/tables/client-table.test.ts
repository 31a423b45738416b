import { describe, expect, it } from 'vitest';
import { Admission, ClientTable, reserveOf, Supply } from '../../../../../src/translator/nat64/tables/client-table.ts';
import { REST } from '../../../../../src/translator/nat64/tables/prefix-counts.ts';
import type { Nat64Limits } from '../../../../../src/translator/options.ts';
import { OPTIONS } from '../bench-of-one.ts';

/** Clients are /64, networks /48: words 0 and 1 tell them. */
type Client = readonly [network: number, house: number];
const ANN: Client = [1, 1];
const NEIGHBOUR: Client = [1, 2];
const STRANGER: Client = [2, 1];

const LIMITS: Nat64Limits = {
  ...OPTIONS.limits,
  bibEntries: 100_000,
  clientPrefixLength: 64,
  networkPrefixLength: 32,
  sharePerClient: 100,
  sharePerNetwork: 100,
  reserve: 0,
};
const PLENTY = 1_000_000;

class Counted {
  readonly table: ClientTable;
  readonly sessions = new Supply().set(PLENTY, PLENTY);
  readonly entries = new Supply().set(PLENTY, PLENTY);
  readonly ports = new Supply().set(PLENTY, PLENTY);

  constructor(limits: Partial<Nat64Limits>) {
    this.table = new ClientTable({ ...LIMITS, ...limits }, 7);
  }

  entry([network, house]: Client, nowMs = 0): string {
    const { sessions, entries, ports } = this;
    return nameOf(this.table.admitsEntry(network, house, 0, 9, sessions, entries, ports, nowMs));
  }

  session(client: Client, nowMs = 0): string {
    return nameOf(this.table.admitsSession(this.slotOf(client), this.sessions, nowMs));
  }

  slotOf([network, house]: Client): number {
    return this.table.prefixes.slotOf(network, house, 0, 0);
  }

  /** @returns the slot of the client */
  join([network, house]: Client, count: number, own = true): number {
    for (let index = 1; index < count; index++) this.table.join(network, house, 0, index, own);
    return this.table.join(network, house, 0, 0, own);
  }

  open(client: Client, count: number, fromOutside = false): void {
    const slot = this.slotOf(client);
    for (let index = 0; index < count; index++) this.table.countSession(slot, fromOutside, 1);
  }
}

function nameOf(admission: Admission): string {
  return Object.entries(Admission).find(([, value]) => value === admission)?.[0] ?? '';
}

describe('what a client may have of a table', () => {
  it('is so many entries, where that is limited', () => {
    const counted = new Counted({ portsPerClient: 3 });
    counted.join(ANN, 2);
    expect(counted.entry(ANN)).toBe('granted');
    counted.join(ANN, 1);
    expect([counted.entry(ANN), counted.entry(NEIGHBOUR), counted.session(ANN)]).toEqual([
      'clientLimit',
      'granted',
      'granted',
    ]);
  });

  it('is so many sessions, where that is limited', () => {
    const counted = new Counted({ sessionsPerClient: 3 });
    counted.join(ANN, 1);
    counted.open(ANN, 2);
    // Those that others have opened to it do not count.
    counted.open(ANN, 9, true);
    expect([counted.session(ANN), counted.entry(ANN)]).toEqual(['granted', 'granted']);
    counted.open(ANN, 1);
    expect([counted.session(ANN), counted.entry(ANN), counted.entry(NEIGHBOUR)]).toEqual([
      'clientLimit',
      'clientLimit',
      'granted',
    ]);
  });

  it.each<['entries' | 'ports' | 'sessions']>([['entries'], ['ports'], ['sessions']])(
    'is its share and that of its network: %s',
    (of) => {
      // A quarter, and three quarters, of 8000.
      const counted = new Counted({ sharePerClient: 25, sharePerNetwork: 75 });
      counted[of].set(8000, 8000);
      const add = (client: Client, count: number): void => {
        if (of === 'sessions') counted.open(client, count);
        else counted.join(client, count, of === 'ports');
      };
      counted.join(ANN, 1, false);
      counted.join(NEIGHBOUR, 1, false);
      const had = of === 'entries' ? 1 : 0;
      add(ANN, 1999 - had);
      expect(counted.entry(ANN)).toBe('granted');
      add(ANN, 1);
      expect([counted.entry(ANN), counted.entry(NEIGHBOUR), counted.entry(STRANGER)]).toEqual([
        'clientLimit',
        'granted',
        'granted',
      ]);
      // Of a client that is known, and of one that is not.
      add([1, 3], of === 'sessions' ? 0 : 1);
      for (const house of [4, 5, 6]) {
        counted.join([1, house], 1, false);
        add([1, house], 1300);
      }
      const left = 6000 - counted.table.networks[of][counted.table.networks.slotOf(1, 0, 0, 0)];
      add(NEIGHBOUR, left - 1);
      expect(counted.entry([1, 99])).toBe('granted');
      add(NEIGHBOUR, 1);
      expect([counted.entry(NEIGHBOUR), counted.entry([1, 99]), counted.entry(STRANGER)]).toEqual([
        'networkLimit',
        'networkLimit',
        'granted',
      ]);
    },
  );

  it('is 1024 of each at least, however small the share', () => {
    const counted = new Counted({ sharePerClient: 1, sharePerNetwork: 2 });
    counted.ports.set(8000, 8000);
    counted.join(ANN, 1023);
    expect(counted.entry(ANN)).toBe('granted');
    counted.join(ANN, 1);
    expect([counted.entry(ANN), counted.entry(NEIGHBOUR)]).toEqual(['clientLimit', 'networkLimit']);
  });

  it('is not divided where the share is all of it', () => {
    const counted = new Counted({});
    counted.entries.set(2000, 9);
    counted.join(ANN, 2500);
    expect([counted.entry(ANN), counted.entry(NEIGHBOUR)]).toEqual(['granted', 'granted']);
  });
});

describe('what is kept of a table that runs short', () => {
  it('is a part of it, but nothing of a small one', () => {
    expect([reserveOf(8000, 6), reserveOf(1024, 50), reserveOf(1023, 50), reserveOf(8000, 0)]).toEqual([
      480, 512, -1, -1,
    ]);
  });

  it('is for clients that have less than a thousandth, in networks that have less than a sixteenth', () => {
    const counted = new Counted({ reserve: 6 });
    // 7 of 8192 is less than a thousandth, and 511 less than a sixteenth.
    counted.ports.set(8192, 491);
    counted.join(ANN, 7);
    counted.join(NEIGHBOUR, 8);
    expect([counted.entry(ANN), counted.entry(NEIGHBOUR), counted.entry(STRANGER)]).toEqual([
      'granted',
      'reserved',
      'granted',
    ]);
    counted.join([1, 3], 496);
    expect([counted.entry(ANN), counted.entry([1, 77])]).toEqual(['granted', 'granted']);
    counted.join([1, 3], 1);
    expect([counted.entry(ANN), counted.entry([1, 77]), counted.entry(STRANGER)]).toEqual([
      'reserved',
      'reserved',
      'granted',
    ]);
    // 6 % of 8192 are 491.52.
    counted.ports.set(8192, 492);
    expect(counted.entry(NEIGHBOUR)).toBe('granted');
    // Who finds that there is nothing at all says that.
    counted.ports.set(8192, 0);
    expect(counted.entry(NEIGHBOUR)).toBe('granted');
  });

  it('is a session for a client that has none, however small a thousandth is', () => {
    const counted = new Counted({ reserve: 50 });
    counted.sessions.set(1024, 100);
    counted.join(ANN, 1);
    expect(counted.session(ANN)).toBe('granted');
    counted.open(ANN, 1);
    expect(counted.session(ANN)).toBe('reserved');
  });
});

describe('sessions that others open to a client', () => {
  it('have a limit of their own', () => {
    const counted = new Counted({ sessionsFromOutsidePerClient: 2, reserve: 50 });
    const slot = counted.join(ANN, 1);
    counted.open(ANN, 50);
    counted.open(ANN, 1, true);
    expect(counted.table.admitsFromOutside(slot, counted.sessions)).toBe(true);
    counted.open(ANN, 1, true);
    expect(counted.table.admitsFromOutside(slot, counted.sessions)).toBe(false);
    counted.table.countSession(slot, true, -1);
    expect(counted.table.admitsFromOutside(slot, counted.sessions)).toBe(true);
    // Never of the reserve.
    expect(counted.table.admitsFromOutside(slot, new Supply().set(2000, 1000))).toBe(false);
    expect(counted.table.admitsFromOutside(slot, new Supply().set(2000, 1001))).toBe(true);
  });

  it('are as many as come where there is no limit', () => {
    const counted = new Counted({ sessionsFromOutsidePerClient: 0 });
    const slot = counted.join(ANN, 1);
    counted.open(ANN, 1000, true);
    expect(counted.table.admitsFromOutside(slot, counted.sessions)).toBe(true);
  });
});

describe('the rate of new sessions of a client', () => {
  it('is a second’s worth at once, of which its first session takes one, and then so many a second', () => {
    const counted = new Counted({ newSessionsPerSecondPerClient: 4 });
    expect(counted.entry(ANN, 1000)).toBe('granted');
    counted.join(ANN, 1);
    const granted = (nowMs: number): number =>
      Array.from({ length: 6 }, () => counted.session(ANN, nowMs)).filter((name) => name === 'granted').length;
    expect([granted(5000), granted(5249), granted(5250), granted(5750), granted(60_000)]).toEqual([3, 0, 1, 2, 4]);
    expect(counted.entry(NEIGHBOUR, 60_000)).toBe('granted');
  });

  it('is one for all clients together for which there is no room', () => {
    const counted = new Counted({ bibEntries: 1, newSessionsPerSecondPerClient: 1 });
    counted.join(ANN, 1);
    expect([counted.join(NEIGHBOUR, 1), counted.join(STRANGER, 1)]).toEqual([REST, REST]);
    const admitted = (nowMs: number): string => nameOf(counted.table.admitsSession(REST, counted.sessions, nowMs));
    expect([admitted(5000), admitted(5000), admitted(5999), admitted(6000)]).toEqual([
      'granted',
      'clientLimit',
      'clientLimit',
      'granted',
    ]);
  });

  it('is not counted down by who only asks', () => {
    const counted = new Counted({ newSessionsPerSecondPerClient: 2 });
    const slot = counted.join(ANN, 1);
    const { table } = counted;
    for (let time = 0; time < 5; time++) {
      expect(table.untaken(slot, () => table.admitsSession(slot, counted.sessions, 100))).toBe(Admission.granted);
    }
    expect([counted.session(ANN, 100), counted.session(ANN, 100)]).toEqual(['granted', 'clientLimit']);
    expect(table.untaken(slot, () => table.admitsSession(slot, counted.sessions, 100))).toBe(Admission.clientLimit);
    expect(table.untaken(-1, () => Admission.reserved)).toBe(Admission.reserved);
  });
});

describe('what clients hold', () => {
  it('is counted for the client and its network, and is nothing when it has left', () => {
    const counted = new Counted({});
    const { table } = counted;
    const slot = counted.join(ANN, 3);
    table.join(...ANN, 0, 9, false);
    counted.join(NEIGHBOUR, 1);
    counted.open(ANN, 2);
    counted.open(NEIGHBOUR, 1);
    const holdings = (client: Client): unknown => table.holdings(...client, 5, 5);
    expect(holdings(ANN)).toEqual({
      client: { sessions: 2, entries: 4, ports: 3 },
      network: { sessions: 3, entries: 5, ports: 4 },
    });
    // A client that has nothing yet, of a network that has; and one of which nothing is known.
    expect(holdings([1, 50])).toEqual({
      client: { sessions: 0, entries: 0, ports: 0 },
      network: { sessions: 3, entries: 5, ports: 4 },
    });
    expect(holdings(STRANGER)).toEqual({
      client: { sessions: 0, entries: 0, ports: 0 },
      network: { sessions: 0, entries: 0, ports: 0 },
    });
    for (let index = 0; index < 2; index++) table.countSession(slot, false, -1);
    expect([table.leave(slot, false), table.leave(slot, true), table.leave(slot, true)]).toEqual([false, false, false]);
    expect(holdings(ANN)).toEqual({
      client: { sessions: 0, entries: 1, ports: 1 },
      network: { sessions: 1, entries: 2, ports: 2 },
    });
    expect([table.leave(slot, true), counted.slotOf(ANN), table.prefixes.count, table.networks.count]).toEqual([
      true,
      -1,
      1,
      1,
    ]);
    const other = counted.slotOf(NEIGHBOUR);
    table.countSession(other, false, -1);
    expect([table.leave(other, true), table.prefixes.count, table.networks.count]).toEqual([true, 0, 0]);
  });

  it('of more clients than there is room for is counted together', () => {
    const counted = new Counted({ bibEntries: 2 });
    const { table } = counted;
    expect([counted.join(ANN, 1), counted.join(NEIGHBOUR, 1)].includes(REST)).toBe(false);
    expect([counted.join(STRANGER, 1), counted.slotOf(STRANGER)]).toEqual([REST, -1]);
    expect(table.prefixes.entries[REST]).toBe(1);
    // The slot that it shares is not free for another one.
    expect(table.leave(REST, true)).toBe(false);
    expect([table.prefixes.entries[REST], table.prefixes.count]).toEqual([0, 2]);
  });
});
