import { describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/replication/frame-keys.ts';
import { NewEpochs } from '../../../src/replication/new-epochs.ts';
import { SimulatedClock } from './simulated-network.ts';

function tries(epochs: NewEpochs, slot: number, count: number): number {
  return Array.from({ length: count }, (_, index) => epochs.mayDerive(slot, 10_000 + index)).filter(Boolean).length;
}

describe('the budget for deriving keys of epochs that nothing speaks for', () => {
  it('is twenty in a second for each sender, and does not grow while nothing comes', () => {
    const clock = new SimulatedClock();
    const epochs = new NewEpochs(clock);
    expect(tries(epochs, 2, 1000)).toBe(20);
    clock.advance(500);
    expect(tries(epochs, 2, 1000)).toBe(10);
    clock.advance(60_000);
    expect(tries(epochs, 2, 1000)).toBe(20);
  });

  it('is a hundred in a second for all senders together', () => {
    const epochs = new NewEpochs(new SimulatedClock());
    const sum = Array.from({ length: 63 }, (_, index) => tries(epochs, index + 1, 100)).reduce((one, all) => one + all);
    expect(sum).toBe(100);
  });

  it('is not needed for a known epoch, and recordings of former ones push none out', () => {
    const epochs = new NewEpochs(new SimulatedClock());
    epochs.prove(2, 500);
    for (let old = 1; old < 20; old++) epochs.prove(2, old);
    tries(epochs, 2, 1000);
    expect(epochs.mayDerive(2, 500)).toBe(true);
    expect(epochs.mayDerive(2, 501)).toBe(false);
    expect(epochs.mayDerive(3, 500)).toBe(true);
  });
});

describe('derived keys', () => {
  it('are held for sixteen epochs of each sender, the last ones', () => {
    const ring = new KeyRing([Buffer.alloc(32, 1)], 'campus');
    const tag = ring.sealingTag;
    for (let epoch = 1; epoch <= 1000; epoch++) ring.openingKey(tag, 2, epoch, () => true);
    expect(ring.cached).toBe(16);
    ring.openingKey(tag, 3, 1, () => true);
    expect(ring.cached).toBe(17);
    expect(ring.openingKey(tag, 2, 1000, () => false)).toBeInstanceOf(Buffer);
    expect(ring.openingKey(tag, 2, 985, () => false)).toBeInstanceOf(Buffer);
    expect(ring.openingKey(tag, 2, 984, () => false)).toBe('newEpoch');
    expect(ring.openingKey(tag ^ 1, 2, 1000, () => true)).toBe('key');
  });
});
