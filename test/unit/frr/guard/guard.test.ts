import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import {
  formatAgentLine,
  formatGuardLine,
  type GuardLimits,
  parseAgentLine,
  parseGuardLine,
} from '../../../../src/frr/guard/guard-protocol.ts';
import { GuardWatch } from '../../../../src/frr/guard/guard-watch.ts';
import {
  conditionOf,
  isSuperseded,
  killSame,
  type ProcessCondition,
  startTimeOf,
} from '../../../../src/frr/guard/process-identity.ts';
import { Withdrawal } from '../../../../src/frr/guard/withdrawal.ts';

const limits: GuardLimits = {
  dyingMs: 20,
  stoppedMs: 40,
  covered: { lateMs: 1500, hangMs: 400 },
  alone: { lateMs: 3000, hangMs: 1000 },
  killMs: 3000,
};

/** Looks each 5 ms from one time to another and returns what was to be done, with its time. */
function steps(
  watch: GuardWatch,
  fromMs: number,
  toMs: number,
  { beatAgeMs, condition = 'stopped' }: { beatAgeMs?: number; condition?: ProcessCondition } = {},
): [number, string][] {
  const found: [number, string][] = [];
  for (let now = fromMs; now <= toMs; now += 5) {
    if (beatAgeMs !== undefined) watch.beat(now, beatAgeMs, true);
    const step = watch.check(now, () => condition);
    if (step !== 'none') found.push([now, step]);
  }
  return found;
}

function watchOf(covered: boolean): GuardWatch {
  const watch = new GuardWatch(limits, 0);
  watch.beat(0, 0, covered);
  return watch;
}

describe('the guard', () => {
  it('does nothing while the agent beats', () => {
    expect(steps(watchOf(true), 0, 10_000, { beatAgeMs: 0 })).toEqual([]);
  });

  it('withdraws after the silence of a process that is stopped, and ends the agent later, each once', () => {
    expect(steps(watchOf(true), 5, 10_000)).toEqual([
      [40, 'withdraw'],
      [3040, 'kill'],
    ]);
  });

  it('does not wait so long for one that dies', () => {
    expect(steps(watchOf(true), 5, 500, { condition: 'dying' })).toEqual([[20, 'withdraw']]);
  });

  it.each([
    [true, 1500],
    [false, 3000],
  ])('waits longer for a process that is only late (another node serves: %s)', (covered, limitMs) => {
    expect(steps(watchOf(covered), 5, limitMs + 100, { condition: 'runs' })).toEqual([[limitMs, 'withdraw']]);
  });

  it.each([
    [true, 400],
    [false, 1000],
  ])('withdraws when beats come but the main loop does not turn (another node serves: %s)', (covered, limitMs) => {
    const watch = watchOf(covered);
    const found: [number, string][] = [];
    for (let now = 0; now <= 5000; now += 5) {
      watch.beat(now, now, covered);
      const step = watch.check(now, () => 'runs');
      if (step !== 'none') found.push([now, step]);
    }
    expect(found).toEqual([
      [limitMs, 'withdraw'],
      [limitMs + 3000, 'kill'],
    ]);
    expect(watch.reason(5000)).toContain('main loop has been blocked for 5000 ms');
  });

  it('spares an agent that comes back, and watches it again', () => {
    const watch = watchOf(true);
    expect(steps(watch, 5, 500)).toEqual([[40, 'withdraw']]);
    expect(steps(watch, 505, 5000, { beatAgeMs: 0 })).toEqual([]);
    expect(steps(watch, 5005, 5200)).toEqual([[5040, 'withdraw']]);
  });

  it('counts again when it was itself away', () => {
    const watch = watchOf(true);
    expect(watch.check(5000, () => 'stopped')).toBe('none');
    expect(steps(watch, 5005, 5060)).toEqual([[5020, 'withdraw']]);
  });

  it('understands the agent, and the agent it', () => {
    const lines = [
      { kind: 'hello', pid: 12, startTime: '3456', limits, fence: '/run/is th/gw1.lock' },
      {
        kind: 'orders',
        number: 3,
        orders: [
          {
            socketPath: '/run/frr/a b/bgpd.vty',
            verifyMs: 500,
            steps: [
              { method: 'bgp-prefix', commands: ['end'], readBack: [{ command: 'show bgp', prefixes: ['::/96'] }] },
              { method: 'bgp-shutdown', commands: ['end'] },
            ],
          },
        ],
      },
      { kind: 'orders', number: 4, orders: [{ file: '/run/core track', text: '-254\n' }] },
      {
        kind: 'orders',
        number: 5,
        orders: [
          {
            socketPath: '/run/a.vty',
            steps: [{ method: 'bfd-remove', commands: [] }],
            verifyMs: 1,
            daemon: { pidFile: '/run/a.pid', name: 'a' },
          },
        ],
      },
      { kind: 'beat', mainAgeMs: 17, covered: true },
      { kind: 'beat', mainAgeMs: 0, covered: false },
      { kind: 'end' },
    ] as const;
    expect(lines.map((line) => parseAgentLine(formatAgentLine(line).trimEnd()))).toEqual(lines);
    const answers = [
      { kind: 'status', orders: 3, open: 1, sockets: 2 },
      { kind: 'withdrew', tookMs: 4, ok: true, reason: 'the agent is gone' },
    ] as const;
    expect(answers.map((line) => parseGuardLine(formatGuardLine(line).trimEnd()))).toEqual(answers);
    expect([parseGuardLine(''), parseGuardLine('X 1 2 3'), parseGuardLine('Warning: something')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(formatAgentLine({ kind: 'beat', mainAgeMs: 16.6, covered: true })).toBe('B 17 1\n');
    expect(formatGuardLine({ kind: 'withdrew', tookMs: 3.6, ok: false, reason: 'a b' })).toBe('W 4 0 a b\n');
  });

  it.each([
    '',
    'X',
    'O 1 {',
    'O 1 [{"socketPath":1,"verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}]}]',
    'O 1 [{"socketPath":"/a.vty","verifyMs":500,"steps":[]}]',
    'O 1 [{"socketPath":"/a.vty","steps":[{"method":"bfd-remove","commands":[]}]}]',
    'O 1 [{"socketPath":"/a.vty","verifyMs":500,"steps":[{"method":"by-hand","commands":[]}]}]',
    'O 1 [{"socketPath":"/a.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[1]}]}]',
    'O 1 [{"socketPath":"/a.vty","verifyMs":500,"steps":[{"method":"bgp-prefix","commands":[],"readBack":[{}]}]}]',
    'O 1 [{"file":"/run/core.track","text":-254}]',
    'O 1 [{"file":7,"text":"-254"}]',
    'O 1 [null]',
    'O 1 [7]',
    'O 1 {"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}]}',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty"}]',
    'O 1 [{"verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}]}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":"end"}]}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":["end",1]}]}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":null}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":"bfdd"}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":{"name":"bfdd"}}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":{"pidFile":"/run/frr/bfdd.pid"}}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":{"pidFile":1,"name":"bfdd"}}]',
    'O 1 [{"socketPath":"/run/frr/bfdd.vty","verifyMs":500,"steps":[{"method":"bfd-remove","commands":[]}],"daemon":{"pidFile":"/run/frr/bfdd.pid","name":1}}]',
    'H 1 2 3 4 0 6 7 8 9',
    'H 1 2',
    'H x 2 3 4 5 6 7 8 9',
    'H 1 2 3 4 5 6 7 8',
  ])('does not take "%s" for an order', (line) => {
    expect(parseAgentLine(line)).toBeUndefined();
  });

  it('knows a process by its pid and when it was started', () => {
    const started = startTimeOf(process.pid) ?? '';
    expect(started).toMatch(/^\d+$/);
    expect(startTimeOf(2 ** 22 + 1)).toBeUndefined();
    expect(killSame(process.pid, 'another')).toBe(false);
    expect(conditionOf(process.pid, started)).toBe('runs');
    expect(conditionOf(process.pid, 'another')).toBe('dying');
    expect(conditionOf(2 ** 22 + 1, started)).toBe('dying');
  });

  it('is fenced by another agent that lives, and by nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-fence-'));
    const fence = join(folder, 'gw1.lock');
    try {
      expect(isSuperseded('', 12)).toBe(false);
      expect(isSuperseded(fence, 12)).toBe(false);
      for (const [text, expected] of [
        [`${process.pid}\n`, true], // another one, which lives
        ['12\n', false], // its own
        [`${2 ** 22 + 1}\n`, false], // another one, which is gone
        ['', false],
        ['nonsense', false],
        ['-1', false],
        ['1.5', false],
        [`${process.pid}.5`, false],
      ] as const) {
        writeFileSync(fence, text);
        expect(isSuperseded(fence, 12)).toBe(expected);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('sends nothing to FRR once it is fenced, not even the rest of what it had begun', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-fence-'));
    const socketPath = join(folder, 'bfdd.vty');
    const heard: string[] = [];
    let fenced = false;
    const server = createServer((socket) => {
      socket.on('data', (data) => {
        heard.push(...data.toString().split('\0').filter(Boolean));
        fenced = heard.includes('bfd');
        socket.write(Buffer.from([0, 0, 0, 0]));
      });
    });
    await new Promise<void>((done) => void server.listen(socketPath, done));
    try {
      const withdrawal = new Withdrawal(() => fenced);
      const commands = ['configure terminal', 'bfd', 'no peer 10.0.0.1', 'end'];
      withdrawal.setOrders([{ socketPath, steps: [{ method: 'bfd-remove', commands }], verifyMs: 500 }]);
      expect(await withdrawal.run()).toBe(false);
      expect(heard).toContain('bfd');
      expect(heard).not.toContain('no peer 10.0.0.1');
      withdrawal.setOrders([]);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('ends a daemon that does not carry its orders out, at the second time and where the order names it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-end-'));
    const socketPath = join(folder, 'bfdd.vty');
    // It refuses everything.
    const server = createServer((socket) => {
      socket.on('data', () => socket.write(Buffer.from([0, 0, 0, 1])));
    });
    await new Promise<void>((done) => void server.listen(socketPath, done));
    const child = spawn('sleep', ['60']);
    try {
      const pidFile = join(folder, 'bfdd.pid');
      writeFileSync(pidFile, `${child.pid ?? 0}\n`);
      const step = { method: 'bfd-remove', commands: ['configure terminal', 'bfd', 'end'] } as const;
      const order = { socketPath, steps: [step], verifyMs: 500 };
      let fenced = false;
      const withdrawal = new Withdrawal(() => fenced);
      withdrawal.setOrders([{ ...order, daemon: { pidFile, name: 'bfdd' } }]);
      // The file is older than the process that has its number now.
      for (const _ of [1, 2, 3]) expect([await withdrawal.run(), withdrawal.ended]).toEqual([false, []]);
      withdrawal.setOrders([{ ...order, daemon: { pidFile, name: 'sleep' } }]);
      fenced = true;
      expect([await withdrawal.run(), withdrawal.ended]).toEqual([false, []]);
      fenced = false;
      const ended = once(child, 'exit');
      expect([await withdrawal.run(), withdrawal.ended]).toEqual([true, ['sleep']]);
      expect(await ended).toEqual([null, 'SIGKILL']);
      withdrawal.setOrders([order]);
      for (const _ of [1, 2, 3]) expect([await withdrawal.run(), withdrawal.ended]).toEqual([false, []]);
      withdrawal.setOrders([]);
    } finally {
      child.kill('SIGKILL');
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('sees that a process is stopped, and that it dies', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); console.log("runs")']);
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const started = startTimeOf(pid) ?? '';
    expect(conditionOf(pid, started)).toBe('runs');
    child.kill('SIGSTOP');
    await vi.waitFor(() => expect(conditionOf(pid, started)).toBe('stopped'));
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(conditionOf(pid, started)).toBe('dying'));
  });

  it('loads nothing but modules of Node and small files of its own layer', () => {
    const pending = [fileURLToPath(new URL('../../../../src/frr/guard/guard-main.ts', import.meta.url))];
    const seen = new Set<string>();
    const packages: string[] = [];
    for (const path of pending) {
      if (seen.has(path)) continue;
      seen.add(path);
      for (const [, kind, to = ''] of readFileSync(path, 'utf8').matchAll(
        /^(import|export)(?! type).* from '([^']+)';/gm,
      )) {
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
