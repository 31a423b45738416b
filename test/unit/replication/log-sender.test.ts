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
    const way = {
      transmit: (frame: Buffer): void => {
        expect(frame.length).toBeLessThanOrEqual(MAX_FRAME);
        readHeader(frame, header);
        bodies.push(Buffer.from(seal.open(frame, header)));
        flags.push(header.flags);
      },
      spaceAvailable: () => undefined,
      resend: () => undefined,
    };
    return { clock, log: new LogSender(seal, clock, MAX_FRAME, way, new Confirmations(confirmed)), bodies, flags };
  }

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
