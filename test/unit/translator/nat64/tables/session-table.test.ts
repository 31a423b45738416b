import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BibTable } from '../../../../../src/translator/nat64/tables/bib-table.ts';
import { finish, word } from '../../../../../src/translator/nat64/tables/keyed-hash.ts';
import { NatEvents } from '../../../../../src/translator/nat64/nat-events.ts';
import { SessionTable } from '../../../../../src/translator/nat64/tables/session-table.ts';
import { OPTIONS } from '../bench-of-one.ts';

const TCP = 6;
const BIBS = 3;
const REMOTES = 8;

describe('the session table', () => {
  it('finds the sessions of an entry, however many it has and had, and no others', () => {
    const step = fc.record({
      bib: fc.nat(BIBS - 1),
      remote: fc.nat(REMOTES - 1),
      open: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const limits = { ...OPTIONS.limits, sessions: 64, bibEntries: 8 };
        const entries = new BibTable(limits, 7, 0, new NatEvents(OPTIONS.natLog));
        const sessions = new SessionTable(limits.sessions, 9, entries);
        for (let bib = 0; bib < BIBS; bib++) entries.create(TCP, 1, 2, 3, bib, 1000, 0xc0000201, 2000 + bib);
        const open = new Map<string, number>();
        for (const { bib, remote, open: opens } of steps) {
          const key = `${bib}/${remote}`;
          const slot = open.get(key);
          if (opens && slot === undefined) open.set(key, sessions.create(bib, remote, 80, 1, false, 0));
          if (!opens && slot !== undefined) {
            sessions.end(slot);
            sessions.free(slot);
            open.delete(key);
          }
          for (let of = 0; of < BIBS; of++) {
            const held = [...open].filter(([name]) => name.startsWith(`${of}/`));
            expect([entries.liveSessions[of], entries.sessionCount[of]]).toEqual([held.length, held.length]);
            const listed: number[] = [];
            for (let at = entries.sessionHead[of] - 1; at >= 0; at = sessions.nextOfBib(at)) listed.push(at);
            expect(listed.toSorted((a, b) => a - b)).toEqual(held.map(([, at]) => at).toSorted((a, b) => a - b));
            for (let host = 0; host < REMOTES; host++) {
              expect(sessions.find(of, host, 80), `${of}/${host}`).toBe(open.get(`${of}/${host}`) ?? -1);
              expect(sessions.find(of, host, 81)).toBe(-1);
            }
          }
        }
      }),
    );
  });

  /** A table with one entry, 0. */
  function single(seed: number): { entries: BibTable; sessions: SessionTable } {
    const entries = new BibTable(OPTIONS.limits, 7, 0, new NatEvents(OPTIONS.natLog));
    entries.create(TCP, 1, 2, 3, 4, 1000, 0xc0000201, 2000);
    return { entries, sessions: new SessionTable(4096, seed, entries) };
  }

  it('does not find one that has ended, though its slot is not free yet', () => {
    const { sessions } = single(9);
    const slots = [0, 1, 2, 3].map((remote) => sessions.create(0, remote, 80, 1, false, 0));
    const found = (): number[] => [0, 1, 2, 3, 4, 5].map((remote) => sessions.find(0, remote, 80));
    sessions.end(slots[0] ?? -1);
    sessions.end(slots[1] ?? -1);
    expect(found()).toEqual([-1, -1, slots[2], slots[3], -1, -1]);
    const more = [4, 5].map((remote) => sessions.create(0, remote, 80, 1, false, 0));
    expect(found()).toEqual([-1, -1, slots[2], slots[3], ...more]);
  });

  it('tells sessions apart whose ends have the same hash', () => {
    const seed = 9;
    const seen = new Map<number, [remote: number, port: number]>();
    const pairs: [one: [number, number], other: [number, number]][] = [];
    for (let number = 0; pairs.length < 3; number++) {
      const [remote, port] = [number >>> 8, number & 255];
      const hash = finish(word(word(word(seed, 0), remote), port));
      const other = seen.get(hash);
      if (other !== undefined) pairs.push([other, [remote, port]]);
      seen.set(hash, [remote, port]);
    }
    for (const [[remote, port], [otherRemote, otherPort]] of pairs) {
      const { sessions } = single(seed);
      for (let filler = 0; filler < 3; filler++) sessions.create(0, 0xffff_0000 + filler, 1, 1, false, 0);
      const slot = sessions.create(0, remote, port, 1, false, 0);
      expect([sessions.find(0, remote, port), sessions.find(0, otherRemote, otherPort)]).toEqual([slot, -1]);
    }
  });
});
