import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ISTHMUS } from '../../../src/lab/programs.ts';
import { settledTraces, traces } from '../leftovers.ts';
import { labTest } from '../needs-root.ts';

const measured = z.strictObject({
  brokenTcp: z.number(),
  doubleAllocations: z.number(),
  digestsEqual: z.boolean(),
  kills: z.number(),
  cuts: z.number(),
  worstOutageMs: z.number(),
});

describe.runIf(labTest)('isthmus lab storm', () => {
  it('breaks no connection, gives no port twice, and ends with equal tables', async () => {
    const before = traces(0);
    const folder = mkdtempSync(join(tmpdir(), 'storm-test-'));
    const file = join(folder, 'storm.json');
    const run = spawn(process.execPath, [ISTHMUS, 'lab', 'storm', '--seconds', '40', '--json', file], {
      env: { ...process.env, TMPDIR: folder },
    });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise((resolve) => {
      run.once('close', resolve);
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    const result = measured.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(readdirSync(folder)).toEqual(['storm.json']);
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ brokenTcp: 0, doubleAllocations: 0, digestsEqual: true });
    expect(result.kills).toBeGreaterThanOrEqual(2);
    expect(result.cuts).toBeGreaterThanOrEqual(2);
    expect(await settledTraces(run.pid ?? 0)).toEqual(before);
  });
});
