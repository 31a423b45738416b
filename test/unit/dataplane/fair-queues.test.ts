import { describe, expect, it } from 'vitest';
import { FairQueues } from '../../../src/dataplane/fair-queues.ts';
import type { PacketSource } from '../../../src/dataplane/tun-sink.ts';
import { TUN_AGAIN } from '../../../src/linux/tun.ts';

/** A queue whose packets are lengths. */
class Queue implements PacketSource {
  readonly readHeader = new DataView(new ArrayBuffer(10));
  readonly packets: number[] = [];
  reads = 0;

  readPacket(): number {
    this.reads++;
    return this.packets.shift() ?? TUN_AGAIN;
  }
}

function device(count: number) {
  const queues = Array.from({ length: count }, () => new Queue());
  let polls = 0;
  const source = new FairQueues(
    queues,
    () => polls++,
    (queue) => (queues[queue]?.packets.length ?? 0) > 0,
  );
  const read = (packets: number): number[] => {
    const lengths: number[] = [];
    for (let index = 0; index < packets; index++) {
      const length = source.readPacket(new ArrayBuffer(1), 0, 1);
      if (length === TUN_AGAIN) break;
      lengths.push(length);
    }
    return lengths;
  };
  return { queues, source, read, polls: () => polls };
}

describe('queues that are read in turn', () => {
  it('give every packet once, in the order of its queue', () => {
    const { queues, read } = device(3);
    for (const [index, queue] of queues.entries())
      for (let packet = 0; packet < 50; packet++) queue.packets.push(1000 * (index + 1) + packet);
    const lengths = read(1000);
    expect(lengths).toHaveLength(150);
    for (const index of [1, 2, 3]) {
      const own = lengths.filter((length) => Math.floor(length / 1000) === index);
      expect(own).toEqual(own.toSorted((one, other) => one - other));
    }
    expect(read(10)).toEqual([]);
  });

  it('let one packet wait for a turn of each other queue at most, however full those are', () => {
    const { queues, read } = device(9);
    for (let packet = 0; packet < 10_000; packet++) queues[3]?.packets.push(7);
    read(100);
    queues[5]?.packets.push(8);
    // The kernel is asked after 64 packets, and then it is that queue's turn within eight.
    expect(read(64 + 8 + 8)).toContain(8);
  });

  it('say that there is nothing, and see what comes then', () => {
    const { queues, source, read } = device(4);
    expect(read(5)).toEqual([]);
    queues[2]?.packets.push(9);
    expect(read(5)).toEqual([9]);
    expect(source.readHeader).toBe(queues[2]?.readHeader);
  });

  it('ask each queue only when it may have something', () => {
    const { queues, read, polls } = device(9);
    read(1);
    const before = queues.map(({ reads }) => reads);
    for (let round = 0; round < 10; round++) {
      queues[1]?.packets.push(1);
      read(5);
    }
    expect(queues.map(({ reads }, index) => reads - (before[index] ?? 0))).toEqual([0, 20, 0, 0, 0, 0, 0, 0, 0]);
    expect(polls()).toBeLessThan(30);
  });
});
