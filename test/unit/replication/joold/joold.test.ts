import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FIXTURES, payloadsOf, tableOf } from './captured.ts';
import { formatIpv4 } from '../../../../src/net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../../../src/net/ipv6-address.ts';
import { decodeJoold } from '../../../../src/replication/joold/joold-decoder.ts';
import { encodeJoold } from '../../../../src/replication/joold/joold-encoder.ts';
import { JOOLD_STATES, type JooldSession } from '../../../../src/replication/joold/joold-session.ts';

const sample = z.object({
  version: z.string(),
  hex: z.string(),
  records: z.array(
    z.object({
      proto: z.string(),
      src6: z.string(),
      src6Port: z.number(),
      src4: z.string(),
      src4Port: z.number(),
      dst4: z.string(),
      dst4Port: z.number(),
      state: z.string(),
      timer: z.string(),
      expirationMs: z.number(),
    }),
  ),
});

const SAMPLES = z.array(sample).parse(JSON.parse(readFileSync(join(FIXTURES, 'samples.json'), 'utf8')));

function keyOf(session: JooldSession): string {
  const { protocol, client, clientPort, pool4, pool4Port, server4, serverPort } = session;
  const four = `${formatIpv4(pool4)},${pool4Port},${formatIpv4(server4)},${serverPort}`;
  return `${protocol.toUpperCase()},${formatIpv6(client)},${clientPort},${four}`;
}

describe('recorded datagrams of Jool', () => {
  it('are read as they were when they were recorded', () => {
    expect(SAMPLES.length).toBeGreaterThan(40);
    for (const { hex, records } of SAMPLES) {
      const { sessions, refused } = decodeJoold(Buffer.from(hex, 'hex'));
      expect(refused).toEqual([]);
      const expected = records.map(
        ({ proto, src6, src6Port, src4, src4Port, dst4, dst4Port, state, timer, expirationMs }) => ({
          key: `${proto},${src6},${src6Port},${src4},${src4Port},${dst4},${dst4Port}`,
          state,
          timer,
          lifetimeMs: expirationMs,
        }),
      );
      expect(
        sessions.map((one) => ({ key: keyOf(one), state: one.state, timer: one.timer, lifetimeMs: one.lifetimeMs })),
      ).toEqual(expected);
    }
  });

  it.each(['4.1.9', '4.1.15'])('of version %s hold every session of the table, with all its fields', (version) => {
    const told = new Map<string, JooldSession>();
    for (const payload of payloadsOf(`joold-${version}.pcap`)) {
      const { sessions, refused } = decodeJoold(payload);
      expect(refused).toEqual([]);
      for (const session of sessions) told.set(keyOf(session), session);
    }
    const rows = tableOf(`joold-${version}.sessions.csv`);
    expect(rows.length).toBeGreaterThan(360);
    for (const row of rows) {
      const [protocol, src6, port6, , , src4, port4, dst4, serverPort, , state] = row.split(',');
      const session = told.get([protocol, src6, port6, src4, port4, dst4, serverPort].join(','));
      expect([row, session?.state]).toEqual([row, state === undefined || state === '' ? 'ESTABLISHED' : state]);
    }
  });
});

const word16 = fc.integer({ min: 1, max: 65535 });
const word32 = fc.integer({ min: 1, max: 0xffffffff });
const anySession: fc.Arbitrary<JooldSession> = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    client: fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => bytes.some((octet) => octet !== 0)),
    clientPort: word16,
    pool4: word32,
    pool4Port: word16,
    server4: word32,
    serverPort: word16,
    state: fc.constantFrom(...JOOLD_STATES),
    timer: fc.constantFrom('EST' as const, 'TRANS' as const, 'SYN4' as const),
    lifetimeMs: word32,
  })
  .map((session) => {
    if (session.protocol === 'tcp') return session;
    return Object.assign(session, { state: 'ESTABLISHED', timer: 'EST' } as const);
  });

const POOL6 = parseIpv6('64:ff9b::') ?? new Uint8Array(16);
function embed(server4: number, out: Uint8Array): void {
  out.set(POOL6);
  new DataView(out.buffer).setUint32(12, server4);
}

describe('what is sent to a standby', () => {
  it.each(['4.1.9', '4.1.13'] as const)('in the layout of %s is read back', (format) => {
    fc.assert(
      fc.property(fc.array(anySession, { minLength: 1, maxLength: 10 }), (sessions) => {
        const { sessions: read, refused } = decodeJoold(encodeJoold(sessions, format, embed), format);
        expect(refused).toEqual([]);
        for (const { server4, server6 } of read) {
          const embedded = new Uint8Array(16);
          embed(server4, embedded);
          if (format === '4.1.9') expect(server6).toEqual(embedded);
        }
        for (const session of read) delete session.server6;
        expect(read).toEqual(sessions);
      }),
    );
  });

  it.each([
    ['4.1.9', '4.1.9'],
    ['4.1.13', '4.1.15'],
  ] as const)('in the layout of %s has the octets that Jool %s sends', (format, version) => {
    const samples = SAMPLES.filter((sample) => sample.version === version);
    expect(samples.length).toBeGreaterThan(5);
    for (const { hex } of samples) {
      const { sessions } = decodeJoold(Buffer.from(hex, 'hex'));
      expect(Buffer.from(encodeJoold(sessions, format, embed)).toString('hex')).toBe(hex);
    }
  });
});

describe('hostile datagrams', () => {
  const sampleOf = (version: string): Buffer => {
    const hex = SAMPLES.find((sample) => sample.version === version)?.hex ?? '';
    return Buffer.from(hex, 'hex');
  };
  const FLAT = sampleOf('4.1.15').subarray(0, 40);
  const NESTED = sampleOf('4.1.9').subarray(0, 140);
  const changed = (datagram: Buffer, at: number, ...octets: number[]): Buffer => {
    const copy = Buffer.from(datagram);
    copy.set(octets, at);
    return copy;
  };

  it.each([
    ['nothing', Buffer.alloc(0), []],
    ['three octets behind a record', Buffer.concat([FLAT, Buffer.alloc(3)]), []],
    ['half a record', FLAT.subarray(0, 39), ['truncated']],
    ['a foreign length', changed(FLAT, 0, 41), ['layout']],
    ['length 0, which would never end', changed(FLAT, 0, 0), ['layout']],
    ['protocol 3', changed(FLAT, 39, 0x60), ['protocol']],
    ['timer 3', changed(FLAT, 39, 0x03), ['state']],
    ['state 7 of TCP', changed(FLAT, 39, 0x1c), ['state']],
    ['UDP with a state', changed(FLAT, 39, 0x24), ['state']],
    ['no pool4 address', changed(FLAT, 20, 0, 0, 0, 0), ['address']],
    ['no server', changed(FLAT, 24, 0, 0, 0, 0), ['address']],
    ['TCP port 0', changed(FLAT, 34, 0, 0), ['address']],
    ['no time left', changed(FLAT, 28, 0, 0, 0, 0), ['expired']],
    ['a missing port', changed(NESTED, 28, 6, 0, 3, 0), ['attribute']],
    ['an attribute beyond its parent', changed(NESTED, 4, 200), ['attribute']],
    ['an attribute twice', changed(NESTED, 118, 5), ['attribute']],
    ['a port of four octets', changed(NESTED, 28, 8), ['attribute']],
  ])('with %s', (_what, datagram, expected) => {
    const whole = datagram.length === 0 || expected.length > 0 ? 0 : 1;
    const { sessions, refused } = decodeJoold(datagram);
    expect([sessions.length, refused]).toEqual([whole, expected]);
  });

  it('of the other byte order are read, and a bad record between good ones stops nothing', () => {
    const swapped = changed(FLAT, 0, 0, 40, 0, 1);
    const { sessions, refused } = decodeJoold(Buffer.concat([swapped, changed(FLAT, 39, 0x60), FLAT]));
    expect([sessions.length, refused]).toEqual([2, ['protocol']]);
  });

  it('of another format than the one that is set are refused', () => {
    expect(decodeJoold(NESTED, '4.1.13').refused).toEqual(['layout']);
    expect(decodeJoold(FLAT, '4.1.13').refused).toEqual([]);
  });

  it('never make it throw, nor read more records than a datagram of Jool can have', () => {
    const bases = ['4.1.9', '4.1.12', '4.1.15'].map(sampleOf);
    const mutation = fc.record({
      base: fc.constantFrom(...bases),
      octets: fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      cut: fc.nat(2000),
    });
    fc.assert(
      fc.property(mutation, ({ base, octets, cut }) => {
        const datagram = Buffer.from(base.subarray(0, cut));
        for (const [at, octet] of octets) if (at < datagram.length) datagram[at] = octet;
        const { sessions, refused } = decodeJoold(datagram);
        return sessions.length + refused.length <= 52 && sessions.every(({ lifetimeMs }) => lifetimeMs > 0);
      }),
      { numRuns: 2000 },
    );
    expect(decodeJoold(Buffer.concat(Array.from({ length: 60 }, () => FLAT))).sessions).toHaveLength(52);
  });
});
