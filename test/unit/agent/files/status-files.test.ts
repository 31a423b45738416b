import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { HistoryFile } from '../../../../src/agent/files/history-file.ts';
import { ProofFile } from '../../../../src/agent/files/proof-file.ts';
import { SimulatedClock } from '../simulated-clock.ts';

let folder = '';
let queue: FileQueue;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-status-'));
  queue = new FileQueue(() => 0);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file with the samples of the status page', () => {
  const MIB = 1024 * 1024;

  it('becomes FILE.1 at 4 MiB and not before: two files hold six hours', async () => {
    const path = join(folder, 'history.jsonl');
    const file = new HistoryFile(path, queue, new SimulatedClock(), () => undefined);
    writeFileSync(path, '');
    truncateSync(path, 4 * MIB - 1);
    file.append('{"time":1}\n');
    await file.flush(1000);
    expect(existsSync(`${path}.1`)).toBe(false);
    file.append('{"time":2}\n');
    await file.flush(1000);
    expect(readFileSync(path, 'utf8')).toBe('{"time":2}\n');
    expect(statSync(`${path}.1`).size).toBe(4 * MIB + 10);
  });

  it('holds 256 KiB while a write is pending, and what is more is lost', async () => {
    const path = join(folder, 'history.jsonl');
    const file = new HistoryFile(path, queue, new SimulatedClock(), () => undefined);
    const sample = `${'x'.repeat(64 * 1024 - 1)}\n`;
    for (let count = 0; count < 10; count++) file.append(sample);
    await file.flush(1000);
    expect(statSync(path).size).toBe((1 + 4) * 64 * 1024);
  });

  it('says when it cannot be written, and when it can again', async () => {
    const path = join(folder, 'history.jsonl');
    const told: (string | undefined)[] = [];
    const clock = new SimulatedClock();
    const file = new HistoryFile(path, queue, clock, (failure) => told.push(failure));
    mkdirSync(path);
    file.append('{"time":1}\n');
    await file.flush(1000);
    expect(told).toEqual([expect.stringContaining('EISDIR')]);
    rmSync(path, { recursive: true });
    await clock.advance(1000);
    file.append('{"time":2}\n');
    await file.flush(1000);
    expect(told.at(-1)).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('{"time":2}\n');
  });
});

describe('the file with the proofs of withdrawals', () => {
  const proofs = (): ProofFile => new ProofFile(join(folder, 'proofs.json'), queue);

  it('keeps when and how fast each upstream was proven, over a restart', async () => {
    const proven = new Map([
      ['core', { provenAt: 1_800_000_000_000, provenMs: 212 }],
      ['edge', { provenAt: 1_800_000_600_000, provenMs: 0 }],
    ]);
    await proofs().save(proven);
    expect(proofs().load()).toEqual(proven);
  });

  it('proves nothing where it is missing', () => {
    expect(proofs().load()).toEqual(new Map());
  });

  it.each(['', '{"core":', 'null', '"core"', '7', '[1]'])('proves nothing where it holds %j', (text) => {
    writeFileSync(join(folder, 'proofs.json'), text);
    expect(proofs().load()).toEqual(new Map());
  });

  it('proves what is whole beside what is not', () => {
    const whole = { provenAt: 1_800_000_000_000, provenMs: 212 };
    const text = JSON.stringify({ a: null, b: 'yes', c: { provenAt: 5 }, d: { provenMs: 5 }, core: whole });
    writeFileSync(join(folder, 'proofs.json'), text);
    expect(proofs().load()).toEqual(new Map([['core', whole]]));
  });
});
