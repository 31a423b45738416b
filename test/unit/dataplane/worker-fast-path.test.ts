import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FastPathRequest } from '../../../src/dataplane/instance-options.ts';
import { WORKER_COUNTERS } from '../../../src/dataplane/worker-counters.ts';
import { WorkerFastPath } from '../../../src/dataplane/worker-fast-path.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';
import { TranslatorCounters } from '../../../src/translator/counters.ts';
import { createTranslator } from '../../../src/translator/create.ts';
import { OPTIONS } from '../translator/siit/options.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stdout.write('the fast path is not tried at interfaces: that needs root\n');

const SPACE = `isthmus-found-${process.pid}`;
/** More beats than it takes until everything has been looked at again. */
const BEATS = 200;

function ip(...words: string[]): void {
  execFileSync('ip', ['-n', SPACE, ...words]);
}

function inside(program: string, ...words: string[]): string {
  return execFileSync('ip', ['netns', 'exec', SPACE, program, ...words]).toString();
}

/** The fast path of a worker that stands in the namespace. */
class Bench {
  readonly states: string[] = [];
  readonly fast: WorkerFastPath;

  constructor(request: Omit<FastPathRequest, 'flows'>) {
    const translator = createTranslator(OPTIONS, { emit: () => undefined }, new TranslatorCounters());
    const counters = new Float64Array(WORKER_COUNTERS.length);
    this.fast = this.#there(
      () =>
        new WorkerFastPath({ ...request, flows: 1024 }, OPTIONS, translator, counters, (state) =>
          this.states.push(state),
        ),
    );
  }

  /** Its state when it has looked again. */
  get now(): string {
    this.#there(() => {
      this.fast.followRoutes();
      for (let beat = 0; beat < BEATS; beat++) this.fast.beat();
    });
    return this.fast.state;
  }

  close(): void {
    this.#there(() => this.fast.close());
  }

  #there<T>(work: () => T): T {
    return inNetworkNamespace(`/run/netns/${SPACE}`, work);
  }
}

describe.runIf(asRoot).each(['tcx', 'clsact'])('the fast path of a worker, attached by %s', (hook) => {
  beforeAll(() => {
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', hook);
    execFileSync('ip', ['netns', 'add', SPACE]);
    inside('sysctl', '-qw', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0');
    for (const name of ['up0', 'in0', 'ring0']) {
      ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-far`);
      ip('link', 'set', name, 'up');
      ip('link', 'set', `${name}-far`, 'up');
    }
    ip('addr', 'add', '11.4.0.1/24', 'dev', 'up0');
    ip('addr', 'add', '2001:db8:c::1/64', 'dev', 'in0', 'nodad');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    execFileSync('ip', ['netns', 'delete', SPACE]);
  });

  it('finds the interfaces that routes use, and follows them', () => {
    const bench = new Bench({ mode: 'auto' });
    expect(bench.fast.state).toBe('on up0, in0');
    ip('link', 'add', 'up7', 'type', 'veth', 'peer', 'name', 'up7-far');
    ip('addr', 'add', '11.7.0.1/24', 'dev', 'up7');
    ip('link', 'set', 'up7', 'up');
    expect(bench.now).toBe('on up0, in0, up7');
    ip('link', 'delete', 'up7');
    ip('link', 'set', 'in0', 'down');
    expect(bench.now).toBe('on up0');
    ip('link', 'set', 'in0', 'up');
    ip('addr', 'replace', '2001:db8:c::1/64', 'dev', 'in0', 'nodad');
    expect(bench.now).toBe('on up0, in0');
    expect(bench.states).toEqual(['on up0, in0, up7', 'on up0', 'on up0, in0']);
    bench.close();
  });

  it('stays off by itself where it would bypass a filter, and not where it is required', () => {
    const [auto, required] = [new Bench({ mode: 'auto' }), new Bench({ mode: 'required' })];
    inside('nft', 'add table inet f; add chain inet f forward { type filter hook forward priority 0; }');
    expect(auto.now).toBe('on up0, in0');
    inside('nft', 'add rule inet f forward ct state invalid drop');
    expect(auto.now).toBe('auto: off, its packets would bypass the nftables chain inet f forward');
    expect(required.now).toBe('on up0, in0');
    inside('nft', 'delete table inet f');
    expect(auto.now).toBe('on up0, in0');
    inside('sysctl', '-qw', 'net.ipv4.conf.in0.rp_filter=1');
    expect(auto.now).toBe('auto: off, its packets would bypass rp_filter, which is strict on in0');
    inside('sysctl', '-qw', 'net.ipv4.conf.in0.rp_filter=0');
    expect(auto.now).toBe('on up0, in0');
    ip('xfrm', 'policy', 'add', 'src', '11.9.0.0/16', 'dst', '11.4.0.0/16', 'dir', 'fwd');
    expect(auto.now).toBe('auto: off, its packets would bypass an IPsec policy (forward)');
    ip('xfrm', 'policy', 'flush');
    expect(auto.now).toBe('on up0, in0');
    auto.close();
    required.close();
  });

  it('finds them in a table that is longer than what is read of it', () => {
    const routes = Array.from({ length: 2500 }, (_, index) => `20.${index >> 8}.${index & 255}.0/24`);
    const batch = routes.map((route) => `route add ${route} via 11.4.0.2`).join('\n');
    execFileSync('ip', ['-n', SPACE, '-batch', '-'], { input: batch });
    const bench = new Bench({ mode: 'auto' });
    expect(bench.fast.state).toBe('on up0, in0');
    ip('route', 'flush', 'root', '20.0.0.0/8');
    bench.close();
  });

  it('names an interface of the file only while it is there', () => {
    const bench = new Bench({ mode: 'required', interfaces: ['up0', 'later0'] });
    expect(bench.fast.state).toBe('on up0; no later0 yet');
    ip('link', 'set', 'up0', 'down');
    ip('link', 'set', 'up0', 'name', 'later0');
    expect(bench.now).toBe('on later0; no up0 yet');
    ip('link', 'set', 'later0', 'name', 'gone0');
    expect(bench.now).toBe('off: no up0 yet, no later0 yet');
    ip('link', 'set', 'gone0', 'name', 'up0');
    ip('link', 'set', 'up0', 'up');
    expect(bench.now).toBe('on up0; no later0 yet');
    bench.close();
  });
});
