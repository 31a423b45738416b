import { describe, expect, it } from 'vitest';
import { InstanceSet } from '../../../../src/agent/compose/instance-set.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { SimulatedNetwork, SimulatedReplication } from '../simulated-network.ts';
import { SimulatedInstance } from '../simulated-parts.ts';

/** An instance that is being started until the test says how that went. */
class SlowInstance extends SimulatedInstance {
  number = 0;
  readonly started: Promise<void>;
  #settle: { succeed(): void; fail(error: Error): void } | undefined;

  constructor(calls: string[]) {
    super(1, calls);
    this.started = new Promise((succeed, fail) => {
      this.#settle = { succeed, fail };
    });
  }

  override async start(): Promise<void> {
    this.calls.push(`start ${this.number}`);
    await this.started;
    this.calls.push(`started ${this.number}`);
  }

  end(error?: Error): void {
    if (error === undefined) this.#settle?.succeed();
    else this.#settle?.fail(error);
  }
}

function stand(count: number, atOnce: number) {
  const calls: string[] = [];
  const clock = new SimulatedClock();
  const instances = Array.from({ length: count }, (_, number) => Object.assign(new SlowInstance(calls), { number }));
  const set = new InstanceSet(instances, {
    exchange: { add: () => undefined, remove: () => undefined },
    replication: new SimulatedReplication(new SimulatedNetwork(clock), 1, []),
    clock,
    onFailure: (_name, reason) => void calls.push(reason),
    works: () => [1],
    atOnce,
  });
  return { calls, instances, set };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the instances of a node', () => {
  it('are started some at a time, the next one when one of them runs', async () => {
    const { calls, instances, set } = stand(3, 2);
    let attempted = 0;
    const all = set.start(() => void attempted++);
    await settled();
    expect(calls).toEqual(['start 0', 'start 1']);
    instances[1]?.end();
    await settled();
    expect(calls).toEqual(['start 0', 'start 1', 'started 1', 'start 2']);
    for (const instance of instances) instance.end();
    await all;
    expect(calls.slice(4).toSorted()).toEqual(['started 0', 'started 2']);
    expect(attempted).toBe(3);
    instances[2]?.fail('the worker is gone');
    expect(calls.at(-1)).toBe('the worker is gone');
  });

  it('are not started any further when one of them cannot be, and those under way are waited for', async () => {
    const { calls, instances, set } = stand(4, 2);
    let ended = false;
    const all = set.start(() => undefined).finally(() => (ended = true));
    instances[0]?.end(new Error('the TUN device cannot be opened'));
    await settled();
    expect(ended).toBe(false);
    instances[1]?.end();
    await expect(all).rejects.toThrow('the TUN device cannot be opened');
    expect(calls).toEqual(['start 0', 'start 1', 'started 1']);
  });
});
