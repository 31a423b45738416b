import { describe, expect, it } from 'vitest';
import { random, SimulatedClock, Wire } from './simulated-network.ts';
import { pair, Station, upTo } from './station.ts';

describe('two nodes on two links', () => {
  it('find each other and drop each second copy', async () => {
    const { clock, one, two } = await pair();
    expect(two.events.map(({ event }) => event)).toEqual(['up']);
    one.say(0, 500);
    clock.advance(200);
    expect(two.heard.get(1)).toEqual(upTo(500));
    const { links } = two.replicator.status();
    const copies = links.reduce((sum, { secondCopies }) => sum + secondCopies, 0);
    expect(copies).toBe(links.reduce((sum, { firstCopies }) => sum + firstCopies, 0));
  });

  it.each(upTo(30))('deliver everything once and in order whatever the wires do (seed %i)', async (seed) => {
    const { clock, wires, one, two } = await pair(seed * 7 + 1);
    const chance = random(seed);
    for (const { faults } of wires) Object.assign(faults, { loss: 0.25, duplication: 0.3, maxDelayMs: 30 });
    let said = 0;
    for (let round = 0; round < 40; round++) {
      const count = Math.floor(chance() * 60);
      if (count > 0) one.say(said, count);
      said += count;
      two.room = chance() > 0.2;
      clock.advance(chance() * 60);
    }
    two.room = true;
    clock.advance(3000);
    expect(two.heard.get(1)).toEqual(upTo(said));
    expect(two.replicator.status().peers[0]).toMatchObject({ lost: 0, waiting: 0 });
    expect(one.replicator.status().peers[0].acknowledged).toBe(one.replicator.status().sequence);
  });

  it('send what was lost again at a pace, and not for every question anew', async () => {
    const { clock, wires, one, two } = await pair();
    for (const { faults } of wires) faults.loss = 0.5;
    for (let said = 0; said < 20_000; said += 4000) {
      one.say(said, 4000);
      clock.advance(1000);
    }
    clock.advance(4000);
    expect(two.heard.get(1)).toEqual(upTo(20_000));
    const { framesResent, sequence, pace } = one.replicator.status();
    // A quarter is lost on both links at once, and again of each repair; whatever exceeds that was sent for nothing.
    expect(framesResent).toBeGreaterThan(sequence / 5);
    expect(framesResent).toBeLessThan(sequence);
    expect(pace).toBeGreaterThan(0);
  });

  it('tell a frame that one link has doubled from the copy on the other link', async () => {
    const { clock, wires, one, two } = await pair();
    wires[0].faults.duplication = 1;
    one.say(0, 100);
    clock.advance(5000);
    const [doubled, plain] = two.replicator.status().links;
    expect(doubled.repeats).toBeGreaterThan(50);
    expect(plain).toMatchObject({ repeats: 0, health: 'ok' });
    expect(doubled.firstCopies + doubled.secondCopies).toBeLessThan(doubled.framesIn - doubled.repeats + 1);
    expect(doubled.health).toBe('ok');
  });

  it.each(upTo(10))('name the link from which nothing comes within 0.9 s, and nothing is lost (%i)', async (phase) => {
    const { clock, wires, one, two } = await pair();
    const health = (): string[] => two.replicator.status().links.map((link) => link.health);
    clock.advance(1000 + phase * 37);
    wires[0].faults.cut = true;
    one.say(0, 100);
    clock.advance(900);
    expect(two.heard.get(1)).toEqual(upTo(100));
    expect(health()).toEqual(['silent', 'ok']);
    expect(two.replicator.status().links[0].problem).toBe('nothing from gw1 comes in on ring0');
    wires[0].faults.cut = false;
    clock.advance(400);
    expect(health()).toEqual(['ok', 'ok']);
  });

  it('say of a link that loses a part that it does, and never that it is silent', async () => {
    const { clock, wires, two } = await pair();
    wires[0].faults.loss = 0.3;
    const seen = new Set<string>();
    for (let look = 0; look < 100; look++) {
      clock.advance(100);
      const [lossy, whole] = two.replicator.status().links;
      if (look >= 20) seen.add(lossy.health);
      expect(whole.health).toBe('ok');
    }
    expect(seen).toContain('lossy');
    expect(seen).not.toContain('silent');
  });

  it('say nothing of the links to a peer that is gone', async () => {
    const { clock, wires, two } = await pair();
    for (const { faults } of wires) faults.cut = true;
    clock.advance(2000);
    expect(two.replicator.status().links.map(({ health }) => health)).toEqual(['unknown', 'unknown']);
  });
});

describe('a link with small frames', () => {
  it('carries everything in one piece, what is sent again too', async () => {
    const clock = new SimulatedClock();
    const wires = [new Wire(clock, 5), new Wire(clock, 6)];
    const one = new Station(clock, wires, { slot: 1, maxFrameBytes: 500 });
    const two = new Station(clock, wires, { slot: 2, maxFrameBytes: 500 });
    const sizes: number[] = [];
    wires[0].join((frame) => void sizes.push(frame.length));
    for (const { faults } of wires) faults.loss = 0.3;
    await one.start();
    await two.start();
    clock.advance(1000);
    one.say(0, 2000);
    clock.advance(3000);
    expect(two.heard.get(1)).toEqual(upTo(2000));
    expect(one.replicator.status().framesResent).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(Math.max(...sizes)).toBeGreaterThan(300);
  });
});

describe('a peer', () => {
  it('that is silent is down, and up again when it is back', async () => {
    const { clock, wires, two } = await pair();
    for (const { faults } of wires) faults.cut = true;
    clock.advance(1500);
    for (const { faults } of wires) faults.cut = false;
    clock.advance(1000);
    expect(two.events.map(({ event }) => event)).toEqual(['up', 'down', 'up']);
  });

  it('that was started again is said to be, and its old life is not believed any more', async () => {
    const { clock, wires, one, two } = await pair();
    await one.replicator.stop();
    const again = new Station(clock, wires, { slot: 1, epoch: 1001 });
    await again.start();
    clock.advance(500);
    expect(two.events.map(({ event }) => event)).toEqual(['up', 'restarted']);
    again.say(0, 10);
    clock.advance(100);
    expect(two.heard.get(1)).toEqual(upTo(10));
  });

  it('is asked for a snapshot once, however often the request arrives', async () => {
    const { clock, one, two } = await pair();
    two.replicator.requestSnapshot('internet', 1);
    clock.advance(500);
    expect(one.snapshotsWanted).toEqual(['internet']);
  });
});

describe('an instance that is configured otherwise on the other side', () => {
  it('takes no records, counts them, and status names the field', async () => {
    const clock = new SimulatedClock();
    const wires = [new Wire(clock, 1)];
    const one = new Station(clock, wires, { slot: 1 });
    const two = new Station(clock, wires, { slot: 2, pool6: 'y' });
    await one.start();
    await two.start();
    clock.advance(500);
    one.say(0, 30);
    clock.advance(500);
    expect(two.heard.size).toBe(0);
    const [peer] = two.replicator.status().peers;
    expect(peer.instances).toMatchObject([
      { agrees: false, differs: ['pool6'], recordsApplied: 0, recordsRefused: 30 },
    ]);
    expect([peer.waiting, one.replicator.status().peers[0].acknowledged]).toEqual([
      0,
      one.replicator.status().sequence,
    ]);
  });

  it.each(['here', 'there'])('takes records and asks for what it has missed when it is put right %s', async (where) => {
    const clock = new SimulatedClock();
    const wires = [new Wire(clock, 1)];
    const one = new Station(clock, wires, { slot: 1 });
    const two = new Station(clock, wires, { slot: 2, pool6: 'y' });
    await one.start();
    await two.start();
    clock.advance(500);
    one.say(0, 30);
    clock.advance(500);
    expect(one.snapshotsWanted).toEqual([]);
    const [right, pool6] = where === 'here' ? [two, 'x'] : [one, 'y'];
    right.replicator.setInstances([{ instance: 'internet', fields: new Map([['pool6', pool6]]) }], []);
    clock.advance(1500);
    expect(one.snapshotsWanted).toEqual(['internet']);
    one.say(0, 10);
    clock.advance(100);
    expect(two.heard.get(1)).toEqual(upTo(10));
    expect(two.replicator.status().peers[0].instances).toMatchObject([{ agrees: true, differs: [] }]);
  });
});

describe('records that somebody waits for', () => {
  async function watched(pool6: string): Promise<{ clock: SimulatedClock; wires: Wire[]; one: Station; two: Station }> {
    const clock = new SimulatedClock();
    const wires = [new Wire(clock, 1)];
    const one = new Station(clock, wires, { slot: 1, confirmed: ['internet'] });
    const two = new Station(clock, wires, { slot: 2, pool6 });
    await one.start();
    await two.start();
    clock.advance(520);
    return { clock, wires, one, two };
  }

  it('are confirmed at once, not with the next heartbeat', async () => {
    const { clock, one, two } = await watched('x');
    one.say(0, 30);
    // Waiting to share a frame, the wire, waiting to share the answer, the wire.
    clock.advance(1 + 1 + 1 + 1);
    expect(two.heard.get(1)).toEqual(upTo(30));
    expect(one.confirmed.at(-1)).toEqual(['internet', 30]);
    expect(two.confirmed).toEqual([]);
  });

  it('are confirmed, whatever is lost, and never before they have arrived', async () => {
    const { clock, wires, one, two } = await watched('x');
    wires[0].faults.loss = 0.4;
    let said = 0;
    for (let round = 0; round < 100; round++, said += 7) {
      one.say(said, 7);
      clock.advance(3);
      expect(one.confirmed.at(-1)?.[1] ?? 0).toBeLessThanOrEqual(two.heard.get(1)?.length ?? 0);
    }
    clock.advance(2000);
    expect(one.confirmed.at(-1)).toEqual(['internet', said]);
  });

  it('are not confirmed by a node that refuses them', async () => {
    const { clock, one } = await watched('y');
    one.say(0, 30);
    clock.advance(1000);
    expect(one.confirmed).toEqual([]);
  });
});
