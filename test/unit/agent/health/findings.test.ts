import { describe, expect, it } from 'vitest';
import { CarrierProbe } from '../../../../src/agent/health/carrier-probe.ts';
import { FileCheck } from '../../../../src/agent/health/file-check.ts';
import { findingOf, isOwnError } from '../../../../src/agent/health/finding.ts';
import { FrrProbe } from '../../../../src/agent/health/frr-probe.ts';
import { NamespaceViewError } from '../../../../src/agent/health/namespace-view.ts';
import { EventLoopProbe, MemoryProbe } from '../../../../src/agent/health/process-probes.ts';
import { RedundantRingProbe } from '../../../../src/agent/health/redundant-ring.ts';
import { PoolProbe, ReplicationProbe, type SessionFacts } from '../../../../src/agent/health/session-probes.ts';
import type { DaemonShell } from '../../../../src/frr/daemon-shell.ts';
import { instance } from '../status-fixture.ts';
import { SimulatedView } from './simulated-view.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('an error of a probe', () => {
  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'EPERM', 'EACCES', 'EADDRNOTAVAIL', 'LATE', 'ENDED'])(
    '%s is its own, and says nothing of what it probes',
    (code) => {
      expect(findingOf(coded(code))).toEqual({ result: 'unknown', text: code });
      expect(isOwnError(new NamespaceViewError('in the namespace', code))).toBe(true);
      expect(isOwnError(new Error('above it', { cause: new Error('again', { cause: coded(code) }) }))).toBe(true);
    },
  );

  it.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', ''])('%s is of what it probes', (code) => {
    expect(findingOf(coded(code)).result).toBe('failed');
    expect(isOwnError(new NamespaceViewError('in the namespace', code))).toBe(false);
  });

  it('may be no error at all', () => {
    expect(findingOf('a text')).toEqual({ result: 'failed', text: 'a text' });
    expect(isOwnError({ code: 'EMFILE' })).toBe(false);
  });
});

describe('the check of the files', () => {
  it('shows what the disk does not do', () => {
    const files = { problem: '' };
    const check = new FileCheck(files);
    const shown = { name: 'state files', effect: 'degrade' };
    const text = 'the disk takes what the agent stores';
    expect(check.latest).toEqual({ ...shown, ok: true, result: 'ok', text });
    files.problem = 'ENOSPC';
    expect(check.latest).toEqual({ ...shown, ok: false, result: 'failed', text: 'ENOSPC' });
    expect([check.known, check.pending, check.shared, check.lastFailed]).toEqual([true, false, false, false]);
  });
});

describe('the check of FRR', () => {
  const watched = [
    { daemon: 'zebra', place: {} },
    { daemon: 'bgpd', place: {} },
  ] as const;

  function stand(failures: Partial<Record<string, Error>>) {
    const closed: string[] = [];
    const probe = new FrrProbe(watched, ({ daemon }): DaemonShell => {
      const show = async (): Promise<string> => {
        const failure = failures[daemon];
        if (failure !== undefined) throw failure;
        return 'FRRouting 8.4.4';
      };
      return { socketPath: '', show, configure: async () => undefined, close: () => void closed.push(daemon) };
    });
    return { probe, closed };
  }

  it('is unknown where it could not ask, and failed where one of them does not answer', async () => {
    expect(await stand({ zebra: coded('EMFILE') }).probe.check()).toEqual({
      result: 'unknown',
      text: 'zebra does not answer: EMFILE',
    });
    expect(await stand({ zebra: coded('EMFILE'), bgpd: coded('ENOENT') }).probe.check()).toEqual({
      result: 'failed',
      text: 'zebra does not answer: EMFILE; bgpd does not answer: ENOENT',
    });
  });

  it('asks over a new connection each time', async () => {
    const { probe, closed } = stand({ bgpd: coded('ENOENT') });
    await probe.check();
    expect(closed.toSorted()).toEqual(['bgpd', 'zebra']);
    await probe.check();
    await probe.stop();
    expect(closed).toHaveLength(6);
  });
});

describe('the check of carriers', () => {
  it('says of an interface that it is down', async () => {
    const view = new SimulatedView();
    view.interfaces.set('up0', { index: 2, up: false, running: false });
    expect(await new CarrierProbe('carrier', ['up0'], view).check()).toEqual({ result: 'failed', text: 'up0 is down' });
  });
});

describe('limits', () => {
  it('of memory: what is at the limit has reached it', async () => {
    const mebibyte = 1024 * 1024;
    const of = (used: number) => new MemoryProbe(85, () => ({ used, limit: 1000 * mebibyte })).check();
    expect((await of(850 * mebibyte - 1)).result).toBe('ok');
    expect(await of(850 * mebibyte)).toEqual({
      result: 'failed',
      text: '850 MiB of 1000 MiB, more than 85 %: the kernel may end the agent',
    });
  });

  it.each([
    [209.9, 0, 'ok', 'maximum main loop delay 200 ms'],
    [210, 0, 'failed', 'maximum main loop delay 200 ms; the limit is 200 ms'],
    [210, 0.9, 'ok', 'maximum main loop delay 200 ms'],
    [211, 1, 'failed', 'maximum main loop delay 201 ms, 1 ms of it without a processor; the limit is 200 ms'],
    // It may have waited before it was late: then all of it was waiting, and no more.
    [60, 500, 'ok', 'maximum main loop delay 50 ms, 50 ms of it without a processor'],
    [5, 0, 'ok', 'maximum main loop delay 0 ms'],
  ])('of the main loop: a timer came after %s ms, %s of it without a processor', async (ms, waited, result, text) => {
    const histogram = { max: ms * 1e6, enable: () => true, disable: () => true, reset: () => undefined };
    let waitedMs = 1000;
    const probe = new EventLoopProbe(200, histogram, () => waitedMs);
    waitedMs += waited;
    expect(await probe.check()).toEqual({ result, text });
  });

  it('of a pool: the share that the file says has reached it, and counts only what is new', async () => {
    let [used, refused] = [90, 5];
    const place = { entry: 0, slot: 1, address: 0, addresses: 1, firstPort: 1024, ports: 100 };
    const facts = (): SessionFacts => ({
      ...instance(),
      pool: [{ ...place, protocol: 'udp', used, size: 100 }],
      counters: [{ name: 'answerPool4Exhausted', kind: 'answer', help: '', value: refused }],
    });
    const probe = new PoolProbe({ instance: 'internet', percent: 90 }, facts);
    // What was refused before the first look is nobody's failure now.
    expect((await probe.check()).text).toMatch(/^90 of 100 udp ports .*, 90 % or more;/);
    used = 89;
    expect((await probe.check()).result).toBe('ok');
    refused = 6;
    expect((await probe.check()).text).toMatch(/^1 packets found no free port since the last probe; 89 of 100/);
    expect((await probe.check()).result).toBe('ok');
  });

  it('of no pool: ports that are none are not used up', async () => {
    const place = { entry: 0, slot: 1, address: 0, addresses: 0, firstPort: 0, ports: 0 };
    const pool = [{ ...place, protocol: 'udp', used: 0, size: 0 } as const];
    const probe = new PoolProbe({ instance: 'internet', percent: 90 }, () => ({ ...instance(), pool }));
    expect((await probe.check()).result).toBe('ok');
  });
});

describe('the check of replication', () => {
  it('looks at stateful instances, and at each living node', async () => {
    const gw = (slot: number, alive = true) => ({ slot, name: `gw${slot}`, alive });
    const replicas = [{ slot: 2, sessions: 1, sync: 'inSync' as const, yielded: 0 }];
    const servers: SessionFacts = { ...instance({ name: 'servers' }), kind: 'siit', replicas: [] };
    const probe = new ReplicationProbe(
      () => [gw(2), gw(3), gw(4, false)],
      () => [{ ...instance(), replicas }, servers],
    );
    expect(await probe.check()).toEqual({ result: 'failed', text: 'not in sync: internet of gw3' });
  });
});

describe('the check of a redundant ring', () => {
  const ports = ['eth1', 'eth2'].map((name, at) => ({ name, index: 2 + at, carrier: true }));
  const look = async (a: number, b: number, interfaces: readonly [number, number] = [2, 3]): Promise<string> => {
    const received = [
      { interface: interfaces[0], ageMs: a },
      { interface: interfaces[1], ageMs: b },
    ] as const;
    const nodes = [{ address: '02:00:00:00:00:02', received }];
    return (await new RedundantRingProbe('hsr0', async () => ({ ports, nodes })).check()).text;
  };
  const fine = 'carrier on eth1 and eth2; both receive from 1 nodes';
  const cut = (port: string): string => `port ${port} receives nothing from node 02:00:00:00:00:02: the ring is cut`;

  it.each([
    [7000, 10, fine],
    [7001, 10, cut('A (eth1)')],
    [10, 7001, cut('B (eth2)')],
    [7001, 3500, cut('A (eth1)')],
    // Silent on both: it is gone.
    [7001, 3501, fine],
    [9000, 9000, fine],
  ])('%s ms since a frame by the one port, %s ms by the other', async (a, b, text) => {
    expect(await look(a, b)).toBe(text);
  });

  it('names a port that has gone by its number', async () => {
    expect(await look(10, 8000, [2, 9])).toBe(cut('B (interface 9)'));
  });
});
