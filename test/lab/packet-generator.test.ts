import { afterEach, describe, expect, it } from 'vitest';
import { verifyChecksums } from '../../src/lab/bench/pps/established.ts';
import { Generator } from '../../src/lab/bench/pps/generator.ts';
import { buildLane, streamOf } from '../../src/lab/bench/pps/lanes.ts';
import { BareLink, namespaceOf, packetCost } from '../../src/lab/bench/pps/packet-cost.ts';
import { Sink } from '../../src/lab/bench/pps/sink.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { labTest } from './needs-root.ts';

const FLOWS = 100;
const PACKETS = 1000;

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe.runIf(labTest)('the packet generator', () => {
  it('sends what the far kernel finds right, and what the sink counts and learns ports of', async () => {
    world = await World.create();
    const lane = await buildLane(world, 'masquerade', {});
    await verifyChecksums(lane, '6to4', undefined);
    const sink = new Sink({ namespace: namespaceOf(lane.server), interface: 'eth0', direction: 'ingress' }, true);
    const stream = streamOf('masquerade', '6to4');
    const generator = new Generator({ namespace: namespaceOf(lane.client), interface: 'eth0' }, stream, FLOWS);
    try {
      expect(await generator.send({ seconds: 60, packets: PACKETS, rate: 20_000 })).toMatchObject({ packets: PACKETS });
      await waitFor('all packets to be counted', () => sink.count === PACKETS, { timeoutMs: 10_000 });
      const ports = sink.ports(FLOWS);
      expect(new Set(ports).size).toBe(FLOWS);
      expect(sink.ports(FLOWS + 1)).toHaveLength(FLOWS);
      await verifyChecksums(lane, '4to6', ports);
    } finally {
      generator.close();
      sink.close();
    }
  });

  it('times a gateway, apart from what making the packets costs', async () => {
    world = await World.create();
    const lane = await buildLane(world, 'kernel', {});
    const bare = await BareLink.open(world);
    try {
      const course = { lane, direction: '6to4', flows: FLOWS, countedAt: 'egress', bare } as const;
      const { ns, loss } = await packetCost(course, 0.3);
      expect(ns).toBeGreaterThan(0);
      expect(loss).toBeLessThan(1);
    } finally {
      bare.close();
    }
  });
});
