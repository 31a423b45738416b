import childProcess, { type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { faultsOf, TimeOfDay } from '../../../../src/agent/compose/drill-faults.ts';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { stateIn } from '../../../../src/frr/guard/process-identity.ts';

const { spawn } = childProcess;
const WITHIN = { timeout: 30_000, interval: 5 };
const DONE = { done: true, code: 'node-drained', text: 'done' } as const;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of children.splice(0)) endGroup(pid);
});

/** With what it has started. */
function endGroup(pid = 0): void {
  try {
    if (pid > 1) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** A program in a group of its own. */
function run(program: string, argv: readonly string[], argv0 = program): ChildProcess {
  const child = spawn(program, argv, { argv0, stdio: 'ignore', detached: true });
  children.push(child);
  return child;
}

function sleeper(name: string, ...more: string[]): ChildProcess {
  return run('/bin/sh', ['-c', 'sleep 1000; :', ...more], name);
}

function stateOf({ pid = 0 }: ChildProcess): string {
  return stateIn(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

interface Instance {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly state: string;
}

function node(instances: readonly Instance[] = [], changes: object = {}) {
  const calls: unknown[] = [];
  const live = instances.map(({ name, kind, state }) => ({
    name,
    kind,
    summary: () => ({ state }),
    crash: () => calls.push(`crash ${name}`),
    loseChanges: (lose: boolean) => calls.push(`${name} loses ${lose}`),
  }));
  const parts = {
    node: 'gw1',
    cuts: { links: [], cut: () => true, restore: () => undefined },
    agent: {
      drain: async (...call: unknown[]) => calls.push(['drain', ...call]) && DONE,
      undrain: async () => calls.push('undrain') && DONE,
    },
    live,
    coordinator: new StaticCoordinator({ cluster: 'c', slot: 1, name: 'gw1' }),
    timeOfDay: new TimeOfDay(),
    upstreams: { options: [] },
    fatal: (reason: string) => calls.push(`fatal: ${reason}`),
    ...changes,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a drill uses nothing else of an instance
  return { faults: faultsOf(parts as never), calls, timeOfDay: parts.timeOfDay };
}

describe('the time of day of a node', () => {
  it('is that of the machine, and as far from it as a drill says', () => {
    const { faults, timeOfDay } = node();
    const from = (): number => timeOfDay.now() - Date.now();
    expect(Math.abs(from())).toBeLessThan(1000);
    faults.setClock(-30_000);
    expect(Math.abs(from() + 30_000)).toBeLessThan(1000);
    faults.setClock(3_600_000);
    expect(Math.abs(from() - 3_600_000)).toBeLessThan(1000);
    faults.setClock(0);
    expect(Math.abs(from())).toBeLessThan(1000);
  });
});

describe('what a drill does to the agent', () => {
  it('drains it only until it ends', async () => {
    const { faults, calls } = node();
    expect([await faults.drain('drill split'), await faults.undrain()]).toEqual([DONE, DONE]);
    expect(calls).toEqual([['drain', 'drill split', false, false], 'undrain']);
  });

  it('ends it in order, or like a power cut', () => {
    const killed: unknown[][] = [];
    vi.spyOn(process, 'kill').mockImplementation((...call) => {
      killed.push(call);
      return true;
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const { faults, calls } = node();
    faults.end('restart', 'drill restart');
    expect([calls, killed]).toEqual([['fatal: drill restart'], []]);
    faults.end('kill', 'drill kill');
    expect([calls, killed]).toEqual([['fatal: drill restart'], [[process.pid, 'SIGKILL']]]);
  });

  it.each([
    ['a unit of systemd', '9f3c', true],
    ['nobody', undefined, false],
  ])('knows that it is started again where %s watches it', (_, invocation, supervised) => {
    vi.stubEnv('INVOCATION_ID', invocation);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(node().faults.supervised).toBe(supervised);
  });

  it('stops it for the stated time by another process, which survives it', async () => {
    const calls: Parameters<typeof spawn>[] = [];
    Object.assign(childProcess, {
      spawn: (...call: Parameters<typeof spawn>) => calls.push(call) && { unref: () => undefined },
    });
    syncBuiltinESMExports();
    onTestFinished(() => {
      Object.assign(childProcess, { spawn });
      syncBuiltinESMExports();
    });
    node().faults.hang(300);
    const [[program, argv, options] = ['', [], {}]] = calls;
    expect(argv).toContain(String(process.pid));
    expect(options).toMatchObject({ detached: true, stdio: 'ignore' });
    // The same, with another process in the place of this one.
    const victim = sleeper('victim');
    const instead = argv.map((word) => (word === String(process.pid) ? String(victim.pid) : word));
    const begun = performance.now();
    run(program, instead);
    await vi.waitUntil(() => stateOf(victim) === 'T', WITHIN);
    await vi.waitUntil(() => stateOf(victim) !== 'T', WITHIN);
    expect(performance.now() - begun).toBeGreaterThan(290);
  });
});

describe('what a drill does to instances', () => {
  const stopped: Instance = { name: 'old', kind: 'nat64', state: 'stopped' };
  const running: Instance = { name: 'internet', kind: 'nat64', state: 'running' };
  const servers: Instance = { name: 'servers', kind: 'siit', state: 'running' };

  it('ends the worker of one that runs', () => {
    const { faults, calls } = node([stopped, running, servers]);
    expect(faults.crashWorker()).toBe('internet');
    expect(calls).toEqual(['crash internet']);
  });

  it('ends none where none runs', () => {
    const { faults, calls } = node([stopped]);
    expect([faults.crashWorker(), calls]).toEqual([undefined, []]);
  });

  it('drops changes on their way to the tables of sessions, where there are any', () => {
    const { faults, calls } = node([running, servers, stopped]);
    expect([faults.loseChanges(true), faults.loseChanges(false)]).toEqual([true, true]);
    expect(calls).toEqual(['internet loses true', 'old loses true', 'internet loses false', 'old loses false']);
    expect(node([servers]).faults.loseChanges(true)).toBe(false);
  });
});

describe('a store that a drill cuts off', () => {
  it('is told, and there may be none', () => {
    const cuts: boolean[] = [];
    const coordinator = Object.assign(new StaticCoordinator({ cluster: 'c', slot: 1, name: 'gw1' }), {
      setCut: (cut: boolean) => void cuts.push(cut),
    });
    const { faults } = node([], { coordinator });
    expect([faults.cutCoordinator(true), faults.cutCoordinator(false), cuts]).toEqual([true, true, [true, false]]);
    expect(node().faults.cutCoordinator(true)).toBe(false);
  });
});

describe('a daemon that a drill ends', () => {
  let runDir = '';
  const pathspace = 'drilltest';
  beforeEach(() => {
    runDir = mkdtempSync(join(tmpdir(), 'isthmus-frr-'));
    mkdirSync(join(runDir, pathspace));
  });
  afterEach(() => rmSync(runDir, { recursive: true }));

  const gw1 = () => node([], { upstreams: { options: [{ name: 'core', frr: { pathspace, runDir } }] } }).faults;
  const watched = async (...argv: string[]): Promise<void> => {
    const watcher = sleeper('watchfrr', ...argv);
    await vi.waitUntil(() => readFileSync(`/proc/${watcher.pid}/cmdline`, 'latin1').startsWith('watchfrr'), WITHIN);
  };

  it.each(['staticd', '', 'toString'])('is one of those that announce, and not "%s"', async (daemon) => {
    expect(await gw1().endDaemon(daemon)).toEqual({
      done: false,
      code: 'not-allowed',
      text: `${JSON.stringify(daemon)} is no daemon of FRR; it is one of zebra, bfdd, bgpd`,
    });
  });

  it('is not ended where the node announces nothing', async () => {
    expect(await node().faults.endDaemon('bfdd')).toMatchObject({ done: false, text: 'gw1 has no upstream' });
  });

  it('is not ended where no watchfrr of the same FRR starts it again', async () => {
    const text = 'watchfrr does not run on gw1: nothing starts bfdd again';
    expect(await gw1().endDaemon('bfdd')).toEqual({ done: false, code: 'not-allowed', text });
    await watched('-N', 'another');
    expect(await gw1().endDaemon('bfdd')).toMatchObject({ done: false, text });
  });

  it('is ended where one does, and it is said where there was none', async () => {
    await watched('-N', pathspace);
    const text = 'bfdd does not run on gw1';
    expect(await gw1().endDaemon('bfdd')).toEqual({ done: false, code: 'not-allowed', text });
    // Known by its name, which the kernel takes from the file of the program.
    const script = join(runDir, 'bfdd');
    writeFileSync(script, '#!/bin/sh\nsleep 1000\n:\n', { mode: 0o755 });
    const daemon = run(script, []);
    const name = (): string => readFileSync(`/proc/${daemon.pid}/comm`, 'latin1').trim();
    await vi.waitUntil(() => name() === 'bfdd', WITHIN);
    writeFileSync(join(runDir, pathspace, 'bfdd.pid'), `${daemon.pid}\n`);
    const ended = new Promise((resolve) => void daemon.once('exit', (_, signal) => resolve(signal)));
    expect(await gw1().endDaemon('bfdd')).toEqual({ done: true, code: 'drill-step', text: 'bfdd of gw1 is ended' });
    expect(await ended).toBe('SIGKILL');
  });
});
