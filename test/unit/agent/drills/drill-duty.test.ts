import { afterEach, describe, expect, it, vi } from 'vitest';
import { DrillDuty, type DrillWorld } from '../../../../src/agent/drills/drill-duty.ts';
import { NodeFaults, type NodeFaultsWorld } from '../../../../src/agent/drills/node-faults.ts';
import type { DrillStepRequest } from '../../../../src/agent/control/messages.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';

const CALLER = { user: 'ada', node: 'gw2' };
const HOLD = { run: 'r1', drill: 'split' };
const step = (action: string, more: Partial<DrillStepRequest> = {}) => ({
  run: 'r1',
  action,
  link: '',
  direction: 'both',
  daemon: '',
  milliseconds: 0,
  ...more,
});

function node(changes: Partial<DrillWorld & NodeFaultsWorld> = {}) {
  const events: EventInput[] = [];
  const cut = new Map<string, { in: boolean; out: boolean }>();
  const state = { drained: false, ended: '', hung: 0, losing: false, clock: 0, storeCut: false };
  const done = { done: true, code: 'node-drained', text: 'done' };
  const faults = new NodeFaults({
    node: 'gw1',
    cuts: {
      links: ['ring0', 'ring1'].map((name) => ({ name, maxFrameBytes: 1232, forwards: true, send: () => true })),
      cut: (link, how) => ['ring0', 'ring1'].includes(link) && cut.set(link, how) !== undefined,
      restore: () => cut.clear(),
    },
    drain: async () => {
      state.drained = true;
      return done;
    },
    undrain: async () => {
      state.drained = false;
      return done;
    },
    end: (how) => {
      state.ended = how;
    },
    supervised: true,
    hang: (ms) => {
      state.hung = ms;
    },
    crashWorker: () => {
      state.ended = 'worker';
      return 'internet';
    },
    loseChanges: (lose) => {
      state.losing = lose;
      return true;
    },
    setClock: (offsetMs) => {
      state.clock = offsetMs;
    },
    cutCoordinator: (cutOff) => {
      state.storeCut = cutOff;
      return true;
    },
    endDaemon: async (daemon) => ({ done: true, code: 'drill-step', text: `${daemon} of gw1 is ended` }),
    ...changes,
  });
  const duty = new DrillDuty({
    node: 'gw1',
    drills: () => ({ allowed: true, windows: [] }),
    faults,
    events: { add: (event) => void events.push(event) },
    now: () => 0,
    ...changes,
  });
  return { duty, events, cut, state };
}

async function held(duty: DrillDuty) {
  const operator = new AbortController();
  const beats = duty.hold(HOLD, operator.signal, CALLER);
  await beats.next();
  /** The operator's connection ends. */
  const die = async (): Promise<void> => {
    operator.abort();
    await beats.next();
  };
  return { beats, die };
}

afterEach(() => void vi.useRealTimers());

describe('what a drill does on a node', () => {
  it('needs the permission of the cluster file, and a lease', async () => {
    const closed = node({ drills: () => ({ allowed: false, windows: [] }) });
    await expect(held(closed.duty)).rejects.toMatchObject({ code: 'not-allowed' });
    const { duty, cut } = node();
    await expect(duty.step(step('cut'))).rejects.toThrow('no lease');
    expect(cut.size).toBe(0);
  });

  it('is one drill at a time, and the next one when it has ended', async () => {
    const { duty } = node();
    const { die } = await held(duty);
    await expect(held(duty)).rejects.toThrow('takes part in drill split already');
    await die();
    await held(duty);
  });

  it('is undone when the operator dies, the latest first, and the events say so', async () => {
    const { duty, cut, state, events } = node();
    const { die } = await held(duty);
    await duty.step(step('cut', { direction: 'out' }));
    await duty.step(step('drain'));
    expect(cut).toEqual(
      new Map([
        ['ring0', { in: false, out: true }],
        ['ring1', { in: false, out: true }],
      ]),
    );
    expect(state.drained).toBe(true);
    await die();
    expect([cut.size, state.drained]).toEqual([0, false]);
    expect(events.map(({ code }) => code)).toEqual(['drill-begun', 'drill-step', 'drill-step', 'drill-ended']);
    expect(events[0]?.reason).toBe('begun by ada on gw2');
    for (const { code, reason } of events) if (code === 'drill-step') expect(reason).toMatch(/ \(by ada on gw2\)$/);
    expect(events.at(-1)?.reason).toBe('undone: drained, cut links');
  });

  it('is undone though the lease ends while a drain is under way', async () => {
    let drained: () => void = () => undefined;
    const undrained: string[] = [];
    const outcome = { done: true, code: 'node-drained', text: 'done' };
    const { duty } = node({
      drain: () =>
        new Promise((resolve) => {
          drained = () => resolve(outcome);
        }),
      undrain: async () => {
        undrained.push('undrained');
        return outcome;
      },
    });
    const { die } = await held(duty);
    const draining = duty.step(step('drain'));
    await die();
    drained();
    await draining;
    expect(undrained).toEqual(['undrained']);
  });

  it('takes back the rest when one thing cannot be taken back', async () => {
    const { duty, cut, events } = node({
      undrain: async () => {
        throw new Error('the disk is gone');
      },
    });
    const { die } = await held(duty);
    await duty.step(step('cut'));
    await duty.step(step('drain'));
    await die();
    expect(cut.size).toBe(0);
    expect(events.find(({ code }) => code === 'drill-step-failed')?.reason).toContain('the disk is gone');
  });

  it('is not undone once a step of the drill has undone it', async () => {
    const undrained: string[] = [];
    const outcome = { done: true, code: 'node-undrained', text: 'done' } as const;
    const undrain = async () => {
      undrained.push('undrained');
      return outcome;
    };
    const { duty, events } = node({ undrain });
    const { die } = await held(duty);
    await duty.step(step('drain'));
    await duty.step(step('undrain'));
    await die();
    expect(undrained).toEqual(['undrained']);
    expect(events.at(-1)?.reason).toBe('nothing was left to be undone');
  });

  it('is told to the operator twice a second, with what is changed', async () => {
    vi.useFakeTimers();
    let nowMs = 5000;
    const { duty } = node({ now: () => nowMs });
    const { beats } = await held(duty);
    await duty.step(step('cut'));
    await duty.step(step('drain'));
    nowMs = 5500;
    const told: unknown[] = [];
    void (async () => told.push((await beats.next()).value))();
    await vi.advanceTimersByTimeAsync(499);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual([{ time: 5500, changed: ['cut links', 'drained'] }]);
  });

  it('ends as soon as the operator is gone, and leaves no timer', async () => {
    vi.useFakeTimers();
    const { duty, events } = node();
    const { beats, die } = await held(duty);
    void beats.next();
    await die();
    expect(events.at(-1)?.code).toBe('drill-ended');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is only what the drill that holds the node asks for', async () => {
    const { duty, cut } = node();
    await held(duty);
    await expect(duty.step({ ...step('cut'), run: 'r2' })).rejects.toThrow('gw1 has no lease of this drill');
    expect(cut.size).toBe(0);
  });

  it('is an event also where it could not be done', async () => {
    const { duty, events } = node({ supervised: false });
    await held(duty);
    await duty.step(step('kill'));
    expect(events.at(-1)).toMatchObject({ code: 'drill-step-failed', to: 'drill split', name: 'gw1' });
  });

  it('ends no agent that nobody starts again', async () => {
    const { duty, state } = node({ supervised: false });
    await held(duty);
    expect(await duty.step(step('kill'))).toMatchObject({ done: false, code: 'not-allowed' });
    expect(state.ended).toBe('');
  });

  it('names the links there are when one is asked for that is not', async () => {
    const { duty } = node();
    await held(duty);
    await expect(duty.step(step('cut', { link: 'ring9' }))).rejects.toThrow('it has ring0, ring1');
  });

  it('takes back a stepped clock, a store that was cut off and changes to be lost, and a drain stays', async () => {
    const { duty, state } = node();
    await held(duty);
    await duty.step(step('drain'));
    await duty.step(step('step-clock', { milliseconds: -30_000 }));
    await duty.step(step('cut-coordinator'));
    await duty.step(step('lose-changes'));
    expect(state).toMatchObject({ clock: -30_000, storeCut: true, losing: true, drained: true });
    const { text } = await duty.step(step('restore'));
    expect(text).toBe('gw1: restored: changes to be lost, cut coordinator, stepped clock');
    expect(state).toMatchObject({ clock: 0, storeCut: false, losing: false, drained: true });
    expect(await duty.step(step('restore'))).toMatchObject({ text: 'nothing of gw1 is to be restored' });
  });

  it('takes all of it back when the operator dies', async () => {
    const { duty, state, events } = node();
    const { die } = await held(duty);
    await duty.step(step('step-clock', { milliseconds: 1000 }));
    await duty.step(step('cut-coordinator'));
    await die();
    expect(state).toMatchObject({ clock: 0, storeCut: false });
    expect(events.at(-1)?.reason).toBe('undone: cut coordinator, stepped clock');
  });

  it('stops the agent for a stated time, ends a worker, ends a daemon', async () => {
    vi.useFakeTimers();
    const { duty, state } = node();
    const beats = duty.hold(HOLD, new AbortController().signal, CALLER);
    await beats.next();
    expect(await duty.step(step('hang', { milliseconds: 3000 }))).toMatchObject({ done: true });
    await vi.advanceTimersByTimeAsync(1000);
    expect(state.hung).toBe(3000);
    await expect(duty.step(step('hang', { milliseconds: 60_000 }))).rejects.toThrow('for 1 ms to 20000 ms');
    await expect(duty.step(step('hang'))).rejects.toThrow('for 1 ms to 20000 ms');
    expect(await duty.step(step('crash-worker'))).toMatchObject({
      text: 'the worker of instance internet of gw1 ends',
    });
    expect(state.ended).toBe('worker');
    expect(await duty.step(step('end-daemon', { daemon: 'bfdd' }))).toMatchObject({ text: 'bfdd of gw1 is ended' });
  });

  it.each([
    ['hang', { milliseconds: 10 }, { supervised: false }, 'it runs outside of systemd'],
    ['crash-worker', {}, { supervised: false }, 'it runs outside of systemd'],
    ['crash-worker', {}, { crashWorker: () => undefined }, 'gw1 has no instance that runs'],
    ['lose-changes', {}, { loseChanges: () => false }, 'gw1 holds no replica of a nat64 instance'],
    ['cut-coordinator', {}, { cutCoordinator: () => false }, 'gw1 has no coordinator to be cut off from'],
  ])('%s: is refused where it cannot be done or undone', async (action, more, world, text) => {
    const { duty } = node(world);
    await held(duty);
    const outcome = await duty.step(step(action, more));
    expect(outcome).toMatchObject({ done: false, code: 'not-allowed' });
    expect(outcome.text).toContain(text);
  });

  it('steps no clock by nothing, or by more than a day, and knows no other steps', async () => {
    const { duty } = node();
    await held(duty);
    for (const milliseconds of [0, 86_400_001, -86_400_001]) {
      await expect(duty.step(step('step-clock', { milliseconds }))).rejects.toThrow('by a day at most');
    }
    await expect(duty.step(step('format-disk'))).rejects.toThrow('gw1 knows no step "format-disk"');
  });
});
