import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { Confirmations } from '../../../src/replication/confirmations.ts';
import { ACKNOWLEDGE_SOON, emptyHeader, readHeader } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { LogSender, RECORD_BYTES } from '../../../src/replication/log-sender.ts';
import { SimulatedClock } from './simulated-network.ts';

const MAX_FRAME = 1400;
const SECRET = Buffer.alloc(32, 3);
/** As a receiver asks: so many frames in a question, so often. */
const ASKED = 128;
const ASK_MS = 25;

describe('a log that is sent', () => {
  it('sends each frame once more however often it is asked for while it waits', () => {
    const clock = new SimulatedClock();
    const seal = new FrameSeal('campus', [SECRET], { slot: 1, epoch: 1000 });
    const header = emptyHeader();
    const missing = new Set<number>();
    let resent = 0;
    const sender = new LogSender(
      seal,
      clock,
      MAX_FRAME,
      {
        transmit: () => undefined,
        spaceAvailable: () => undefined,
        resend: (frame) => {
          resent += 1;
          readHeader(frame, header);
          missing.delete(header.sequence);
        },
      },
      new Confirmations([]),
    );
    const records = new Uint8Array(256 * RECORD_BYTES);
    while (sender.sequence < 3000) {
      sender.publish('internet', records, 256);
      clock.advance(1);
    }
    clock.advance(1000);
    for (let sequence = 1; sequence <= 3000; sequence++) missing.add(sequence);
    // Answers go at the slowest pace before long: they wait for longer than it takes to ask again.
    for (let asked = 0; missing.size > 0 && asked < 400; asked++) {
      for (const sequence of [...missing].slice(0, ASKED)) sender.repair(sequence, 1, 1);
      clock.advance(ASK_MS);
    }
    expect(missing.size).toBe(0);
    expect(resent).toBe(3000);
    expect(sender.framesResent).toBe(3000);
  });

  /** A sender, and the bodies and flags of the frames that it sends. */
  function sender(confirmed: readonly string[] = []) {
    const clock = new SimulatedClock();
    const seal = new FrameSeal('campus', [SECRET], { slot: 1, epoch: 1000 });
    const header = emptyHeader();
    const bodies: Buffer[] = [];
    const flags: number[] = [];
    const world = { spaces: 0, resent: 0 };
    const way = {
      transmit: (frame: Buffer): void => {
        expect(frame.length).toBeLessThanOrEqual(MAX_FRAME);
        readHeader(frame, header);
        bodies.push(Buffer.from(seal.open(frame, header)));
        flags.push(header.flags);
      },
      spaceAvailable: () => void (world.spaces += 1),
      resend: () => void (world.resent += 1),
    };
    const log = new LogSender(seal, clock, MAX_FRAME, way, new Confirmations(confirmed));
    return { clock, seal, log, bodies, flags, world };
  }

  it('refuses what has no room, all of it, and says when half of the room is free again', () => {
    const { clock, log, world } = sender();
    const records = new Uint8Array(4096 * RECORD_BYTES);
    expect([log.publish('a', records, 4096), log.publish('a', records, 4096)]).toEqual([true, true]);
    const [published, waiting] = [log.recordsPublished, log.framesQueued];
    expect(published).toBe(8192);
    expect(log.publish('a', records, 4096)).toBe(false);
    expect([log.recordsPublished, log.recordsRefused, log.framesQueued]).toEqual([8192, 4096, waiting]);
    let half = 0;
    while (log.framesQueued > 0) {
      clock.advance(1);
      if (log.framesQueued * (MAX_FRAME - 48) > 4200 * RECORD_BYTES) expect(world.spaces).toBe(0);
      else half ||= world.spaces;
    }
    expect([half, world.spaces]).toEqual([1, 1]);
  });

  it('is busy while eight frames wait, or any is to go again', () => {
    const { clock, log } = sender();
    expect(log.isBusy).toBe(false);
    log.publish('a', new Uint8Array(8192 * RECORD_BYTES), 8192);
    let busy = 0;
    for (; log.framesQueued > 0; clock.advance(1)) {
      expect(log.isBusy).toBe(log.framesQueued >= 8);
      if (log.isBusy) busy += 1;
    }
    expect([busy > 0, log.isBusy]).toEqual([true, false]);
    log.repair(1, 1, 1);
    expect(log.isBusy).toBe(true);
    clock.advance(1000);
    expect(log.isBusy).toBe(false);
  });

  it('keeps to its pace however much waits: nobody acknowledges', () => {
    const { clock, log, bodies } = sender();
    const records = new Uint8Array(1024 * RECORD_BYTES);
    const fill = (ms: number): void => {
      for (let passed = 0; passed < ms; passed++) {
        while (log.publish('a', records, 1024));
        clock.advance(1);
      }
    };
    fill(200);
    const before = bodies.length;
    fill(1000);
    expect(bodies.length - before).toBeGreaterThan(15_000);
    expect(bodies.length - before).toBeLessThan(16_100);
  });

  it.each([
    [[], 5],
    [['a'], 1],
  ])('has records wait for others (somebody waits: %j) for %s ms', (confirmed, ms) => {
    const { clock, log, bodies } = sender(confirmed);
    log.publish('a', new Uint8Array(RECORD_BYTES), 1);
    clock.advance(ms - 1);
    expect(bodies).toHaveLength(0);
    clock.advance(1);
    expect(bodies).toHaveLength(1);
  });

  it('does not let records wait longer that others who are awaited come behind', () => {
    const { clock, log, bodies } = sender(['b']);
    log.publish('a', new Uint8Array(RECORD_BYTES), 1);
    clock.advance(2);
    log.publish('b', new Uint8Array(RECORD_BYTES), 1);
    clock.advance(1);
    expect(bodies).toHaveLength(1);
    clock.advance(100);
    expect(bodies).toHaveLength(1);
  });

  it('sends nothing after it was stopped', () => {
    const { clock, log, bodies } = sender();
    log.publish('a', new Uint8Array(RECORD_BYTES), 1);
    log.stop();
    clock.advance(1000);
    log.publish('a', new Uint8Array(1000 * RECORD_BYTES), 1000);
    log.acknowledged(1);
    clock.advance(1000);
    expect(bodies).toHaveLength(0);
  });

  it('sends again what was sealed before the last change of secrets, and nothing that was before two of them', () => {
    const { clock, log, seal, world } = sender();
    const send = (): void => {
      log.publish('a', new Uint8Array(RECORD_BYTES), 1);
      clock.advance(1000);
    };
    const change = (byte: number): void => {
      seal.changeSecrets([Buffer.alloc(32, byte)]);
      log.secretsChanged();
    };
    send();
    change(4);
    expect([log.sequence, log.oldest]).toEqual([1, 1]);
    send();
    log.repair(1, 2, 2);
    clock.advance(1000);
    expect([world.resent, log.framesResent]).toEqual([2, 2]);
    change(5);
    expect(log.oldest).toBe(2);
    log.repair(1, 2, 2);
    clock.advance(1000);
    expect([world.resent, log.framesResent]).toEqual([3, 3]);
    change(6);
    expect(log.oldest).toBe(3);
  });

  it.each([
    [1, 3, 3, 3],
    [2, 100, 100, 4],
    [1, 5, 2, 2],
    [4, 1, 100, 1],
    [5, 1, 1, 1],
    [6, 1, 1, 0],
    [0, 2, 100, 1],
  ])('is repaired from %s, %s frames, at most %s looked at: %s frames', (first, count, limit, resent) => {
    const { clock, log, world } = sender();
    for (let frame = 0; frame < 5; frame++) {
      log.publish('a', new Uint8Array(RECORD_BYTES), 1);
      clock.advance(10);
    }
    expect(log.sequence).toBe(5);
    log.repair(first, count, limit);
    clock.advance(100);
    expect(world.resent).toBe(resent);
  });

  it('has a quarter of what may go for repairs while live frames wait', () => {
    const { clock, log, bodies, world } = sender();
    const records = new Uint8Array(256 * RECORD_BYTES);
    while (log.sequence < 400) {
      log.publish('a', records, 256);
      clock.advance(4);
    }
    clock.advance(1000);
    log.repair(1, 300, 300);
    const [live, again] = [bodies.length, world.resent];
    for (let tick = 0; tick < 20; tick++) {
      log.publish('a', new Uint8Array(4000 * RECORD_BYTES), 4000);
      clock.advance(4);
    }
    const [sent, repaired] = [bodies.length - live, world.resent - again];
    expect(repaired).toBeGreaterThan(0);
    expect(repaired / (sent + repaired)).toBeLessThan(0.3);
    expect(sent).toBeGreaterThan(100);
  });

  it('has 1024 frames wait to be sent once more, and counts those that are to be asked for again', () => {
    const { clock, log } = sender();
    const records = new Uint8Array(256 * RECORD_BYTES);
    while (log.sequence < 3000) {
      log.publish('internet', records, 256);
      clock.advance(1);
    }
    clock.advance(1000);
    const [spared, last] = [log.repairsSpared, log.sequence];
    log.repair(1, last, last);
    expect(log.repairsSpared - spared).toBe(last - 1024);
  });

  it('has the records of all instances in one order, with as many of them in a frame as have room', () => {
    const burst = fc.record({
      instance: fc.constantFrom('a', 'lower', 'an instance with a long name'),
      count: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.array(burst, { maxLength: 40 }), (bursts) => {
        const { clock, log, bodies } = sender();
        const said: string[] = [];
        for (const { instance, count } of bursts) {
          const records = Buffer.alloc(count * RECORD_BYTES);
          for (let index = 0; index < count; index++) {
            records.writeUInt32BE(said.length, index * RECORD_BYTES);
            said.push(`${instance} ${said.length}`);
          }
          log.publish(instance, records, count);
        }
        clock.advance(1000);
        const heard: string[] = [];
        for (const body of bodies) {
          for (const { instance, records } of isthmus.v1.LogBody.decode(body).batches) {
            const bytes = Buffer.from(records ?? []);
            for (let at = 0; at < bytes.length; at += RECORD_BYTES) heard.push(`${instance} ${bytes.readUInt32BE(at)}`);
          }
        }
        expect(heard).toEqual(said);
        // Only the last one may have room for more; each name and its lengths take less than a record.
        for (const body of bodies.slice(0, -9)) expect(body.length).toBeGreaterThan(MAX_FRAME - 48 - 3 * RECORD_BYTES);
      }),
    );
  });

  it('carries the marks of a hundred instances in a few frames, and asks for the acknowledgement that one of them waits for', () => {
    const { clock, log, bodies, flags } = sender(['instance 70']);
    for (let index = 0; index < 100; index++) log.publish(`instance ${index}`, new Uint8Array(RECORD_BYTES), 1);
    clock.advance(10);
    expect(bodies.length).toBeLessThanOrEqual(8);
    const instances = bodies.map((body) => isthmus.v1.LogBody.decode(body).batches.map(({ instance }) => instance));
    expect(flags).toEqual(instances.map((of) => (of.includes('instance 70') ? ACKNOWLEDGE_SOON : 0)));
    expect(instances.flat()).toEqual(Array.from({ length: 100 }, (_, index) => `instance ${index}`));
  });
});
