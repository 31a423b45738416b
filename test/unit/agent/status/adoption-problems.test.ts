import { describe, expect, it } from 'vitest';
import type { AdoptionStatus, ExportStatus, Problem } from '../../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { healthyInput, instance } from '../status-fixture.ts';

const LISTENING: AdoptionStatus = {
  place: '[ff08::db8:64:64]:6464 on eth1',
  state: 'listening',
  reason: '',
  datagrams: 12,
  records: 340,
  held: 300,
  silentMs: 1249,
  refused: [],
};
const SENDING: ExportStatus = {
  place: '192.0.2.9:6464',
  format: 'jool 4.1',
  state: 'sending',
  reason: '',
  datagrams: 9,
  records: 90,
  waiting: 0,
  lost: 0,
};

function problems(adoption?: AdoptionStatus, exported?: ExportStatus): readonly Problem[] {
  return buildStatus(healthyInput({ instances: [instance({ adoption, exported })] })).problems;
}

function adopting(changes: Partial<AdoptionStatus>): readonly Problem[] {
  return problems({ ...LISTENING, ...changes });
}

describe('sessions that are taken over from a Jool', () => {
  it('are a problem until that has ended, since anybody may send them', () => {
    expect(adopting({})).toEqual([
      {
        severity: 'degraded',
        code: 'adoption-listening',
        subject: 'instance internet',
        text:
          'takes sessions over from Jool on [ff08::db8:64:64]:6464 on eth1, unauthenticated: 300 held, 340 records, ' +
          'the last datagram 1.2 s ago; `isthmus joold done` ends it',
      },
    ]);
    expect(adopting({ state: 'done' })).toEqual([]);
    expect(problems()).toEqual([]);
  });

  it.each<[Partial<AdoptionStatus>, string]>([
    [{ silentMs: -1 }, '300 held, 340 records, no datagram yet; `'],
    [{ silentMs: 0 }, '300 held, 340 records, the last datagram 0.0 s ago; `'],
    [{ state: 'paused', reason: 'the table is full' }, '1.2 s ago; paused: the table is full; `'],
    [
      {
        refused: [
          { name: 'pool4', kind: 'refused', value: 7, help: 'not in pool4' },
          { name: 'owner', kind: 'refused', value: 2, help: 'of this node already' },
        ],
      },
      '1.2 s ago; refused 7: not in pool4; 2: of this node already; `',
    ],
  ])('are counted, with what was refused: %j', (changes, text) => {
    const [problem] = adopting(changes);
    expect([problem?.code, problem?.text]).toEqual(['adoption-listening', expect.stringContaining(text)]);
  });

  it('are none where nothing can be received, which says why', () => {
    expect(adopting({ state: 'unable', reason: 'EADDRINUSE' })).toMatchObject([
      {
        code: 'adoption-unable',
        subject: 'instance internet',
        text: 'no session is taken over from Jool on [ff08::db8:64:64]:6464 on eth1: EADDRINUSE',
      },
    ]);
  });
});

describe('a Jool that stands by', () => {
  it('is a problem only where it receives nothing', () => {
    expect(problems(undefined, SENDING)).toEqual([]);
    expect(problems(undefined, { ...SENDING, state: 'stopped' })).toEqual([]);
    expect(problems(undefined, { ...SENDING, state: 'unable', reason: 'no route' })).toEqual([
      {
        severity: 'degraded',
        code: 'export-unable',
        subject: 'instance internet',
        text: 'the standby on 192.0.2.9:6464 receives nothing: no route',
      },
    ]);
  });

  it('is one beside that of the import', () => {
    const both = problems(LISTENING, { ...SENDING, state: 'unable', reason: 'no route' });
    expect(both.map(({ code }) => code)).toEqual(['adoption-listening', 'export-unable']);
  });
});
