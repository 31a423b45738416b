import { describe, expect, it } from 'vitest';
import type { AnnouncementStatus } from '../../../../src/agent/control/messages.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import {
  isEffective,
  lacksUpstream,
  UpstreamSessions,
  whyWithoutUpstream,
} from '../../../../src/agent/status/upstream-sessions.ts';

function bfd(peer: string, changes: Partial<AnnouncementStatus> = {}): AnnouncementStatus {
  const session = {
    upstream: 'core',
    kind: 'bfd',
    peer,
    interface: 'up0',
    detail: '',
    provenAt: 0,
    provenMs: 0,
    gateProblem: '',
  };
  return { ...session, observed: 'announced', wanted: 'announced', state: 'up', ...changes };
}

const down = { state: 'down', detail: 'the router does not answer BFD' };
const withdrawn = { observed: 'withdrawn', wanted: 'withdrawn', state: 'shutdown' };

class Stand {
  readonly events = new EventLog('gw1', () => 0, noEventStore);
  readonly #sessions = new UpstreamSessions('gw1', this.events);
  #nowMs = 0;

  observe(ms: number, ...announcements: AnnouncementStatus[]): string[] {
    const before = this.events.last(0).length;
    this.#nowMs += ms;
    this.#sessions.observe(this.#nowMs, announcements);
    return this.events
      .last(0)
      .slice(before)
      .map(({ code, reason }) => `${code}: ${reason}`);
  }
}

describe('the sessions with the upstreams', () => {
  it.each<[Partial<AnnouncementStatus>, boolean]>([
    [{}, true],
    [down, false],
    [withdrawn, false],
    [{ kind: 'bgp', state: 'Established' }, true],
    [{ kind: 'bgp', state: 'Established', detail: 'as a backup' }, true],
    [{ kind: 'bgp', state: 'Established', detail: 'the router is told none' }, false],
    [{ kind: 'bgp', state: 'Active' }, false],
  ])('%j is in effect: %s', (changes, expected) => expect(isEffective(bfd('10.0.0.1', changes))).toBe(expected));

  it('are lacking when all are down, or FRR has lost them; not while FRR does not answer, or nothing is wanted', () => {
    expect(lacksUpstream([bfd('10.0.0.1', down), bfd('10.0.0.2')])).toBe(false);
    expect(lacksUpstream([bfd('10.0.0.1', down), bfd('10.0.0.2', down)])).toBe(true);
    expect(lacksUpstream([bfd('10.0.0.1', { observed: 'withdrawn', state: 'missing' })])).toBe(true);
    expect(lacksUpstream([bfd('10.0.0.1', { observed: 'unknown', state: '' })])).toBe(false);
    expect(lacksUpstream([bfd('10.0.0.1', withdrawn)])).toBe(false);
    expect(lacksUpstream([])).toBe(false);
  });

  it('are missing for the reasons of those that are wanted', () => {
    const other = bfd('10.0.0.3', { ...withdrawn, detail: 'as the node wants it' });
    expect(whyWithoutUpstream([bfd('10.0.0.1', down), other, bfd('10.0.0.2', { state: 'init' })])).toBe(
      '10.0.0.1: the router does not answer BFD; 10.0.0.2: BFD is init',
    );
    expect(whyWithoutUpstream([bfd('10.0.0.1', { kind: 'carp', state: 'down' })])).toBe('10.0.0.1: carp is down');
  });

  it('make one event when the last one is lost, and one when the first one returns', () => {
    const stand = new Stand();
    expect(stand.observe(0, bfd('10.0.0.1'), bfd('10.0.0.2'))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', down), bfd('10.0.0.2'))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', down), bfd('10.0.0.2', { state: 'init' }))).toEqual([
      'upstreams-lost: 10.0.0.1: the router does not answer BFD; 10.0.0.2: BFD is init',
    ]);
    expect(stand.observe(60_000, bfd('10.0.0.1', down), bfd('10.0.0.2', down))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', down), bfd('10.0.0.2'))).toEqual([]);
    expect(stand.observe(2999, bfd('10.0.0.1', down), bfd('10.0.0.2'))).toEqual([]);
    expect(stand.observe(1, bfd('10.0.0.1', down), bfd('10.0.0.2'))).toEqual([
      'upstreams-returned: the session with 10.0.0.2 is up',
    ]);
    expect(stand.observe(60_000, bfd('10.0.0.1', down), bfd('10.0.0.2'))).toEqual([]);
  });

  it('make one event each where a BGP session is up for a while before its prefixes are advertised', () => {
    const stand = new Stand();
    const bgp = { kind: 'bgp', state: 'Established' } as const;
    const alone = { ...bgp, detail: 'none of the prefixes is advertised to the router' };
    expect(stand.observe(0, bfd('10.0.0.1', bgp))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', { ...bgp, state: 'Active' }))).toHaveLength(1);
    for (const changes of [bgp, alone, bgp]) expect(stand.observe(1600, bfd('10.0.0.1', changes))).toEqual([]);
    expect(stand.observe(2999, bfd('10.0.0.1', bgp))).toEqual([]);
    expect(stand.observe(1, bfd('10.0.0.1', bgp))).toEqual(['upstreams-returned: the session with 10.0.0.1 is up']);
  });

  it('return with an event also where the node was withdrawn between loss and return', () => {
    const stand = new Stand();
    stand.observe(0, bfd('10.0.0.1'));
    expect(stand.observe(100, bfd('10.0.0.1', down))).toHaveLength(1);
    expect(stand.observe(100, bfd('10.0.0.1', withdrawn))).toEqual([]);
    expect(stand.observe(60_000, bfd('10.0.0.1', down))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1'))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', withdrawn))).toEqual([]);
    expect(stand.observe(60_000, bfd('10.0.0.1'))).toEqual([]);
    expect(stand.observe(3000, bfd('10.0.0.1'))).toEqual(['upstreams-returned: the session with 10.0.0.1 is up']);
  });

  it('have time to come up at the start and after a drain, which is no loss', () => {
    const stand = new Stand();
    expect(stand.observe(0, bfd('10.0.0.1', withdrawn))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', down))).toEqual([]);
    expect(stand.observe(5000, bfd('10.0.0.1'))).toEqual([]);
    expect(stand.observe(100, bfd('10.0.0.1', withdrawn))).toEqual([]);
    expect(stand.observe(60_000, bfd('10.0.0.1', down))).toEqual([]);
    expect(stand.observe(14_000, bfd('10.0.0.1', down))).toEqual([]);
    expect(stand.observe(1000, bfd('10.0.0.1', down))).toHaveLength(1);
  });
});
