import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  formatAgentLine,
  formatGuardLine,
  parseAgentLine,
  parseGuardLine,
} from '../../../../src/frr/guard/guard-protocol.ts';
import { GuardWatch } from '../../../../src/frr/guard/guard-watch.ts';
import { killSame, startTimeOf } from '../../../../src/frr/guard/process-identity.ts';

const limits = { silenceMs: 70, lateMs: 500, hangMs: 1000, killMs: 3000 };

/** Looks each 5 ms from one time to another and returns what was to be done, with its time. */
function steps(
  watch: GuardWatch,
  fromMs: number,
  toMs: number,
  beatAgeMs?: number,
  stopped = true,
): [number, string][] {
  const found: [number, string][] = [];
  for (let now = fromMs; now <= toMs; now += 5) {
    if (beatAgeMs !== undefined) watch.beat(now, beatAgeMs);
    const step = watch.look(now, () => stopped);
    if (step !== 'none') found.push([now, step]);
  }
  return found;
}

describe('the guard', () => {
  it('does nothing while the agent beats', () => {
    expect(steps(new GuardWatch(limits, 0), 0, 10_000, 0)).toEqual([]);
  });

  it('withdraws after the silence, and ends the agent later, each once', () => {
    expect(steps(new GuardWatch(limits, 0), 5, 10_000)).toEqual([
      [70, 'withdraw'],
      [3070, 'kill'],
    ]);
  });

  it('waits longer for a process that is only late', () => {
    expect(steps(new GuardWatch(limits, 0), 5, 495, undefined, false)).toEqual([]);
    expect(steps(new GuardWatch(limits, 0), 5, 600, undefined, false)).toEqual([[500, 'withdraw']]);
  });

  it('withdraws when beats come but the main loop does not turn', () => {
    const watch = new GuardWatch(limits, 0);
    expect(steps(watch, 0, 4000, 1000)).toEqual([
      [0, 'withdraw'],
      [3000, 'kill'],
    ]);
    expect(watch.reason(4000)).toContain('main loop has not turned for 1000 ms');
  });

  it('spares an agent that comes back, and watches it again', () => {
    const watch = new GuardWatch(limits, 0);
    expect(steps(watch, 5, 500)).toEqual([[70, 'withdraw']]);
    expect(steps(watch, 505, 5000, 0)).toEqual([]);
    expect(steps(watch, 5005, 5200)).toEqual([[5070, 'withdraw']]);
  });

  it('counts again when it was itself away', () => {
    const watch = new GuardWatch(limits, 0);
    expect(watch.look(5000, () => true)).toBe('none');
    expect(steps(watch, 5005, 5060)).toEqual([[5035, 'withdraw']]);
  });

  it('understands the agent, and the agent it', () => {
    const lines = [
      { kind: 'hello', pid: 12, startTime: '3456', limits },
      { kind: 'orders', number: 3, orders: [{ socketPath: '/run/frr/a b/bfdd.vty', commands: ['bfd', 'end'] }] },
      { kind: 'beat', mainAgeMs: 17 },
      { kind: 'end' },
    ] as const;
    expect(lines.map((line) => parseAgentLine(formatAgentLine(line).trimEnd()))).toEqual(lines);
    const answers = [
      { kind: 'status', orders: 3, open: 1, sockets: 2 },
      { kind: 'withdrew', tookMs: 4, ok: true, reason: 'the agent is gone' },
    ] as const;
    expect(answers.map((line) => parseGuardLine(formatGuardLine(line).trimEnd()))).toEqual(answers);
  });

  it.each(['', 'X', 'O 1 {', 'O 1 [{"socketPath":1,"commands":[]}]', 'H 1 2', 'H x 2 3 4 5 6', 'H 1 2 3 4 5'])(
    'does not take "%s" for an order',
    (line) => {
      expect(parseAgentLine(line)).toBeUndefined();
    },
  );

  it('knows a process by its pid and when it was started', () => {
    expect(startTimeOf(process.pid)).toMatch(/^\d+$/);
    expect(startTimeOf(2 ** 22 + 1)).toBeUndefined();
    expect(killSame(process.pid, 'another')).toBe(false);
  });

  it('loads nothing but modules of Node and small files of its own layer', () => {
    const pending = [fileURLToPath(new URL('../../../../src/frr/guard/main.ts', import.meta.url))];
    const seen = new Set<string>();
    const packages: string[] = [];
    for (const path of pending) {
      if (seen.has(path)) continue;
      seen.add(path);
      for (const [, kind, to = ''] of readFileSync(path, 'utf8').matchAll(/^(import|export).* from '([^']+)';/gm)) {
        expect(kind).toBe('import');
        if (to.startsWith('.')) pending.push(resolve(dirname(path), to));
        else packages.push(to);
      }
    }
    expect(packages.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(packages).toContain('node:net');
    expect(seen.size).toBeGreaterThan(4);
    expect([...seen].every((path) => path.includes('/src/frr/'))).toBe(true);
  });
});
