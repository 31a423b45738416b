import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { ClusterConfig } from '../../../../src/cluster/schema.ts';
import { checkUpstreams } from '../../../../src/cluster/upstream-rules.ts';
import { WITHDRAWAL_METHODS, type WithdrawalMethod } from '../../../../src/frr/withdrawal-methods.ts';
import type { NeighborWord } from '../../../../src/frr/withdrawal-methods.ts';
import { parseRows } from '../../../../src/lab/drills/neighbors/result.ts';

/*
 * No order of methods that the file's check accepts can leave a router sending: every order, before every router of the
 * stored results, whatever true thing the file says of it, and whichever of the methods that came before had an effect
 * on the wire that FRR did not show.
 */
const BFD = 'bfd: [{ peer: 10.0.0.1, interface: up0 }]';
const BGP = 'bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }';
const VRRP = 'vrrp: { trackFile: /run/isthmus/lan.track, instances: [LAN4] }';
const GATE_OFF = 'gate: off';

function clusterWith(protocols: string): ClusterConfig {
  return parseClusterText(
    `cluster: campus
secretFile: /k
nodes: { gw1: { slot: 1 } }
instances:
  internet: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 192.0.2.0/28 }] }
upstreams:
  core: { ${protocols} }
`,
    'test.yaml',
  );
}

/** Each list without repetitions, the longest too. */
function orders(left = WITHDRAWAL_METHODS.filter((method) => method !== 'vrrp-fault')): WithdrawalMethod[][] {
  const all: WithdrawalMethod[][] = [[]];
  for (const first of left) {
    for (const rest of orders(left.filter((other) => other !== first))) all.push([first, ...rest]);
  }
  return all;
}

interface RealRouter {
  readonly name: string;
  readonly dropsOnAdminDown: boolean;
}

function storedRouters(): RealRouter[] {
  const file = readdirSync('docs').findLast((name) => /^neighbors-\d{4}-\d\d-\d\d\.json$/.test(name)) ?? '';
  const rows = parseRows(readFileSync(`docs/${file}`, 'utf8')).filter(({ method }) => method === 'bfd-shutdown');
  const names = [...new Set(rows.map(({ neighbor }) => neighbor))];
  return names.map((name) => ({
    name,
    dropsOnAdminDown: rows.filter(({ neighbor }) => neighbor === name).every(({ blackHole }) => !blackHole),
  }));
}

/** What a file may truly say of a router. */
function wordsOf({ name, dropsOnAdminDown }: RealRouter): (NeighborWord | undefined)[] {
  const kind = name.startsWith('bird') ? ('bird' as const) : ('frr' as const);
  const drops = dropsOnAdminDown ? [{ dropsOnAdminDown }] : [];
  const old = kind === 'frr' && dropsOnAdminDown ? (['frr<10.7'] as const) : [];
  return [undefined, 'other', { dropsOnAdminDown: false }, kind, ...drops, ...old];
}

/** Routes that are left when these methods were carried out: what hangs on BFD, and what came by BGP. */
function routesLeft(methods: readonly WithdrawalMethod[], router: RealRouter): { bfd: boolean; bgp: boolean } {
  const left = { bfd: true, bgp: true };
  let up = true;
  for (const method of methods) {
    if (method === 'bgp-prefix' || method === 'bgp-shutdown') left.bgp = false;
    else {
      // The detection time runs out for a session that is up, and for no other.
      if (method === 'bfd-shutdown' ? up && router.dropsOnAdminDown : up) left.bfd = false;
      up = false;
    }
  }
  return left;
}

/** What may have been carried out when a method at last was seen to have an effect: each of those before, or not. */
function courses(methods: readonly WithdrawalMethod[]): WithdrawalMethod[][] {
  return methods.flatMap((last, index) =>
    Array.from({ length: 2 ** index }, (_, bits) => [
      ...methods.slice(0, index).filter((__, before) => (bits & (1 << before)) !== 0),
      last,
    ]),
  );
}

describe('orders of withdrawal methods that are accepted', () => {
  const all = orders();
  const routers = storedRouters();
  const clusters = new Map<string, ClusterConfig>();

  beforeAll(() => {
    for (const protocols of [BFD, BGP, `${BFD}, ${BGP}`]) clusters.set(protocols, clusterWith(protocols));
  });

  function isAccepted(protocols: string, withdraw: WithdrawalMethod[], neighbor: NeighborWord | undefined): boolean {
    const config = clusters.get(protocols);
    const core = config?.upstreams['core'];
    if (config === undefined || core === undefined) throw new Error(`no upstream with ${protocols}`);
    let accepted = true;
    const upstreams = { core: { ...core, withdraw, neighbor } };
    checkUpstreams({ ...config, upstreams }, () => {
      accepted = false;
    });
    return accepted;
  }

  it('were measured with routers of both kinds', () => {
    expect(new Set(routers.map(({ dropsOnAdminDown }) => dropsOnAdminDown))).toEqual(new Set([true, false]));
    expect(all).toHaveLength(326);
  });

  it.each(routers)('leave no black hole at $name', (router) => {
    const holes: string[] = [];
    let accepted = 0;
    for (const protocols of clusters.keys()) {
      for (const neighbor of wordsOf(router)) {
        for (const methods of all) {
          if (!isAccepted(protocols, methods, neighbor)) continue;
          accepted++;
          for (const [protocol, word] of [
            ['bfd', BFD],
            ['bgp', BGP],
          ] as const) {
            if (!protocols.includes(word)) continue;
            const own = methods.filter((method) => method.startsWith(protocol));
            if (own.length === 0) holes.push(`${methods.join()}: nothing for ${protocol}`);
            for (const course of courses(own)) {
              if (routesLeft(course, router)[protocol]) holes.push(`${methods.join()} by ${course.join()}`);
            }
          }
        }
      }
    }
    expect(holes).toEqual([]);
    expect(accepted).toBeGreaterThan(20);
  });

  it.each([BFD, BGP, `${BFD}, ${BGP}`])(
    'are the same without a gate, but for the method that is one: %s',
    (protocols) => {
      clusters.set(`${protocols}, ${GATE_OFF}`, clusterWith(`${protocols}, ${GATE_OFF}`));
      for (const neighbor of [undefined, 'bird'] as const) {
        const withGate = all.filter((methods) => isAccepted(protocols, methods, neighbor));
        const without = all.filter((methods) => isAccepted(`${protocols}, ${GATE_OFF}`, methods, neighbor));
        expect(without).toEqual(withGate.filter((methods) => !methods.includes('bfd-block')));
      }
    },
  );

  it.each([BFD, BGP])('withdraw the virtual addresses too where there are some: %s', (protocols) => {
    clusters.set(`${protocols}, ${VRRP}`, clusterWith(`${protocols}, ${VRRP}`));
    for (const methods of all) {
      const accepted = isAccepted(protocols, methods, 'bird');
      expect(isAccepted(`${protocols}, ${VRRP}`, methods, 'bird')).toBe(false);
      expect(isAccepted(`${protocols}, ${VRRP}`, ['vrrp-fault', ...methods], 'bird')).toBe(accepted);
      expect(isAccepted(`${protocols}, ${VRRP}`, [...methods, 'vrrp-fault'], 'bird')).toBe(accepted);
    }
  });

  it('are none with AdminDown where nothing is known of the router, and all without it that name each protocol', () => {
    const ofBfd = all.filter((methods) => methods.length > 0 && methods.every((method) => method.startsWith('bfd-')));
    const accepted = ofBfd.filter((methods) => isAccepted(BFD, methods, undefined));
    expect(accepted).toEqual(ofBfd.filter((methods) => !methods.includes('bfd-shutdown')));
  });
});
