import { describe, expect, it } from 'vitest';
import { formatIpv4, parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../../../src/net/ipv6-address.ts';
import { decodeJoold } from '../../../../src/replication/joold/joold-decoder.ts';

/** Numbers of the attributes of a record, as in Jool's `joolnl_attr_session`; of an address: 1 address, 2 port. */
const TYPES = { src6: 1, dst6: 2, src4: 3, dst4: 4, protocol: 5, state: 6, timer: 7, expiration: 8 };
const NOBODYS_TYPE = 9;
const RECORD_OCTETS = 140;
const NESTED = 0x8000;

type Order = 'little' | 'big';

/** An attribute of netlink: length and type, the value, and zeros up to the next multiple of four. */
function attribute(type: number, value: Uint8Array, order: Order): Buffer {
  const out = Buffer.alloc((4 + value.length + 3) & ~3);
  if (order === 'little') out.writeUInt16LE(4 + value.length, 0);
  else out.writeUInt16BE(4 + value.length, 0);
  if (order === 'little') out.writeUInt16LE(type, 2);
  else out.writeUInt16BE(type, 2);
  out.set(value, 4);
  return out;
}

function number(value: number, octets: number, order: Order): Buffer {
  const out = Buffer.alloc(octets);
  if (order === 'little') out.writeUIntLE(value, 0, octets);
  else out.writeUIntBE(value, 0, octets);
  return out;
}

type Part = [type: number, value: Buffer];

/** The parts of a session of TCP that is established. */
function partsOf(order: Order): Part[] {
  const six = (text: string): Buffer => Buffer.from(parseIpv6(text) ?? []);
  const four = (text: string): Buffer => number(parseIpv4(text) ?? 0, 4, 'big');
  const transport = (address: Buffer, port: number): Buffer =>
    Buffer.concat([attribute(1, address, order), attribute(2, number(port, 2, order), order)]);
  return [
    [TYPES.src6 | NESTED, transport(six('2001:db8::5'), 4321)],
    [TYPES.dst6 | NESTED, transport(six('64:ff9b::c633:6407'), 443)],
    [TYPES.src4 | NESTED, transport(four('192.0.2.1'), 61_001)],
    [TYPES.dst4 | NESTED, transport(four('198.51.100.7'), 443)],
    [TYPES.protocol, number(0, 1, order)],
    [TYPES.state, number(2, 1, order)],
    [TYPES.timer, number(1, 1, order)],
    [TYPES.expiration, number(240_000, 4, order)],
  ];
}

function recordOf(parts: readonly Part[], order: Order): Buffer {
  const record = attribute(0, Buffer.concat(parts.map(([type, value]) => attribute(type, value, order))), order);
  expect(record).toHaveLength(RECORD_OCTETS);
  return record;
}

/** The record with one part in the place of another. */
function changed(type: number, change: (part: Part) => Part): Buffer {
  return recordOf(
    partsOf('little').map((part) => ((part[0] & ~NESTED) === type ? change(part) : part)),
    'little',
  );
}

const everyType = Object.entries(TYPES);
const ofAddresses = everyType.slice(0, 4);

describe('a nested record of joold', () => {
  it.each(['little', 'big'] as const)('is read in the %s-endian order of its sender', (order) => {
    const { sessions, refused } = decodeJoold(recordOf(partsOf(order), order), '4.1.9');
    expect(refused).toEqual([]);
    const [session] = sessions;
    expect({
      ...session,
      client: formatIpv6(session.client),
      server6: formatIpv6(session.server6 ?? new Uint8Array(16)),
      pool4: formatIpv4(session.pool4),
      server4: formatIpv4(session.server4),
    }).toMatchObject({
      protocol: 'tcp',
      client: '2001:db8::5',
      clientPort: 4321,
      server6: '64:ff9b::198.51.100.7',
      pool4: '192.0.2.1',
      pool4Port: 61_001,
      server4: '198.51.100.7',
      serverPort: 443,
      state: 'V4_INIT',
      timer: 'TRANS',
      lifetimeMs: 240_000,
    });
  });

  it('may have its attributes in any order', () => {
    const turned = recordOf(partsOf('little').toReversed(), 'little');
    expect(decodeJoold(turned)).toEqual(decodeJoold(recordOf(partsOf('little'), 'little')));
  });

  it.each(everyType)('is refused without its %s', (_name, type) => {
    const record = changed(type, ([, value]) => [NOBODYS_TYPE, value]);
    expect(decodeJoold(record)).toEqual({ sessions: [], refused: ['attribute'] });
  });

  it.each([
    ['protocol', TYPES.protocol, 2],
    ['state', TYPES.state, 2],
    ['timer', TYPES.timer, 4],
    ['expiration', TYPES.expiration, 3],
    ['expiration', TYPES.expiration, 2],
  ])('is refused with its %s in another length', (_name, type, octets) => {
    const record = changed(type, ([of]) => [of, Buffer.alloc(octets, 1)]);
    expect(decodeJoold(record)).toEqual({ sessions: [], refused: ['attribute'] });
  });

  it.each(ofAddresses)('is refused with no address, or no port, in its %s', (_name, type) => {
    for (const at of [0, 1]) {
      const record = changed(type, ([of, value]) => {
        const copy = Buffer.from(value);
        const second = value.readUInt16LE(0);
        copy.writeUInt16LE(3, at === 0 ? 2 : second + 2);
        return [of, copy];
      });
      expect(decodeJoold(record)).toEqual({ sessions: [], refused: ['attribute'] });
    }
  });

  it.each(ofAddresses)('is refused with an address or a port of another length in its %s', (_name, type) => {
    for (const at of [0, 1]) {
      const record = changed(type, ([of, value]) => {
        const copy = Buffer.from(value);
        const where = at === 0 ? 0 : value.readUInt16LE(0);
        // One octet less, which the zeros behind it hide from those that follow.
        copy.writeUInt16LE(copy.readUInt16LE(where) - 1, where);
        return [of, copy];
      });
      expect(decodeJoold(record)).toEqual({ sessions: [], refused: ['attribute'] });
    }
  });

  it.each(ofAddresses)('is refused where its %s ends before its parts do, or holds nothing', (_name, type) => {
    for (const octets of [0, 2, 6]) {
      const record = changed(type, ([of, value]) => [of, value]);
      const whole = partsOf('little');
      let at = 4;
      for (const [other, value] of whole) {
        if ((other & ~NESTED) === type) break;
        at += 4 + ((value.length + 3) & ~3);
      }
      record.writeUInt16LE(4 + octets, at);
      expect(decodeJoold(record)).toEqual({ sessions: [], refused: ['attribute'] });
    }
  });

  it('stops nothing behind it when it is refused', () => {
    const bad = changed(TYPES.state, ([, value]) => [NOBODYS_TYPE, value]);
    const good = recordOf(partsOf('little'), 'little');
    const { sessions, refused } = decodeJoold(Buffer.concat([bad, good, good]));
    expect([sessions.length, refused]).toEqual([2, ['attribute']]);
  });

  it.each([
    ['protocol', TYPES.protocol, 3, 'protocol'],
    ['state', TYPES.state, 7, 'state'],
    ['timer', TYPES.timer, 3, 'state'],
    ['time', TYPES.expiration, 0, 'expired'],
  ])('is refused with a %s that there is not', (_name, type, value, reason) => {
    const record = changed(type, ([of, before]) => [of, number(value, before.length, 'little')]);
    expect(decodeJoold(record)).toEqual({ sessions: [], refused: [reason] });
  });
});
