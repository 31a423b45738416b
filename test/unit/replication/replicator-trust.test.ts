import { describe, expect, it } from 'vitest';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { SimulatedClock, Wire } from './simulated-network.ts';
import { pair, SECRET, Station, upTo } from './station.ts';

describe('strangers', () => {
  it.each([
    ['key', { secret: Buffer.from('another secret, which is long enough too') }],
    ['cluster', { cluster: 'other' }],
  ])('with a wrong %s cost a counter and nothing else', async (reason, options) => {
    const { clock, wires, two } = await pair();
    const before = two.replicator.status().peers;
    const stranger = new Station(clock, wires, { slot: 1, epoch: 5000, ...options });
    await stranger.start();
    stranger.say(0, 100);
    clock.advance(500);
    expect(two.replicator.status().links[0].refused).toMatchObject({ [reason]: expect.any(Number) });
    expect(two.heard.size).toBe(0);
    expect(two.replicator.status().peers.map(({ epoch }) => epoch)).toEqual(before.map(({ epoch }) => epoch));
  });

  it('that replay a previous incarnation are not believed', async () => {
    const clock = new SimulatedClock();
    const recording: Uint8Array[] = [];
    const past = new Wire(clock, 1);
    past.join((frame) => void recording.push(Uint8Array.from(frame)));
    const old = new Station(clock, [past], { slot: 1, epoch: 900 });
    const peer = new Station(clock, [past], { slot: 2, epoch: 901 });
    await old.start();
    await peer.start();
    clock.advance(300);
    old.say(0, 20);
    clock.advance(300);
    const wire = new Wire(clock, 2);
    const send = wire.join(() => undefined);
    const victim = new Station(clock, [wire], { slot: 2, epoch: 2000 });
    await victim.start();
    for (const frame of recording) send(frame);
    clock.advance(500);
    expect(victim.heard.size).toBe(0);
    expect(victim.events).toEqual([]);
  });
});

describe('the cluster’s secret', () => {
  const [old, young] = [SECRET, Buffer.from('the secret that comes after it, as long as that')];
  const STEPS = [[old, young], [young, old], [young]];

  it('is changed under traffic and loss, each node in its time, and nothing is refused or lost', async () => {
    const { clock, wires, one, two } = await pair();
    for (const { faults } of wires) Object.assign(faults, { loss: 0.3, maxDelayMs: 10 });
    let said = 0;
    const work = (): void => {
      for (let round = 0; round < 50; round++, said += 30) {
        one.say(said, 30);
        clock.advance(10);
      }
    };
    for (const secrets of STEPS) {
      work();
      two.replicator.changeSecrets(secrets);
      work();
      one.replicator.changeSecrets(secrets);
    }
    work();
    clock.advance(2000);
    expect(two.heard.get(1)).toEqual(upTo(said));
    const { peers, links } = two.replicator.status();
    expect(peers[0]).toMatchObject({ lost: 0, waiting: 0, alive: true });
    expect(links.map(({ refused }) => [refused.key, refused.seal, refused.body])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(two.events.length).toBe(1);
    const late = new Station(clock, wires, { slot: 1, epoch: 3000, secret: old });
    await late.start();
    clock.advance(500);
    expect(two.replicator.status().links[0].refused.key).toBeGreaterThan(0);
  });

  it('that is gone takes nothing with it: frames that were sealed with it go again under the next one', async () => {
    const { clock, wires, one, two } = await pair();
    for (const { replicator } of [one, two]) replicator.changeSecrets([old, young]);
    for (const { replicator } of [one, two]) replicator.changeSecrets([young, old]);
    for (const { faults } of wires) faults.cut = true;
    one.say(0, 100);
    clock.advance(200);
    for (const { replicator } of [one, two]) replicator.changeSecrets([young]);
    for (const { faults } of wires) faults.cut = false;
    clock.advance(1000);
    expect(two.heard.get(1)).toEqual(upTo(100));
  });

  it('that is replaced at once leaves the sealed frames of its time behind only after the second change', async () => {
    const { clock, wires, one, two } = await pair();
    for (const { faults } of wires) faults.cut = true;
    one.say(0, 100);
    clock.advance(100);
    for (const { replicator } of [one, two]) replicator.changeSecrets([young]);
    one.say(100, 100);
    clock.advance(100);
    for (const { faults } of wires) faults.cut = false;
    clock.advance(500);
    expect(two.heard.get(1)).toEqual(upTo(200));
    for (const { faults } of wires) faults.cut = true;
    one.say(200, 20);
    clock.advance(100);
    for (const { replicator } of [one, two]) replicator.changeSecrets([old]);
    for (const { replicator } of [one, two]) replicator.changeSecrets([young]);
    one.say(300, 20);
    clock.advance(100);
    for (const { faults } of wires) faults.cut = false;
    clock.advance(500);
    expect(two.heard.get(1)?.slice(200)).toEqual(upTo(320).slice(300));
    expect(two.replicator.status().peers[0]).toMatchObject({ waiting: 0 });
    expect(two.replicator.status().peers[0].lost).toBeGreaterThan(0);
  });
});

describe('a slot', () => {
  it('that two nodes use is left by the one that came later', async () => {
    const { clock, wires, one, two } = await pair();
    const rival = new Station(clock, wires, { slot: 1, epoch: 2000 });
    await rival.start();
    const told = Array.from({ length: 10 }, () => {
      clock.advance(100);
      return one.replicator.status().rival;
    });
    expect([one, two, rival].map(({ replicator }) => replicator.status().refusedSlot)).toEqual([false, false, true]);
    expect([one, two, rival].map(({ slotRefused }) => slotRefused)).toEqual([0, 0, 1]);
    expect(rival.laterEpoch).toBeUndefined();
    // Who was here first knows of the other one for a while.
    expect(told).toContain(true);
    clock.advance(2000);
    expect(one.replicator.status().rival).toBe(false);
    // Nobody has believed the later one, and the earlier one was served all the time.
    expect(two.events.map(({ event, epoch }) => [event, epoch])).toEqual([['up', 1000]]);
    one.say(0, 20);
    rival.say(100, 20);
    clock.advance(500);
    expect(two.heard.get(1)).toEqual(upTo(20));
    expect(one.replicator.status().peers[0].acknowledged).toBe(one.replicator.status().sequence);
  });

  it('whose node has lost count of its lives is given up, with the latest of them, and taken by a later one', async () => {
    const { clock, wires, one, two } = await pair();
    await two.replicator.stop();
    const earlier = new Station(clock, wires, { slot: 2, epoch: 10 });
    await earlier.start();
    clock.advance(900);
    // As long as the life before may still be there.
    expect(earlier.slotRefused).toBe(0);
    clock.advance(1000);
    expect([earlier.slotRefused, earlier.laterEpoch]).toEqual([1, 1000]);
    expect(earlier.replicator.status().refusedSlot).toBe(true);
    expect(one.replicator.status().peers[0]).toMatchObject({ alive: false, epoch: 1000 });
    await earlier.replicator.stop();
    const later = new Station(clock, wires, { slot: 2, epoch: 1001 });
    await later.start();
    clock.advance(500);
    expect(later.slotRefused).toBe(0);
    expect(one.replicator.status().peers[0]).toMatchObject({ alive: true, epoch: 1001 });
  });

  it('is kept, however often heartbeats of the node’s own former life come again', async () => {
    const { clock, wires, one } = await pair();
    const recording: Uint8Array[] = [];
    const send = wires[0].join((frame) => void recording.push(Uint8Array.from(frame)));
    clock.advance(3000);
    await one.replicator.stop();
    const again = new Station(clock, wires, { slot: 1, epoch: 1001 });
    await again.start();
    clock.advance(500);
    for (const frame of recording) send(frame);
    clock.advance(1000);
    expect(again.replicator.status().refusedSlot).toBe(false);
    expect(again.replicator.status().links[0].refused.sameSlot).toBeGreaterThan(10);
  });
});

describe('a flood of frames with invented later epochs', () => {
  const junk = new FrameSeal('lab', [SECRET], { slot: 2, epoch: 1 }).seal(FrameKind.heartbeat, 0, 1, Buffer.alloc(40));

  /** So many in each millisecond, from a stranger who has seen a frame. */
  function flood(clock: SimulatedClock, wire: Wire, perMs: number): void {
    const inject = wire.join(() => undefined);
    let epoch = 50_000;
    const turn = (): void => {
      for (let count = 0; count < perMs; count++) {
        epoch += 7919;
        junk.writeUInt32BE(epoch, 20);
        inject(junk);
      }
      clock.after(1, turn);
    };
    turn();
  }

  it.each([1, 2])(
    'keeps no node that starts from being accepted, nor one that was there (slot %i starts again)',
    async (slot) => {
      const { clock, wires, one, two } = await pair();
      flood(clock, wires[0], 20);
      clock.advance(2000);
      expect([one, two].map(({ events }) => events.at(-1)?.event)).toEqual(['up', 'up']);
      const [stays, goes] = slot === 1 ? [two, one] : [one, two];
      await goes.replicator.stop();
      clock.advance(5000);
      const again = new Station(clock, wires, { slot, epoch: 2_000_000_000 });
      await again.start();
      clock.advance(600);
      expect(stays.events.at(-1)).toMatchObject({ event: 'up', epoch: 2_000_000_000 });
      expect(again.events.at(-1)).toMatchObject({ event: 'up', epoch: 1000 });
      if (slot === 1) return;
      const { seal, newEpoch } = one.replicator.status().links[0].refused;
      // 7.6 s: what the budget lets be tried, and no more.
      expect(seal).toBeLessThan(20 * 9);
      expect(newEpoch).toBeGreaterThan(20 * 7500 - 20_000);
    },
  );

  it('ends proofs when every node is heard', async () => {
    const { clock, wires } = await pair();
    clock.advance(1000);
    const kinds: number[] = [];
    wires[0].join((frame) => kinds.push(frame[5]));
    clock.advance(3000);
    expect(kinds).toContain(FrameKind.heartbeat);
    expect(kinds).not.toContain(FrameKind.proof);
  });

  it('ends nowhere where proofs go round a ring', async () => {
    const clock = new SimulatedClock();
    const wires = [1, 2, 3].map((seed) => new Wire(clock, seed));
    const slots = [1, 2, 3, 4];
    const stations = slots
      .slice(0, 3)
      .map((slot) => new Station(clock, [wires[slot - 1], wires[slot % 3]], { slot, slots }));
    for (const station of stations) await station.start();
    clock.advance(12_000);
    const kinds: number[] = [];
    wires[0].join((frame) => kinds.push(frame[5]));
    clock.advance(10_000);
    const proofs = kinds.filter((kind) => kind === FrameKind.proof).length;
    // One in a second of each of three nodes for the one that is missing, and each forwarded at most once by each.
    expect(proofs).toBeGreaterThanOrEqual(20);
    expect(proofs).toBeLessThanOrEqual(10 * 6 + 6);
  });
});
