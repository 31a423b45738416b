import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { CallPace } from '../../../src/replication/calls/call-pace.ts';
import { EpochProofs } from '../../../src/replication/epoch-proofs.ts';
import { emptyHeader, FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { BackOff } from '../../../src/replication/grpc/back-off.ts';
import { PathProbe, PathReach } from '../../../src/replication/path-probe.ts';
import { Peer } from '../../../src/replication/peer.ts';
import { SlotClaim } from '../../../src/replication/slot-claim.ts';
import { SnapshotRequests } from '../../../src/replication/snapshot-requests.ts';
import { SimulatedClock } from './simulated-network.ts';

/** What the headers of IPv6 and UDP take. */
const HEADERS = 48;

describe('heartbeats that probe the path', () => {
  it('are one in five, each second one the largest, the others of the usual MTUs in turn', () => {
    const probe = new PathProbe(9000 - HEADERS);
    expect(probe.largest).toBe(1500 - HEADERS);
    const sizes = Array.from({ length: 80 }, () => probe.next());
    expect(sizes.filter((_, index) => (index + 1) % 5 !== 0).every((size) => size === 0)).toBe(true);
    const probes = sizes.filter((_, index) => (index + 1) % 5 === 0).map((size) => size + HEADERS);
    const wanted = [1480, 1450, 1420, 1400, 1350, 1300, 1280, 1480].flatMap((mtu) => [1500, mtu]);
    expect(probes).toEqual(wanted);
  });

  it('are no larger than what the own links carry', () => {
    const sizes = (largest: number): Set<number> => {
      const probe = new PathProbe(largest - HEADERS);
      return new Set(
        Array.from({ length: 200 }, () => probe.next())
          .filter((size) => size > 0)
          .map((size) => size + HEADERS),
      );
    };
    expect(sizes(1400)).toEqual(new Set([1400, 1350, 1300, 1280]));
    expect(sizes(1280)).toEqual(new Set([1280]));
  });
});

describe('the reach of a path', () => {
  const periods = (reach: PathReach, count: number): void => {
    for (let period = 0; period < count; period++) reach.endPeriod();
  };

  it('is known after fifty periods, and is that of the largest frame', () => {
    const reach = new PathReach();
    reach.tried = 1452;
    reach.came(1200);
    reach.came(1352);
    reach.came(1300);
    periods(reach, 49);
    expect([reach.mtu, reach.isNarrow]).toEqual([undefined, false]);
    periods(reach, 1);
    expect([reach.mtu, reach.isNarrow]).toEqual([1400, true]);
    // What is larger counts at once, what is smaller only when the former period is over as well.
    reach.came(1452);
    expect([reach.mtu, reach.isNarrow]).toEqual([1500, false]);
    periods(reach, 50);
    reach.came(1000);
    expect(reach.mtu).toBe(1500);
    periods(reach, 50);
    expect([reach.mtu, reach.isNarrow]).toEqual([1048, true]);
  });

  it('is not known while the peer does not say what it tries, and after it was gone', () => {
    const reach = new PathReach();
    reach.came(1352);
    periods(reach, 50);
    expect([reach.mtu, reach.isNarrow]).toEqual([undefined, false]);
    reach.tried = 1352;
    expect([reach.mtu, reach.isNarrow]).toEqual([1400, false]);
    reach.forget();
    expect(reach.mtu).toBeUndefined();
    periods(reach, 50);
    // Nothing came at all: that is no path, and no narrow one.
    expect(reach.mtu).toBeUndefined();
    reach.forget();
    reach.tried = 1352;
    reach.came(1300);
    periods(reach, 49);
    expect(reach.mtu).toBeUndefined();
    periods(reach, 1);
    expect(reach.mtu).toBe(1348);
  });
});

describe('a claim of a slot', () => {
  const own = { slot: 3, epoch: 1000 };
  const heartbeat = (slot: number, epoch: number): Uint8Array =>
    isthmus.v1.HeartbeatBody.encode({ heard: [{ slot, epoch, applied: 0 }] }).finish();
  const hearsUs = heartbeat(3, 1000);

  it('is lost with the third heartbeat of an earlier incarnation that receives from this one', () => {
    const claim = new SlotClaim(own);
    const lost = [1, 2, 3, 4, 5].map((nowMs) => {
      const isLost = claim.heard(900, hearsUs, nowMs);
      claim.rivalReceived(nowMs, 1000);
      return isLost;
    });
    expect(lost).toEqual([false, false, false, true, false]);
    expect(claim.refused).toBe(true);
  });

  it('is not lost before the earlier one has been answered three times, however many are read at once', () => {
    const claim = new SlotClaim(own);
    const reads = (count: number): boolean =>
      Array.from({ length: count }, () => claim.heard(900, hearsUs, 5)).includes(true);
    for (let answers = 0; answers < 3; answers++) {
      expect(reads(10)).toBe(false);
      claim.rivalReceived(5, 1000);
    }
    expect(reads(1)).toBe(true);
  });

  it('is not lost to one that receives nothing from us: it may be a recording', () => {
    const claim = new SlotClaim(own);
    for (let count = 0; count < 10; count++) {
      claim.heard(900, heartbeat(3, 999), count);
      claim.heard(900, heartbeat(2, 1000), count);
      claim.heard(900, Uint8Array.of(0xff), count);
      claim.heard(900, new Uint8Array(), count);
    }
    expect([claim.refused, claim.hasRival(10, 1000)]).toEqual([false, false]);
  });

  it('has a rival while a later one is received, which does not cost it the slot', () => {
    const claim = new SlotClaim(own);
    for (let count = 0; count < 10; count++) expect(claim.heard(1001, hearsUs, 5)).toBe(false);
    expect([claim.refused, claim.hasRival(1004, 1000), claim.hasRival(1005, 1000)]).toEqual([false, true, false]);
  });

  it('says what it has received of the rival, as long as it does', () => {
    const claim = new SlotClaim(own);
    expect(claim.rivalReceived(0, 1000)).toEqual([]);
    claim.heard(900, new Uint8Array(), 5);
    expect(claim.rivalReceived(1004, 1000)).toEqual([{ slot: 3, epoch: 900, applied: 0 }]);
    expect(claim.rivalReceived(1005, 1000)).toEqual([]);
  });

  it('is refused by whoever remembers a later incarnation, and says so once', () => {
    const claim = new SlotClaim(own);
    expect(claim.remembered([])).toBeUndefined();
    expect(claim.remembered([{ slot: 2, epoch: 2000 }, { slot: 3, epoch: 1000 }, { slot: 3 }])).toBeUndefined();
    expect(claim.refused).toBe(false);
    expect(
      claim.remembered([
        { slot: 2, epoch: 2000 },
        { slot: 3, epoch: 1001 },
      ]),
    ).toBe(1001);
    expect(claim.refused).toBe(true);
    expect(claim.remembered([{ slot: 3, epoch: 1002 }])).toBeUndefined();
  });
});

describe('a request for a snapshot', () => {
  it('is sent ten times, a tenth of a second apart, and carried out once', () => {
    const clock = new SimulatedClock();
    const said: Uint8Array[] = [];
    const asker = new SnapshotRequests({ slot: 1, epoch: 100 }, clock, (body) => void said.push(body));
    const [peer, from] = [new Peer(2, 'gw2'), new Peer(1, 'gw1')];
    peer.epoch = 200;
    asker.ask('internet', peer);
    clock.advance(0);
    expect(said).toHaveLength(1);
    clock.advance(899);
    expect(said).toHaveLength(9);
    clock.advance(1000);
    expect(said).toHaveLength(10);
    asker.ask('internet', peer);
    clock.advance(1000);
    const requests = said.map((body) => isthmus.v1.SnapshotRequestBody.decode(body));
    const owner = new SnapshotRequests({ slot: 2, epoch: 200 }, clock, () => undefined);
    const done = requests.filter((request) => owner.isNew(request, from));
    expect(done.map(({ instance, request }) => [instance, request])).toEqual([
      ['internet', 1],
      ['internet', 2],
    ]);
    const [first] = requests;
    const other = new SnapshotRequests({ slot: 2, epoch: 201 }, clock, () => undefined);
    const third = new SnapshotRequests({ slot: 3, epoch: 200 }, clock, () => undefined);
    expect([other.isNew(first, new Peer(1, 'gw1')), third.isNew(first, new Peer(1, 'gw1'))]).toEqual([false, false]);
    // Of another instance it is another one.
    first.instance = 'other';
    expect([owner.isNew(first, from), owner.isNew(first, from)]).toEqual([true, false]);
  });
});

describe('proofs of an epoch', () => {
  const seal = (): FrameSeal => new FrameSeal('lab', [Buffer.alloc(32, 7)], { slot: 1, epoch: 1000 });

  it('go with each heartbeat at first, once a second later, and only where a node may need them', () => {
    const clock = new SimulatedClock();
    const proofs = new EpochProofs(seal(), clock);
    const sent = (silentPeer: boolean, pendingPeer: boolean, ms: number): number => {
      let count = 0;
      for (let passed = 0; passed < ms; passed += 100) {
        if (proofs.next({ silentPeer, pendingPeer }) !== undefined) count++;
        clock.advance(100);
      }
      return count;
    };
    expect(sent(false, true, 1000)).toBe(0);
    expect(sent(true, false, 9000)).toBe(90);
    expect(sent(true, false, 5000)).toBe(5);
    expect(sent(true, true, 1000)).toBe(10);
    expect(sent(false, false, 1000)).toBe(0);
  });

  it('of others are new once, and those of a later epoch anew', () => {
    const proofs = new EpochProofs(seal(), new SimulatedClock());
    const isFirst = (slot: number, epoch: number, sequence: number): boolean =>
      proofs.isFirst({ ...emptyHeader(), kind: FrameKind.proof, slot, epoch, sequence });
    expect([isFirst(2, 10, 1), isFirst(2, 10, 1), isFirst(2, 10, 2), isFirst(3, 10, 1)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([isFirst(2, 11, 1), isFirst(2, 10, 3), isFirst(2, 11, 1)]).toEqual([true, false, false]);
  });
});

describe('waits between attempts', () => {
  it('are doubled up to a limit, shortened by chance, and short again after a success', () => {
    let chance = 0;
    const waits = new BackOff(100, 500, () => chance);
    expect([waits.next(), waits.next(), waits.next(), waits.next(), waits.next()]).toEqual([100, 200, 400, 500, 500]);
    chance = 1;
    expect(waits.next()).toBe(250);
    waits.reset();
    expect([waits.next(), waits.next()]).toEqual([50, 100]);
  });
});

describe('the pace of answers', () => {
  it('lets forty chunks through in ten milliseconds, and those who wait in their order', async () => {
    const clock = new SimulatedClock();
    const pace = new CallPace(clock);
    const served: number[] = [];
    const waiting: Promise<void>[] = [];
    for (let chunk = 0; chunk < 100; chunk++) {
      const turn = pace.take();
      if (turn === undefined) served.push(chunk);
      else waiting.push(turn.then(() => void served.push(chunk)));
    }
    expect(served).toHaveLength(40);
    const settle = async (): Promise<void> => {
      for (let tick = 0; tick < 5; tick++) await Promise.resolve();
    };
    clock.advance(9);
    await settle();
    expect(served).toHaveLength(40);
    clock.advance(1);
    await settle();
    expect(served).toHaveLength(80);
    clock.advance(10);
    await settle();
    await Promise.all(waiting);
    expect(served).toEqual(Array.from({ length: 100 }, (_, chunk) => chunk));
    // Twenty of the last period are left.
    expect(
      Array.from({ length: 21 }, () => pace.take())
        .map((turn) => turn === undefined)
        .lastIndexOf(true),
    ).toBe(19);
    clock.advance(1000);
    expect(Array.from({ length: 41 }, () => pace.take()).filter((turn) => turn === undefined).length).toBeGreaterThan(
      0,
    );
  });
});
