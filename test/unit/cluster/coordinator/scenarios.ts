import { afterEach, expect, it, vi } from 'vitest';
import type { Coordinator } from '../../../../src/cluster/coordinator/coordinator.ts';

const started: Coordinator[] = [];

afterEach(async () => {
  for (const coordinator of started.splice(0)) await coordinator.stop();
});

/** Starts it, and ends it after the test. */
export async function begin(coordinator: Coordinator): Promise<Coordinator> {
  started.push(coordinator);
  coordinator.tell('r1');
  await coordinator.start();
  return coordinator;
}

/** What holds whatever keeps the agreement. */
export function scenarios(node: (slot: number) => Promise<Coordinator>): void {
  it('refuses the slice of a node that is alive, and the own one', async () => {
    const one = await node(1);
    expect(await one.takeSlice(2, true)).toMatchObject({ done: false, text: expect.stringContaining('is alive') });
    expect(await one.takeSlice(1, false)).toMatchObject({ done: false, text: expect.stringContaining('own') });
    expect(one.view().slices).toEqual([]);
  });

  it('takes the slice of a node that is gone, tells of it, and hands it back once', async () => {
    const one = await node(1);
    const changed = vi.fn<() => void>();
    one.onChange(changed);
    expect(await one.takeSlice(4, false)).toMatchObject({ done: true });
    expect(one.view().slices).toEqual([{ slot: 4, by: 1 }]);
    expect(changed).toHaveBeenCalled();
    expect(await one.takeSlice(4, false)).toMatchObject({ done: true });
    expect(await one.handBack(4)).toMatchObject({ done: true });
    expect(one.view().slices).toEqual([]);
    expect(await one.handBack(4)).toMatchObject({ done: false });
  });

  it('lets a node take the lock for draining and give it back', async () => {
    const one = await node(1);
    expect(await one.lockDrain(false)).toMatchObject({ done: true });
    expect(await one.lockDrain(false)).toMatchObject({ done: true });
    expect(await one.unlockDrain()).toMatchObject({ done: true });
  });
}
