import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerChange } from '../../../../src/replication/replicator-options.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { OTHERS_RECEIVE_MS, Inheritance, RETURN_MS } from '../../../../src/agent/sessions/inheritance.ts';
import { SimulatedClock } from '../simulated-clock.ts';

/** One node of a cluster, and what it takes over. */
class Heir {
  readonly clock: SimulatedClock;
  readonly events: EventLog;
  readonly taken: number[] = [];
  yielded = 0;
  readonly alive = new Map<number, boolean>();
  /** The epoch of each silent node that another node hears. */
  readonly receivedByOthers = new Map<number, number>();
  readonly inheritance: Inheritance;
  readonly #slot: number;

  constructor(slot: number, slots: readonly number[], clock = new SimulatedClock()) {
    this.#slot = slot;
    this.clock = clock;
    this.events = new EventLog(`gw${slot}`, () => clock.now(), noEventStore);
    for (const other of slots) this.alive.set(other, true);
    this.inheritance = new Inheritance(slot, {
      clock,
      events: this.events,
      candidates: () => [...this.alive].map(([of, alive]) => ({ slot: of, alive, synced: true })),
      heldOf: () => 9998,
      isReceivedByOthers: ({ slot: of, epoch }) => this.receivedByOthers.get(of) === epoch,
      yieldedTo: () => this.yielded,
      takeOver: (of) => {
        this.taken.push(of);
        return true;
      },
    });
  }

  says(slot: number, event: PeerChange['event'], epoch = 1): void {
    this.alive.set(slot, event !== 'down');
    const change = { slot, name: `gw${slot}`, event, epoch };
    this.inheritance.onPeer(event === 'down' ? { ...change, silentMs: 1000 } : change);
  }

  dies(): void {
    this.alive.set(this.#slot, false);
    this.inheritance.stop();
  }
}

describe('the sessions of a node that falls silent', () => {
  let successor = new Heir(1, [1, 2]);

  beforeEach(() => {
    successor = new Heir(1, [1, 2]);
  });

  it('stay its own over ten flaps of 1.6 s', async () => {
    for (let flap = 0; flap < 10; flap++) {
      successor.says(2, 'down');
      await successor.clock.advance(1600);
      successor.says(2, 'up');
      await successor.clock.advance(1000);
    }
    await successor.clock.advance(60_000);
    expect(successor.taken).toEqual([]);
    expect(successor.events.last(0)).toEqual([]);
  });

  it('are taken over once when it does not return in time', async () => {
    successor.says(2, 'down');
    await successor.clock.advance(RETURN_MS - 1);
    expect(successor.taken).toEqual([]);
    await successor.clock.advance(1);
    expect(successor.taken).toEqual([2]);
    await successor.clock.advance(60_000);
    successor.says(2, 'up');
    successor.says(2, 'down');
    await successor.clock.advance(RETURN_MS);
    expect(successor.taken).toEqual([2, 2]);
  });

  it('stay its own while another node hears it, for half a minute, whoever else is away', async () => {
    const heir = new Heir(1, [1, 2, 3, 4]);
    heir.receivedByOthers.set(2, 1);
    heir.says(2, 'down');
    heir.says(3, 'down');
    await heir.clock.advance(OTHERS_RECEIVE_MS - 1000);
    expect(heir.taken).toEqual([3]);
    await heir.clock.advance(1000);
    expect(heir.taken).toEqual([3, 2]);
  });

  it('are taken over within a second when nobody hears it any more', async () => {
    const heir = new Heir(1, [1, 2, 3]);
    heir.receivedByOthers.set(2, 1);
    heir.says(2, 'down');
    await heir.clock.advance(RETURN_MS + 3500);
    heir.receivedByOthers.clear();
    expect(heir.taken).toEqual([]);
    await heir.clock.advance(1000);
    expect(heir.taken).toEqual([2]);
  });

  it('are taken over in time where others hear another incarnation of it, and not when it has returned', async () => {
    const heir = new Heir(1, [1, 2, 3]);
    heir.receivedByOthers.set(2, 2);
    heir.says(2, 'down');
    await heir.clock.advance(RETURN_MS);
    expect(heir.taken).toEqual([2]);
    heir.receivedByOthers.set(3, 1);
    heir.says(3, 'down');
    await heir.clock.advance(RETURN_MS + 500);
    heir.says(3, 'up');
    await heir.clock.advance(OTHERS_RECEIVE_MS);
    expect(heir.taken).toEqual([2]);
  });

  it('are taken over at once when another epoch comes, whether it was silent before or not', () => {
    successor.says(2, 'restarted', 2);
    expect(successor.taken).toEqual([2]);
    successor.says(2, 'down', 2);
    successor.says(2, 'up', 3);
    expect(successor.taken).toEqual([2, 2]);
  });

  it('are counted in the event, which says why they were taken over and what became of them before', async () => {
    successor.says(2, 'restarted', 2);
    successor.says(2, 'down', 2);
    await successor.clock.advance(2100);
    successor.says(2, 'up', 3);
    successor.says(2, 'down', 3);
    await successor.clock.advance(RETURN_MS);
    const events = successor.events.last(0);
    expect(events.map(({ to }) => to)).toEqual(Array(3).fill('9998 sessions taken over'));
    expect(events.map(({ reason }) => /^(.*?);/.exec(reason)?.[1])).toEqual([
      'gw2 has started again',
      'gw2 has started again, 3.1 s after its last heartbeat here',
      'gw2 is away, 6.0 s after its last heartbeat here',
    ]);
    expect(events[0]?.reason).toMatch(
      /; this node, .* of its previous run, owns them now; those whose packets pass only another node go to it .* event where it is gw2$/,
    );
  });

  it('are not taken over twice when another epoch comes after they were', async () => {
    successor.says(2, 'down', 1);
    await successor.clock.advance(RETURN_MS);
    successor.says(2, 'up', 2);
    expect(successor.taken).toEqual([2]);
  });

  it('are taken over by one node of several', async () => {
    const clock = new SimulatedClock();
    const heirs = [2, 3, 4].map((slot) => new Heir(slot, [1, 2, 3, 4], clock));
    for (const one of heirs) one.says(1, 'down');
    await clock.advance(RETURN_MS);
    expect(heirs.map(({ taken }) => taken)).toEqual([[1], [], []]);
  });

  it('are taken over by the next one when the first in turn is gone too', async () => {
    const clock = new SimulatedClock();
    const [first, next, last] = [2, 3, 4].map((slot) => new Heir(slot, [1, 2, 3, 4], clock));
    for (const one of [first, next, last]) one.says(1, 'down');
    await clock.advance(RETURN_MS - 100);
    // It dies before it has taken anything; the others still take it for alive.
    first.dies();
    await clock.advance(500);
    for (const one of [next, last]) one.says(2, 'down');
    await clock.advance(RETURN_MS);
    expect([first, next, last].map(({ taken }) => taken)).toEqual([[], [1, 2], []]);
  });
});

describe('sessions that go back to their node', () => {
  let successor = new Heir(1, [1, 2]);
  const handedBack = (): string[] =>
    successor.events
      .last(0)
      .filter(({ code }) => code === 'sessions-handed-back')
      .map(({ name, to }) => `${name}: ${to}`);

  beforeEach(async () => {
    successor = new Heir(1, [1, 2]);
    successor.yielded = 5;
    successor.says(2, 'down');
    await successor.clock.advance(RETURN_MS);
  });

  it('are an event when no more have followed for half a minute, however long the node was away', async () => {
    await successor.clock.advance(3_600_000);
    successor.says(2, 'up', 2);
    await successor.clock.advance(20_000);
    for (let step = 0; step < 5; step++) {
      successor.yielded += 100;
      await successor.clock.advance(10_000);
    }
    expect(handedBack()).toEqual([]);
    await successor.clock.advance(30_000);
    expect(handedBack()).toEqual(['gw2: 500 sessions handed back']);
    expect(successor.events.last(0).at(-1)?.reason).toMatch(
      /^their packets pass gw2 again, so it owns them; this node had taken over 9998 sessions of it, /,
    );
    successor.yielded += 100;
    await successor.clock.advance(3_600_000);
    expect(handedBack()).toHaveLength(1);
  });

  it('are an event after three minutes, although more follow', async () => {
    successor.says(2, 'up', 2);
    for (let step = 0; step < 20; step++) {
      successor.yielded += 1;
      await successor.clock.advance(10_000);
    }
    expect(handedBack()).toEqual(['gw2: 18 sessions handed back']);
  });

  it('are none where none goes, and where the node had taken nothing over', async () => {
    successor.says(2, 'up', 2);
    await successor.clock.advance(3_600_000);
    expect(handedBack()).toEqual([]);
    const spectator = new Heir(3, [1, 2, 3]);
    spectator.says(2, 'down');
    await spectator.clock.advance(RETURN_MS);
    spectator.says(2, 'up', 2);
    spectator.yielded = 7;
    await spectator.clock.advance(3_600_000);
    expect(spectator.events.last(0)).toEqual([]);
  });

  it('are an event at once where the node goes again, and another one when it is back', async () => {
    successor.says(2, 'up', 2);
    successor.yielded += 30;
    successor.says(2, 'down', 2);
    expect(handedBack()).toEqual(['gw2: 30 sessions handed back']);
    await successor.clock.advance(1000);
    successor.says(2, 'up', 2);
    successor.yielded += 1;
    await successor.clock.advance(60_000);
    expect(handedBack()).toEqual(['gw2: 30 sessions handed back', 'gw2: 1 session handed back']);
  });

  it('are counted from a start at once, and from zero where the instance was started again', async () => {
    successor.says(2, 'up', 2);
    successor.says(2, 'restarted', 3);
    successor.yielded = 0;
    await successor.clock.advance(30_000);
    successor.yielded = 3;
    await successor.clock.advance(3_600_000);
    expect(handedBack()).toEqual([]);
    successor.says(2, 'restarted', 4);
    successor.yielded = 7;
    await successor.clock.advance(60_000);
    expect(handedBack()).toEqual(['gw2: 4 sessions handed back']);
  });
});
