import { beforeEach, describe, expect, it } from 'vitest';
import { CarrierProbe } from '../../../../src/agent/health/carrier-probe.ts';
import { DefaultRouteProbe, FAR } from '../../../../src/agent/health/default-route-probe.ts';
import type { Finding } from '../../../../src/agent/health/finding.ts';
import {
  choosePath,
  sourceOfCheck,
  TranslationProbe,
  type WorkDone,
} from '../../../../src/agent/health/translation-probe.ts';
import { TunProbe } from '../../../../src/agent/health/tun-probe.ts';
import { UpstreamProbe, pathTo } from '../../../../src/agent/health/upstream-probe.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { ClusterConfig, Nat64Config } from '../../../../src/cluster/schema.ts';
import { SimulatedView } from './simulated-view.ts';

const FILE = `
cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
  lower:
    kind: nat64
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/1]
    pool4: [{ prefix: 11.64.0.0/29 }]
  upper:
    kind: nat64
    pool6: 64:ff9b::/96
    destinations: [128.0.0.0/1]
    pool4: [{ prefix: 11.64.1.0/29, clients: [2001:db8:c::/48] }]
`;

let config: ClusterConfig;
const work: WorkDone = { packetsRead: 0, fullBursts: 0 };
let view: SimulatedView;

beforeEach(() => {
  config = parseClusterText(FILE, 'test.yaml');
  view = new SimulatedView();
});

function nat64(name: string, changes: Partial<Nat64Config> = {}): Nat64Config {
  const instance = config.instances[name];
  if (instance?.kind !== 'nat64') throw new Error(`${name} is no nat64 instance of the test`);
  return { ...instance, ...changes };
}

describe('the check of a TUN', () => {
  const repaired: string[] = [];
  let repair: () => Promise<void>;

  function probe(): TunProbe {
    repaired.length = 0;
    const options = { instance: 'lower', tun: 'nat-lower', routes: ['64:ff9b::/97', '11.64.0.0/29'] };
    return new TunProbe(
      options,
      view,
      () => repair(),
      (text) => void repaired.push(text),
    );
  }

  beforeEach(() => {
    repair = async () => undefined;
    view.interfaces.set('nat-lower', { index: 7, up: true, running: true });
    view.routes.set('64:ff9b::0.0.0.0', 7).set('11.64.0.0', 7);
  });

  it('passes when the kernel sends every prefix into it', async () => {
    expect(await probe().check()).toEqual({ result: 'ok', text: 'nat-lower is up; 2 prefixes are routed to it' });
    expect(repaired).toEqual([]);
  });

  it('puts a lost route back, and counts it as a failure all the same', async () => {
    view.routes.set('11.64.0.0', 3);
    repair = async () => void view.routes.set('11.64.0.0', 7);
    expect(await probe().check()).toEqual({
      result: 'failed',
      text: 'no route to nat-lower for 11.64.0.0/29; repaired',
    });
    expect(repaired).toEqual(['no route to nat-lower for 11.64.0.0/29']);
  });

  it('repairs nothing while the operator has paused the node', async () => {
    const pausing: { reason: string | undefined } = { reason: 'new cables' };
    const options = { instance: 'lower', tun: 'nat-lower', routes: ['64:ff9b::/97', '11.64.0.0/29'] };
    const paused = new TunProbe(
      options,
      view,
      async () => void view.routes.set('11.64.0.0', 7),
      () => undefined,
      pausing,
    );
    view.routes.set('11.64.0.0', 3);
    const text = 'no route to nat-lower for 11.64.0.0/29';
    expect(await paused.check()).toEqual({ result: 'failed', text: `${text}; not repaired while the node is paused` });
    expect(view.routes.get('11.64.0.0')).toBe(3);
    pausing.reason = undefined;
    expect((await paused.check()).text).toBe(`${text}; repaired`);
  });

  it('looks where the packets of each client go, if the instance is for certain ones', async () => {
    const options = { instance: 'lower', tun: 'nat-lower', routes: ['64:ff9b::/97', '11.64.0.0/29'] };
    const clients = ['2001:db8:a::/48', '2001:db8:b::/48'];
    view.routes.set('64:ff9b::0.0.0.0 from 2001:db8:a::', 7).set('64:ff9b::0.0.0.0 from 2001:db8:b::', 3);
    const steered = new TunProbe(
      { ...options, clients },
      view,
      () => repair(),
      () => undefined,
    );
    expect((await steered.check()).text).toBe('no route to nat-lower for 64:ff9b::/97 from 2001:db8:b::/48');
    view.routes.set('64:ff9b::0.0.0.0 from 2001:db8:b::', 7);
    expect((await steered.check()).result).toBe('ok');
  });

  it('fails when that does not help, with the reason', async () => {
    view.routes.clear();
    expect(await probe().check()).toEqual({
      result: 'failed',
      text: 'no route to nat-lower for 64:ff9b::/97, 11.64.0.0/29',
    });
    repair = async () => {
      throw new Error('ip: permission denied');
    };
    view.interfaces.set('nat-lower', { index: 7, up: false, running: false });
    expect((await probe().check()).text).toBe('nat-lower is down; ip: permission denied');
    view.interfaces.delete('nat-lower');
    expect((await probe().check()).text).toBe('there is no interface nat-lower; ip: permission denied');
    expect(repaired).toEqual([]);
  });
});

describe('the check of carriers', () => {
  it('takes the node out when no interface has one, and else only tells', async () => {
    const probe = new CarrierProbe('carrier', ['up0', 'up1'], view);
    view.interfaces.set('up0', { index: 2, up: true, running: true }).set('up1', { index: 3, up: true, running: true });
    expect((await probe.check()).result).toBe('ok');
    view.interfaces.set('up1', { index: 3, up: true, running: false });
    expect(await probe.check()).toEqual({ result: 'failed', text: 'up1 has no carrier', effect: 'degrade' });
    view.interfaces.delete('up0');
    expect(await probe.check()).toEqual({ result: 'failed', text: 'there is no interface up0; up1 has no carrier' });
  });
});

describe('the check of default routes', () => {
  it('names the families that have nowhere to send to', async () => {
    const probe = new DefaultRouteProbe('nat64', view);
    expect(probe.name).toBe('default route nat64');
    expect((await probe.check()).text).toBe('there is no IPv4 and no IPv6 default route');
    view.routes.set(FAR[4], 2);
    expect(await probe.check()).toEqual({ result: 'failed', text: 'there is no IPv6 default route' });
    view.routes.set(FAR[6], 2);
    expect((await probe.check()).result).toBe('ok');
  });
});

describe('the probe through the translator', () => {
  it('goes from an own IPv6 address to the IPv6 form of an own IPv4 address', async () => {
    view.addresses.push(
      { interface: 'up0', family: 6, address: 'fe80::1' },
      { interface: 'up0', family: 6, address: '2001:db8:a::2' },
      { interface: 'up0', family: 4, address: '11.10.1.2' },
    );
    view.answering.add('2001:db8:a::2 64:ff9b::11.10.1.2 11.10.1.2');
    const probe = new TranslationProbe('lower', nat64('lower'), view, { timeoutMs: 450, work: () => work });
    const text = '2001:db8:a::2 to 64:ff9b::11.10.1.2 and back in 1.3 ms';
    expect(await probe.check()).toEqual({ result: 'ok', text });
    view.answering.clear();
    expect(await probe.check()).toEqual({ result: 'failed', text: 'silence' });
  });

  it('tells nothing of translation when it was lost while the worker read full bursts', async () => {
    view.addresses.push(
      { interface: 'up0', family: 6, address: '2001:db8:a::2' },
      { interface: 'up0', family: 4, address: '11.10.1.2' },
    );
    let reads = 0;
    const flooded = (): WorkDone => ({ packetsRead: reads++ * 30_000, fullBursts: reads });
    const probe = new TranslationProbe('lower', nat64('lower'), view, { timeoutMs: 450, work: flooded });
    const text = 'silence; the worker is overloaded: it read 30000 packets meanwhile';
    expect(await probe.check()).toEqual({ result: 'unknown', text });
  });

  it.each([
    ['lower', '2001:db8::1', '10.0.0.1', 'no own IPv4 address that pool6 may stand for'],
    ['lower', '2001:db8::1', '203.1.1.1', 'no own IPv4 address that pool6 may stand for'],
    ['lower', '2001:db8::1', '11.64.0.3', 'no own IPv4 address that pool6 may stand for'],
    ['lower', 'fe80::1', '11.10.1.2', 'no own IPv6 address that the instance serves'],
    ['upper', '2001:db8::1', '203.1.1.1', 'no own IPv6 address that the instance serves'],
  ])('is not possible for %s from %s to %s', (name, address6, address4, reason) => {
    const local = [
      { interface: 'up0', family: 6, address: address6 },
      { interface: 'up0', family: 4, address: address4 },
    ] as const;
    expect(choosePath(nat64(name), local)).toBe(reason);
  });

  it('keeps to the clients that the instance serves, and uses private addresses where that is allowed', () => {
    const local = [
      { interface: 'up0', family: 6, address: '2001:db8:a::1' },
      { interface: 'up0', family: 6, address: '2001:db8:c::1' },
      { interface: 'up0', family: 4, address: '192.168.0.1' },
    ] as const;
    expect(choosePath(nat64('upper', { allowNonGlobal: true }), local)).toEqual({
      source6: '2001:db8:c::1',
      target6: '64:ff9b::192.168.0.1',
      address4: '192.168.0.1',
    });
  });
});

describe('the check of an upstream', () => {
  it('reaches IPv4 through the instance that serves it, and everything else straight', () => {
    expect(pathTo('11.1.2.3', config.instances)).toEqual({ address: '64:ff9b::11.1.2.3', instance: 'lower' });
    expect(pathTo('203.0.114.1', config.instances)).toEqual({ address: '64:ff9b::203.0.114.1', instance: 'upper' });
    expect(pathTo('2001:db8::1', config.instances)).toEqual({ address: '2001:db8::1', instance: undefined });
    expect(pathTo('11.1.2.3', {})).toEqual({ address: '11.1.2.3', instance: undefined });
  });

  it('says what does not answer', async () => {
    const path = pathTo('11.1.2.3', config.instances);
    const told: string[] = [];
    const tell = ({ result, text }: Finding): void => void told.push(`${result}: ${text}`);
    let nowMs = 0;
    const clock = { now: (): number => nowMs };
    const ping = new UpstreamProbe('dns', { address: '11.1.2.3' }, path, { view, clock, timeoutMs: 900 });
    expect(await ping.check(tell)).toEqual({
      result: 'failed',
      text: '11.1.2.3 does not answer through lower: silence',
    });
    view.answering.add('64:ff9b::11.1.2.3').add('64:ff9b::11.1.2.3 443');
    expect(await ping.check(tell)).toEqual({ result: 'ok', text: '11.1.2.3 answers through lower in 1.3 ms' });
    view.answering.delete('64:ff9b::11.1.2.3');
    view.answering.add('11.1.2.3');
    expect(await ping.check(tell)).toEqual({
      result: 'failed',
      effect: 'degrade',
      text: '11.1.2.3 does not answer through lower: silence; it answers directly',
    });
    // One that has just started may not have the routes yet: until a reply has once come through, or some seconds later.
    const started = new UpstreamProbe('dns', { address: '11.1.2.3' }, path, { view, clock, timeoutMs: 900 });
    const early = { result: 'ok', text: '11.1.2.3 answers directly, and not yet through lower' };
    expect(await started.check(tell)).toEqual(early);
    nowMs = 9999;
    expect(await started.check(tell)).toEqual(early);
    nowMs = 10_000;
    expect(await started.check(tell)).toMatchObject({ result: 'failed', effect: 'degrade' });
    told.splice(1);
    // It was certain, before the way through the instance had failed, that the target is not out of reach.
    expect(told).toEqual(['ok: 11.1.2.3 answers directly in 1.3 ms']);
    const tcp = new UpstreamProbe('web', { address: '11.1.2.3', port: 443 }, path, { view, clock, timeoutMs: 900 });
    expect((await tcp.check(tell)).text).toBe('11.1.2.3 port 443 answers through lower in 1.3 ms');
  });
});

describe('the address that a check of the translation was sent from', () => {
  it.each([
    ['2001:db8:a1::2 to 64:ff9b::11.10.1.2 and back in 3.3 ms', '2001:db8:a1::2'],
    ['no answer within 200 ms', undefined],
    ['not possible here: no own IPv6 address that the instance serves', undefined],
  ])('%s', (text, source) => {
    expect(sourceOfCheck(text)).toBe(source);
  });
});
