import { describe, expect, it } from 'vitest';
import type { AnnouncementStatus, Event } from '../../../../src/agent/control/messages.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { reportChanges } from '../../../../src/agent/events/event-reports.ts';
import { ChangeWatch } from '../../../../src/agent/status/change-watch.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { healthyInput } from '../status-fixture.ts';

const WITHDRAWN: AnnouncementStatus = {
  upstream: 'router',
  kind: 'bfd',
  peer: '192.0.2.1',
  interface: 'up0',
  observed: 'withdrawn',
  wanted: 'withdrawn',
  state: 'shutdown',
  detail: '',
  provenAt: 0,
  provenMs: 0,
  gateProblem: '',
};
const NO_ANSWER = 'the router does not answer BFD';
const WAITING = { ...WITHDRAWN, observed: 'announced', wanted: 'announced', state: 'down', detail: NO_ANSWER };
const UP = { ...WAITING, state: 'up', detail: '' };

/** Events of a node whose announcement is seen as each of these, one after the other. */
function eventsOf(...seen: readonly AnnouncementStatus[]): Pick<Event, 'name' | 'from' | 'to' | 'reason'>[] {
  const events = new EventLog('gw1', () => 0, noEventStore);
  const watch = new ChangeWatch(events);
  for (const announcement of seen) reportChanges(watch, buildStatus(healthyInput({ announcements: [announcement] })));
  return events.last(0).map(({ name, from, to, reason }) => ({ name, from, to, reason }));
}

describe('the reason of a changed announcement', () => {
  it('is why it is announced, not that its session is not up yet', () => {
    expect(eventsOf(WITHDRAWN, WAITING)).toEqual([
      {
        name: 'router 192.0.2.1',
        from: 'withdrawn',
        to: 'announced',
        reason: `as the node wants it; the BFD session is not up yet: ${NO_ANSWER}`,
      },
    ]);
    expect(eventsOf(WITHDRAWN, UP)[0]?.reason).toBe('as the node wants it');
  });

  it('says where it is other than wanted, and where the router is told nothing', () => {
    expect(eventsOf(UP, { ...WITHDRAWN, wanted: 'announced' })[0]?.reason).toBe('although the node wants it announced');
    const untold = { ...UP, kind: 'bgp', state: 'Established', detail: 'none of the prefixes is advertised' };
    expect(eventsOf({ ...WITHDRAWN, kind: 'bgp' }, untold)[0]?.reason).toBe(
      'as the node wants it, but none of the prefixes is advertised',
    );
  });

  it('of a session is that of the state it has now', () => {
    const untold = { ...UP, kind: 'bgp', state: 'Established', detail: 'none of the prefixes is advertised' };
    const down = { ...untold, state: 'Active', detail: 'the router does not answer BGP (Active)' };
    expect(eventsOf(down, untold, down).map(({ to, reason }) => [to, reason])).toEqual([
      ['up', ''],
      ['down', 'the router does not answer BGP (Active)'],
    ]);
  });
});
