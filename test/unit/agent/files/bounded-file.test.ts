import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendBounded } from '../../../../src/agent/files/bounded-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-bounded-'));
  path = join(folder, 'state', 'gw1.events');
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('a file of bounded size', () => {
  it('is made with its directory, for the group of the agent to read, whatever the umask is', async () => {
    const before = process.umask(0o077);
    try {
      await appendBounded(path, 'one\n', 8);
      expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['one\n', 0o640]);
    } finally {
      process.umask(before);
    }
  });

  it('begins anew where it has its size, and not a byte before; so does its access', async () => {
    await appendBounded(path, '1234567', 8);
    await appendBounded(path, '8', 8);
    expect([readFileSync(path, 'utf8'), existsSync(`${path}.1`)]).toEqual(['12345678', false]);
    await appendBounded(path, 'next', 8);
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.1`, 'utf8')]).toEqual(['next', '12345678']);
    expect(modeOf(path)).toBe(0o640);
    await appendBounded(path, 'more', 8);
    await appendBounded(path, 'last', 8);
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.1`, 'utf8')]).toEqual(['last', 'nextmore']);
  });

  it('is an error where the disk has something else in its place', async () => {
    mkdirSync(path, { recursive: true });
    await expect(appendBounded(path, 'one', 1_000_000)).rejects.toThrow('EISDIR');
  });
});
