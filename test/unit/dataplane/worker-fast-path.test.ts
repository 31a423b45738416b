import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ipCount, WorkerFastPath } from '../../../src/dataplane/worker-fast-path.ts';
import { WorkerCounter } from '../../../src/dataplane/worker-counters.ts';
import { FastPath } from '../../../src/fastpath/fast-path.ts';
import { type Count, COUNTS } from '../../../src/fastpath/layout.ts';
import { interfaceIndex } from '../../../src/linux/bpf.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';
import { Bench } from '../translator/nat64/bench-of-one.ts';

vi.mock('../../../src/dataplane/interface-thread.ts', () => ({
  InterfaceThread: class {
    readonly first = (): undefined => undefined;
    readonly latest = (): undefined => undefined;
    readonly noteNews = (): void => undefined;
    readonly end = (): void => undefined;
  },
}));

const counts: Readonly<Record<Count, number>> = {
  packets6to4: 10,
  bytes6to4: 10 * 114,
  packets4to6: 3,
  bytes4to6: 3 * 1514,
  broken: 7,
  fence: 7,
  other: 7,
  protocol: 7,
  fragment: 7,
  options: 7,
  noFlow: 7,
  tcpFlags: 7,
  hopLimit: 7,
  length: 7,
  headerChecksum: 7,
  zeroChecksum: 7,
  tooBig: 7,
  noRoute: 7,
  refused: 7,
};

it('the bytes of the fast path are those of IP packets, not of frames', () => {
  expect(COUNTS.map((count) => ipCount(counts, count))).toEqual([10, 1000, 3, 4500, ...COUNTS.slice(4).map(() => 7)]);
});

const SPACE = `isthmus-tun-${process.pid}`;
const ip = (...words: string[]): void => void execFileSync('ip', ['-n', SPACE, ...words]);

describe.runIf(process.getuid?.() === 0)('the fast path of a worker', () => {
  beforeAll(() => void execFileSync('ip', ['netns', 'add', SPACE]));
  afterAll(() => void execFileSync('ip', ['netns', 'delete', SPACE]));
  afterEach(() => void vi.restoreAllMocks());

  it('asks the routes as for packets from its TUN, also when that is made anew', async () => {
    const incoming = vi.spyOn(FastPath.prototype, 'incoming', 'set');
    const inside = <Result>(work: () => Result): Result => inNetworkNamespace(`/run/netns/${SPACE}`, work);
    const index = (): number => inside(() => interfaceIndex('tun7'));
    ip('tuntap', 'add', 'tun7', 'mode', 'tun');
    const { options, translator } = new Bench();
    const start = { tunName: 'tun7', translator: options, fastPath: { mode: 'auto', flows: 16 } } as const;
    const counters = new Float64Array(Object.keys(WorkerCounter).length);
    const path = inside(() => new WorkerFastPath(start, translator, counters, () => undefined));
    expect(path.state).toContain('has not reported its interfaces yet');
    const first = index();
    expect(incoming).toHaveBeenLastCalledWith(first);
    const follows = async (wanted: number): Promise<void> => {
      await vi.waitFor(() => {
        inside(() => path.followRoutes());
        expect(incoming).toHaveBeenLastCalledWith(wanted);
      });
    };
    ip('link', 'delete', 'tun7');
    await follows(0);
    ip('tuntap', 'add', 'tun7', 'mode', 'tun');
    expect(index()).not.toBe(first);
    await follows(index());
    path.close();
  });
});
