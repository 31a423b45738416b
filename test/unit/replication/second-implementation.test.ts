import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { logBodyBytes, writeLogBody } from '../../../src/replication/log-body.ts';

/*
 * A reader of log frames written from docs/replication.md alone, over the datagram that stands there: nothing of it is
 * the product's. The product then makes the same datagram.
 */
const PAGE = readFileSync('docs/replication.md', 'utf8');
const SECRET = Buffer.from([...Array(32).keys()]);
const CLUSTER = 'campus';
const EPOCH = 0x19ab1c2d3e4;
const SEQUENCE = 7;

/** The datagram of the page: the block after the words "A whole datagram". */
function datagramOfThePage(): Buffer {
  const [, block = ''] = /A whole datagram[^]*?```\n([0-9a-f\s]+)```/.exec(PAGE) ?? [];
  return Buffer.from(block.replaceAll(/\s/g, ''), 'hex');
}

/** RFC 5869. */
function hkdf(info: Buffer, bytes: number): Buffer {
  const extracted = createHmac('sha256', CLUSTER).update(SECRET).digest();
  return createHmac('sha256', extracted)
    .update(Buffer.concat([info, Buffer.of(1)]))
    .digest()
    .subarray(0, bytes);
}

function open(frame: Buffer): Buffer {
  const [header, text, tag] = [frame.subarray(0, 32), frame.subarray(32, -16), frame.subarray(-16)];
  const key = hkdf(
    Buffer.concat([Buffer.from('isthmus frame key'), header.subarray(7, 8), header.subarray(16, 24)]),
    32,
  );
  const nonce = Buffer.concat([Buffer.of(header[5] === 1 ? 0 : 1, 0, 0, 0), header.subarray(24, 32)]);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(header).setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

interface Field {
  readonly field: number;
  /** Its number, or the length of its bytes. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** Fields of a protobuf message. */
function fieldsOf(message: Buffer): Field[] {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const fields: Field[] = [];
  while (at < message.length) {
    const tag = varint();
    const number = varint();
    const length = (tag & 7) === 2 ? number : 0;
    fields.push({ field: tag >> 3, number, bytes: message.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

/** The fields of the only batch of a body. */
function batchOf(body: Buffer): Field[] {
  const [{ field, bytes }] = fieldsOf(body);
  expect(field).toBe(1);
  return fieldsOf(bytes);
}

describe('a second implementation from docs/replication.md', () => {
  const frame = datagramOfThePage();

  it('reads the header', () => {
    expect(frame.subarray(0, 4).toString()).toBe('ISTH');
    expect([...frame.subarray(4, 8)]).toEqual([1, 1, 0, 2]);
    expect(frame.subarray(8, 12)).toEqual(
      createHash('sha256').update(`isthmus cluster ${CLUSTER}`).digest().subarray(0, 4),
    );
    expect(frame.subarray(12, 16)).toEqual(hkdf(Buffer.from('isthmus key tag'), 4));
    expect([Number(frame.readBigUInt64BE(16)), Number(frame.readBigUInt64BE(24))]).toEqual([EPOCH, SEQUENCE]);
  });

  it('opens the frame and reads its records', () => {
    const [instance, layout, { field, bytes: records }] = batchOf(open(frame));
    expect([instance.field, instance.bytes.toString()]).toEqual([1, 'internet']);
    expect([layout.field, layout.number, field]).toEqual([2, 1, 3]);
    expect(records.length).toBe(128);
    const [tcp, ping] = [records.subarray(0, 64), records.subarray(64)];
    expect([...tcp.subarray(0, 4), tcp.readUInt16BE(6)]).toEqual([1, 2, 6, 3, 40_000]);
    expect(tcp.subarray(8, 24).toString('hex')).toBe('20010db8000100020003000400050006');
    expect([tcp.readUInt16BE(28), tcp.readUInt16BE(30), tcp.readUInt32BE(36)]).toEqual([0xef32, 443, 7_200_000]);
    expect([ping[1], ping[2], ping.readUInt16BE(6), ping.readUInt32BE(44)]).toEqual([63, 1, 7, 0xfffffffe]);
  });

  it('is what the product sends', () => {
    const [, , { bytes: records }] = batchOf(open(frame));
    const name = Buffer.from('internet');
    const body = Buffer.alloc(logBodyBytes(name, records.length));
    body.set(records, writeLogBody(body, 0, name, 1, records.length));
    const made = new FrameSeal(CLUSTER, [SECRET], { slot: 2, epoch: EPOCH }).seal(FrameKind.log, 0, SEQUENCE, body);
    expect(made.equals(frame)).toBe(true);
  });
});
