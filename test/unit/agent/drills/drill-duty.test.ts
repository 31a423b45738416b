import { describe, expect, it } from 'vitest';
import { DrillDuty, type DrillWorld } from '../../../../src/agent/drills/drill-duty.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';

const CALLER = { user: 'ada', node: 'gw2' };
const HOLD = { run: 'r1', drill: 'split' };
const step = (action: string, more: { link?: string; direction?: string } = {}) => ({
  run: 'r1',
  action,
  link: more.link ?? '',
  direction: more.direction ?? 'both',
});

function node(changes: Partial<DrillWorld> = {}) {
  const events: EventInput[] = [];
  const cut = new Map<string, { in: boolean; out: boolean }>();
  const state = { drained: false, ended: '' };
  const done = { done: true, code: 'node-drained', text: 'done' };
  const duty = new DrillDuty({
    node: 'gw1',
    drills: () => ({ allowed: true, windows: [] }),
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

  it('goes on while a slow disk has not stored a drain yet', async () => {
    const late = { done: false, code: 'drain-not-stored', text: 'the disk has not taken it within 2000 ms' };
    const { duty } = node({ drain: async () => late, undrain: async () => ({ ...late, code: 'not-drained' }) });
    await held(duty);
    expect(await duty.step(step('drain'))).toMatchObject({ done: true, code: 'drain-not-stored' });
    expect(await duty.step(step('undrain'))).toMatchObject({ done: false, code: 'not-drained' });
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
});
