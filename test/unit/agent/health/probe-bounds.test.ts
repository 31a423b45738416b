import { beforeEach, describe, expect, it } from 'vitest';
import type { LocalAddress } from '../../../../src/agent/health/namespace-questions.ts';
import { choosePath, TranslationProbe } from '../../../../src/agent/health/translation-probe.ts';
import { firstAddress, TunProbe } from '../../../../src/agent/health/tun-probe.ts';
import { pathTo, type UpstreamPath, UpstreamProbe } from '../../../../src/agent/health/upstream-probe.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { ClusterConfig, Nat64Config } from '../../../../src/cluster/schema.ts';
import { SimulatedView } from './simulated-view.ts';

let view: SimulatedView;
beforeEach(() => {
  view = new SimulatedView();
});

function instancesOf(text: string): ClusterConfig['instances'] {
  const head = 'cluster: campus\nsecretFile: /k\nnodes: { gw1: { slot: 1 } }\ninstances:\n';
  return parseClusterText(head + text, 'test.yaml').instances;
}

function nat64(changes: Partial<Nat64Config> = {}): Nat64Config {
  const one = instancesOf('  internet: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }\n');
  const { internet } = one;
  if (internet?.kind !== 'nat64') throw new Error('the test has no such instance');
  return { ...internet, ...changes };
}

function local(...addresses: string[]): LocalAddress[] {
  return addresses.map((address) => ({ interface: 'up0', family: address.includes(':') ? 6 : 4, address }));
}

const silent = (code: string) => () => Promise.reject(Object.assign(new Error('silence'), { code }));

describe('the own address that a probe is sent from', () => {
  it.each([
    ['2000::1', true],
    ['3fff:ffff::1', true],
    ['fc00::1', true],
    ['fdff::1', true],
    ['1fff::1', false],
    ['4000::1', false],
    ['fbff::1', false],
    ['fe00::1', false],
    ['ff02::1', false],
    ['::1', false],
  ])('%s may be that of a client: %s', (address, possible) => {
    const path = choosePath(nat64(), local(address, '11.10.1.2'));
    expect(typeof path === 'object').toBe(possible);
  });

  it('is an IPv6 address', () => {
    expect(choosePath(nat64(), local('11.10.1.2'))).toBe('no own IPv6 address that the instance serves');
    const odd: LocalAddress = { interface: 'up0', family: 4, address: '2001:db8::1' };
    expect(choosePath(nat64(), [odd, ...local('11.10.1.2')])).toBe('no own IPv6 address that the instance serves');
  });

  it('is one of the clients of the instance and of one of its ranges of ports', () => {
    const [range] = nat64().pool4;
    if (range === undefined) throw new Error('no pool4');
    const pool4 = [{ ...range, clients: ['2001:db8:a::/48'] }];
    const clients = ['2001:db8::/32'];
    const from = (...addresses: string[]) => choosePath(nat64({ pool4, clients }), local(...addresses, '11.10.1.2'));
    expect(from('2001:db8:b::1')).toBe('no own IPv6 address that the instance serves');
    expect(from('2001:db8:b::1', '2001:db8:a::1')).toMatchObject({ source6: '2001:db8:a::1' });
  });
});

describe('the own address that a probe is sent to', () => {
  it('may be one that only the second prefix of pool6 can stand for', () => {
    const pool6 = ['64:ff9b::/96', '2001:db8:64::/96'];
    const path = choosePath(nat64({ pool6 }), local('2001:db8:a::1', '10.0.0.1'));
    expect(path).toEqual({
      source6: '2001:db8:a::1',
      target6: '2001:db8:64::a00:1',
      address4: '10.0.0.1',
    });
  });
});

describe('a probe through the translator', () => {
  it('that could not be sent at all says nothing, however busy the worker is', async () => {
    view.addresses.push(...local('2001:db8:a::2', '11.10.1.2'));
    let reads = 0;
    const work = () => ({ packetsRead: reads, fullBursts: reads++ });
    const probe = new TranslationProbe('internet', nat64(), view, { timeoutMs: 450, work });
    view.roundTrip = silent('ENOBUFS');
    expect(await probe.check()).toEqual({ result: 'unknown', text: 'silence' });
    view.roundTrip = silent('ECONNREFUSED');
    expect((await probe.check()).text).toContain('the worker is overloaded');
  });
});

describe('the check of a TUN', () => {
  const UP = { index: 7, up: true, running: true };
  const probe = (routes: readonly string[], clients: readonly string[] = []): TunProbe =>
    new TunProbe(
      { instance: 'internet', tun: 'nat0', routes, clients },
      view,
      async () => undefined,
      () => undefined,
    );

  it('fails where no process has it open', async () => {
    view.interfaces.set('nat0', { ...UP, running: false });
    expect((await probe([]).check()).text).toBe('nat0 has no carrier: no process has it open');
  });

  it('names three prefixes that are routed elsewhere, and counts the others', async () => {
    view.interfaces.set('nat0', UP);
    const routes = [1, 2, 3].map((third) => `11.64.${third}.0/24`);
    expect((await probe(routes).check()).text).toBe(`no route to nat0 for ${routes.join(', ')}`);
    const more = [...routes, '11.64.4.0/24', '11.64.5.0/24'];
    expect((await probe(more).check()).text).toBe(`no route to nat0 for ${routes.join(', ')} and 2 more`);
  });

  it('looks for IPv4 whoever the clients are', async () => {
    view.interfaces.set('nat0', UP);
    view.routes.set('64:ff9b::0.0.0.0 from 2001:db8:a::', 7);
    const steered = probe(['64:ff9b::/96', '11.64.0.0/29'], ['2001:db8:a::/48']);
    expect((await steered.check()).text).toBe('no route to nat0 for 11.64.0.0/29');
    view.routes.set('11.64.0.0', 7);
    expect((await steered.check()).result).toBe('ok');
  });

  it.each([
    ['11.64.0.0/29', '11.64.0.0'],
    ['2001:db8::/32', '2001:db8::'],
    ['nonsense', 'nonsense'],
  ])('asks for the first address of %s', (prefix, address) => {
    expect(firstAddress(prefix)).toBe(address);
  });
});

describe('the way to a target', () => {
  const DIRECT = { address: '11.1.2.3', instance: undefined };

  it.each([
    ['a stateless one', '  one: { kind: siit, pool6: 2001:db8:46::/96 }\n'],
    [
      'one for certain clients',
      '  one: { kind: nat64, pool6: 64:ff9b::/96, clients: ["2001:db8::/32"], pool4: [{ prefix: 11.64.0.0/29 }] }\n',
    ],
    [
      'one for other destinations',
      '  one: { kind: nat64, pool6: 64:ff9b::/96, destinations: [128.0.0.0/1], pool4: [{ prefix: 11.64.0.0/29 }] }\n',
    ],
  ])('is direct where there is no instance but %s', (_, text) => {
    expect(pathTo('11.1.2.3', instancesOf(text))).toEqual(DIRECT);
  });
});

describe('the check of a target', () => {
  const path = { address: '64:ff9b::11.1.2.3', instance: 'internet' };
  const probe = (nowMs: () => number, way: UpstreamPath = path): UpstreamProbe =>
    new UpstreamProbe('dns', { address: '11.1.2.3' }, way, { view, clock: { now: nowMs }, timeoutMs: 900 });
  const tell = (): void => undefined;

  it('is unknown where one of the two ways could not be tried', async () => {
    const only = (failing: string) => async (address: string) => {
      if (address === failing) throw Object.assign(new Error('no descriptors'), { code: 'EMFILE' });
      throw new Error('silence');
    };
    view.ping = only('11.1.2.3');
    expect((await probe(() => 0).check(tell)).result).toBe('unknown');
    view.ping = only('64:ff9b::11.1.2.3');
    expect(await probe(() => 0).check(tell)).toEqual({
      result: 'unknown',
      text: '11.1.2.3 does not answer through internet: no descriptors',
    });
  });

  it('fails where a direct target is silent, and does not speak of an instance', async () => {
    const direct = probe(() => 0, { address: '11.1.2.3', instance: undefined });
    expect(await direct.check(tell)).toEqual({ result: 'failed', text: '11.1.2.3 does not answer: silence' });
    view.answering.add('11.1.2.3');
    expect(await direct.check(tell)).toEqual({ result: 'ok', text: '11.1.2.3 answers in 1.3 ms' });
    expect(view.asked).toEqual(['11.1.2.3', '11.1.2.3']);
  });
});
