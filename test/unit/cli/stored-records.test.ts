import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastState, storedRecords } from '../../../src/cli/stored-records.ts';

describe('what an agent that is gone has left', () => {
  let stateDir = '';

  beforeAll(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'isthmus-'));
  });
  afterAll(() => rmSync(stateDir, { recursive: true }));

  function lastOf(...events: readonly (readonly [code: string, subject: string, name: string, to: string])[]): unknown {
    const lines = events.map(([code, subject, name, to], time) =>
      JSON.stringify({ time, node: 'gw1', code, severity: 'info', subject, name, from: '', to, reason: 'because' }),
    );
    writeFileSync(join(stateDir, 'gw1.events'), `${lines.join('\n')}\n`);
    const [record] = storedRecords({ stateDir, runDir: stateDir });
    return record === undefined ? undefined : lastState(record)?.to;
  }

  it('has the last state of the node itself, and not what was done to it since', () => {
    expect(
      lastOf(
        ['node-starting', 'node', 'gw1', 'starting'],
        ['node-active', 'node', 'gw1', 'active'],
        ['node-failed', 'node', 'gw2', 'failed'],
        ['command-requested', 'node', 'gw1', 'undrain requested'],
        ['node-undrained', 'node', 'gw1', 'undrained'],
      ),
    ).toBe('active');
  });

  it('has none where none is stored', () => {
    expect(lastOf(['command-requested', 'node', 'gw1', 'trace or capture requested'])).toBeUndefined();
  });
});
