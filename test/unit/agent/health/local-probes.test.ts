import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ExecProbe } from '../../../../src/agent/health/exec-probe.ts';
import { FrrProbe } from '../../../../src/agent/health/frr-probe.ts';
import { EventLoopProbe, MemoryProbe } from '../../../../src/agent/health/process-probes.ts';
import { PoolProbe, ReplicationProbe, type SessionFacts } from '../../../../src/agent/health/session-probes.ts';
import type { DaemonShell } from '../../../../src/frr/daemon-shell.ts';
import { FrrNotRunningError } from '../../../../src/frr/vty-connection.ts';
import { stateIn } from '../../../../src/frr/guard/process-identity.ts';
import { constrainedMemory } from '../../../../src/linux/memory-limit.ts';
import { instance } from '../status-fixture.ts';

function facts(changes: Partial<SessionFacts> = {}): SessionFacts {
  return { ...instance(), ...changes };
}

describe('a command of the site', () => {
  it.each([
    [['true'], 5000, { result: 'ok', text: 'true exited with status 0' }],
    [['sh', '-c', 'echo no route; exit 3'], 5000, { result: 'failed', text: 'sh exited with status 3: no route' }],
    [['sh', '-c', 'kill -9 $$'], 5000, { result: 'failed', text: 'sh exited with SIGKILL' }],
  ])('%j', async (argv, timeoutMs, finding) => {
    expect(await new ExecProbe('site', argv, timeoutMs).check()).toEqual(finding);
  });

  it('fails when there is no such program', async () => {
    await expect(new ExecProbe('site', ['/nowhere/check'], 5000).check()).rejects.toThrow('ENOENT');
  });

  it('is ended with all that it has started when it takes too long', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'isthmus-')), 'pid');
    const script = `sleep 300 & echo $! > ${file}.new; mv ${file}.new ${file}; wait`;
    // On a busy machine the script may not have come that far.
    for (let timeoutMs = 50; !existsSync(file); timeoutMs *= 2) {
      const { result, text } = await new ExecProbe('site', ['sh', '-c', script], timeoutMs).check();
      expect([result, text]).toEqual(['failed', `sh was killed after ${timeoutMs} ms`]);
    }
    const left = Number(readFileSync(file, 'utf8'));
    try {
      await vi.waitUntil(() => hasEnded(left), { timeout: 30_000 });
    } finally {
      rmSync(dirname(file), { recursive: true });
      if (!hasEnded(left)) process.kill(left, 'SIGKILL');
    }
  });
});

/** Also when nobody has asked for its exit status yet. */
function hasEnded(pid: number): boolean {
  try {
    return stateIn(readFileSync(`/proc/${pid}/stat`, 'latin1')) === 'Z';
  } catch {
    return true;
  }
}

describe('the check of FRR', () => {
  function shell(answer: () => Promise<string>): DaemonShell {
    return { socketPath: '/run/frr/x.vty', show: answer, configure: async () => undefined, close: () => undefined };
  }

  it('names the daemons that do not answer', async () => {
    const dead = new Set<string>();
    const watched = [
      { daemon: 'zebra', place: {} },
      { daemon: 'bfdd', place: { pathspace: 'nat64' } },
    ] as const;
    const probe = new FrrProbe(watched, ({ daemon }) =>
      shell(async () => {
        if (dead.has(daemon)) throw new FrrNotRunningError('no such socket');
        return 'FRRouting 8.4.4';
      }),
    );
    expect(await probe.check()).toEqual({ result: 'ok', text: 'zebra, bfdd (nat64) answer' });
    dead.add('bfdd');
    expect(await probe.check()).toEqual({ result: 'failed', text: 'bfdd (nat64) does not answer: no such socket' });
    await probe.stop();
  });
});

describe('the checks of sessions', () => {
  const gw2 = { slot: 2, name: 'gw2', alive: true };

  it('wants the digests of every living node to agree', async () => {
    let held = facts();
    let peers = [gw2];
    const probe = new ReplicationProbe(
      () => peers,
      () => [held],
    );
    expect(await probe.check()).toEqual({ result: 'ok', text: 'in sync with gw2' });
    held = facts({ replicas: [{ slot: 2, sessions: 7, sync: 'differs', yielded: 0 }] });
    expect(await probe.check()).toEqual({ result: 'failed', text: 'not in sync: internet of gw2' });
    held = facts({ replicas: [] });
    expect((await probe.check()).result).toBe('failed');
    peers = [{ ...gw2, alive: false }];
    expect(await probe.check()).toEqual({ result: 'ok', text: 'no other node is alive' });
  });

  it('sees how much of the pool is used of the fullest protocol, and sees that somebody was refused', async () => {
    const slice = (entry: number, protocol: 'tcp' | 'udp', used: number): SessionFacts['pool'][number] => {
      const place = { slot: 1, address: 0, addresses: 2, firstPort: 1024, ports: 250 };
      return { entry, protocol, used, size: 500, ...place };
    };
    let held = facts({ pool: [slice(0, 'udp', 400), slice(0, 'tcp', 490), slice(1, 'tcp', 390)] });
    const probe = new PoolProbe({ instance: 'internet', percent: 90 }, () => held);
    const text = '880 of 1000 tcp ports of this node are in use or held';
    expect(await probe.check()).toEqual({ result: 'ok', text });
    held = facts({ pool: [slice(0, 'tcp', 10), slice(0, 'udp', 450)] });
    const who = 'isthmus top clients --sort ports shows who has them';
    expect(await probe.check()).toEqual({
      result: 'failed',
      text: `450 of 500 udp ports of this node are in use or held, 90 % or more; ${who}`,
    });
    const counter = { name: 'answerPool4Exhausted', kind: 'answer', help: '', value: 3 };
    held = facts({ pool: [], counters: [counter] });
    expect((await probe.check()).text).toMatch(new RegExp(`^3 packets found no free port .*; ${who}$`));
    const none = 'this node allocates from no slice of pool4 now';
    expect(await probe.check()).toEqual({ result: 'ok', text: none });
  });
});

describe('the checks of the process', () => {
  it('sees how late the main loop was since the last look', async () => {
    const histogram = {
      max: 510e6,
      enable: () => true,
      disable: () => true,
      reset: () => {
        histogram.max = 10e6;
      },
    };
    const probe = new EventLoopProbe(200, histogram, () => 0);
    const text = 'maximum main loop delay 500 ms; the limit is 200 ms';
    expect(await probe.check()).toEqual({ result: 'failed', text });
    expect(await probe.check()).toEqual({ result: 'ok', text: 'maximum main loop delay 0 ms' });
  });

  it('does not count what the main loop waited for a processor', async () => {
    const histogram = { max: 510e6, enable: () => true, disable: () => true, reset: () => undefined };
    let waitedMs = 1000;
    const probe = new EventLoopProbe(200, histogram, () => waitedMs);
    waitedMs += 350;
    const text = 'maximum main loop delay 500 ms, 350 ms of it without a processor';
    expect(await probe.check()).toEqual({ result: 'ok', text });
    waitedMs += 250;
    expect((await probe.check()).result).toBe('failed');
  });

  it('knows of the running process how long it waited', async () => {
    const probe = new EventLoopProbe(60_000);
    expect((await probe.check()).text).toMatch(/^maximum main loop delay \d+ ms(, \d+ ms of it without a processor)?$/);
    await probe.stop();
  });

  it('compares memory with its limit', async () => {
    const mebibyte = 1024 * 1024;
    const of = (used: number): MemoryProbe =>
      new MemoryProbe(85, () => ({ used: used * mebibyte, limit: 1000 * mebibyte }));
    expect(await of(849).check()).toEqual({ result: 'ok', text: '849 MiB of 1000 MiB' });
    expect((await of(851).check()).result).toBe('failed');
    expect((await new MemoryProbe(100).check()).result).toBe('ok');
    expect(constrainedMemory() ?? 1).toBeGreaterThan(0);
  });
});
