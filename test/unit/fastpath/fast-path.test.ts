import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FastPath, type FastPathLimits, FENCE_MS } from '../../../src/fastpath/fast-path.ts';
import { CONTROL, CONTROL_SIZE } from '../../../src/fastpath/layout.ts';
import { BpfMap } from '../../../src/linux/bpf.ts';
import { TrafficProgram } from '../../../src/linux/traffic-program.ts';

const asRoot = process.getuid?.() === 0;
const LIMITS: FastPathLimits = {
  largest4: 1500,
  largest6: 1480,
  largest6Cut: 1280,
  tos: 'copy',
  trafficClass: 'copy',
  excludedFlags: 7,
};
/** The one interface that every namespace has; nothing is attached to it here. */
const LOOPBACK = 'lo';

/** A fast path with maps and a program in the kernel, which is attached nowhere. */
class Bench {
  readonly story: string[] = [];
  readonly control: DataView[] = [];
  readonly path: FastPath;
  nowMs = 10_000;
  refuses = '';

  constructor(interfaces: readonly string[], limits: Partial<FastPathLimits> = {}) {
    const { story, control } = this;
    vi.spyOn(TrafficProgram.prototype, 'attach').mockImplementation((index, name) => {
      if (name === this.refuses) throw new Error(`${name} refuses`);
      story.push(`attach ${name} ${index}`);
    });
    vi.spyOn(TrafficProgram.prototype, 'detach').mockImplementation((index) => void story.push(`detach ${index}`));
    vi.spyOn(TrafficProgram.prototype, 'removeLeft').mockImplementation(() => void story.push('remove left'));
    const put = vi.spyOn(BpfMap.prototype, 'put');
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- the map, not the bench
    put.mockImplementation(function note(this: BpfMap) {
      if (this.value.byteLength === CONTROL_SIZE) control.push(new DataView(this.value.buffer.slice(0)));
      return true;
    });
    this.path = FastPath.open({
      interfaces,
      flows: 16,
      limits: { ...LIMITS, ...limits },
      monotonicMs: () => this.nowMs,
      clockOffsetMs: 0,
    });
  }

  /** A field of the control map as it was last written. */
  field(at: number): number {
    return this.control.at(-1)?.getUint32(at, true) ?? -1;
  }

  get untilMs(): number {
    return Number(this.control.at(-1)?.getBigUint64(CONTROL.until, true) ?? 0n) / 1e6;
  }

  after(ms: number): void {
    this.nowMs += ms;
    this.path.beat();
  }
}

describe.runIf(asRoot)('the fast path of a worker', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench([LOOPBACK]);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    bench.path.close();
  });

  it('has the limits in the map from the start, and a fence a second ahead', () => {
    expect([bench.field(CONTROL.largest4), bench.field(CONTROL.largest6), bench.field(CONTROL.largest6Cut)]).toEqual([
      1500, 1480, 1280,
    ]);
    expect(bench.field(CONTROL.excludedFlags)).toBe(7);
    expect(bench.untilMs).toBe(10_000 + FENCE_MS);
    bench.after(300);
    expect(bench.untilMs).toBe(10_300 + FENCE_MS);
  });

  it.each([
    ['copy', 'copy', 1, 0, 1],
    [0x2e, 'zero', 0, 0x2e, 0],
  ] as const)('copies or sets the class of traffic (%s, %s)', (tos, trafficClass, copyTos, written, copyClass) => {
    bench.path.configure({ ...LIMITS, tos, trafficClass });
    expect(bench.field(CONTROL.copyTos)).toBe(copyTos);
    expect(bench.field(CONTROL.tos)).toBe(written);
    expect(bench.field(CONTROL.copyClass)).toBe(copyClass);
  });

  it('asks the kernel for next hops anew after a second, and at once when routes have changed', () => {
    const generation = (): number => bench.field(CONTROL.generation);
    const first = generation();
    expect(first).toBeGreaterThan(0);
    bench.after(999);
    expect(generation()).toBe(first);
    bench.after(1);
    expect(generation()).toBe(first + 1);
    bench.path.routesChanged();
    expect(generation()).toBe(first + 2);
    bench.after(999);
    expect(generation()).toBe(first + 2);
  });

  it('forgets all pairs at once by another number of rules', () => {
    const rules = bench.field(CONTROL.rules);
    bench.path.forgetPairs();
    expect(bench.field(CONTROL.rules)).toBe(rules + 1);
  });

  it('is attached once to each interface that there is, and to no other', () => {
    expect(bench.story).toEqual(['attach lo 1']);
    expect(bench.path.isAttached).toBe(true);
    expect(bench.path.interfaces).toEqual([LOOPBACK]);
    bench.path.attachAll();
    bench.path.follow([LOOPBACK, 'no-such0']);
    expect(bench.story).toEqual(['attach lo 1']);
    expect(bench.path.hasMoved()).toBe(false);
    bench.path.follow(['no-such0']);
    expect(bench.story).toEqual(['attach lo 1', 'detach 1']);
    expect([bench.path.isAttached, bench.path.interfaces]).toEqual([false, []]);
    bench.path.follow([LOOPBACK]);
    expect(bench.story.at(-1)).toBe('attach lo 1');
  });

  it('removes what a worker before it has left when that is over its fence, once', () => {
    const removed = (): number => bench.story.filter((one) => one === 'remove left').length;
    bench.nowMs += 2 * FENCE_MS - 1;
    bench.path.attachAll();
    expect(removed()).toBe(0);
    bench.nowMs += 1;
    bench.path.attachAll();
    expect(removed()).toBe(1);
    bench.nowMs += 10 * FENCE_MS;
    bench.path.attachAll();
    expect(removed()).toBe(1);
  });

  it('names the interface that it cannot be attached to, and tries again', () => {
    bench.path.follow([]);
    bench.refuses = LOOPBACK;
    expect(() => bench.path.follow([LOOPBACK])).toThrow('lo refuses');
    expect(bench.path.isAttached).toBe(false);
    bench.refuses = '';
    bench.path.attachAll();
    expect(bench.path.isAttached).toBe(true);
  });

  it('is closed with everything that it holds', () => {
    const closed = vi.spyOn(BpfMap.prototype, 'close');
    bench.path.close();
    expect(closed.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(bench.path.isAttached).toBe(false);
    bench = new Bench([]);
  });
});
