import { describe, expect, it } from 'vitest';
import { IDLE_MS } from '../../../../src/agent/relay/relay-receiver.ts';
import { STOPPED_MS } from '../../../../src/agent/relay/relay-sender.ts';
import { SENT, TAKEN } from '../../../../src/replication/relay/relay-limits.ts';
import { encodePiece } from '../../../../src/replication/relay/relay-pieces.ts';
import { packet4, packet6, POOL_ADDRESS, SERVER6 } from './packets.ts';
import { RelayCluster, type RelayNode } from './relay-twins.ts';

const SHORT = packet6(SERVER6, 60, 7);
const LONG = packet4(POOL_ADDRESS, 1500);

async function failedPair(
  old: readonly number[] = [],
): Promise<{ cluster: RelayCluster; one: RelayNode; two: RelayNode }> {
  const cluster = await RelayCluster.of(2, old);
  const [one, two] = cluster.nodes;
  if (one === undefined || two === undefined) throw new Error('there are no two nodes');
  one.fail();
  await cluster.pass(300);
  return { cluster, one, two };
}

describe('a node whose translator has failed', () => {
  it('forwards what arrives, whole, and the other one gives it to its kernel', async () => {
    const { cluster, one, two } = await failedPair();
    expect(one.device('out')?.place).toMatchObject({ namespace: 'nat64', relayed: { number: 1, clients: [] } });
    one.device('out')?.arriving.push(SHORT, LONG, SHORT);
    await cluster.pass(300);
    expect(two.device('in')?.written).toEqual([SHORT, LONG, SHORT]);
    expect([one.count('relaySent'), two.count('relayTaken')]).toEqual([3, 3]);
    expect([one.count('relaySentBytes'), two.count('relayTakenBytes')]).toEqual([1620, 1620]);
    expect(one.duty.status().targets).toMatchObject([{ instance: 'internet', node: 'gw2', packets: 3 }]);
    expect(one.events).toMatchObject([{ code: 'relay-started', to: 'forwarded to gw2' }]);
  });

  it('gives each packet to the other one once, though every frame comes by two links, twice, and late', async () => {
    const { cluster, one, two } = await failedPair();
    for (const { faults } of cluster.wires) Object.assign(faults, { duplication: 1, maxDelayMs: 40 });
    for (let packet = 0; packet < 20; packet++)
      one.device('out')?.arriving.push(packet6(SERVER6, 1200 + packet, packet));
    await cluster.pass(500);
    const lengths = two
      .device('in')
      ?.written.map(({ length }) => length)
      .sort();
    expect(lengths).toEqual(Array.from({ length: 20 }, (_, packet) => 1200 + packet));
  });

  it('ends it when the translator works again, and says how much it was', async () => {
    const { cluster, one } = await failedPair();
    one.device('out')?.arriving.push(SHORT);
    await cluster.pass(300);
    one.recover();
    await cluster.pass(200);
    expect(one.device('out')).toBeUndefined();
    expect(one.duty.status().targets).toEqual([]);
    expect(one.events.at(-1)).toMatchObject({
      code: 'relay-ended',
      reason: 'the translator works again; 1 packets went to gw2 in 0.0 s, 0 were dropped',
    });
  });

  it('ends it when the other one serves no more, and opens the same device again when it does', async () => {
    const { cluster, one, two } = await failedPair();
    const [first] = one.devices;
    two.state = 'draining';
    await cluster.pass(200);
    expect(first?.closed).toBe(true);
    expect(one.events).toEqual([]);
    two.recover();
    await cluster.pass(300);
    expect(one.device('out')).toBeDefined();
  });

  it('reports the begin and the end once, however long packets come, and anew after a long pause', async () => {
    const { cluster, one } = await failedPair();
    for (let times = 0; times < 5; times++) {
      one.device('out')?.arriving.push(SHORT);
      await cluster.pass(1000);
    }
    expect(one.events.map(({ code }) => code)).toEqual(['relay-started']);
    await cluster.pass(STOPPED_MS + 200);
    expect(one.events.map(({ code }) => code)).toEqual(['relay-started', 'relay-ended']);
    expect(one.events.at(-1)?.reason).toMatch(
      /^packets have stopped; 5 packets went to gw2 in 4\.\d s, 0 were dropped$/,
    );
    one.device('out')?.arriving.push(SHORT);
    await cluster.pass(200);
    expect(one.events.at(-1)?.code).toBe('relay-started');
  });

  it('goes over to another node that serves, and only that one gives packets to its kernel', async () => {
    const cluster = await RelayCluster.of(3);
    const [one, two, three] = cluster.nodes;
    one?.fail();
    await cluster.pass(300);
    one?.device('out')?.arriving.push(SHORT);
    await cluster.pass(200);
    expect([two?.count('relayTaken'), three?.count('relayTaken')]).toEqual([1, 0]);
    two?.fail();
    await cluster.pass(300);
    one?.device('out')?.arriving.push(SHORT);
    await cluster.pass(200);
    expect([two?.count('relayTaken'), three?.count('relayTaken')]).toEqual([1, 1]);
    expect(one?.events.map(({ code, to }) => `${code} ${to}`)).toEqual([
      'relay-started forwarded to gw2',
      'relay-ended not forwarded any more',
      'relay-started forwarded to gw3',
    ]);
  });

  it('leaves everything as it was when the agent ends', async () => {
    const { cluster, one, two } = await failedPair();
    one.device('out')?.arriving.push(SHORT);
    await cluster.pass(200);
    await Promise.all([one.duty.stop(), two.duty.stop()]);
    expect([...one.devices, ...two.devices].map(({ closed }) => closed)).toEqual([true, true]);
    expect(one.events.at(-1)?.reason).toContain('the agent ends');
    await cluster.pass(300);
    expect(one.devices).toHaveLength(1);
  });

  it('says once why it cannot, and goes on trying', async () => {
    const cluster = await RelayCluster.of(2);
    const [one] = cluster.nodes;
    if (one === undefined) throw new Error('no node');
    one.refusal = 'TUNSETIFF: not permitted';
    one.fail();
    await cluster.pass(12_000);
    expect(one.events).toMatchObject([{ code: 'relay-unable', reason: 'TUNSETIFF: not permitted' }]);
    one.refusal = undefined;
    await cluster.pass(6000);
    expect(one.device('out')).toBeDefined();
  });
});

describe('the links', () => {
  it('carry no more of it than is allowed; the rest is counted', async () => {
    const { cluster, one, two } = await failedPair();
    one.device('out')?.arriving.push(SHORT);
    await cluster.pass(200);
    for (let packet = 1; packet < 20_000; packet++) one.device('out')?.arriving.push(SHORT);
    await cluster.pass(2000);
    const sent = one.count('relaySent');
    // They are read in 1.25 s: 32 each 2 ms.
    expect(sent).toBeLessThanOrEqual(1.3 * SENT.framesPerSecond);
    expect(sent).toBeGreaterThan(1.2 * SENT.framesPerSecond);
    expect(one.count('relayOverRate')).toBe(20_000 - sent);
    expect(two.count('relayTaken')).toBe(sent);
    const [peer] = two.replicator.status().peers;
    expect(peer).toMatchObject({ alive: true, lost: 0 });
  });

  it('carry none while session records wait', async () => {
    const { cluster, one, two } = await failedPair();
    one.device('out')?.arriving.push(SHORT);
    await cluster.pass(100);
    one.replicator.publish('internet', new Uint8Array(64 * 8000), 8000);
    one.device('out')?.arriving.push(LONG, LONG);
    await cluster.pass(100);
    expect(one.count('relayLinksBusy')).toBe(2);
    await cluster.pass(3000);
    one.device('out')?.arriving.push(LONG);
    await cluster.pass(200);
    expect(two.device('in')?.written).toEqual([SHORT, LONG]);
    expect(two.replicator.status().peers[0]?.lost).toBe(0);
  });

  it('carry none longer than a jumbo frame', async () => {
    const { cluster, one } = await failedPair();
    one.device('out')?.arriving.push(packet6(SERVER6, 9217), packet6(SERVER6, 20_000), packet6(SERVER6, 9216));
    await cluster.pass(200);
    expect([one.count('relayTooLong'), one.count('relaySent')]).toEqual([2, 1]);
  });
});

describe('a node that takes packets', () => {
  const place = { to: 2, epoch: 1002, instance: 'internet', packet: 1, piece: 0 };

  async function serving(): Promise<{ cluster: RelayCluster; node: RelayNode }> {
    const cluster = await RelayCluster.of(2);
    const [, node] = cluster.nodes;
    if (node === undefined) throw new Error('no node');
    return { cluster, node };
  }

  it.each([
    ['is for another node', { ...place, to: 3 }, SHORT, ''],
    ['is for an earlier incarnation of it: a recording', { ...place, epoch: 1001 }, SHORT, ''],
    ['is for an instance that it does not have', { ...place, instance: 'guests' }, SHORT, 'relayNotServing'],
    ['is to an address that is not of the instance', place, packet4([10, 0, 0, 1], 60), 'relayForeign'],
    ['is no packet', place, new Uint8Array(60), 'relayMalformed'],
    ['is not whole', { ...place, piece: 5 }, SHORT, 'relayMalformed'],
  ])('drops what %s, and opens no device for it', async (_, where, packet, counter) => {
    const { cluster, node } = await serving();
    node.duty.receive(1, 1001, encodePiece(where, packet));
    await cluster.pass(200);
    expect(node.devices).toEqual([]);
    expect(node.duty.status().counters.map(({ name }) => name)).toEqual(counter === '' ? [] : [counter]);
  });

  it('drops them while it does not serve itself, so that none is forwarded twice', async () => {
    const { cluster, node } = await serving();
    node.fail();
    await cluster.pass(100);
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    expect(node.count('relayNotServing')).toBe(1);
    expect(node.device('in')).toBeUndefined();
  });

  it('takes no more from one node than is allowed, and from another one as much', async () => {
    const { node } = await serving();
    for (let packet = 0; packet < 1000; packet++) node.duty.receive(1, 1001, encodePiece(place, SHORT));
    const allowed = (TAKEN.framesPerSecond * TAKEN.burstMs) / 1000;
    expect(node.count('relayTakenOverRate')).toBe(1000 - allowed);
    node.duty.receive(3, 1003, encodePiece(place, SHORT));
    expect(node.count('relayTakenOverRate')).toBe(1000 - allowed);
  });

  it('keeps few packets while its device is being opened, closes it when nothing comes, and opens it again', async () => {
    const { cluster, node } = await serving();
    for (let packet = 0; packet < 200; packet++) node.duty.receive(1, 1001, encodePiece(place, SHORT));
    expect(node.count('relayNotReady')).toBe(72);
    await cluster.pass(100);
    expect(node.count('relayTaken')).toBe(128);
    await cluster.pass(IDLE_MS + 200);
    expect(node.devices.map(({ closed }) => closed)).toEqual([true]);
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    await cluster.pass(100);
    expect(node.device('in')?.written).toEqual([SHORT]);
  });

  it('counts what its kernel does not take, and what it cannot open a device for', async () => {
    const { cluster, node } = await serving();
    node.refusal = 'no such namespace';
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    await cluster.pass(100);
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    expect(node.count('relayNotReady')).toBe(2);
    node.refusal = undefined;
    await cluster.pass(5100);
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    await cluster.pass(100);
    const device = node.device('in');
    if (device !== undefined) device.takes = false;
    node.duty.receive(1, 1001, encodePiece(place, SHORT));
    expect([node.count('relayTaken'), node.count('relayNotWritten')]).toEqual([1, 1]);
  });
});

it('an older release is sent nothing, and its frames, links and sessions are what they were', async () => {
  const { cluster, one, two } = await failedPair([2]);
  expect(one.devices).toEqual([]);
  expect(two.devices).toEqual([]);
  // On a wire with a third node it receives what the others forward to each other.
  const three = await RelayCluster.of(3, [2]);
  const [first, old, last] = three.nodes;
  first?.fail();
  await three.pass(300);
  for (let packet = 0; packet < 500; packet++) first?.device('out')?.arriving.push(LONG);
  await three.pass(1000);
  expect(last?.count('relayTaken')).toBe(first?.count('relaySent'));
  expect(last?.count('relayTaken')).toBeGreaterThan(80);
  for (const link of old?.replicator.status().links ?? []) expect(link.health).toBe('ok');
  expect(old?.replicator.status().peers.map(({ alive, lost }) => [alive, lost])).toEqual([
    [true, 0],
    [true, 0],
  ]);
  await cluster.pass(100);
});
