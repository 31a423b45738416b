import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcements } from '../../../src/frr/announcements.ts';
import type { GuardStatus } from '../../../src/frr/guard/keeper.ts';
import { SimulatedGuard, SimulatedUpstream } from './simulated-upstreams.ts';

/** How often FRR is polled. */
const WATCH_MS = 200;

describe('the announcements to several upstreams', () => {
  let story: string[];
  let findings: string[];
  let core: SimulatedUpstream;
  let edge: SimulatedUpstream;
  let guard: SimulatedGuard;
  let all: Announcements;

  beforeEach(async () => {
    vi.useFakeTimers();
    [story, findings] = [[], []];
    [core, edge] = [new SimulatedUpstream('core', story, true), new SimulatedUpstream('edge', story)];
    guard = new SimulatedGuard(story);
    all = new Announcements([core, edge], { guard, onFinding: (text) => void findings.push(text) });
    await all.start();
  });
  afterEach(() => vi.useRealTimers());

  it('are opened together, and only when the guard knows how to take them away', async () => {
    await all.announce();
    expect(story).toEqual(['guard told of 2', 'core announced', 'edge announced']);
    await all.withdraw();
    expect(story.slice(3)).toEqual(['core withdrawn', 'edge withdrawn']);
    expect(all.status().map(({ upstream, observed }) => `${upstream} ${observed}`)).toEqual([
      'core withdrawn',
      'edge withdrawn',
    ]);
  });

  it('let the guard know whether another node serves, and whether a worker stands still', () => {
    all.setCovered(true);
    expect(guard.known).toEqual({ covered: true, stalled: false });
    all.setStalled(true);
    all.setCovered(false);
    expect(guard.known).toEqual({ covered: false, stalled: true });
    all.setStalled(false);
    expect(guard.known).toEqual({ covered: false, stalled: false });
    const unguarded = new Announcements([core], { guard: undefined, onFinding: () => undefined });
    expect(() => [unguarded.setCovered(true), unguarded.setStalled(true)]).not.toThrow();
  });

  it('are opened only after the guard has got the orders of this moment', async () => {
    edge.socketPath = '/run/frr/after-its-restart';
    await all.announce();
    expect(story).toEqual(['guard told of 2', 'guard told of 2', 'core announced', 'edge announced']);
    expect(guard.sockets).toContain('/run/frr/after-its-restart');
  });

  it('are reported as they are when the call returns, however slowly FRR answers', async () => {
    [core.slowMs, edge.slowMs] = [20, 20];
    let seen: readonly string[] = [];
    const note = (): void => {
      seen = all.status().map(({ observed }) => observed);
    };
    const opened = all.announce().then(note);
    await vi.advanceTimersByTimeAsync(100);
    await opened;
    expect(seen).toEqual(['announced', 'announced']);
    const shut = all.withdraw().then(note);
    await vi.advanceTimersByTimeAsync(100);
    await shut;
    expect(seen).toEqual(['withdrawn', 'withdrawn']);
  });

  it('are judged by a reading that is complete, and repaired at the first that is not as wanted', async () => {
    await all.announce();
    [core.slowMs, edge.slowMs] = [20, 20];
    // The watch has just read when FRR is changed.
    await vi.advanceTimersByTimeAsync(230);
    edge.state = 'withdrawn';
    story.length = 0;
    await vi.advanceTimersByTimeAsync(320);
    expect(story).toContain('edge announced');
  });

  it('end what is under way before they stop, and the guard after it', async () => {
    await all.announce();
    [core.slowMs, edge.slowMs] = [20, 20];
    story.length = 0;
    const shut = all.withdraw();
    const stopped = all.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all([shut, stopped]);
    expect(story).toEqual(['core withdrawn', 'edge withdrawn', 'guard stopped', 'core closed', 'edge closed']);
  });

  it.each<[string, Partial<GuardStatus>]>([
    ['the guard is not there yet', { alive: false, upToDate: false, problem: 'the guard is being started' }],
    ['the guard has not got its orders', { upToDate: false, problem: 'the guard does not hold the latest orders yet' }],
  ])('are not opened while %s, and are when it is', async (_, answer) => {
    guard.answer = answer;
    const refused = all.announce().catch(String);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await refused).toContain(`nothing is announced without the guard: ${answer.problem}`);
    expect(story).toEqual(['guard told of 2']);
    guard.answer = {};
    const opened = all.announce();
    await vi.advanceTimersByTimeAsync(10_000);
    await opened;
    expect(story.slice(1)).toEqual(['core announced', 'edge announced']);
  });

  it('are not opened when they are to be withdrawn while the guard is waited for', async () => {
    guard.answer = { alive: false, upToDate: false, problem: 'the guard is being started' };
    const refused = all.announce().catch(String);
    const withdrawn = all.withdraw();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await refused).toContain('nothing is announced without the guard');
    await withdrawn;
    expect([core.state, edge.state]).toEqual(['withdrawn', 'withdrawn']);
    expect(story).not.toContain('core announced');
  });

  it('become weaker where that can be said, and stay elsewhere', async () => {
    expect(all.offersBackup).toBe(true);
    await all.announce('backup');
    expect([core.state, edge.state]).toEqual(['backup', 'announced']);
  });

  it('do not wait for one another: what fails at one is said and done at the other', async () => {
    await all.announce();
    core.broken = 'core is deaf';
    await expect(all.withdraw()).rejects.toThrow('core is deaf');
    expect(edge.state).toBe('withdrawn');
    edge.state = 'announced';
    edge.broken = 'edge is deaf';
    await expect(all.withdraw()).rejects.toThrow('core is deaf; edge is deaf');
  });

  it('are put right within a second after anybody has changed them, and that is said once', async () => {
    await all.announce();
    edge.state = 'withdrawn';
    await vi.advanceTimersByTimeAsync(1000);
    expect(edge.state).toBe('announced');
    expect(findings).toEqual(['FRR was not as wanted (announced) for edge: repaired']);
    await all.withdraw();
    core.state = 'announced';
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.state).toBe('withdrawn');
    expect(findings).toHaveLength(2);
  });

  it('are not said to be repaired when they are wanted while they are looked at', async () => {
    [core.slowMs, edge.slowMs] = [20, 20];
    await vi.advanceTimersByTimeAsync(WATCH_MS + 5);
    const opened = all.announce();
    await vi.advanceTimersByTimeAsync(200);
    await opened;
    expect([core.state, edge.state]).toEqual(['announced', 'announced']);
    await vi.advanceTimersByTimeAsync(WATCH_MS - 200);
    const shut = all.withdraw();
    await vi.advanceTimersByTimeAsync(200);
    await shut;
    expect([core.state, edge.state]).toEqual(['withdrawn', 'withdrawn']);
    expect(findings).toEqual([]);
  });

  it('are not said to be repaired after an answer that came too late', async () => {
    await all.announce();
    const told = story.length;
    core.lateOnce = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.lateOnce).toBe(false);
    expect(findings).toEqual([]);
    expect(story.length).toBe(told);
  });

  it('are tried again for as long as FRR is deaf, which is one finding', async () => {
    await all.announce();
    [core.state, core.broken] = ['withdrawn', 'core is deaf'];
    await vi.advanceTimersByTimeAsync(10_000);
    expect(findings).toEqual(['FRR is not as wanted (announced) for core: core is deaf']);
    core.broken = '';
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.state).toBe('announced');
    expect(findings).toHaveLength(2);
  });

  it('stay away after the guard has withdrawn, twice as long each time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      guard.withdraw('silence');
      expect(findings.at(-1)).toBe(`the guard has withdrawn: silence; announced again after ${seconds} s`);
      await expect(all.announce()).rejects.toThrow(`the guard has withdrawn; announced again in ${seconds} s`);
      expect([core.state, edge.state]).toEqual(['withdrawn', 'withdrawn']);
      vi.advanceTimersByTime(seconds * 1000);
      await all.announce();
      expect([core.state, edge.state]).toEqual(['announced', 'announced']);
      await all.withdraw();
    }
    vi.advanceTimersByTime(600_001);
    guard.withdraw('silence');
    expect(findings.at(-1)).toContain('announced again after 1 s');
  });

  it('are reported where one of them answers, and another one does not', async () => {
    await all.announce();
    for (const one of [core, edge]) [one.state, one.broken] = ['withdrawn', `${one.upstream} is deaf`];
    core.readable = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(findings).toEqual(['FRR is not as wanted (announced) for core, edge: core is deaf; edge is deaf']);
    findings.length = 0;
    edge.readable = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(findings).toEqual([]);
  });

  it('are not watched any more when they were stopped while they were looked at', async () => {
    [core.slowMs, edge.slowMs] = [20, 20];
    await vi.advanceTimersByTimeAsync(WATCH_MS + 5);
    const stopped = all.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await stopped;
    const before = core.readings;
    await vi.advanceTimersByTimeAsync(5000);
    expect(core.readings).toBe(before);
  });

  it('are proven where the traffic proves them, or where nothing can', async () => {
    delete core.isProven;
    expect(await all.untilProven(0)).toBe(true);
    edge.isProven = false;
    expect(await all.untilProven(0)).toBe(false);
    core.isProven = false;
    delete edge.isProven;
    expect(await all.untilProven(0)).toBe(false);
  });

  it('are waited for no longer when they are stopped', async () => {
    core.isProven = false;
    const proven = all.untilProven(3_600_000);
    await all.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await proven).toBe(false);
  });

  it('leave the guard at work when a withdrawal is not verified', async () => {
    await all.announce();
    core.broken = 'core is deaf';
    await expect(all.withdraw()).rejects.toThrow('core is deaf');
    await all.stop();
    expect(story).not.toContain('guard stopped');
    expect(story).toEqual(expect.arrayContaining(['core closed', 'edge closed']));
  });

  it('let the guard go when everything is withdrawn', async () => {
    await all.announce();
    await all.withdraw();
    await all.stop();
    expect(story.slice(-3)).toEqual(['guard stopped', 'core closed', 'edge closed']);
  });

  it('become others while they are announced: what stays is not touched, what goes is withdrawn first', async () => {
    await all.announce();
    story.length = 0;
    const [leaving, third] = [new SimulatedUpstream('edge', story), new SimulatedUpstream('third', story)];
    leaving.state = 'announced';
    await all.replace([core, third], [leaving]);
    expect(story).toEqual(['edge withdrawn', 'edge closed', 'edge closed', 'guard told of 2', 'third announced']);
    expect(all.status().map(({ upstream, observed }) => `${upstream} ${observed}`)).toEqual([
      'core announced',
      'third announced',
    ]);
  });

  it('stay as they are when what goes cannot be withdrawn', async () => {
    await all.announce();
    const [leaving, third] = [new SimulatedUpstream('edge', story), new SimulatedUpstream('third', story)];
    leaving.broken = 'FRR does not answer';
    await expect(all.replace([core, third], [leaving])).rejects.toThrow('FRR does not answer');
    expect(all.status().map(({ upstream }) => upstream)).toEqual(['core', 'edge']);
    expect([edge.state, third.state]).toEqual(['announced', 'withdrawn']);
  });

  it('are guarded as soon as there are any', async () => {
    const alone = new Announcements([], { guard: undefined, onFinding: (text) => void findings.push(text) });
    expect(alone.guardStatus()).toBeUndefined();
    await alone.replace([core], [], () => guard);
    expect(alone.guardStatus()).toMatchObject({ alive: true, sockets: 1 });
  });
});
