import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceOptions } from '../../src/dataplane/instance-options.ts';
import { instanceOptions } from '../../src/lab/bench/course.ts';
import { DIST } from '../../src/lab/programs.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { connect, type End } from '../../src/lab/world/link.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { labTest } from './needs-root.ts';

const GATEWAY = join(DIST, 'lab/bench/gateway-main.js');
const FORWARDING = '/proc/sys/net/ipv6/conf/all/forwarding';

async function stop(instance: LabProcess): Promise<void> {
  instance.endInput();
  expect(await instance.exited).toEqual({ code: 0, signal: null });
}

function at(name: string, machine: Machine, address: string): End {
  return { machine, interface: name, addresses: [address] };
}

describe.runIf(labTest)('an instance on a machine', () => {
  let world: World;
  let machine: Machine;

  beforeEach(async () => {
    world = await World.create();
    machine = await world.machine('gw');
  });
  afterEach(() => world.close());

  async function start(changes: Partial<InstanceOptions> = {}): Promise<LabProcess> {
    const options: InstanceOptions = { ...instanceOptions({}), ...changes };
    const started = machine.start('instance', [process.execPath, GATEWAY, JSON.stringify(options)]);
    await started.waitForLine(/^ready$/, 15_000);
    return started;
  }

  async function output(argv: readonly string[], namespace?: string): Promise<string> {
    return (await machine.run(argv, namespace === undefined ? {} : { namespace })).stdout;
  }

  it('makes the namespace, the TUN and its routes, and removes all of it', async () => {
    const instance = await start({ namespace: 'data' });
    expect(await output(['ip', 'netns', 'list'])).toMatch(/^data\b/);
    expect(await output(['ip', '-6', 'route', 'show', 'dev', 'isthmus0'], 'data')).toMatch(/^64:ff9b::\/96 /);
    expect(await output(['ip', '-4', 'route', 'show', 'dev', 'isthmus0'], 'data')).toMatch(/^11\.64\.0\.0\/29 /);
    expect(await output(['cat', FORWARDING], 'data')).toBe('1\n');
    expect(await output(['ip', '-brief', 'link'])).not.toContain('isthmus0');
    await stop(instance);
    expect(await output(['ip', 'netns', 'list'])).toBe('');
    expect(await output(['ls', '/run/isthmus'])).toBe('');
  });

  it('leaves a namespace that was there as it was', async () => {
    await machine.addNamespace('data');
    const instance = await start({ namespace: 'data' });
    await stop(instance);
    expect(await output(['ip', 'netns', 'list'])).toMatch(/^data\b/);
    expect(await output(['cat', FORWARDING], 'data')).toBe('0\n');
    expect(await output(['ip', '-brief', 'link'], 'data')).not.toContain('isthmus0');
  });

  it('puts back what a previous incarnation that was killed had changed', async () => {
    const killed = await start();
    expect(await output(['cat', FORWARDING])).toBe('1\n');
    await killed.signal('SIGKILL');
    await killed.exited;
    expect(await output(['cat', FORWARDING])).toBe('1\n');
    await stop(await start());
    expect(await output(['cat', FORWARDING])).toBe('0\n');
  });

  it('drops what still arrives when it was killed, in place of sending it back, and removes that with the next end', async () => {
    const [client, router] = [await world.machine('client'), await world.machine('router')];
    const both = (name: string, one: Machine, address6: string, address4: string): End => ({
      machine: one,
      interface: name,
      addresses: [address6, address4],
    });
    await connect(
      world,
      both('eth0', client, '2001:db8:6::2/64', '11.6.0.2/24'),
      both('lan0', router, '2001:db8:6::1/64', '11.6.0.1/24'),
    );
    await connect(
      world,
      both('eth0', router, '2001:db8:c::2/64', '11.4.0.80/24'),
      both('up0', machine, '2001:db8:c::1/64', '11.4.0.1/24'),
    );
    for (const one of [router, machine]) await one.enableForwarding();
    await client.ip(['route add default via 2001:db8:6::1', 'route add default via 11.6.0.1']);
    await router.ip(['route add 64:ff9b::/96 via 2001:db8:c::1', 'route add 11.64.0.0/29 via 11.4.0.1']);
    await machine.ip(['route add default via 2001:db8:c::2', 'route add default via 11.4.0.80']);
    await Promise.all([client.waitForCarrier('eth0'), router.waitForCarrier('eth0')]);
    const rules = async (): Promise<string> =>
      (await output(['ip', '-4', 'rule'])) + (await output(['ip', '-6', 'rule']));
    const before = await rules();
    /** How often one packet has crossed the link. */
    const crossings = async (target: string): Promise<number> => {
      const count = async (): Promise<number> =>
        Number((await router.run(['cat', '/sys/class/net/eth0/statistics/tx_packets'])).stdout);
      const first = await count();
      await client.run(['ping', '-c', '1', '-W', '1', target], { allowFailure: true });
      return (await count()) - first;
    };
    const targets = ['64:ff9b::11.4.0.80', '11.64.0.1'];
    const killed = await start();
    await killed.signal('SIGKILL');
    await killed.exited;
    for (const target of targets) expect(await crossings(target)).toBeLessThan(8);
    // The next one takes over, and takes all of it away; then a packet goes to and fro until its hop limit is used up.
    const next = await start();
    expect(await output(['ip', '-6', 'route', 'get', '64:ff9b::1'])).toContain('dev isthmus0');
    await stop(next);
    expect(await rules()).toBe(before);
    for (const family of ['-4', '-6']) {
      expect(await output(['ip', family, 'route', 'show', 'table', 'all', 'type', 'blackhole'])).toBe('');
    }
    for (const target of targets) expect(await crossings(target)).toBeGreaterThan(20);
  });

  it('lets two instances share a namespace that the first of them made', async () => {
    const first = await start({ namespace: 'data' });
    const second = await start({ namespace: 'data', name: 'other', tunName: 'other0', routes: ['11.65.0.0/24'] });
    await stop(first);
    expect(await output(['ip', '-4', 'route', 'show', 'dev', 'other0'], 'data')).toMatch(/^11\.65\.0\.0\/24 /);
    await stop(second);
    expect(await output(['ip', 'netns', 'list'])).toBe('');
  });

  it('keeps a default route of router advertisements, where forwarding would end that', async () => {
    const peer = await world.machine('router');
    await connect(world, at('eth0', peer, '2001:db8:c::2/64'), at('in6', machine, '2001:db8:c::1/64'));
    const accepting = '/proc/sys/net/ipv6/conf/in6/accept_ra';
    await machine.run(['sh', '-c', `echo 1 >${accepting}`]);
    const instance = await start();
    expect(await output(['cat', accepting])).toBe('2\n');
    await stop(instance);
    expect(await output(['cat', accepting])).toBe('1\n');
  });

  it.each([1, 2])(
    'answers with ICMPv4 errors that reverse path filtering lets through (rp_filter %i)',
    async (filter) => {
      const [client, server] = [await world.machine('client'), await world.machine('server')];
      await connect(world, at('eth0', client, '2001:db8:c::2/64'), at('in6', machine, '2001:db8:c::1/64'));
      await connect(world, at('eth0', server, '11.4.0.80/24'), at('out4', machine, '11.4.0.1/24'));
      await client.ip(['route add default via 2001:db8:c::1']);
      await server.ip(['route add default via 11.4.0.1']);
      await Promise.all([client.waitForCarrier('eth0'), server.waitForCarrier('eth0')]);
      const places = ['all', 'default'].map((name) => `echo ${filter} >/proc/sys/net/ipv4/conf/${name}/rp_filter`);
      await machine.run(['sh', '-ec', places.join('\n')]);
      // Of no prefix that leads to the TUN by itself.
      const translator = { ...instanceOptions({}).translator, icmpSource4: '11.99.0.1' };
      const instance = await start({ translator });
      const lost = await server.run(['ping', '-c', '3', '-i', '0.2', '-W', '2', '-t', '2', '11.64.0.1'], {
        allowFailure: true,
      });
      expect(lost.stdout).toContain('Time to live exceeded');
      await stop(instance);
    },
  );

  it('undoes a start that fails half-way, and says why', async () => {
    const options: InstanceOptions = { ...instanceOptions({}), namespace: 'data', routes: ['not a prefix'] };
    const failing = machine.start('instance', [process.execPath, GATEWAY, JSON.stringify(options)]);
    expect((await failing.exited).code).not.toBe(0);
    expect(failing.tail()).toContain('any valid prefix is expected');
    expect(await output(['ip', 'netns', 'list'])).toBe('');
  });

  it('makes its TUN again when it is deleted under it', async () => {
    const instance = await start();
    const before = await output(['ip', '-o', 'link', 'show', 'isthmus0']);
    await machine.ip(['link delete isthmus0']);
    await waitFor(
      'another device of that name',
      async () => ![before, ''].includes(await output(['ip', '-o', 'link', 'show', 'isthmus0'])),
      { timeoutMs: 5000 },
    );
    expect(instance.running).toBe(true);
    await stop(instance);
  });

  it('serves certain clients by rules and a table of its own, which go with it, also after it was killed', async () => {
    const [client, server] = [await world.machine('client'), await world.machine('server')];
    await connect(world, at('eth0', client, '2001:db8:c::2/64'), at('in6', machine, '2001:db8:c::1/64'));
    await connect(world, at('eth0', server, '11.4.0.80/24'), at('out4', machine, '11.4.0.1/24'));
    await client.ip(['route add default via 2001:db8:c::1', 'addr add 2001:db8:c::3/64 dev eth0 nodad']);
    await server.ip(['route add default via 11.4.0.1']);
    await Promise.all([client.waitForCarrier('eth0'), server.waitForCarrier('eth0')]);
    const steering = { clients: ['2001:db8:c::2/128'], table: 64_001, priority: 6401, refused: ['64:ff9b::/96'] };
    const rules = await output(['ip', '-6', 'rule']);
    const killed = await start({ steering });
    await killed.signal('SIGKILL');
    await killed.exited;
    const instance = await start({ steering });
    const ping = ['ping', '-6', '-c', '1', '-W', '2', '64:ff9b::11.4.0.80', '-I'];
    await client.run([...ping, '2001:db8:c::2']);
    const refused = await client.run([...ping, '2001:db8:c::3'], { allowFailure: true });
    expect(refused.stdout).toContain('Destination unreachable: No route');
    expect(await output(['ip', '-6', 'route', 'show', 'dev', 'isthmus0'])).not.toContain('64:ff9b');
    await stop(instance);
    expect(await output(['ip', '-6', 'rule'])).toBe(rules);
    expect(await output(['ip', '-6', 'route', 'show', 'table', 'all'])).not.toContain('64:ff9b');
  });

  it('translates: pings reach an IPv4-only host, and the TUN has its offloads', async () => {
    const [client, server] = [await world.machine('client'), await world.machine('server')];
    await connect(world, at('eth0', client, '2001:db8:c::2/64'), at('in6', machine, '2001:db8:c::1/64'));
    await connect(world, at('eth0', server, '11.4.0.80/24'), at('out4', machine, '11.4.0.1/24'));
    await client.ip(['route add default via 2001:db8:c::1']);
    await server.ip(['route add default via 11.4.0.1']);
    await Promise.all([client.waitForCarrier('eth0'), server.waitForCarrier('eth0')]);
    const instance = await start();
    for (const size of ['0', '56', '1400']) {
      await client.run(['ping', '-6', '-c', '2', '-W', '5', '-i', '0.05', '-s', size, '64:ff9b::11.4.0.80']);
    }
    instance.writeLine('summary');
    const summary = JSON.parse(await instance.waitForLine(/^\{/, 5000));
    // The kernel has taken the program that divides packets among the queues; else its reason stands here.
    expect(summary).toMatchObject({ state: 'running', kind: 'nat64', tun: { name: 'isthmus0' }, queues: '' });
    expect(summary.tun.offloads).toEqual(expect.arrayContaining(['csum', 'tso4', 'tso6']));
    expect(summary.ownSessions).toBeGreaterThan(0);
  });
});
