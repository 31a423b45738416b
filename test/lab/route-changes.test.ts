import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/lab/world/link.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { World } from '../../src/lab/world/world.ts';
import { inNetworkNamespace } from '../../src/linux/network-place.ts';
import { RouteChanges } from '../../src/linux/route-changes.ts';
import { labTest } from './needs-root.ts';

const ROUTES = 2000;

/** What the kernel tells of changes that a next hop depends on. */
describe.runIf(labTest)('changes of routes', () => {
  let world: World;
  let router: Machine;
  let changes: RouteChanges;

  beforeAll(async () => {
    world = await World.create();
    router = await world.machine('router');
    const other = await world.machine('other');
    await connect(
      world,
      { machine: router, interface: 'eth0', addresses: ['192.0.2.1/24', '2001:db8::1/64'] },
      { machine: other, interface: 'eth0', addresses: ['192.0.2.2/24', '2001:db8::2/64'] },
    );
    changes = inNetworkNamespace(`/proc/${router.pid}/ns/net`, () => RouteChanges.open());
  }, 60_000);
  afterAll(async () => {
    changes?.close();
    await world?.close();
  });

  /** Until the kernel has nothing more to say of what was before: duplicate address detection and the like. */
  function forget(): void {
    while (changes.changed());
  }

  it.each([
    ['a neighbour', ['neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent']],
    ['a neighbour with another address', ['neigh replace 192.0.2.9 lladdr 02:00:00:00:00:0a dev eth0 nud permanent']],
    ['a neighbour that is gone', ['neigh del 192.0.2.9 dev eth0']],
    ['a neighbour of IPv6', ['neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent']],
    ['a route', ['route add 198.51.100.0/24 via 192.0.2.2']],
    ['a route that is gone', ['route del 198.51.100.0/24']],
    ['a route of IPv6', ['route add 2001:db8:1::/48 via 2001:db8::2']],
    ['a rule', ['rule add from 192.0.2.77 lookup 100']],
    ['an address', ['address add 192.0.2.3/24 dev eth0']],
    ['a link that is down', ['link set eth0 down']],
    ['a link that is up', ['link set eth0 up']],
    ['another MTU', ['link set eth0 mtu 1400']],
  ])('are told: %s', async (_, commands) => {
    forget();
    await router.ip(commands);
    expect(changes.changed()).toBe(true);
  });

  it.each(['net.ipv4.conf.eth0.forwarding', 'net.ipv6.conf.eth0.forwarding'])('are told: %s', async (setting) => {
    forget();
    await router.run(['sysctl', '-qw', `${setting}=1`]);
    expect(changes.changed()).toBe(true);
  });

  it('are told when there are more than fit, and then end', async () => {
    await router.ip(['link set eth0 up']);
    await router.run(['ip', '-batch', '-'], {
      input: Array.from(
        { length: ROUTES },
        (_, index) => `route add blackhole 10.${index >> 8}.${index & 255}.0/24\n`,
      ).join(''),
    });
    expect(changes.changed()).toBe(true);
    forget();
    await router.ip(['route add blackhole 10.99.0.0/24']);
    expect(changes.changed()).toBe(true);
  });
});
