import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BibTable } from '../../../../../src/translator/nat64/tables/bib-table.ts';
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
});
