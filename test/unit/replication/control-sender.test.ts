import { expect, it } from 'vitest';
import { ControlSender } from '../../../src/replication/control-sender.ts';
import { emptyHeader, FrameKind, readHeader } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { SimulatedClock } from './simulated-network.ts';

const IDENTITY = { slot: 1, epoch: 1000 };

/** A sender of control frames, and the kinds and numbers of those that it sends. */
function bench() {
  const clock = new SimulatedClock();
  const seal = new FrameSeal('campus', [Buffer.alloc(32, 3)], IDENTITY);
  const sent: [number, number][] = [];
  const header = emptyHeader();
  const transmit = (frame: Uint8Array): void => {
    readHeader(Buffer.from(frame), header);
    sent.push([header.kind, header.sequence]);
  };
  const beat = () => ({ highest: 0, oldest: 0, heard: [] });
  const identity = { software: 'test', node: 'gw1', heartbeatMs: 100 };
  return { clock, sent, control: new ControlSender(identity, { clock, seal, transmit, beat }) };
}

it('acknowledges soon, once for all who ask meanwhile, and again for who asks later', () => {
  const { clock, sent, control } = bench();
  for (let time = 0; time < 3; time++) control.acknowledgeSoon();
  expect(sent).toEqual([]);
  clock.advance(100);
  expect(sent).toEqual([[FrameKind.heartbeat, 1]]);
  control.acknowledgeSoon();
  clock.advance(100);
  expect(sent).toEqual([
    [FrameKind.heartbeat, 1],
    [FrameKind.heartbeat, 2],
  ]);
});

it('sends nothing once it has stopped, what it was about to say included', () => {
  const { clock, sent, control } = bench();
  control.acknowledgeSoon();
  control.stop();
  clock.advance(1000);
  control.heartbeat();
  control.send(FrameKind.nack, Buffer.alloc(10));
  expect(sent).toEqual([]);
});
