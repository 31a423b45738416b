import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { emptyHeader, FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';

const CLUSTER = 'campus';
const SECRET = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const EPOCH = 0x0000_019a_b1c2_d3e4;

/** RFC 5869 written out, for outputs of at most 32 bytes: not the function that the product uses. */
function hkdf(info: Buffer, bytes: number): Buffer {
  const extracted = createHmac('sha256', CLUSTER).update(SECRET).digest();
  return createHmac('sha256', extracted)
    .update(Buffer.concat([info, Buffer.from([1])]))
    .digest()
    .subarray(0, bytes);
}

function sealed(kind: number, sequence: number): Buffer {
  return new FrameSeal(CLUSTER, [SECRET], { slot: 2, epoch: EPOCH }).seal(kind, 0, sequence, Buffer.from('hello'));
}

function opened(frame: Buffer, cluster = CLUSTER, secrets: readonly Uint8Array[] = [SECRET]): string {
  const seal = new FrameSeal(cluster, secrets, { slot: 1, epoch: 1 });
  const header = emptyHeader();
  const refusal = seal.inspect(frame, header);
  if (refusal !== undefined) return refusal;
  const body = seal.open(frame, header);
  return typeof body === 'string' ? body : `body:${Buffer.from(body).toString()}`;
}

describe('a sealed frame', () => {
  it('has the layout, keys and nonce of docs/replication.md', () => {
    const frame = sealed(FrameKind.heartbeat, 0x1_0000_0007);
    const clusterTag = createHash('sha256').update('isthmus cluster campus').digest().subarray(0, 4);
    const keyTag = hkdf(Buffer.from('isthmus key tag'), 4);
    const header = Buffer.concat([
      Buffer.from('4953544801030002', 'hex'),
      clusterTag,
      keyTag,
      Buffer.from('0000019ab1c2d3e40000000100000007', 'hex'),
    ]);
    expect(frame.subarray(0, 32)).toEqual(header);
    const info = Buffer.concat([Buffer.from('isthmus frame key'), Buffer.from('020000019ab1c2d3e4', 'hex')]);
    const nonce = Buffer.from('010000000000000100000007', 'hex');
    const decipher = createDecipheriv('aes-256-gcm', hkdf(info, 32), nonce);
    decipher.setAAD(header);
    decipher.setAuthTag(frame.subarray(-16));
    const body = Buffer.concat([decipher.update(frame.subarray(32, -16)), decipher.final()]);
    expect(body.toString()).toBe('hello');
  });

  it('has another nonce in the log than in the control stream', () => {
    const log = sealed(FrameKind.log, 9).subarray(32, 37);
    const control = sealed(FrameKind.hello, 9).subarray(32, 37);
    expect(log.equals(control)).toBe(false);
  });

  it('opens with any accepted secret, so that keys change without a gap', () => {
    const other = Buffer.alloc(32, 7);
    expect(opened(sealed(FrameKind.log, 1), CLUSTER, [other, SECRET])).toBe('body:hello');
    expect(opened(sealed(FrameKind.log, 1), CLUSTER, [other])).toBe('key');
  });

  it('is refused by another cluster', () => {
    expect(opened(sealed(FrameKind.log, 1), 'elsewhere')).toBe('cluster');
  });

  it('is refused at each length below its own', () => {
    const frame = sealed(FrameKind.log, 1);
    for (let length = 0; length < frame.length; length++)
      expect(opened(frame.subarray(0, length)), `${length} bytes`).toBe(length < 48 ? 'truncated' : 'seal');
  });

  it('is refused with any one bit changed', () => {
    const frame = sealed(FrameKind.log, 1);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const forged = Buffer.from(frame);
      forged[bit >>> 3] ^= 1 << (bit & 7);
      expect(opened(forged), `bit ${bit}`).not.toMatch(/^body/);
    }
  });

  it('has numbers below 2^53 only, in the epoch and in the sequence', () => {
    for (const at of [16, 24]) {
      const frame = sealed(FrameKind.log, 1);
      frame.writeUIntBE(0x001f_ffff, at, 4);
      frame.writeUInt32BE(0xffff_ffff, at + 4);
      expect(opened(frame)).toBe('seal');
      frame.writeUIntBE(0x0020_0000, at, 4);
      frame.writeUInt32BE(0, at + 4);
      expect(opened(frame)).toBe('magic');
      frame.writeUInt32BE(0xffff_ffff, at);
      expect(opened(frame)).toBe('magic');
    }
  });
});

describe('a proof of an epoch', () => {
  const sender = (): FrameSeal => new FrameSeal(CLUSTER, [SECRET], { slot: 2, epoch: EPOCH });
  const taken = (frame: Buffer, secret: Uint8Array = SECRET): string | undefined => {
    const header = emptyHeader();
    const seal = new FrameSeal(CLUSTER, [secret], { slot: 1, epoch: 1 });
    return seal.inspect(frame, header) ?? seal.takeProof(frame, header);
  };

  it('has the layout, key and nonce of docs/replication.md', () => {
    const frame = sender().proof(0x01_02_03);
    expect(frame.length).toBe(48);
    expect(frame.subarray(0, 8).toString('hex')).toBe('4953544801070002');
    expect(frame.subarray(16, 32).toString('hex')).toBe('0000019ab1c2d3e40000000000010203');
    const key = hkdf(Buffer.concat([Buffer.from('isthmus epoch proof'), Buffer.from([2])]), 32);
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from('020102030000019ab1c2d3e4', 'hex'));
    decipher.setAAD(frame.subarray(0, 32));
    decipher.setAuthTag(frame.subarray(-16));
    expect(decipher.final().length).toBe(0);
  });

  it('is taken from the cluster alone, whole and unchanged', () => {
    const frame = sender().proof(9);
    expect(taken(frame)).toBeUndefined();
    expect(taken(frame, Buffer.alloc(32, 7))).toBe('key');
    expect(taken(Buffer.concat([frame, Buffer.alloc(1)]))).toBe('seal');
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const forged = Buffer.from(frame);
      forged[bit >>> 3] ^= 1 << (bit & 7);
      // The kind says that it is one.
      if (bit >>> 3 !== 5) expect(taken(forged), `bit ${bit}`).toBeDefined();
    }
  });

  it('makes frames of its epoch open though no key may be derived any more', () => {
    const seal = new FrameSeal(CLUSTER, [SECRET], { slot: 1, epoch: 1 }, undefined, { now: () => 0 });
    const open = (frame: Buffer): string | number => {
      const header = emptyHeader();
      seal.inspect(frame, header);
      const body = seal.open(frame, header);
      return typeof body === 'string' ? body : body.length;
    };
    for (let epoch = 1; epoch < 200; epoch++) {
      open(new FrameSeal(CLUSTER, [SECRET], { slot: 2, epoch }).seal(3, 0, 1, Buffer.alloc(0)));
    }
    const frame = sender().seal(FrameKind.heartbeat, 0, 1, Buffer.from('hello'));
    expect(open(frame)).toBe('newEpoch');
    const proof = sender().proof(1);
    const header = emptyHeader();
    seal.inspect(proof, header);
    expect(seal.takeProof(proof, header)).toBeUndefined();
    expect(open(frame)).toBe(5);
  });
});
