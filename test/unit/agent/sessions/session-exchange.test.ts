import { describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { type ExchangedInstance, SessionExchange } from '../../../../src/agent/sessions/session-exchange.ts';
import type { PeerChange } from '../../../../src/replication/replicator-options.ts';
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
        isReceivedByOthers: () => false,
        yieldedTo: () => 0,
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

/** An exchange of gw1, and what its instances and the node are told. */
function stand(candidates: readonly number[] = [1, 2]) {
  const told: string[] = [];
  const clock = new SimulatedClock();
  const events = new EventLog('gw1', () => clock.now(), noEventStore);
  const published: string[] = [];
  const outboxes = new Map<string, number>();
  const wakes = new Map<string, () => void>();
  const instance = (name: string, kind: ExchangedInstance['kind'] = 'nat64'): ExchangedInstance => ({
    name,
    kind,
    takeRecords: (_out, _offset, max) => {
      const taken = Math.min(max, outboxes.get(name) ?? 0);
      outboxes.set(name, (outboxes.get(name) ?? 0) - taken);
      return taken;
    },
    onRecords: (wake) => void wakes.set(name, wake),
    offerRecords: (records, offset, count) => told.push(`${name}: ${records.length} ${offset} ${count}`) < 0,
    requestSnapshot: () => void told.push(`${name}: snapshot`),
    takeOver: (slot) => void told.push(`${name}: take over ${slot}`),
    setPeerAlive: (slot, alive) => void told.push(`${name}: ${slot} ${alive ? 'lives' : 'is gone'}`),
    confirmRecords: (records) => void told.push(`${name}: confirmed ${records}`),
  });
  const exchange = new SessionExchange(
    1,
    [instance('lower'), instance('servers', 'siit')],
    { publish: (name, _records, count) => published.push(`${name} ${count}`) > 0 },
    {
      clock,
      soon: (callback) => void clock.after(0, callback),
      events,
      candidates: () => candidates.map((slot) => ({ slot, alive: true, synced: true })),
      heldOf: (slot) => slot * 100,
      isReceivedByOthers: () => false,
      yieldedTo: () => 0,
      onInfo: (slot, info) => void told.push(`info of ${slot}: ${info.join()}`),
      onPeer: ({ name, event }) => void told.push(`${name} ${event}`),
      onSlotRefused: (epoch) => void told.push(`refused by ${epoch ?? 'none'}`),
    },
  );
  return { told, clock, events, published, outboxes, wakes, instance, exchange };
}

const peer = (event: PeerChange['event'], epoch = 7): PeerChange => ({ slot: 2, name: 'gw2', event, epoch });

describe('what an exchange hands on', () => {
  it('goes to the instance of that name; batches for one that is not here are taken and counted', () => {
    const { told, exchange } = stand();
    expect(exchange.onRecords('lower', 2, new Uint8Array(96), 1)).toBe(false);
    expect(exchange.onRecords('upper', 2, new Uint8Array(96), 1)).toBe(true);
    expect(exchange.onRecords('servers', 2, new Uint8Array(96), 1)).toBe(true);
    exchange.onSnapshotWanted('lower', 2);
    exchange.onSnapshotWanted('upper', 2);
    exchange.onConfirmed('lower', 31);
    exchange.onConfirmed('upper', 31);
    exchange.onInfo(2, Uint8Array.of(1, 2));
    exchange.onSlotRefused(9);
    expect(told).toEqual(['lower: 96 0 1', 'lower: snapshot', 'lower: confirmed 31', 'info of 2: 1,2', 'refused by 9']);
    expect(exchange.unknownSenders).toBe(2);
  });

  it('is what an instance has written, soon after it says so; what is left when the agent ends, at once', async () => {
    const { published, outboxes, wakes, clock, exchange } = stand();
    outboxes.set('lower', 300);
    wakes.get('lower')?.();
    expect(published).toEqual([]);
    await clock.advance(0);
    expect(published).toEqual(['lower 256', 'lower 44']);
    outboxes.set('lower', 5);
    exchange.flush();
    expect(published.at(-1)).toBe('lower 5');
    expect(wakes.has('servers')).toBe(false);
  });

  it('ends for an instance that is removed, and for all when it stops', async () => {
    const { told, published, outboxes, wakes, clock, instance, exchange } = stand();
    exchange.add(instance('upper'), [2, 3]);
    expect(told).toEqual(['upper: 2 lives', 'upper: 3 lives']);
    exchange.remove('upper');
    outboxes.set('upper', 1).set('lower', 1);
    wakes.get('upper')?.();
    await clock.advance(0);
    exchange.onPeer(peer('down'));
    expect(exchange.onRecords('upper', 2, new Uint8Array(96), 1)).toBe(true);
    expect(told.filter((text) => text.startsWith('upper'))).toHaveLength(2);
    exchange.stop();
    wakes.get('lower')?.();
    await clock.advance(10_000);
    expect(published).toEqual([]);
    expect(told).not.toContain('lower: take over 2');
  });
});

describe('a peer', () => {
  it('that appears, goes and starts again is an event each, and known to the instances', () => {
    const { told, events, exchange } = stand();
    exchange.onPeer(peer('up'));
    exchange.onPeer(peer('down'));
    exchange.onPeer(peer('up'));
    exchange.onPeer(peer('restarted', 8));
    expect(told.filter((text) => text.startsWith('lower: 2'))).toEqual([
      'lower: 2 lives',
      'lower: 2 is gone',
      'lower: 2 lives',
      'lower: 2 lives',
    ]);
    expect(told.filter((text) => text.startsWith('gw2'))).toEqual(['gw2 up', 'gw2 down', 'gw2 up', 'gw2 restarted']);
    const peers = events.last(0).filter(({ code }) => code.startsWith('peer-'));
    expect(peers.map(({ code, name, from, to, reason }) => [code, name, from, to, reason].join(' | '))).toEqual([
      'peer-up | gw2 |  | up | heartbeats arrive, epoch 7',
      'peer-down | gw2 | up | down | its heartbeats no longer arrive; this node answers for 200 sessions of it while it is away',
      'peer-up | gw2 |  | up | heartbeats arrive, epoch 7',
      'peer-restarted | gw2 | up | restarted | its agent restarted, epoch 8',
    ]);
  });

  it('leaves its sessions to the stateful instances of its successor', async () => {
    const { told, events, clock, exchange } = stand([1, 3]);
    exchange.onPeer(peer('down'));
    await clock.advance(5000);
    expect(told).toContain('lower: take over 2');
    expect(events.last(0).at(-1)).toMatchObject({ code: 'sessions-taken-over', to: '200 sessions taken over' });
  });

  it('leaves nothing to a node that has no stateful instance', async () => {
    const { events, clock, exchange } = stand([1, 3]);
    exchange.remove('lower');
    exchange.onPeer(peer('down'));
    await clock.advance(5000);
    expect(events.last(0).map(({ code }) => code)).toEqual(['peer-down']);
  });
});
