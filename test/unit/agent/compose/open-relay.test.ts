import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveInstance } from '../../../../src/agent/compose/live-instance.ts';
import { openRelay } from '../../../../src/agent/compose/open-relay.ts';
import type { CheckStatus } from '../../../../src/agent/control/messages.ts';
import { CommandError, type RunCommand } from '../../../../src/linux/command.ts';
import { encodePiece } from '../../../../src/replication/relay/relay-pieces.ts';
import { packet6, SERVER6 } from '../relay/packets.ts';
import { LiveStand } from './live-stand.ts';

const LEFT = { priority: 32_601, src: 'all', table: '63901' };
const PAIR = 'gw1: { slot: 1 }, gw2: { slot: 2 }';
const FAILING: CheckStatus = { name: 'worker internet', ok: false, result: 'failed', effect: 'withdraw', text: '' };

let stand: LiveStand;
beforeEach(() => {
  stand = new LiveStand();
});
afterEach(() => stand.remove());

/** A relay of gw1, and the commands that it runs. */
function relayOf(nodes: string, more = '', run?: RunCommand) {
  const config = stand.config('', more);
  const cluster = { ...config.cluster, nodes: stand.nodes(nodes) };
  const commands: string[] = [];
  const sent: number[] = [];
  const live: LiveInstance[] = [stand.instance(', clients: ["2001:db8:a::/48"]'), stand.siit()];
  const replication = { status: () => ({ epoch: 5 }), sendRelay: (to: number) => sent.push(to) > 0 };
  const noting: RunCommand = async (argv, where = {}) => {
    commands.push(
      `${where.namespace ?? 'here'}: ${argv.join(' ')}${where.input === undefined ? '' : ` < ${where.input}`}`,
    );
    return run === undefined ? '[]' : run(argv, where);
  };
  const relay = openRelay(
    { ...config, cluster },
    live,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a relay uses nothing else of it
    replication as never,
    stand.events,
    () => 4711,
    noting,
  );
  return { relay, commands, live };
}

const serving = { state: 'active', instances: ['internet'], checks: [], peers: [] };

describe('a node that may forward packets', () => {
  it('takes those of others while it serves', () => {
    const { relay } = relayOf(PAIR);
    relay.update(serving);
    expect(relay.takes).toEqual(['internet']);
    relay.receive(
      2,
      1002,
      encodePiece({ to: 1, epoch: 5, instance: 'guests', packet: 1, piece: 0 }, packet6(SERVER6, 60)),
    );
    expect(relay.status().counters).toMatchObject([{ name: 'relayNotServing', value: 1 }]);
    relay.receive(
      2,
      1002,
      encodePiece({ to: 1, epoch: 6, instance: 'guests', packet: 1, piece: 0 }, packet6(SERVER6, 60)),
    );
    relay.receive(
      2,
      1002,
      encodePiece({ to: 2, epoch: 5, instance: 'guests', packet: 1, piece: 0 }, packet6(SERVER6, 60)),
    );
    expect(relay.status().counters).toMatchObject([{ name: 'relayNotServing', value: 1 }]);
  });

  it.each([
    ['the file says so', PAIR, 'replication: { relay: false }\n'],
    ['there is no other node', 'gw1: { slot: 1 }', ''],
  ])('does neither where %s', async (_, nodes, more) => {
    const { relay, commands } = relayOf(nodes, more);
    await relay.start();
    relay.update(serving);
    const frame = { to: 1, epoch: 5, instance: 'internet', packet: 1, piece: 0 };
    relay.receive(2, 1002, encodePiece(frame, packet6(SERVER6, 60)));
    expect([relay.takes, relay.status(), commands]).toEqual([[], { targets: [], counters: [] }, []]);
    await relay.stop();
  });

  it('removes what a killed agent has left, in each namespace once', async () => {
    const { relay, commands, live } = relayOf(PAIR, '', async (argv) =>
      argv.includes('-json') ? JSON.stringify([LEFT]) : '',
    );
    live.push(stand.instance());
    await relay.start();
    expect(commands).toEqual([
      'nat64: ip -json -4 rule show',
      'nat64: ip -4 -batch - < rule del not iif lo lookup 63901 priority 32601\n',
      'nat64: ip -json -6 rule show',
      'nat64: ip -6 -batch - < rule del not iif lo lookup 63901 priority 32601\n',
      'here: ip -json -4 rule show',
      'here: ip -4 -batch - < rule del not iif lo lookup 63901 priority 32601\n',
      'here: ip -json -6 rule show',
      'here: ip -6 -batch - < rule del not iif lo lookup 63901 priority 32601\n',
    ]);
  });

  it('starts though the rules cannot be removed, but not with a fault of the program', async () => {
    const failing = relayOf(PAIR, '', async () => {
      throw new CommandError('ip rule', 1, 'no such namespace');
    });
    await failing.relay.start();
    expect(failing.commands).toHaveLength(2);
    const broken = relayOf(PAIR, '', async () => {
      throw new TypeError('a fault');
    });
    await expect(broken.relay.start()).rejects.toThrow('a fault');
  });

  it('opens a device for the prefixes and clients of the instance, as they are then, where the instance is', async () => {
    const device = await import('../../../../src/dataplane/relay/relay-device.ts');
    const places: unknown[] = [];
    vi.spyOn(device, 'openRelayDevice').mockImplementation(async (place) => {
      places.push(place);
      return { read: () => 0, write: () => true, close: async () => undefined };
    });
    const { relay, live } = relayOf(PAIR);
    const [internet] = live;
    await internet?.reconfigure(internet.options, ['11.64.9.0/29']);
    const gw2 = { slot: 2, name: 'gw2', epoch: 9, alive: true, oneWay: false, state: 'active', announcing: true };
    const peers = [{ ...gw2, upstreamDown: false, takes: ['internet'], agreeing: ['internet'] }];
    relay.update({ state: 'failed', instances: ['internet'], checks: [FAILING], peers });
    expect(relay.status().targets).toEqual([{ instance: 'internet', node: 'gw2', packets: 0, since: 4711 }]);
    const prefixes = ['64:ff9b::/96', '11.64.0.0/29', '11.64.9.0/29'];
    const relayed = { number: 1, prefixes, clients: ['2001:db8:a::/48'] };
    expect(places).toEqual([{ namespace: 'nat64', direction: 'out', relayed }]);
    await relay.stop();
  });
});
