import { describe, expect, it } from 'vitest';
import type { PeerChange } from '../../../src/replication/replicator-options.ts';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { Replicator } from '../../../src/replication/replicator.ts';
import { random, SimulatedClock, transportOver, Wire } from './simulated-network.ts';

const SECRET = Buffer.from('a secret of the cluster of sufficient length');

/** A node that remembers all it was told. */
class Station {
  readonly replicator: Replicator;
  readonly events: PeerChange[] = [];
  /** The number in each record, by sender. */
  readonly heard = new Map<number, number[]>();
  readonly snapshotsWanted: string[] = [];
  room = true;
  slotRefused = 0;
  laterEpoch: number | undefined;
  readonly confirmed: [string, number][] = [];

  constructor(
    clock: SimulatedClock,
    wires: readonly Wire[],
    {
      slot,
      epoch = 1000,
      slots = [1, 2],
      secret = SECRET,
      cluster = 'lab',
      pool6 = 'x',
      maxFrameBytes,
      confirmed = [],
    }: StationOptions,
  ) {
    const peers = slots.filter((other) => other !== slot).map((other) => ({ slot: other, name: `gw${other}` }));
    const identity = { cluster, secrets: [secret], node: `gw${slot}`, slot, epoch, software: 'test' };
    const instances = [{ instance: 'internet', fields: new Map([['pool6', pool6]]) }];
    this.replicator = new Replicator(
      { ...identity, peers, instances, confirmed },
      clock,
      transportOver(wires, maxFrameBytes),
    );
  }

  async start(): Promise<void> {
    await this.replicator.start({
      onRecords: (_instance, sender, records, count) => {
        if (!this.room) return false;
        const list = this.heard.get(sender) ?? [];
        for (let index = 0; index < count; index++) list.push(Buffer.from(records).readUInt32BE(64 * index));
        this.heard.set(sender, list);
        return true;
      },
      onSpace: () => undefined,
      onSnapshotWanted: (instance) => void this.snapshotsWanted.push(instance),
      onPeer: (event) => void this.events.push(event),
      onInfo: () => undefined,
      onConfirmed: (instance, records) => void this.confirmed.push([instance, records]),
      onSlotRefused: (laterEpoch) => {
        this.slotRefused += 1;
        this.laterEpoch = laterEpoch;
      },
    });
  }

  say(first: number, count: number): void {
    const records = Buffer.alloc(64 * count);
    for (let index = 0; index < count; index++) records.writeUInt32BE(first + index, 64 * index);
    if (!this.replicator.publish('internet', records, count)) throw new Error('no room to publish');
  }
}

interface StationOptions {
  slot: number;
  epoch?: number;
  slots?: readonly number[];
  secret?: Uint8Array;
  cluster?: string;
  pool6?: string;
  maxFrameBytes?: number;
  confirmed?: readonly string[];
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function pair(seed = 1): Promise<{ clock: SimulatedClock; wires: Wire[]; one: Station; two: Station }> {
  const clock = new SimulatedClock();
  const wires = [new Wire(clock, seed), new Wire(clock, seed + 1)];
  const one = new Station(clock, wires, { slot: 1 });
  const two = new Station(clock, wires, { slot: 2 });
  await one.start();
  await two.start();
  clock.advance(500);
  return { clock, wires, one, two };
}

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

describe('three nodes in a ring of plain links', () => {
  it('hear each other over any single cut, and no frame goes round for ever', async () => {
    const clock = new SimulatedClock();
    const wires = [0, 1, 2].map((index) => new Wire(clock, index));
    const stations = [1, 2, 3].map(
      (slot, index) => new Station(clock, [wires[index], wires[(index + 2) % 3]], { slot, slots: [1, 2, 3] }),
    );
    for (const station of stations) await station.start();
    clock.advance(500);
    stations[0].say(0, 50);
    clock.advance(100);
    wires[0].faults.cut = true;
    stations[0].say(50, 50);
    clock.advance(300);
    expect(stations.slice(1).map(({ heard }) => heard.get(1))).toEqual([upTo(100), upTo(100)]);
    const before = wires.reduce((sum, { sent }) => sum + sent, 0);
    clock.advance(1000);
    // Of each of three nodes eleven heartbeats, sent twice and passed on at most four times, and a hello, passed on at
    // most twice.
    expect(wires.reduce((sum, { sent }) => sum + sent, 0) - before).toBeLessThanOrEqual(3 * (11 * 6 + 4));
  });

  it('say each for itself where the ring is cut, within a second of the cut and of its repair', async () => {
    const clock = new SimulatedClock();
    const wires = [0, 1, 2].map((index) => new Wire(clock, index));
    const stations = [1, 2, 3].map(
      (slot, index) => new Station(clock, [wires[index], wires[(index + 2) % 3]], { slot, slots: [1, 2, 3] }),
    );
    const problems = (): (string | undefined)[][] =>
      stations.map(({ replicator }) => replicator.status().links.map(({ problem }) => problem));
    for (const station of stations) await station.start();
    clock.advance(1500);
    wires[0].faults.cut = true;
    clock.advance(1000);
    const from = (peer: string, link: string): string => `nothing from ${peer} comes in on ${link}`;
    expect(problems()).toEqual([
      [`${from('gw2', 'ring0')}; ${from('gw3', 'ring0')}`, undefined],
      [undefined, `${from('gw1', 'ring1')}; ${from('gw3', 'ring1')}`],
      // What it hears of each of the others comes from that one's side alone.
      [from('gw2', 'ring0'), from('gw1', 'ring1')],
    ]);
    wires[0].faults.cut = false;
    clock.advance(1000);
    expect(problems().flat()).toEqual(Array.from({ length: 6 }, () => undefined));
  });
});

describe('four nodes in a ring of plain links', () => {
  it('hear each neighbour from both sides, whichever way round is the faster one, and say where the ring is cut', async () => {
    const clock = new SimulatedClock();
    const wires = [0, 1, 2, 3].map((index) => new Wire(clock, index));
    const slots = [1, 2, 3, 4];
    const stations = slots.map(
      (slot, index) => new Station(clock, [wires[index], wires[(index + 3) % 4]], { slot, slots }),
    );
    const problems = (): (string | undefined)[] =>
      stations.flatMap(({ replicator }) => replicator.status().links.map(({ problem }) => problem));
    for (const station of stations) await station.start();
    clock.advance(500);
    stations[0].say(0, 500);
    clock.advance(3000);
    expect(stations.slice(1).map(({ heard }) => heard.get(1))).toEqual([upTo(500), upTo(500), upTo(500)]);
    expect(problems()).toEqual(Array.from({ length: 8 }, () => undefined));
    wires[0].faults.cut = true;
    clock.advance(1000);
    expect(problems().filter((text) => text === undefined)).toHaveLength(2);
    wires[0].faults.cut = false;
    clock.advance(1000);
    expect(problems()).toEqual(Array.from({ length: 8 }, () => undefined));
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

describe('replication in one direction only', () => {
  it('is seen at both ends a second after the cut, and so is its end', async () => {
    const clock = new SimulatedClock();
    const wires = [new Wire(clock, 1), new Wire(clock, 2)];
    const [one, two] = [1, 2].map((slot) => new Station(clock, wires, { slot }));
    await one.start();
    await two.start();
    clock.advance(500);
    const stateOf = ({ replicator }: Station): object => {
      const [{ alive, oneWay }] = replicator.status().peers;
      return { alive, oneWay };
    };
    expect([one, two].map(stateOf)).toEqual([
      { alive: true, oneWay: false },
      { alive: true, oneWay: false },
    ]);
    // What the first one says is lost, the other direction goes on.
    for (const wire of wires) wire.faults.loses = (frame) => frame[7] === 1;
    clock.advance(1000);
    expect(stateOf(one)).toEqual({ alive: true, oneWay: false });
    clock.advance(250);
    expect(stateOf(one)).toEqual({ alive: true, oneWay: true });
    expect(stateOf(two)).toEqual({ alive: false, oneWay: false });
    for (const wire of wires) wire.faults.loses = () => false;
    clock.advance(250);
    expect([one, two].map(stateOf)).toEqual([
      { alive: true, oneWay: false },
      { alive: true, oneWay: false },
    ]);
  });

  it('is not said because a heartbeat was overtaken by a later one', async () => {
    const { clock, wires, one } = await pair();
    for (const { faults } of wires) faults.maxDelayMs = 500;
    let said = 0;
    for (let look = 0; look < 500; look++) {
      clock.advance(10);
      if (one.replicator.status().peers[0].oneWay) said += 1;
    }
    expect(said).toBe(0);
  });
});

describe('a path whose MTU is smaller than that of the interfaces at its ends', () => {
  it.each([1300, 1400, 1500])('carries the log all the same, and is named (%i)', async (mtu) => {
    const { clock, wires, one, two } = await pair();
    wires[1].faults.loses = (frame) => frame.length + 48 > mtu;
    wires[1].faults.loss = 0.2;
    one.say(0, 4000);
    clock.advance(20_000);
    expect(two.heard.get(1)).toEqual(upTo(4000));
    for (const { replicator } of [one, two]) {
      const [whole, narrow] = replicator.status().links;
      expect(whole).toMatchObject({ mtu: 1500, pathMtu: 1500 });
      expect(narrow).toMatchObject({ mtu: 1500, pathMtu: mtu });
      if (mtu < 1500)
        expect(narrow.problem).toContain(`above an MTU of ${mtu} do not arrive on ring1, whose ends carry 1500`);
      else expect(narrow.problem ?? '').not.toContain('MTU');
    }
  });
});
