import { describe, expect, it } from 'vitest';
import { Confirmations } from '../../../src/replication/confirmations.ts';
import { emptyHeader, readHeader } from '../../../src/replication/frame-header.ts';
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
        roomAgain: () => undefined,
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
});
