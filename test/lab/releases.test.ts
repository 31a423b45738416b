import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTree, releaseTree } from '../../src/lab/releases/release-tree.ts';
import { Bird, birdConfig } from '../../src/lab/routers/bird.ts';
import { Frr } from '../../src/lab/routers/frr.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { labTest } from './needs-root.ts';
import { birdTrees, frrTrees } from './other-releases.ts';

/*
 * Daemons of other Debian releases on a machine of the lab, each from its own root tree.
 */
const SPACE = 'edge';
const FRR_TREES = await frrTrees();
const BIRD_TREES = await birdTrees();

describe.runIf(labTest)('programs of other Debian releases', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });

  afterAll(async () => {
    await world?.close();
  });

  async function machine(name: string): Promise<Machine> {
    const made = await world.machine(name);
    await made.addNamespace(SPACE);
    return made;
  }

  it.each(FRR_TREES)('run as FRR $version of $release, with every daemon that a site has', async (tree) => {
    const host = await machine(`frr-${tree.release}`);
    const frr = new Frr(host, SPACE, { tree });
    await frr.start(
      new Map([
        ['zebra', 'frr defaults traditional\n'],
        ['staticd', 'ipv6 route 2001:db8:99::/64 lo\nip route 192.0.2.0/24 lo\n'],
        ['bfdd', 'bfd\n peer 192.0.2.1\n  shutdown\n exit\nexit\n'],
        ['bgpd', 'router bgp 64512\n no bgp ebgp-requires-policy\n'],
      ] as const),
    );
    expect([...frr.processes.keys()]).toEqual(['zebra', 'mgmtd', 'staticd', 'bfdd', 'bgpd']);
    expect(await frr.vtysh('bgpd', 'show version')).toContain(`FRRouting ${tree.version} `);
    for (const [family, prefix] of [
      ['-4', '192.0.2.0/24'],
      ['-6', '2001:db8:99::/64'],
    ] as const) {
      await waitFor(
        `${prefix} in the kernel`,
        async () => (await host.ipJson([family, 'route', 'show', prefix], { namespace: SPACE })).length === 1,
        { timeoutMs: 10_000, diagnose: () => frr.vtysh('zebra', 'show ip route') },
      );
    }
    expect(JSON.parse(await frr.vtysh('bfdd', 'show bfd peers json'))).toMatchObject([{ status: 'shutdown' }]);
    // Its socket is where a program outside the tree looks for it.
    await host.run(['test', '-S', `/run/frr/${SPACE}/bfdd.vty`]);
    await frr.stop();
  });

  it.each(BIRD_TREES)('run as $package $version of $release', async (tree) => {
    const host = await machine(`${tree.package}-${tree.release}`);
    const bird = await Bird.start(host, birdConfig('192.0.2.1', []), tree);
    expect(await bird.show('status')).toContain(`BIRD ${tree.version}`);
    await bird.process.stop();
  });

  it('are left out with the reason where the archive is out of reach, and leave nothing behind', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'isthmus-trees-'));
    const former = { ...process.env };
    process.env['ISTHMUS_LAB_CACHE'] = cache;
    process.env['ISTHMUS_LAB_MIRROR'] = 'http://127.0.0.1:9/debian';
    try {
      // The only tree that is asked for here and nowhere else in this process.
      const found = await releaseTree('bookworm', 'bird2');
      expect(isTree(found) ? '' : found.reason).toMatch(/^no bird2 of Debian bookworm: .*127\.0\.0\.1/);
      expect(await readdir(cache)).toEqual([]);
    } finally {
      process.env = former;
      await rm(cache, { recursive: true });
    }
  });
});
