import { describe, expect, it } from 'vitest';
import { SimulatedClock, Wire } from './simulated-network.ts';
import { pair, Station, upTo } from './station.ts';

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
