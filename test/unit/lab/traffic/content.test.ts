import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BLOCK, contentBlock, contentSha256 } from '../../../../src/lab/traffic/content.ts';

describe('the content of the lab’s download', () => {
  it('is the same each time, and different from block to block', () => {
    expect(contentBlock(3).equals(contentBlock(3))).toBe(true);
    const digests = Array.from({ length: 64 }, (_, index) =>
      createHash('sha256').update(contentBlock(index)).digest('hex'),
    );
    expect(new Set(digests).size).toBe(64);
  });

  it('does not repeat within a block, so that a lost or doubled segment shows', () => {
    const block = contentBlock(0);
    const words = new Set(Array.from({ length: BLOCK / 4 }, (_, index) => block.readUInt32LE(index * 4)));
    expect(words.size).toBeGreaterThan((BLOCK / 4) * 0.99);
  });

  it('has the digest of its blocks in their order', () => {
    const whole = Buffer.concat([contentBlock(0), contentBlock(1)]);
    expect(contentSha256(2)).toBe(createHash('sha256').update(whole).digest('hex'));
  });
});
