import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type RetainedSource,
  RetainedTable,
  retainedConfiguration,
  RetainedTableError,
  type RetainedTableOptions,
} from '../../../../src/agent/files/retained-table.ts';
import { OPTIONS } from '../../translator/nat64/bench-of-one.ts';

const SIZE = 64;
const HEADER = 56;
const CHECKSUM = 32;

/** A table of numbered records, given out in pages of three. */
class NumberedTable implements RetainedSource {
  readonly #count: number;
  readonly restored: number[] = [];
  readonly ages = new Set<number>();
  owned = false;

  constructor(count = 0) {
    this.#count = count;
  }

  async retainedPage(from: number): Promise<{ records: Uint8Array; next: number }> {
    const end = Math.min(from + 3, this.#count);
    const records = Buffer.alloc((end - from) * SIZE);
    for (let index = from; index < end; index++) records.writeUInt32BE(index + 1, (index - from) * SIZE + 8);
    return { records, next: end < this.#count ? end : -1 };
  }

  async restore(records: Uint8Array, agedMs: number): Promise<number> {
    const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
    for (let at = 0; at < records.length; at += SIZE) this.restored.push(view.getUint32(at + 8));
    this.ages.add(agedMs);
    return records.length / SIZE;
  }

  ownRestored(): void {
    this.owned = true;
  }
}

let folder = '';
let path = '';
let nowMs = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-'));
  path = join(folder, 'state', 'gw1.internet.table');
  nowMs = 1_700_000_000_000;
});
afterEach(() => rm(folder, { recursive: true }));

function table(options: Partial<RetainedTableOptions> = {}): RetainedTable {
  const usual = { path, configuration: () => 'pool4 192.0.2.0/28', maxAgeMs: 60_000, maxSessions: 100 };
  return new RetainedTable({ ...usual, now: () => nowMs, ...options });
}

/** Why a file is not taken back; nothing of it must have reached the table. */
async function refusal(options: Partial<RetainedTableOptions> = {}): Promise<string> {
  const target = new NumberedTable();
  const error = await table(options)
    .restore(target)
    .then(() => 'restored')
    .catch((reason: unknown) => reason);
  expect(target.restored).toEqual([]);
  expect(target.owned).toBe(false);
  expect(error).toBeInstanceOf(RetainedTableError);
  return error instanceof Error ? error.message : '';
}

describe('what the sessions of a kept table depend on', () => {
  const settings = (shards?: number, changes: Partial<typeof OPTIONS> = {}): string =>
    retainedConfiguration('campus', 'internet', { ...OPTIONS, ...changes }, shards);

  it('is with several shards their number, and the prefix by which clients are divided', () => {
    const limits = { ...OPTIONS.limits, clientPrefixLength: 48 };
    expect(settings(1)).toBe(settings());
    expect(settings(1, { limits })).toBe(settings(1));
    expect(settings(2)).not.toBe(settings(1));
    expect(settings(2)).not.toBe(settings(3));
    expect(settings(2, { limits })).not.toBe(settings(2));
  });
});

describe('a kept table that is as large as may be', () => {
  it('comes back, and one session more does not', async () => {
    await table().save(new NumberedTable(10));
    expect(await table({ maxSessions: 10 }).restore(new NumberedTable())).toBe(10);
    await table().putBack();
    expect(await refusal({ maxSessions: 9 })).toContain('holds 10 sessions, and the limit of the instance is 9');
  });

  it('can be discarded twice', async () => {
    await table().save(new NumberedTable(1));
    await table().restore(new NumberedTable());
    await table().discard();
    await table().discard();
    expect(await readdir(join(path, '..'))).toEqual([]);
  });
});

describe('a kept table', () => {
  it('comes back whole, with its age, and once', async () => {
    expect(await table().save(new NumberedTable(10))).toBe(10);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    nowMs += 2500;
    const target = new NumberedTable();
    expect(await table().restore(target)).toBe(10);
    expect(target.restored).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...target.ages]).toEqual([2500]);
    expect(target.owned).toBe(true);
    expect(await table().restore(new NumberedTable())).toBeUndefined();
    await table().discard();
    expect(await readdir(join(folder, 'state'))).toEqual([]);
  });

  it('may be empty, and may be larger than what is read at once', async () => {
    await table().save(new NumberedTable(0));
    expect(await table().restore(new NumberedTable())).toBe(0);
    const many = { maxSessions: 20_000 };
    await table(many).save(new NumberedTable(9001));
    const target = new NumberedTable();
    expect(await table(many).restore(target)).toBe(9001);
    expect(target.restored).toEqual(Array.from({ length: 9001 }, (_, index) => index + 1));
  });

  it('is put back for the next start when the instance could not be started', async () => {
    await table().putBack();
    await table().save(new NumberedTable(4));
    await table().restore(new NumberedTable());
    await table().putBack();
    expect(await table().restore(new NumberedTable())).toBe(4);
  });

  it('is not taken back with any one byte changed, or cut off anywhere', async () => {
    await table().save(new NumberedTable(1));
    const whole = await readFile(path);
    expect(whole).toHaveLength(HEADER + SIZE + CHECKSUM);
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 1 << (at % 8);
      await writeFile(path, damaged);
      expect(await refusal(), `byte ${at}`).toContain(path);
      await writeFile(path, whole.subarray(0, at));
      expect(await refusal(), `${at} bytes`).toContain(path);
    }
    await writeFile(path, Buffer.concat([whole, Buffer.alloc(SIZE)]));
    expect(await refusal()).toContain('checksum');
  });

  it('is not taken back when it is old, from the future, of another configuration or too large', async () => {
    const saved = async (): Promise<void> => void (await table().save(new NumberedTable(3)));
    await saved();
    nowMs += 60_001;
    expect(await refusal()).toContain('60 s old, and keepTable allows 60 s');
    await saved();
    nowMs -= 1;
    expect(await refusal()).toContain('from the future');
    await saved();
    expect(await refusal({ configuration: () => 'pool4 192.0.2.0/29' })).toContain('another configuration');
    await saved();
    expect(await refusal({ maxSessions: 2 })).toContain('holds 3 sessions, and the limit of the instance is 2');
  });

  it('is not there half: a source that fails leaves nothing, and the file before it stays', async () => {
    await table().save(new NumberedTable(2));
    const broken = {
      retainedPage: async (from: number) => {
        if (from > 0) throw new Error('the worker is gone');
        return new NumberedTable(10).retainedPage(0);
      },
    };
    await expect(table().save(broken)).rejects.toThrow('the worker is gone');
    expect(await readdir(join(folder, 'state'))).toEqual(['gw1.internet.table']);
    expect(await table().restore(new NumberedTable())).toBe(2);
  });

  it('belongs to what sessions hang on, and to nothing else', () => {
    const usual = retainedConfiguration('campus', 'lower', OPTIONS);
    const { timeouts } = OPTIONS;
    const harmless = { ...OPTIONS, seed: 'another', timeouts: { ...timeouts, udp: 1 }, dropPings: true };
    expect(retainedConfiguration('campus', 'lower', harmless)).toBe(usual);
    const others = [
      retainedConfiguration('campus', 'upper', OPTIONS),
      retainedConfiguration('lab', 'lower', OPTIONS),
      retainedConfiguration('campus', 'lower', { ...OPTIONS, slot: 2 }),
      retainedConfiguration('campus', 'lower', { ...OPTIONS, pool6: ['2001:db8:64::/96'] }),
      retainedConfiguration('campus', 'lower', { ...OPTIONS, pool4: [] }),
    ];
    expect(new Set([usual, ...others]).size).toBe(6);
  });
});
