import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckStatus } from '../../../../src/agent/control/messages.ts';
import type { RelayFacts, RelayPeer } from '../../../../src/agent/relay/relay-decision.ts';
import { RelayDuty } from '../../../../src/agent/relay/relay-duty.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { PREFIXES } from './packets.ts';
import { SimulatedDevice } from './relay-twins.ts';

let nowMs: number;
let devices: SimulatedDevice[];
let names: string[];
let duty: RelayDuty;
beforeEach(() => {
  nowMs = 1000;
  devices = [];
  names = ['internet'];
  duty = new RelayDuty({
    self: { slot: 1, epoch: 5 },
    clock: new SimulatedClock(),
    now: () => nowMs,
    events: { add: () => undefined },
    instances: () => names.map((name) => ({ name, namespace: undefined, prefixes: PREFIXES, clients: [] })),
    open: async (place) => {
      const device = new SimulatedDevice(place);
      devices.push(device);
      return device;
    },
    send: () => true,
    tidy: async () => undefined,
  });
});

function failing(instances: readonly string[], ...slots: number[]): RelayFacts {
  const checks = instances.map((name): CheckStatus => {
    return { name: `worker ${name}`, ok: false, result: 'failed', effect: 'withdraw', text: '' };
  });
  const peers = slots.map((slot): RelayPeer => {
    const [alive, oneWay, announcing, upstreamDown] = [true, false, true, false];
    const heard = { slot, name: `gw${slot}`, epoch: slot, alive, oneWay, agreeing: instances };
    return Object.assign(heard, { state: 'active', announcing, upstreamDown, takes: instances });
  });
  return { state: 'failed', instances, checks, peers };
}

const targets = (): string[] =>
  duty.status().targets.map(({ instance, node, since }) => `${instance} ${node} ${since}`);

describe('the node to which an instance forwards', () => {
  it('is shown with the time since when it is that one', () => {
    duty.update(failing(['internet'], 2));
    nowMs = 2000;
    duty.update(failing(['internet'], 2, 3));
    expect(targets()).toEqual(['internet gw2 1000']);
    duty.update(failing(['internet'], 3));
    nowMs = 3000;
    duty.update(failing(['internet'], 3));
    expect(targets()).toEqual(['internet gw3 2000']);
  });

  it('is none for an instance that this node does not have any more', async () => {
    names = [];
    duty.update(failing(['internet'], 2));
    await duty.stop();
    expect([targets(), devices]).toEqual([[], []]);
  });

  it('is there for 99 instances, whose rules have their places', async () => {
    names = Array.from({ length: 100 }, (_, index) => `i${index + 1}`);
    duty.update(failing(names, 2));
    expect(targets()).toHaveLength(99);
    expect(targets().at(-1)).toBe('i99 gw2 1000');
    await duty.stop();
    expect(devices.map(({ place }) => place.relayed.number)).toEqual(
      Array.from({ length: 99 }, (_, index) => index + 1),
    );
    expect(devices.every(({ closed }) => closed)).toBe(true);
  });

  it('is none, and nothing is taken, once the agent has ended', async () => {
    await duty.stop();
    duty.update(failing(['internet'], 2));
    duty.update({ ...failing(['internet'], 2), state: 'active', checks: [] });
    expect([targets(), duty.takes, devices]).toEqual([[], [], []]);
  });
});
