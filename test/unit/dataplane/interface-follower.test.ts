import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FastPathRequest } from '../../../src/dataplane/instance-options.ts';
import { InterfaceFollower, type InterfaceReport } from '../../../src/dataplane/interface-follower.ts';
import { monotonicMs } from '../../../src/dataplane/shared-state.ts';
import { FastPathAttachment } from '../../../src/fastpath/attachment.ts';
import { chooseInterfaces, readDataPlane } from '../../../src/fastpath/data-interfaces.ts';
import { FastPath } from '../../../src/fastpath/fast-path.ts';
import { RouteChanges } from '../../../src/linux/route-changes.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stdout.write('the fast path is not tried at interfaces: that needs root\n');

const SPACE = `isthmus-found-${process.pid}`;
/** After so many looks everything has been read again, whether routes have changed or not. */
const LOOKS = 5;
const LIMITS = {
  largest4: 1500,
  largest6: 1500,
  largest6Cut: 1280,
  tos: 'copy',
  trafficClass: 'copy',
  excludedFlags: 0,
} as const;

function ip(...words: string[]): void {
  execFileSync('ip', ['-n', SPACE, ...words]);
}

function inside(program: string, ...words: string[]): string {
  return execFileSync('ip', ['netns', 'exec', SPACE, program, ...words]).toString();
}

/** A fast path in the namespace, and what follows its interfaces. */
class Bench {
  readonly states: string[] = [];
  /** Reports whose parts do not fit. */
  readonly untrue: InterfaceReport[] = [];
  readonly #path: FastPath;
  readonly #routes: RouteChanges;
  readonly #follower: InterfaceFollower;
  #report: InterfaceReport;

  constructor(request: Omit<FastPathRequest, 'flows'>) {
    const options = { flows: 1024, limits: LIMITS, monotonicMs, clockOffsetMs: 0 };
    this.#path = FastPath.open({ ...options, pool6: new EmbeddingPrefix('64:ff9b::/96').prefix });
    const attachment = new FastPathAttachment(this.#path.program, monotonicMs);
    const find = (): ReturnType<typeof chooseInterfaces> => chooseInterfaces(readDataPlane());
    this.#follower = new InterfaceFollower({ ...request, flows: 1024 }, attachment, find);
    this.#routes = this.#there(() => RouteChanges.open());
    this.#report = this.#there(() => this.#follower.look());
  }

  get state(): string {
    return this.#report.state;
  }

  /** Its state when it has looked again. */
  get now(): string {
    this.#there(() => {
      if (this.#routes.changed()) this.#follower.noteNews();
      for (let look = 0; look < LOOKS; look++) this.#note(this.#follower.look());
    });
    return this.state;
  }

  close(): void {
    this.#there(() => this.#follower.end());
    this.#path.close();
    this.#routes.close();
  }

  #note(report: InterfaceReport): void {
    if (report.state !== this.state) this.states.push(report.state);
    this.#report = report;
    if (report.attached !== report.state.startsWith('on ') || report.failures > 0) this.untrue.push(report);
  }

  #there<T>(work: () => T): T {
    return inNetworkNamespace(`/run/netns/${SPACE}`, work);
  }
}

describe.runIf(asRoot).each(['tcx', 'clsact'])('the interfaces of a fast path, attached by %s', (hook) => {
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
    expect(bench.state).toBe('on up0, in0');
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
    expect(bench.untrue).toEqual([]);
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
    expect([...auto.untrue, ...required.untrue]).toEqual([]);
    auto.close();
    required.close();
  });

  it('stays off by itself where it would run before a filter of others', () => {
    const [auto, required] = [new Bench({ mode: 'auto' }), new Bench({ mode: 'required' })];
    inside('nft', 'add table inet f; add chain inet f i { type filter hook ingress device up0 priority 0; }');
    expect(auto.now).toBe('on up0, in0');
    inside('nft', 'add rule inet f i tcp dport 23 drop');
    expect(auto.now).toBe('auto: off, its packets would bypass the nftables chain inet f i');
    inside('nft', 'delete table inet f');
    expect(auto.now).toBe('on up0, in0');
    const tc = (object: string, change: string, ...words: string[]): void => {
      inside('tc', object, change, 'dev', 'in0', ...words);
    };
    // A classic program that matches everything: the one kind of filter that every kernel of these tests has.
    const add = (pref: number): void => {
      tc('filter', 'add', 'ingress', 'protocol', 'all', 'pref', `${pref}`, 'bpf', 'bytecode', '1,6 0 0 4294967295');
    };
    const off = (pref: number): string => {
      return `auto: off, its packets would bypass the ingress filter of in0 with pref ${pref} (bpf)`;
    };
    for (const kind of hook === 'tcx' ? ['clsact', 'ingress'] : ['clsact']) {
      if (hook === 'tcx') tc('qdisc', 'add', kind);
      add(100);
      expect(auto.now).toBe(hook === 'tcx' ? off(100) : 'on up0, in0');
      tc('filter', 'delete', 'ingress', 'pref', '100');
      add(62_000);
      expect(auto.now).toBe(off(62_000));
      expect(required.now).toBe('on up0, in0');
      tc('filter', 'delete', 'ingress', 'pref', '62000');
      expect(auto.now).toBe('on up0, in0');
      if (hook === 'tcx') tc('qdisc', 'delete', kind);
    }
    expect([...auto.untrue, ...required.untrue]).toEqual([]);
    auto.close();
    required.close();
  });

  it('finds them in a table that is longer than what is read of it', () => {
    const routes = Array.from({ length: 2500 }, (_, index) => `20.${index >> 8}.${index & 255}.0/24`);
    const batch = routes.map((route) => `route add ${route} via 11.4.0.2`).join('\n');
    execFileSync('ip', ['-n', SPACE, '-batch', '-'], { input: batch });
    const bench = new Bench({ mode: 'auto' });
    expect(bench.state).toBe('on up0, in0');
    ip('route', 'flush', 'root', '20.0.0.0/8');
    expect(bench.untrue).toEqual([]);
    bench.close();
  });

  it('names an interface of the file only while it is there', () => {
    const bench = new Bench({ mode: 'required', interfaces: ['up0', 'later0'] });
    expect(bench.state).toBe('on up0; no later0 yet');
    ip('link', 'set', 'up0', 'down');
    ip('link', 'set', 'up0', 'name', 'later0');
    expect(bench.now).toBe('on later0; no up0 yet');
    ip('link', 'set', 'later0', 'name', 'gone0');
    expect(bench.now).toBe('off: no up0 yet, no later0 yet');
    ip('link', 'set', 'gone0', 'name', 'up0');
    ip('link', 'set', 'up0', 'up');
    expect(bench.now).toBe('on up0; no later0 yet');
    expect(bench.untrue).toEqual([]);
    bench.close();
  });
});
