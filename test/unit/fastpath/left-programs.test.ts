import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { monotonicMs } from '../../../src/dataplane/shared-state.ts';
import { FastPathAttachment } from '../../../src/fastpath/attachment.ts';
import { FastPath } from '../../../src/fastpath/fast-path.ts';
import { FENCE_MS } from '../../../src/fastpath/layout.ts';
import { isLeftBehind, leftPrograms, removeLeftPrograms } from '../../../src/fastpath/left-programs.ts';
import { programOf } from '../../../src/linux/bpf-attachments.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stdout.write('filters are not tried at an interface: that needs root\n');

const SPACE = `isthmus-left-${process.pid}`;
const LIMITS = {
  largest4: 1500,
  largest6: 1500,
  largest6Cut: 1280,
  tos: 'copy',
  trafficClass: 'copy',
  excludedFlags: 0,
} as const;

function filters(): string {
  return execFileSync('tc', ['-n', SPACE, 'filter', 'show', 'dev', 'up0', 'ingress']).toString();
}

function inside<T>(work: () => T): T {
  return inNetworkNamespace(`/run/netns/${SPACE}`, work);
}

/** A fast path whose clock is its own: it can be one whose worker has stopped long ago. */
function open(nowMs: () => number): { close(): void } {
  const pool6 = new EmbeddingPrefix('64:ff9b::/96').prefix;
  const path = FastPath.open({ flows: 16, limits: LIMITS, monotonicMs: nowMs, clockOffsetMs: 0, pool6 });
  const attachment = new FastPathAttachment(path.program, nowMs);
  inside(() => attachment.follow(['up0']));
  return {
    close: () => {
      attachment.follow([]);
      path.close();
    },
  };
}

describe.runIf(asRoot)('filters of fast paths', () => {
  beforeAll(() => {
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', 'clsact');
    execFileSync('ip', ['netns', 'add', SPACE]);
    execFileSync('ip', ['-n', SPACE, 'link', 'add', 'up0', 'type', 'veth', 'peer', 'name', 'far0']);
    execFileSync('tc', ['-n', SPACE, 'qdisc', 'add', 'dev', 'up0', 'clsact']);
    // A classic program of one instruction: it matches nothing.
    const foreign = ['pref', '7', 'bpf', 'bytecode', '1,6 0 0 0', 'classid', '1:1'];
    execFileSync('tc', ['-n', SPACE, 'filter', 'add', 'dev', 'up0', 'ingress', ...foreign]);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    execFileSync('ip', ['netns', 'delete', SPACE]);
  });

  it('stand behind those of others, and go with the fast path', () => {
    const path = open(monotonicMs);
    expect(filters()).toMatch(/pref 7 bpf[^]*pref 61440 bpf[^]*isthmus direct-action/);
    inside(() => path.close());
    expect(filters()).not.toContain('isthmus');
    expect(filters()).toContain('pref 7 bpf');
  });

  it('whose worker is gone are found and removed; those within their fence, and of others, stay', () => {
    const live = open(() => monotonicMs() + 60_000);
    const dead = open(() => monotonicMs() - 2 * FENCE_MS);
    expect(inside(() => leftPrograms(monotonicMs()))).toMatchObject([{ interface: 'up0', priority: 0xf000 }]);
    expect(inside(() => removeLeftPrograms(monotonicMs()))).toHaveLength(1);
    expect(inside(() => leftPrograms(monotonicMs()))).toEqual([]);
    expect(filters().match(/isthmus direct-action/g)).toHaveLength(1);
    expect(filters()).toContain('pref 7 bpf');
    inside(() => {
      live.close();
      dead.close();
    });
    expect(filters()).not.toContain('isthmus');
  });

  it('are none where programs are attached by TCX, and of another name they are of others', () => {
    const dead = open(() => monotonicMs() - 2 * FENCE_MS);
    const [found] = inside(() => leftPrograms(monotonicMs()));
    const program = found === undefined ? undefined : programOf(found.id);
    if (program === undefined) throw new Error('the kernel does not show the program that was left');
    expect(isLeftBehind(program, monotonicMs())).toBe(true);
    expect(isLeftBehind({ ...program, name: 'foreign' }, monotonicMs())).toBe(false);
    expect(isLeftBehind({ ...program, maps: [] }, monotonicMs())).toBe(false);
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', 'tcx');
    expect(inside(() => leftPrograms(monotonicMs()))).toEqual([]);
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', 'clsact');
    inside(() => dead.close());
  });

  it('of a dead worker are removed by the next one that attaches there', () => {
    const dead = open(() => monotonicMs() - 2 * FENCE_MS);
    const next = open(() => monotonicMs() + 60_000);
    expect(filters().match(/isthmus direct-action/g)).toHaveLength(1);
    expect(inside(() => leftPrograms(monotonicMs()))).toEqual([]);
    inside(() => {
      next.close();
      dead.close();
    });
  });
});
