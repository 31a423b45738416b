import { describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { type ExchangedInstance, SessionExchange } from '../../../../src/agent/sessions/session-exchange.ts';
import { SimulatedClock } from '../simulated-clock.ts';

/** An instance that always has more to say. */
function talkative(name: string): ExchangedInstance {
  const nothing = (): void => undefined;
  return {
    name,
    kind: 'nat64',
    takeRecords: (_out, _offset, max) => max,
    onRecords: nothing,
    offerRecords: () => true,
    requestSnapshot: nothing,
    takeOver: nothing,
    setPeerAlive: nothing,
    confirmRecords: nothing,
  };
}

describe('the exchange of sessions', () => {
  it('gives each of several instances its part of the room, though each alone could fill it', () => {
    const turns: (() => void)[] = [];
    const said = new Map<string, number>();
    let room = 0;
    const clock = new SimulatedClock();
    const exchange = new SessionExchange(
      1,
      ['lower', 'upper', 'third'].map((name) => talkative(name)),
      {
        publish: (name, _records, count) => {
          if (count > room) return false;
          room -= count;
          said.set(name, (said.get(name) ?? 0) + count);
          return true;
        },
      },
      {
        clock,
        soon: (callback) => void turns.push(callback),
        events: new EventLog('gw1', () => clock.now(), noEventStore),
        candidates: () => [],
        heldOf: () => 0,
        onInfo: () => undefined,
        onPeer: () => undefined,
        onSlotRefused: () => undefined,
      },
    );
    for (let rounds = 0; rounds < 30; rounds++) {
      room = 4096;
      exchange.onSpace();
      for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
    }
    const counts = [...said.values()];
    expect(counts).toHaveLength(3);
    expect(Math.min(...counts)).toBe(Math.max(...counts));
  });
});
