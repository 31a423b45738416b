import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DrillStepRequest } from '../../../../src/agent/control/messages.ts';
import { NodeFaults, type NodeFaultsWorld } from '../../../../src/agent/drills/node-faults.ts';
import { CutTransport } from '../../../../src/replication/cut-transport.ts';

const step = (action: string, more: Partial<DrillStepRequest> = {}): DrillStepRequest => ({
  run: 'r1',
  action,
  link: '',
  direction: 'both',
  daemon: '',
  milliseconds: 0,
  ...more,
});

/** A node whose links deliver to a list, and what was done to it. */
function node(changes: Partial<NodeFaultsWorld> = {}) {
  const sent: string[] = [];
  const heard: string[] = [];
  const done: string[] = [];
  let deliver: (link: number, frame: Uint8Array) => void = () => undefined;
  const links = ['ring0', 'ring1'].map((name) => ({
    name,
    maxFrameBytes: 1232,
    forwards: true,
    send: () => sent.push(name) > 0,
  }));
  const cuts = new CutTransport({
    links,
    start: async (onFrame) => {
      deliver = onFrame;
    },
    close: async () => undefined,
  });
  const outcome = async (what: string) => {
    done.push(what);
    return { done: true, code: 'node-drained', text: what } as const;
  };
  const faults = new NodeFaults({
    node: 'gw1',
    cuts,
    drain: (reason) => outcome(`drain: ${reason}`),
    undrain: () => outcome('undrain'),
    end: (how, reason) => void done.push(`${how}: ${reason}`),
    supervised: true,
    hang: (ms) => void done.push(`hang ${ms}`),
    crashWorker: () => 'internet',
    loseChanges: (lose) => done.push(`lose ${lose}`) > 0,
    setClock: (offsetMs) => void done.push(`clock ${offsetMs}`),
    cutCoordinator: (cut) => done.push(`store ${cut}`) > 0,
    endDaemon: (daemon) => outcome(`end ${daemon}`),
    ...changes,
  });
  const undo: { name: string; run: () => Promise<unknown> }[] = [];
  const make = (request: DrillStepRequest) => faults.make(request, 'split', (name, run) => undo.push({ name, run }));
  /** The links on which a frame goes out, and those on which one comes in. */
  const passing = async (): Promise<{ out: string[]; in: string[] }> => {
    sent.length = heard.length = 0;
    await cuts.start((link) => void heard.push(links[link]?.name ?? ''));
    for (const link of cuts.links) link.send(new Uint8Array(100));
    for (const index of links.keys()) deliver(index, new Uint8Array(100));
    return { out: [...sent], in: [...heard] };
  };
  return { make, undo, done, passing };
}

afterEach(() => void vi.useRealTimers());

describe('links that a drill cuts', () => {
  const BOTH = ['ring0', 'ring1'];

  it.each([
    ['', 'both', { out: [], in: [] }, 'ring0, ring1 of gw1 are cut (both)'],
    ['', 'in', { out: BOTH, in: [] }, 'ring0, ring1 of gw1 are cut (in)'],
    ['', 'out', { out: [], in: BOTH }, 'ring0, ring1 of gw1 are cut (out)'],
    ['ring1', 'both', { out: ['ring0'], in: ['ring0'] }, 'ring1 of gw1 is cut (both)'],
    ['ring1', 'in', { out: BOTH, in: ['ring0'] }, 'ring1 of gw1 is cut (in)'],
  ])('link "%s", %s: frames pass on the others, and on all when it is undone', async (link, direction, left, text) => {
    const { make, undo, passing } = node();
    expect(await make(step('cut', { link, direction }))).toEqual({ done: true, code: 'drill-step', text });
    expect(await passing()).toEqual(left);
    expect(undo.map(({ name }) => name)).toEqual(['cut links']);
    await undo[0]?.run();
    expect(await passing()).toEqual({ out: BOTH, in: BOTH });
  });

  it('are not cut, and nothing is to be undone, where one is named that is not there', async () => {
    const { make, undo, passing } = node();
    await expect(make(step('cut', { link: 'ring9' }))).rejects.toThrow('gw1 has no link ring9; it has ring0, ring1');
    expect(undo).toEqual([]);
    expect(await passing()).toEqual({ out: BOTH, in: BOTH });
  });
});

describe('faults of an agent', () => {
  it.each([
    ['kill', 'kill: drill split', 'the agent of gw1 ends (kill)'],
    ['restart', 'restart: drill split', 'the agent of gw1 ends (restart)'],
  ])('%s: comes 200 ms after the answer', async (action, what, text) => {
    vi.useFakeTimers();
    const { make, done } = node();
    expect(await make(step(action))).toEqual({ done: true, code: 'drill-step', text });
    vi.advanceTimersByTime(199);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual([what]);
  });

  it('a stop lasts 1 ms to 20 s', async () => {
    vi.useFakeTimers();
    const { make, done } = node();
    for (const milliseconds of [1, 20_000]) {
      expect(await make(step('hang', { milliseconds }))).toMatchObject({ done: true });
    }
    for (const milliseconds of [-1, 0, 20_001]) {
      await expect(make(step('hang', { milliseconds }))).rejects.toThrow('an agent is stopped for 1 ms to 20000 ms');
    }
    vi.advanceTimersByTime(200);
    expect(done).toEqual(['hang 1', 'hang 20000']);
  });

  it.each(['kill', 'restart', 'hang', 'crash-worker'])(
    '%s: is not made where nothing starts it again',
    async (action) => {
      vi.useFakeTimers();
      const crashed: string[] = [];
      const crashWorker = (): string => crashed[crashed.push('internet') - 1] ?? '';
      const { make, undo, done } = node({ supervised: false, crashWorker });
      expect(await make(step(action, { milliseconds: 5 }))).toEqual({
        done: false,
        code: 'not-allowed',
        text: 'nothing starts the agent of gw1 again: it runs outside of systemd',
      });
      vi.advanceTimersByTime(1000);
      expect([done, crashed, undo]).toEqual([[], [], []]);
    },
  );
});

describe('faults of a node that are taken back', () => {
  it.each([
    ['drain', {}, 'drained', ['drain: drill split', 'undrain']],
    ['lose-changes', {}, 'changes to be lost', ['lose true', 'lose false']],
    ['cut-coordinator', {}, 'cut coordinator', ['store true', 'store false']],
    ['step-clock', { milliseconds: 86_400_000 }, 'stepped clock', ['clock 86400000', 'clock 0']],
    ['step-clock', { milliseconds: -86_400_000 }, 'stepped clock', ['clock -86400000', 'clock 0']],
  ])('%s %j', async (action, more, name, steps) => {
    const { make, undo, done } = node();
    expect(await make(step(action, more))).toMatchObject({ done: true });
    expect(undo.map((one) => one.name)).toEqual([name]);
    await undo[0]?.run();
    expect(done).toEqual(steps);
  });

  it('an undrain, a crash of a worker and the end of a daemon leave nothing to take back', async () => {
    const { make, undo, done } = node();
    expect(await make(step('undrain'))).toMatchObject({ text: 'undrain' });
    expect(await make(step('crash-worker'))).toMatchObject({ done: true });
    expect(await make(step('end-daemon', { daemon: 'bgpd' }))).toMatchObject({ text: 'end bgpd' });
    expect(done).toEqual(['undrain', 'end bgpd']);
    expect(undo).toEqual([]);
  });

  it.each([
    ['lose-changes', { loseChanges: () => false }],
    ['cut-coordinator', { cutCoordinator: () => false }],
  ])('%s: leaves nothing to take back where it was not possible', async (action, world) => {
    const { make, undo } = node(world);
    expect(await make(step(action))).toMatchObject({ done: false, code: 'not-allowed' });
    expect(undo).toEqual([]);
  });

  it('a step nobody knows is named by its first 40 characters', async () => {
    const { make } = node();
    await expect(make(step('x'.repeat(50)))).rejects.toThrow(`gw1 knows no step "${'x'.repeat(40)}"`);
  });
});
