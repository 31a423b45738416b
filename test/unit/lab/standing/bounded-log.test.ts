import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoundedLog } from '../../../../src/lab/standing/bounded-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log of an agent in a lab', () => {
  it('has the last lines, in two files that do not grow beyond their limit', () => {
    const file = join(folder, 'gw1.log');
    const log = new BoundedLog(file, 100, () => undefined);
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index} ü`);
    for (const line of lines) log.write(line);
    for (const one of [file, `${file}.1`]) expect(statSync(one).size).toBeLessThanOrEqual(100);
    const kept = `${readFileSync(`${file}.1`, 'utf8')}${readFileSync(file, 'utf8')}`.split('\n').slice(0, -1);
    expect(kept.length).toBeGreaterThan(7);
    expect(kept).toEqual(lines.slice(-kept.length));
    expect(log.lost).toBe(0);
  });

  it('goes on where a log of before has ended', () => {
    const file = join(folder, 'gw1.log');
    new BoundedLog(file, 20, () => undefined).write('0123456789');
    new BoundedLog(file, 20, () => undefined).write('abcdefghij');
    expect(readFileSync(file, 'utf8')).toBe('abcdefghij\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('0123456789\n');
  });

  it('counts what cannot be written, and says why once', () => {
    const reasons: string[] = [];
    const log = new BoundedLog(join(folder, 'missing', 'gw1.log'), 100, (reason) => void reasons.push(reason));
    for (const line of ['one', 'two', 'three']) log.write(line);
    expect(log.lost).toBe(3);
    expect(reasons).toEqual([expect.stringContaining('ENOENT')]);
  });
});
