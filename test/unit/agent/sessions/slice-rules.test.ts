import { describe, expect, it } from 'vitest';
import type { SlicePeer } from '../../../../src/agent/sessions/slice-duty.ts';
import type { Answer } from '../../../../src/cluster/coordinator/coordinator.ts';
import { other, Stand, Store } from './slice-stand.ts';

const NEVER = new Promise<void>(() => undefined);
const gone = (slot: number): SlicePeer => other({ slot, alive: false, works: undefined, worked: [] });
const living = (slot: number): SlicePeer => other({ slot, alive: true, works: [slot], worked: [slot] });

describe('the own slice of a node', () => {
  it('is not used while the store says that another node has it, whatever that one says', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.slices = [{ slot: 3, by: 2 }];
    await stand.turns(2000);
    expect(stand.duty.works).toEqual([1]);
    store.slices = [{ slot: 1, by: 2 }];
    await stand.turns(300);
    expect(stand.duty.works).toEqual([]);
    expect(stand.events.last(1)[0]?.reason).toBe(
      'no ports of its own slice of pool4 for new mappings, until no other node gives them out',
    );
    store.slices = [];
    await stand.turns(1500);
    expect(stand.duty.works).toEqual([1]);
  });

  it('is not used by a node that joins while any other has not said where it works', async () => {
    const stand = new Stand(new Store());
    stand.joined = false;
    stand.peers = [other({ slot: 2, alive: true, works: undefined, worked: [] }), living(3)];
    await stand.turns(3000);
    expect(stand.duty.works).toEqual([]);
  });

  it('may be without ports of its own, while those of another one are given out', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.peers = [gone(2), living(3)];
    store.slices = [
      { slot: 1, by: 3 },
      { slot: 2, by: 1 },
    ];
    await stand.turns(300);
    expect(stand.duty.works).toEqual([2]);
    expect(stand.events.last(1)[0]?.reason).toBe(
      'no ports of its own slice of pool4 for new mappings, only of that of gw2, until no other node gives them out',
    );
  });

  it('gives no ports as soon as it must not, and gives some only when the translators have changed', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.stalled = NEVER;
    store.slices = [{ slot: 1, by: 2 }];
    await stand.turns(300);
    expect([stand.duty.works, stand.duty.withoutPorts]).toEqual([
      [1],
      expect.stringContaining('waits until it is sure'),
    ]);
    const other = new Stand(store);
    await other.turns(300);
    expect(other.duty.works).toEqual([]);
    other.stalled = NEVER;
    store.slices = [];
    await other.turns(3000);
    expect([other.duty.works, other.duty.withoutPorts]).toEqual([
      [],
      expect.stringContaining('waits until it is sure'),
    ]);
  });
});

describe('a node whose lease is over', () => {
  it('goes on where one of several nodes acknowledges it', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.leasedMs = 0;
    stand.peers = [{ ...living(2), acknowledges: false }, living(3)];
    await stand.turns(3000);
    expect([stand.duty.works, stand.duty.fenced]).toEqual([[1], false]);
  });

  it('goes on where there is no other node that could take its slice', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.leasedMs = 0;
    stand.peers = [];
    await stand.turns(3000);
    expect([stand.duty.works, stand.duty.fenced]).toEqual([[1], false]);
  });
});

describe('the slice of a node that is gone', () => {
  it('is taken five seconds after the node was last present, however long it was not heard', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.members = [{ slot: 2, name: 'gw2', revision: '' }];
    stand.peers = [gone(2)];
    await stand.turns(20_000);
    store.members = [];
    await stand.turns(4800);
    expect(store.asked).toEqual([]);
    await stand.turns(600);
    expect(store.asked).toEqual(['take 2']);
  });

  it('is taken also where the store says that the node itself has it, and not from a node that lives', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.peers = [gone(2), living(3)];
    store.slices = [{ slot: 2, by: 3 }];
    await stand.turns(20_000);
    expect(store.asked).toEqual([]);
    store.slices = [{ slot: 2, by: 2 }];
    await stand.turns(6000);
    expect(store.asked[0]).toBe('take 2');
  });

  it('is asked for once while the store does not answer, and again five seconds after it has refused', async () => {
    const store = new Store();
    const stand = new Stand(store);
    let asked = 0;
    let answer: (result: Answer) => void = () => undefined;
    store.takeSlice = () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    stand.peers = [gone(2)];
    await stand.turns(20_000);
    expect(asked).toBe(1);
    answer({ done: false, text: 'another node has it' });
    await stand.turns(6000);
    expect(asked).toBe(2);
  });

  it('is not used again once it is being handed back, however long the store takes to forget it', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.slices = [{ slot: 2, by: 1 }];
    stand.peers = [gone(2)];
    await stand.turns(300);
    expect(stand.duty.works).toEqual([1, 2]);
    let asked = 0;
    store.handBack = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    stand.peers = [living(2)];
    await stand.turns(6000);
    expect([stand.duty.works, asked]).toEqual([[1], 1]);
    stand.peers = [gone(2)];
    await stand.turns(3000);
    expect(stand.duty.works).toEqual([1]);
  });
});
