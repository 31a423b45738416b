import { expect, test } from 'vitest';
import { EventRings } from '../../../../src/agent/nat-log/event-rings.ts';
import { ClientPrivacy } from '../../../../src/agent/nat-log/client-privacy.ts';
import { templateOf, writeRecord } from '../../../../src/agent/nat-log/ipfix-records.ts';
import type { Sink } from '../../../../src/agent/nat-log/sink.ts';
import { formatIpv4 } from '../../../../src/net/ipv4-address.ts';
import { formatIpv6 } from '../../../../src/net/ipv6-address.ts';
import { NAT_EVENT_SIZE, NatEventKind } from '../../../../src/translator/nat64/nat-events.ts';
import { NOON_MS, SampleWorker, SOURCE } from './sample-events.ts';

/** Information elements of the IANA registry, by number, as a collector shows them. */
const NAMES: Readonly<Record<number, string>> = {
  4: 'protocol',
  7: 'sourcePort',
  27: 'source',
  225: 'postNatSource',
  226: 'postNatDestination',
  227: 'postNatSourcePort',
  228: 'postNatDestinationPort',
  230: 'natEvent',
  283: 'pool',
  323: 'timeMs',
  361: 'firstPort',
  362: 'lastPort',
  463: 'instance',
  466: 'quotaEvent',
  467: 'thresholdEvent',
  471: 'maxSessions',
  473: 'maxPerUser',
  476: 'high',
  477: 'low',
};

type Record_ = Readonly<Record<string, number | string>>;

/** What a collector reads from the record of the event that a worker adds; undefined: there is no such record. */
function recordOf(...event: Parameters<SampleWorker['add']>): Record_ | undefined {
  let decoded: Record_ | undefined;
  const sink: Pick<Sink, 'add'> = {
    add: (source, view, _bytes, offset) => {
      const template = templateOf(view, offset);
      if (template === undefined) return;
      // A byte more on both sides, which must stay as it is.
      const out = Buffer.alloc(template.size + 2, 0xee);
      writeRecord(new DataView(out.buffer, out.byteOffset, out.length), 1, source, view, offset);
      expect([out[0], out.at(-1)]).toEqual([0xee, 0xee]);
      decoded = decode(out.subarray(1, -1), template.elements);
    },
  };
  const worker = new SampleWorker(NAT_EVENT_SIZE);
  worker.add(...event);
  worker.commit();
  const rings = new EventRings(() => undefined);
  rings.use([{ source: SOURCE, ring: worker.ring }]);
  const rest = { name: 'x', note: () => undefined, tick: () => undefined, close: async () => undefined };
  const status = (): never => {
    throw new Error('nobody asks');
  };
  rings.pass([{ ...rest, ...sink, status }], new ClientPrivacy(128, undefined));
  return decoded;
}

function decode(bytes: Buffer, elements: readonly (readonly [id: number, length: number])[]): Record_ {
  let at = 0;
  return Object.fromEntries(
    elements.map(([id, length]) => {
      const part = bytes.subarray(at, (at += length));
      if (id === 27) return [NAMES[id], formatIpv6(part)];
      if (id === 225 || id === 226) return [NAMES[id], formatIpv4(part.readUInt32BE())];
      return [NAMES[id] ?? String(id), length === 8 ? Number(part.readBigUInt64BE()) : part.readUIntBE(0, length)];
    }),
  );
}

const head = { timeMs: NOON_MS, instance: 1 };
const mapping = { source: '2001:db8::9', postNatSource: '192.0.2.1', sourcePort: 4000, postNatSourcePort: 40_312 };
const [POOL4, REMOTE] = [0xc000_0201, 0xc633_6407];

test.each([
  ['a session begins', NatEventKind.sessionCreated, 6],
  ['a session ends', NatEventKind.sessionEnded, 7],
])('%s: with its destination, where that is recorded', (_, kind, natEvent) => {
  const whole = { ...head, natEvent, ...mapping, protocol: 6 };
  const to = { postNatDestination: '198.51.100.7', postNatDestinationPort: 443 };
  expect(recordOf(kind, 6, POOL4, 40_312, 4000, REMOTE, 443, 1)).toEqual({ ...whole, ...to });
  expect(recordOf(kind, 6, POOL4, 40_312, 4000, 0, 0, 1)).toEqual(whole);
});

test.each([
  ['begins', NatEventKind.mappingCreated, 10],
  ['ends', NatEventKind.mappingDeleted, 11],
])('a mapping %s, with the protocol of the client’s packets', (_, kind, natEvent) => {
  const whole = { ...head, natEvent, ...mapping };
  expect(recordOf(kind, 17, POOL4, 40_312, 4000, 0, 0, 0)).toEqual({ ...whole, protocol: 17 });
  expect(recordOf(kind, 1, POOL4, 40_312, 4000, 0, 0, 0)).toEqual({ ...whole, protocol: 58 });
});

test.each([
  ['is given to a client', NatEventKind.blockAllocated, 16],
  ['is given back', NatEventKind.blockReleased, 17],
])('a block of 64 ports %s', (_, kind, natEvent) => {
  const { source, postNatSource } = mapping;
  const ports = { firstPort: 40_256, lastPort: 40_319 };
  expect(recordOf(kind, 6, POOL4, 40_256, 0, 0, 0, 64)).toEqual({ ...head, natEvent, source, postNatSource, ...ports });
});

test('refusals: which limit there is, and who has met it', () => {
  const refused = (kind: NatEventKind): Record_ | undefined => recordOf(kind, 17, 0, 0, 0, 0, 0, 5);
  expect(refused(NatEventKind.poolExhausted)).toEqual({
    ...head,
    natEvent: 12,
    postNatSource: '0.0.0.0',
    protocol: 17,
  });
  const quota = { ...head, natEvent: 13 };
  expect(refused(NatEventKind.clientLimit)).toEqual({ ...quota, quotaEvent: 3, maxPerUser: 50, source: '2001:db8::9' });
  expect(refused(NatEventKind.tableFull)).toEqual({ ...quota, quotaEvent: 1, maxSessions: 1000 });
});

test('watermarks of a pool: which one, of which address, at what percentage', () => {
  const crossed = (kind: NatEventKind): Record_ | undefined => recordOf(kind, 6, POOL4, 1024, 0, 0, 0, 91);
  const whole = { ...head, natEvent: 18, pool: POOL4 };
  expect(crossed(NatEventKind.poolHigh)).toEqual({ ...whole, thresholdEvent: 1, high: 90 });
  expect(crossed(NatEventKind.poolLow)).toEqual({ ...whole, thresholdEvent: 2, low: 80 });
});

test('a takeover is no event of IPFIX', () => {
  expect(recordOf(NatEventKind.takenOver, 0, 0, 0, 0, 0, 0, 2)).toBeUndefined();
});
