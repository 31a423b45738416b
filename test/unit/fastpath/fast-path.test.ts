import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FastPath, type FastPathLimits } from '../../../src/fastpath/fast-path.ts';
import { CONTROL, CONTROL_SIZE, COUNTS, FENCE_MS } from '../../../src/fastpath/layout.ts';
import { BpfMap } from '../../../src/linux/bpf.ts';
import { TrafficProgram } from '../../../src/linux/traffic-program.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';

const asRoot = process.getuid?.() === 0;
const LIMITS: FastPathLimits = {
  largest4: 1500,
  largest6: 1480,
  largest6Cut: 1280,
  tos: 'copy',
  trafficClass: 'copy',
  excludedFlags: 7,
};
/** A fast path with maps and a program in the kernel, which is attached nowhere. */
class Bench {
  readonly control: DataView[] = [];
  readonly path: FastPath;
  nowMs = 10_000;

  constructor(limits: Partial<FastPathLimits> = {}) {
    const { control } = this;
    const put = vi.spyOn(BpfMap.prototype, 'put');
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- the map, not the bench
    put.mockImplementation(function note(this: BpfMap) {
      if (this.value.byteLength === CONTROL_SIZE) control.push(new DataView(this.value.buffer.slice(0)));
      return true;
    });
    this.path = FastPath.open({
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
    bench = new Bench();
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

  it.each([{}, { pool6: new EmbeddingPrefix('64:ff9b::/96').prefix }])(
    'takes flows while it is attached, of pairs and of sessions (%o)',
    (kind) => {
      const options = { flows: 16, limits: LIMITS, monotonicMs: () => 0, clockOffsetMs: 0 };
      const path = FastPath.open({ ...options, ...kind });
      const offload = path.sessions ?? path;
      expect([path.isAttached, offload.isAttached]).toEqual([false, false]);
      path.isAttached = true;
      expect([path.isAttached, offload.isAttached]).toEqual([true, true]);
      path.close();
      expect([path.isAttached, offload.isAttached]).toEqual([false, false]);
    },
  );

  it('has what the program has counted, on all processors together, and what it had where that cannot be read', () => {
    const perProcessor = COUNTS.length * 8;
    const get = vi.spyOn(BpfMap.prototype, 'get');
    let counts = 0;
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- the map, not the test
    get.mockImplementation(function read(this: BpfMap) {
      for (let at = 0; at < this.value.byteLength; at += 8) {
        this.value.setBigUint64(at, BigInt((1 + (at % perProcessor) / 8) * counts), true);
      }
      return counts > 0;
    });
    bench.after(100);
    expect(COUNTS.map((name) => bench.path.counts[name])).toEqual(COUNTS.map(() => 0));
    counts = 7;
    bench.after(100);
    const [first] = COUNTS;
    const processors = bench.path.counts[first] / 7;
    expect(Number.isInteger(processors) && processors > 0).toBe(true);
    expect(COUNTS.map((name) => bench.path.counts[name])).toEqual(
      COUNTS.map((_, index) => 7 * (index + 1) * processors),
    );
  });

  it('has no pairs where it has sessions: to forget them changes nothing', () => {
    const options = { flows: 16, limits: LIMITS, monotonicMs: () => 0, clockOffsetMs: 0 };
    const path = FastPath.open({ ...options, pool6: new EmbeddingPrefix('64:ff9b::/96').prefix });
    const before = bench.control.length;
    path.forgetPairs();
    expect(bench.control.length).toBe(before);
    path.close();
  });

  it('is closed with everything that it has got where the kernel refuses the rest', () => {
    const closed = vi.spyOn(BpfMap.prototype, 'close');
    const load = vi.spyOn(TrafficProgram, 'load').mockImplementation(() => {
      throw new Error('EPERM');
    });
    expect(() => new Bench()).toThrow('EPERM');
    expect(closed.mock.calls.length).toBeGreaterThanOrEqual(4);
    load.mockRestore();
  });

  it('is closed with everything that it holds', () => {
    const closed = vi.spyOn(BpfMap.prototype, 'close');
    bench.path.close();
    expect(closed.mock.calls.length).toBeGreaterThanOrEqual(4);
    bench = new Bench();
  });
});
