import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/agent/events/agent-log.ts';
import { type NodeInfo, type NodeStatus, v1 } from '../../../../src/agent/control/messages.ts';
import { ChangeWatch } from '../../../../src/agent/status/change-watch.ts';
import { InfoExchange, sectionsOf } from '../../../../src/agent/status/info-exchange.ts';
import { lossOf } from '../../../../src/agent/status/loss.ts';
import { linkPeers, nodeLinks, nodeReplicas } from '../../../../src/agent/status/node-view.ts';
import { poolSummary, prefixText } from '../../../../src/agent/status/pool-summary.ts';
import { describeVersion } from '../../../../src/agent/status/software-version.ts';
import { codeOfState, isStateCode } from '../../../../src/agent/status/state-codes.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { activeInfo, healthyInput, instance, link, peer, replication } from '../status-fixture.ts';
import { SimulatedClock } from '../../replication/simulated-network.ts';

const FIGURES_MS = 1000;
const MAX_INFO_BYTES = 16 * 1024;

describe('the use of pool4 in short', () => {
  const slice = (slot: number, size: number, used: number) => {
    const place = { address: 0xc000_0200, addresses: 16, firstPort: 1024, ports: 10 };
    return { ...place, entry: 0, protocol: 'tcp', slot, size, used } as const;
  };

  it('has the sums, and the slice that is fullest by its share', () => {
    expect(poolSummary([slice(1, 100, 60), slice(2, 10, 9), slice(3, 0, 0), slice(4, 1000, 500)])).toEqual({
      poolSize: 1110,
      poolUsed: 569,
      worstSlice: '192.0.2.0/28 tcp, slot 2',
      worstSliceSize: 10,
      worstSliceUsed: 9,
    });
    expect(poolSummary([slice(1, 10, 5), slice(2, 20, 10)]).worstSlice).toContain('slot 1');
    expect(poolSummary([])).toEqual({ poolSize: 0, poolUsed: 0, worstSlice: '', worstSliceSize: 0, worstSliceUsed: 0 });
  });

  it('has the prefix of so many addresses', () => {
    expect([prefixText(0xc000_0201, 1), prefixText(0, 2 ** 32)]).toEqual(['192.0.2.1/32', '0.0.0.0/0']);
  });
});

describe('what would be lost with a node', () => {
  const [own, other] = buildStatus(healthyInput()).nodes;
  if (own === undefined || other === undefined) throw new Error('two nodes are there');
  const third = { ...other, slot: 3, name: 'gw3' };
  const holding = (node: NodeStatus, ...syncs: string[]): NodeStatus => ({
    ...node,
    replicas: syncs.map((sync, index) => ({ slot: 1, instance: ['internet', 'more'][index] ?? '', sessions: 5, sync })),
  });
  const one: NodeStatus = {
    ...own,
    instances: [
      { name: 'internet', ownSessions: 100, heldHere: 0, sync: '', traffic: undefined },
      { name: 'more', ownSessions: 7, heldHere: 0, sync: '', traffic: undefined },
    ],
  };

  it('is nothing where another node is proven to hold all of it', () => {
    const all = [one, holding(other, 'inSync', 'inSync'), holding(third, 'inSync', 'differs')];
    expect(lossOf(one, all)).toEqual({ heldBy: ['gw2'], sessionsAtRisk: 0 });
  });

  it('is nothing of a node without sessions, which does not hold them itself', () => {
    const idle = { ...one, instances: one.instances.map((instance) => ({ ...instance, ownSessions: 0 })) };
    expect(lossOf(idle, [idle, holding(other)])).toEqual({ heldBy: ['gw2'], sessionsAtRisk: 0 });
  });

  it('is what the one that holds most does not hold', () => {
    const all = [one, holding(other, 'inSync', 'unknown'), holding(third, 'differs', 'inSync')];
    expect(lossOf(one, all)).toEqual({ heldBy: [], sessionsAtRisk: 7 });
  });

  it('is everything where nobody else lives, and nothing of a node that is down', () => {
    const gone = { ...holding(other, 'inSync', 'inSync'), alive: false };
    expect(lossOf(one, [one, gone])).toEqual({ heldBy: [], sessionsAtRisk: 107 });
    expect(lossOf({ ...one, alive: false }, [one, holding(other)])).toEqual({ heldBy: [], sessionsAtRisk: 0 });
  });
});

describe('what a node says of its links and replicas', () => {
  it('has the names of the others, and the share in percent where it is known', () => {
    const peers = [
      { slot: 2, share: 0.984, health: 'ok' as const },
      { slot: 3, health: 'unknown' as const },
    ];
    const ring = link('ring0', { peers });
    const expected = [
      { node: 'gw2', health: 'ok', sharePercent: 98 },
      { node: 'slot 3', health: 'unknown', sharePercent: -1 },
    ];
    expect(linkPeers(ring, [peer()])).toEqual(expected);
    expect(nodeLinks(replication({ links: [ring] }))).toEqual([{ name: 'ring0', health: 'ok', peers: expected }]);
    expect(nodeReplicas(instance())).toEqual([{ slot: 2, instance: 'internet', sessions: 7, sync: 'inSync' }]);
  });
});

describe('a value that is watched', () => {
  it('has changed where it is another one than before, and not when it is seen for the first time', () => {
    const added: object[] = [];
    const watch = new ChangeWatch({ add: (event) => void added.push(event) });
    const observe = (name: string, value: string): boolean =>
      watch.observe({ subject: 'link', name, value, code: 'link-ok', reason: 'r' });
    expect(['ok', 'ok', 'lossy', 'lossy', 'ok'].map((value) => observe('ring0', value))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(observe('ring1', 'lossy')).toBe(false);
    expect(added).toEqual([
      { code: 'link-ok', subject: 'link', name: 'ring0', from: 'ok', to: 'lossy', reason: 'r' },
      { code: 'link-ok', subject: 'link', name: 'ring0', from: 'lossy', to: 'ok', reason: 'r' },
    ]);
  });
});

describe('the states of nodes', () => {
  it('have a code each, and those of other releases have one together', () => {
    const states = ['starting', 'syncing', 'active', 'draining', 'failed', 'withdrawn'];
    expect(states.map(codeOfState)).toEqual(states.map((state) => `node-${state}`));
    expect(['resting', '', 'toString'].map(codeOfState)).toEqual(Array.from({ length: 3 }, () => 'node-state-unknown'));
    expect([isStateCode('node-active'), isStateCode('node-paused'), isStateCode('node-state-unknown')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the version', () => {
  it('says what it was built from', () => {
    const node = `Node.js ${process.versions.node}`;
    expect(describeVersion({ version: '1.2.3' })).toBe(`1.2.3 (commit unknown, ${node})`);
    const build = { commit: '0123abc', number: 4, architecture: 'amd64' };
    expect(describeVersion({ version: '1.2.3', build })).toBe(`1.2.3 (build 4, amd64, commit 0123abc, ${node})`);
    expect(describeVersion({ version: '1.2.3', build: { commit: 'x' } })).toBe(`1.2.3 (commit x, ${node})`);
  });
});

/** What a node has sent of itself, and what it thinks of others. */
class Exchange {
  readonly clock = new SimulatedClock();
  readonly sent: object[] = [];
  warnings = 0;
  readonly exchange = new InfoExchange(
    (bytes) => void this.sent.push(v1.NodeInfo.decode(bytes)),
    this.clock,
    { ...silentLog, warn: () => void (this.warnings += 1) },
    () => 1_000_000,
  );

  hears(slot: number, info: Partial<NodeInfo>): void {
    this.exchange.receive(slot, encoded(activeInfo(info)));
  }
}

function encoded(info: NodeInfo): Uint8Array {
  const other = new InfoExchange(
    (bytes) => void (last = bytes),
    { now: () => 0, after: () => () => undefined },
    silentLog,
    () => 0,
  );
  let last: Uint8Array = new Uint8Array();
  other.tell(info);
  return last;
}

describe('what nodes say of themselves', () => {
  it('goes out at once where others must know, else each second', () => {
    const { exchange, sent, clock } = new Exchange();
    const info = activeInfo({ links: [{ name: 'ring0', health: 'ok', peers: [] }] });
    exchange.tell(info);
    exchange.tell(info);
    expect(sent).toHaveLength(1);
    clock.advance(FIGURES_MS - 1);
    exchange.tell({ ...info, started: 5, since: 9 });
    expect(sent).toHaveLength(1);
    clock.advance(1);
    exchange.tell(info);
    expect(sent).toHaveLength(2);
    const urgent: Partial<NodeInfo>[] = [
      { state: 'draining' },
      { reason: 'as told' },
      { announcing: false },
      { revision: 'def' },
      { failingShared: ['a'] },
      { works: [1] },
      { worked: [1] },
      { sections: [{ path: 'a', hash: 'b' }] },
      { takesRelayed: ['internet'] },
      { links: [{ name: 'ring0', health: 'silent', peers: [] }] },
      { links: [{ name: 'ring0', health: 'ok', peers: [{ node: 'gw2', health: 'lossy', sharePercent: 3 }] }] },
    ];
    for (const change of urgent) {
      const before = sent.length;
      exchange.tell({ ...info, ...change });
      exchange.tell(info);
      expect([change, sent.length]).toEqual([change, before + 2]);
    }
    exchange.repeat();
    exchange.tell(info);
    expect(sent).toHaveLength(2 + 2 * urgent.length + 1);
  });

  it('is what the others go by; of one that has said nothing nothing is known', () => {
    const node = new Exchange();
    const { exchange } = node;
    expect([exchange.isAnnouncing(2), exchange.stateOf(2), exchange.worksOf(2)]).toEqual([false, 'unknown', undefined]);
    expect([exchange.workedOf(2), exchange.failingSharedOf(2)]).toEqual([[], []]);
    node.hears(2, { works: [2, 5], worked: [2], failingShared: ['frr'], state: 'draining' });
    expect([exchange.isAnnouncing(2), exchange.stateOf(2), exchange.worksOf(2)]).toEqual([true, 'draining', [2, 5]]);
    expect([exchange.workedOf(2), exchange.failingSharedOf(2)]).toEqual([[2], ['frr']]);
    node.hears(2, { checkedFrom: ['2001:db8::8'] });
    expect(exchange.received.get(2)?.checkedFrom).toEqual(['2001:db8::8']);
    node.hears(2, { announcing: false });
    expect([exchange.isAnnouncing(2), [...exchange.received.keys()]]).toEqual([false, [2]]);
  });

  it('is not read where it is nothing, too long, or no message', () => {
    const { exchange, ...node } = new Exchange();
    exchange.receive(2, new Uint8Array());
    exchange.receive(2, new Uint8Array(MAX_INFO_BYTES + 1));
    expect([exchange.received.size, node.warnings]).toEqual([0, 0]);
    const bench = new Exchange();
    bench.exchange.receive(2, Uint8Array.of(0xff, 0xff));
    expect([bench.exchange.received.size, bench.warnings]).toEqual([0, 1]);
    // A reason that fills it to the last byte.
    const most = v1.NodeInfo.encode({ reason: 'x'.repeat(MAX_INFO_BYTES - 3) }).finish();
    expect(most).toHaveLength(MAX_INFO_BYTES);
    bench.exchange.receive(2, most);
    expect(bench.exchange.received.size).toBe(1);
  });

  it('of the parts of their files is compared with those whose file is another one', () => {
    const node = new Exchange();
    const sections = [{ path: 'nodes', hash: '12' }];
    node.hears(2, { revision: 'other', sections });
    node.hears(3, { revision: 'abc', sections });
    node.hears(4, { revision: '', sections });
    expect(node.exchange.sectionsBeside('abc', [2, 3, 4, 5])).toEqual([new Map([['nodes', '12']])]);
    expect(node.exchange.sectionsBeside('abc', [3])).toEqual([]);
    expect(sectionsOf(activeInfo({ sections }))).toEqual(new Map([['nodes', '12']]));
  });
});
