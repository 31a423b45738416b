import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Code } from '../../../src/codes.ts';
import { AnnouncementError } from '../../../src/frr/announcer.ts';
import { Announcements } from '../../../src/frr/announcements.ts';
import { SimulatedGuard, SimulatedUpstream } from './simulated-upstreams.ts';

let story: string[];
let findings: [string, Code][];
let core: SimulatedUpstream;
let edge: SimulatedUpstream;
let guard: SimulatedGuard;
let all: Announcements;

beforeEach(async () => {
  vi.useFakeTimers();
  [story, findings] = [[], []];
  [core, edge] = [new SimulatedUpstream('core', story), new SimulatedUpstream('edge', story)];
  guard = new SimulatedGuard(story);
  all = new Announcements([core, edge], { guard, onFinding: (...finding) => void findings.push(finding) });
  await all.start();
});
afterEach(() => vi.useRealTimers());

function wanted(): string[] {
  return all.status().map((view) => `${view.upstream} ${view.wanted} ${view.observed}`);
}

async function failureOf(work: Promise<unknown>): Promise<AnnouncementError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AnnouncementError) return error;
  }
  throw new Error('it has not failed');
}

describe('an upstream that is held out', () => {
  it('is withdrawn alone, stays so whatever all are told, and comes back with the others', async () => {
    await all.announce();
    await all.holdOut('core');
    expect(wanted()).toEqual(['core withdrawn withdrawn', 'edge announced announced']);
    await all.announce('backup');
    expect([core.state, edge.state]).toEqual(['withdrawn', 'announced']);
    core.state = 'announced';
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.state).toBe('withdrawn');
    await all.resume('core');
    expect(wanted()).toEqual(['core announced announced', 'edge announced announced']);
  });

  it('is not announced by its return while the node is withdrawn', async () => {
    await all.holdOut('core');
    await all.resume('core');
    expect([core.state, edge.state]).toEqual(['withdrawn', 'withdrawn']);
  });

  it('comes back once: another call has nothing to do', async () => {
    await all.announce();
    core.state = 'withdrawn';
    await all.resume('core');
    expect(core.state).toBe('withdrawn');
  });
});

describe('what the traffic shows', () => {
  it('is counted for the upstream that is named, by whichever of its announcers can', () => {
    expect(all.countArrivals('core')).toBeUndefined();
    [core.arrivals, edge.arrivals] = [0, 12];
    expect([all.countArrivals('core'), all.countArrivals('edge'), all.countArrivals('other')]).toEqual([
      0,
      12,
      undefined,
    ]);
  });

  it('is waited for as long as it may take, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    expect(await all.untilProven(1000)).toBe(true);
    core.isProven = false;
    let proven: boolean | undefined;
    const note = (is: boolean): void => {
      proven = is;
    };
    void all.untilProven(1000).then(note);
    await vi.advanceTimersByTimeAsync(900);
    expect(proven).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(proven).toBe(false);
    proven = undefined;
    void all.untilProven(10_000).then(note);
    await vi.advanceTimersByTimeAsync(2000);
    core.isProven = true;
    await vi.advanceTimersByTimeAsync(400);
    expect(proven).toBe(true);
  });

  it('that was proven is shown with the sessions of its upstream', () => {
    all.setProven(new Map([['edge', { provenAt: 1000, provenMs: 30 }]]));
    expect(all.status().map(({ provenAt, provenMs, gateProblem }) => [provenAt, provenMs, gateProblem])).toEqual([
      [0, 0, ''],
      [1000, 30, ''],
    ]);
  });
});

describe('announcements that become others', () => {
  it('retire what goes, release what stood in the way, and keep what stays', async () => {
    await all.announce();
    const leaving = new SimulatedUpstream('edge', story);
    const third = new SimulatedUpstream('third', story);
    await all.replace([core, third], [leaving]);
    expect([leaving.retired, leaving.released]).toEqual([1, 0]);
    expect([edge.released, core.released, third.released]).toEqual([1, 0, 0]);
    expect(story.filter((line) => line.endsWith('closed'))).toEqual(['edge closed', 'edge closed']);
  });

  it('close only what is new where what goes cannot be withdrawn', async () => {
    const leaving = new SimulatedUpstream('edge', story);
    leaving.broken = 'deaf';
    const third = new SimulatedUpstream('third', story);
    story.length = 0;
    await expect(all.replace([core, third], [leaving])).rejects.toThrow('deaf');
    expect(story).toEqual(['edge closed', 'third closed']);
    expect([leaving.retired, edge.released]).toEqual([0, 0]);
  });

  it('are reported where the new ones cannot be made so, and tried again', async () => {
    await all.announce();
    const third = new SimulatedUpstream('third', story);
    third.broken = 'third is deaf';
    await all.replace([core, edge, third], []);
    expect(findings).toEqual([['not verified after the reload: third is deaf', 'announcement-failed']]);
    third.broken = '';
    await vi.advanceTimersByTimeAsync(1000);
    expect(third.state).toBe('announced');
  });

  it('start no guard for nothing, and no second one', async () => {
    let started = 0;
    const start = (): SimulatedGuard => {
      started++;
      return guard;
    };
    const none = new Announcements([], { guard: undefined, onFinding: () => undefined });
    await none.replace([], [], start);
    expect([started, none.guardStatus()]).toEqual([0, undefined]);
    await none.replace([core], [], start);
    await none.replace([core, edge], [], start);
    expect(started).toBe(1);
    await none.replace([core], []);
    expect(none.guardStatus()?.alive).toBe(true);
  });
});

describe('a failure', () => {
  it('has the code of what was wanted, or of the worst of several', async () => {
    core.broken = 'core is deaf';
    const announced = await failureOf(all.announce());
    expect([announced.code, announced.message]).toEqual(['announcement-failed', 'core is deaf']);
    await vi.advanceTimersByTimeAsync(500);
    expect(findings.at(-1)?.[1]).toBe('announcement-failed');
    await failureOf(all.withdraw());
    core.state = 'announced';
    await vi.advanceTimersByTimeAsync(500);
    expect(findings.at(-1)).toEqual([
      'FRR is not as wanted (withdrawn) for core: core is deaf',
      'withdrawal-unverified',
    ]);
    [edge.broken, edge.code] = ['packets go on', 'withdrawal-ineffective'];
    const worst = await failureOf(all.withdraw());
    expect([worst.code, worst.message]).toEqual(['withdrawal-ineffective', 'core is deaf; packets go on']);
    await vi.advanceTimersByTimeAsync(500);
    expect(findings.at(-1)?.[1]).toBe('withdrawal-ineffective');
    [core.broken, edge.broken] = ['', ''];
    await vi.advanceTimersByTimeAsync(1000);
    expect(findings.at(-1)?.[1]).toBe('announcement-repaired');
  });

  it('at the start is reported, and the watch goes on', async () => {
    const late = new SimulatedUpstream('late', story);
    [late.state, late.broken] = ['announced', 'FRR is absent'];
    const started = new Announcements([late], { guard, onFinding: (...finding) => void findings.push(finding) });
    await started.start();
    expect(findings[0]).toEqual(['not verified at the start: FRR is absent', 'withdrawal-unverified']);
    late.broken = '';
    await vi.advanceTimersByTimeAsync(1000);
    expect(late.state).toBe('withdrawn');
    await started.stop();
  });
});

describe('an end', () => {
  it('takes away what would be left behind, unless the node still announces', async () => {
    await all.stop();
    expect([core.retired, edge.retired, story.includes('guard stopped')]).toEqual([1, 1, true]);
    const other = new Announcements([core, edge], { guard, onFinding: () => undefined });
    await other.announce();
    story.length = 0;
    await other.stop();
    expect([core.retired, edge.retired]).toEqual([1, 1]);
    expect(story).toEqual(['guard stopped', 'core closed', 'edge closed']);
  });

  it('does not wait for one that hangs', async () => {
    vi.spyOn(core, 'retire').mockReturnValue(new Promise(() => undefined));
    let ended = false;
    const stopped = (async (): Promise<void> => {
      await all.stop();
      ended = true;
    })();
    await vi.advanceTimersByTimeAsync(1999);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toBe(true);
    await stopped;
  });

  it('ends the watch', async () => {
    await all.announce();
    await all.stop();
    core.state = 'withdrawn';
    await vi.advanceTimersByTimeAsync(5000);
    expect(core.state).toBe('withdrawn');
  });
});
