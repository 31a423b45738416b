import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstFrame,
  PAYLOAD,
  portAt,
  type Stream,
  transportAt,
} from '../../../../../src/lab/bench/pps/test-packets.ts';

const MACS = { sourceMac: '02:00:00:00:00:01', destinationMac: '02:00:00:00:00:02' };
const STREAMS: readonly Stream[] = [
  {
    ...MACS,
    family: 6,
    source: '2001:db8:c::2',
    destination: '64:ff9b::b04:50',
    sourcePort: 10_000,
    destinationPort: 9,
    varies: 'source',
  },
  {
    ...MACS,
    family: 4,
    source: '11.4.0.80',
    destination: '11.64.0.2',
    sourcePort: 9,
    destinationPort: 10_000,
    varies: 'destination',
  },
];

/** RFC 1071, written as plainly as it can be: all words of a right packet add up to ones. */
function onesComplement(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

function udpSum(frame: Uint8Array, { family }: Stream): number {
  const transport = transportAt(family);
  const addresses = family === 4 ? frame.subarray(26, 34) : frame.subarray(22, 54);
  const length = frame.length - transport;
  return onesComplement([...addresses, 0, 17, length >>> 8, length & 0xff, ...frame.subarray(transport)]);
}

/** What the program in the kernel changes for one flow. */
function ofFlow(stream: Stream, flow: number, port: number): Uint8Array {
  const frame = firstFrame(stream);
  const view = new DataView(frame.buffer);
  const payload = transportAt(stream.family) + 8;
  view.setUint32(payload + PAYLOAD.flow, flow, true);
  view.setUint32(payload + PAYLOAD.flowInverted, ~flow, true);
  view.setUint16(portAt(stream), port);
  view.setUint16(payload + PAYLOAD.portInverted, ~port);
  return frame;
}

describe.each(STREAMS)('packets of family $family', (stream) => {
  it('are 64 bytes as IPv4 and 84 as IPv6', () => {
    expect(firstFrame(stream)).toHaveLength(14 + (stream.family === 4 ? 64 : 84));
  });

  it('have one UDP checksum that is right for every flow and port', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.integer({ min: 1, max: 0xffff }), (flow, port) => {
        expect(udpSum(ofFlow(stream, flow, port), stream)).toBe(0xffff);
      }),
    );
  });
});

it('the IPv4 header has its checksum', () => {
  const [, stream] = STREAMS;
  if (stream === undefined) throw new RangeError('no stream');
  expect(onesComplement([...firstFrame(stream).subarray(14, 34)])).toBe(0xffff);
});

it('refuses addresses of the other family', () => {
  const [stream] = STREAMS;
  if (stream === undefined) throw new RangeError('no stream');
  expect(() => firstFrame({ ...stream, family: 4 })).toThrow('not IPv4');
});
