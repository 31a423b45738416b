import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeIpv4, writeIpv6, writeNumber } from '../../../../src/agent/nat-log/byte-text.ts';
import { LineEncoder, MAX_LINE } from '../../../../src/agent/nat-log/line-encoder.ts';
import { formatIpv4 } from '../../../../src/net/ipv4-address.ts';
import { formatIpv6 } from '../../../../src/net/ipv6-address.ts';
import { NAT_EVENT_SIZE, NatEventKind } from '../../../../src/translator/nat64/nat-events.ts';
import { SampleWorker, SOURCE } from './sample-events.ts';

const out = Buffer.alloc(64);
const text = (end: number): string => out.toString('latin1', 0, end);

function linesOf(worker: SampleWorker, pseudonyms = false): unknown[] {
  const bytes = new Uint8Array(64 * NAT_EVENT_SIZE);
  const count = worker.events.take(bytes, 0, 64, 0);
  const encoder = new LineEncoder(pseudonyms);
  const line = Buffer.alloc(MAX_LINE);
  return Array.from({ length: count }, (_, index): unknown => {
    const end = encoder.write(line, 0, SOURCE, new DataView(bytes.buffer), index * NAT_EVENT_SIZE, bytes);
    return JSON.parse(line.toString('utf8', 0, end));
  });
}

describe('text written in place', () => {
  test('is what the formatters say', () => {
    const address = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), {
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(address, fc.maxSafeNat(), fc.nat(0xffff_ffff), (bytes, number, v4) => {
        expect(text(writeIpv6(out, 0, Uint8Array.from(bytes), 0))).toBe(formatIpv6(Uint8Array.from(bytes)));
        expect(text(writeNumber(out, 0, number))).toBe(String(number));
        expect(text(writeIpv4(out, 0, v4))).toBe(formatIpv4(v4));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('lines of the NAT log', () => {
  const common = {
    time: '2026-01-01T00:00:01.500Z',
    node: 'gw1',
    slot: 1,
    epoch: 1_767_225_600_000,
    instance: 'lower',
  };
  const client = '2001:db8::9';

  test('say who, what and when', () => {
    const worker = new SampleWorker();
    worker.add(NatEventKind.blockAllocated, 0, 0xc0000201, 1024, 0, 0, 0, 64);
    worker.session(1025);
    worker.add(NatEventKind.mappingDeleted, 17, 0xc0000201, 1026, 5000, 0, 0, 1);
    worker.add(NatEventKind.clientLimit, 6, 0, 0, 0, 0, 0, 12);
    worker.add(NatEventKind.poolHigh, 6, 0xc0000200, 1024, 0, 0, 0, 91);
    worker.add(NatEventKind.takenOver, 0, 0, 0, 0, 0, 0, 2);
    const mapping = { client, port: 4000, pool4: '192.0.2.1', pool4Port: 1025 };
    expect(linesOf(worker)).toEqual([
      { ...common, event: 'blockAllocated', client, pool4: '192.0.2.1', ports: [1024, 1087] },
      {
        ...common,
        event: 'sessionCreated',
        protocol: 'tcp',
        ...mapping,
        remote: '198.51.100.7',
        remotePort: 443,
      },
      { ...common, event: 'mappingDeleted', protocol: 'udp', ...mapping, port: 5000, pool4Port: 1026 },
      { ...common, event: 'clientLimit', client, protocol: 'tcp', refused: 12 },
      { ...common, event: 'poolHigh', protocol: 'tcp', pool4: '192.0.2.0', firstPort: 1024, percent: 91 },
      { ...common, event: 'takenOver', formerSlot: 2 },
    ]);
  });

  test('count what the worker lost before them', () => {
    const worker = new SampleWorker();
    for (let port = 0; port < 8200; port++) worker.session(port);
    expect(linesOf(worker)).toHaveLength(64);
    worker.session(9000);
    const rest = new Uint8Array(8192 * NAT_EVENT_SIZE);
    worker.events.take(rest, 0, 8192 - 64, 0);
    expect(linesOf(worker)).toMatchObject([{ pool4Port: 9000, lostBefore: 8 }]);
  });

  test('name pseudonyms as such', () => {
    const worker = new SampleWorker();
    worker.session(1);
    const [line] = linesOf(worker, true);
    expect(line).toMatchObject({ pseudonym: '20010db8000000000000000000000009' });
    expect(line).not.toHaveProperty('client');
  });
});
