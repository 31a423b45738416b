import { beforeEach, describe, expect, it } from 'vitest';
import { RelayCounts } from '../../../../src/agent/relay/relay-counters.ts';
import type { RelayPeer } from '../../../../src/agent/relay/relay-decision.ts';
import { IDLE_MS, RelayReceiver } from '../../../../src/agent/relay/relay-receiver.ts';
import { RelaySender } from '../../../../src/agent/relay/relay-sender.ts';
import type { RelayDevice, RelayPlace } from '../../../../src/dataplane/relay/relay-device.ts';
import { SENT } from '../../../../src/replication/relay/relay-limits.ts';
import { RelayPace } from '../../../../src/replication/relay/relay-pace.ts';
import { decodePiece, encodePiece } from '../../../../src/replication/relay/relay-pieces.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { packet4, packet6, POOL_ADDRESS, PREFIXES, SERVER6 } from './packets.ts';
import { SimulatedDevice } from './relay-twins.ts';

const SHORT = packet6(SERVER6, 60, 7);
const LONG = packet4(POOL_ADDRESS, 1500);
const FRAME = { to: 2, epoch: 5, instance: 'internet', packet: 1, piece: 0 };

let clock: SimulatedClock;
let counts: RelayCounts;
let devices: SimulatedDevice[];
let instance: { name: string; namespace: string; prefixes: readonly string[]; clients: readonly string[] };
let unable: string[];
/** How a device is opened. */
let open: (place: RelayPlace) => Promise<RelayDevice>;

beforeEach(() => {
  clock = new SimulatedClock();
  counts = new RelayCounts();
  devices = [];
  unable = [];
  instance = { name: 'internet', namespace: 'nat64', prefixes: PREFIXES, clients: [] };
  open = async (place) => {
    const device = new SimulatedDevice(place);
    devices.push(device);
    return device;
  };
});

const shared = () => ({
  clock,
  counts,
  open: (place: RelayPlace) => open(place),
  numberOf: () => 1,
  onUnable: (name: string, reason: string) => void unable.push(`${name}: ${reason}`),
});
const count = (name: Parameters<RelayCounts['of']>[0]): number => counts.of(name);

describe('a node that takes packets', () => {
  let receiver: RelayReceiver;
  beforeEach(() => {
    receiver = new RelayReceiver({ ...shared(), self: { slot: 2, epoch: 5 }, served: () => instance });
  });

  async function takes(packet: Uint8Array, more: Partial<typeof FRAME> = {}, epoch = 1001): Promise<void> {
    receiver.receive(1, epoch, encodePiece({ ...FRAME, ...more }, packet));
    await clock.advance(0);
  }

  it('looks at the prefixes that the instance has then', async () => {
    await takes(packet4([203, 0, 113, 7], 40));
    expect(count('relayForeign')).toBe(1);
    instance = { ...instance, prefixes: [...PREFIXES, '203.0.113.0/24'] };
    await takes(packet4([203, 0, 113, 7], 40), { packet: 2 });
    expect([count('relayForeign'), count('relayTaken')]).toEqual([1, 1]);
  });

  it('joins no pieces of two incarnations of a node', async () => {
    await takes(LONG, { piece: 0 });
    await takes(LONG, { piece: 1 }, 1002);
    expect(count('relayTaken')).toBe(0);
    await takes(LONG, { piece: 0 }, 1002);
    expect(devices[0]?.written).toEqual([LONG]);
  });

  it('counts packets of which a piece did not come before 32 others began', async () => {
    for (let packet = 1; packet <= 32; packet++) await takes(LONG, { packet });
    expect(count('relayIncomplete')).toBe(0);
    await takes(LONG, { packet: 33 });
    expect(count('relayIncomplete')).toBe(1);
  });

  it('closes a device ten seconds after the last packet, and opens it only when the name is free', async () => {
    await takes(SHORT);
    await clock.advance(5000);
    await takes(SHORT, { packet: 2 });
    await clock.advance(IDLE_MS - 1);
    receiver.expire();
    expect(devices[0]?.closed).toBe(false);
    let free: () => void = () => undefined;
    const [device] = devices;
    if (device !== undefined) device.close = () => new Promise((resolve) => void (free = resolve));
    await clock.advance(1);
    receiver.expire();
    receiver.expire();
    await takes(SHORT, { packet: 3 });
    expect([count('relayNotReady'), devices.length]).toEqual([1, 1]);
    free();
    await clock.advance(0);
    await takes(SHORT, { packet: 4 });
    expect(devices).toHaveLength(2);
    expect(count('relayTaken')).toBe(3);
  });

  it('tries to open it again five seconds after it has failed, and not before', async () => {
    let tries = 0;
    open = async () => {
      tries += 1;
      throw new Error('no such namespace');
    };
    await takes(SHORT);
    expect([tries, unable]).toEqual([1, ['internet: no such namespace']]);
    await clock.advance(4999);
    receiver.expire();
    await takes(SHORT, { packet: 2 });
    expect(tries).toBe(1);
    await clock.advance(1);
    receiver.expire();
    await clock.advance(0);
    await takes(SHORT, { packet: 3 });
    expect(tries).toBe(2);
    expect(count('relayNotReady')).toBe(3);
  });

  it('closes a device that is opened only after its end', async () => {
    let opened: () => void = () => undefined;
    const device = new SimulatedDevice({ namespace: undefined, direction: 'in', relayed: { ...instance, number: 1 } });
    open = () => new Promise((resolve) => void (opened = () => resolve(device)));
    await takes(SHORT);
    await receiver.stop();
    opened();
    await clock.advance(0);
    expect([device.closed, device.written]).toEqual([true, []]);
  });
});

describe('a node that forwards packets', () => {
  const gw2: RelayPeer = {
    slot: 2,
    name: 'gw2',
    epoch: 5,
    alive: true,
    oneWay: false,
    state: 'active',
    announcing: true,
    upstreamDown: false,
    takes: [],
    agreeing: [],
  };
  const sent: Uint8Array[] = [];
  const ended: string[] = [];
  let busy = false;

  async function forwarding(): Promise<RelaySender> {
    sent.length = ended.length = 0;
    busy = false;
    let packet = 0;
    const sender = new RelaySender(instance, gw2, () => ++packet, {
      ...shared(),
      pace: new RelayPace(SENT, clock.now()),
      send: (_, body) => !busy && sent.push(body) > 0,
      onBegun: (name, node) => void ended.push(`${name} to ${node}`),
      onEnded: (name, run, why) => void ended.push(`${name}: ${run.packets} and ${run.dropped}, ${why}`),
    });
    await clock.advance(0);
    return sender;
  }

  it('goes on after a read that fails, which is counted', async () => {
    const sender = await forwarding();
    const [device] = devices;
    if (device === undefined) throw new Error('no device');
    const read = device.read.bind(device);
    let failures = 3;
    device.read = (into) => (failures-- > 0 ? -1 : read(into));
    device.arriving.push(SHORT);
    await clock.advance(200);
    expect([count('relayReadErrors'), sent.length]).toEqual([3, 1]);
    await sender.stop('the agent ends');
  });

  it('numbers packets, and cuts them into pieces that fit every link', async () => {
    const sender = await forwarding();
    devices[0]?.arriving.push(LONG, SHORT);
    await clock.advance(30);
    const frames = sent.map(decodePiece);
    expect(frames.map(({ to, epoch, packet, piece, pieces }) => [to, epoch, packet, piece, pieces])).toEqual([
      [2, 5, 1, 0, 2],
      [2, 5, 1, 1, 2],
      [2, 5, 2, 0, 1],
    ]);
    expect(Buffer.concat(frames.slice(0, 2).map(({ data }) => data)).equals(LONG)).toBe(true);
    await sender.stop('the agent ends');
  });

  it('tells of the begin with the first packet that went out whole, and counts those that did not', async () => {
    const sender = await forwarding();
    busy = true;
    devices[0]?.arriving.push(SHORT);
    await clock.advance(30);
    expect([ended, count('relayLinksBusy')]).toEqual([[], 1]);
    busy = false;
    devices[0]?.arriving.push(SHORT, SHORT);
    await clock.advance(30);
    expect(ended).toEqual(['internet to gw2']);
    expect(sender.target).toEqual({ slot: 2, node: 'gw2', packets: 2 });
    sender.setTarget({ ...gw2, epoch: 6 });
    expect(ended).toHaveLength(1);
    sender.setTarget({ ...gw2, slot: 3, name: 'gw3' });
    expect(ended.at(-1)).toBe('internet: 2 and 1, they go to gw3 now');
    await sender.stop('the agent ends');
    expect([ended.length, devices[0]?.closed]).toEqual([2, true]);
  });

  it('tries to open its device each five seconds, until it is stopped', async () => {
    let tries = 0;
    open = async () => {
      tries += 1;
      throw new Error('not permitted');
    };
    const sender = await forwarding();
    await clock.advance(4999);
    expect(tries).toBe(1);
    await clock.advance(1);
    expect(tries).toBe(2);
    await sender.stop('the agent ends');
    await clock.advance(20_000);
    expect([tries, unable.length]).toEqual([2, 2]);
  });

  it('closes a device that is opened only after its end', async () => {
    let opened: () => void = () => undefined;
    const device = new SimulatedDevice({ namespace: undefined, direction: 'out', relayed: { ...instance, number: 1 } });
    open = () => new Promise((resolve) => void (opened = () => resolve(device)));
    const sender = await forwarding();
    const stopped = sender.stop('the agent ends');
    opened();
    await stopped;
    expect(device.closed).toBe(true);
  });
});
