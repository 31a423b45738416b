import { join } from 'node:path';
import type { WithdrawalMethod } from '../../../frr/withdrawal-methods.ts';
import { parseBfdPeers } from '../../../frr/bfd-peers.ts';
import { DIST } from '../../programs.ts';
import { Bird } from '../../routers/bird.ts';
import { Frr, type FrrDaemon } from '../../routers/frr.ts';
import { TrafficProgram } from '../../traffic/traffic.ts';
import { connect } from '../../world/link.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { waitFor } from '../../world/wait.ts';
import { World } from '../../world/world.ts';
import type { CaseGroup } from './cases.ts';
import {
  BFD_PROFILE,
  birdRouter,
  FRR_STATIC,
  frrRouterBgp,
  GATEWAY,
  gatewayBgp,
  ROUTER,
  SPACE,
} from './daemon-configs.ts';
import type { GatewayFrr, Neighbor } from './neighbor.ts';
import { PacketClock, type SeenPackets } from './packet-clock.ts';

const ZEBRA = 'frr defaults traditional\n';
/** Interval of packets of each family: the resolution of the measurement, ms. */
export const INTERVAL_MS = 2;
/** Maximum start time of a lab program on a loaded machine, ms. */
const START_MS = 60_000;
const WITHIN = { timeoutMs: 60_000, everyMs: 20 };
/** Number of packets of each family between two polls that means that traffic flows. */
const COMING = 5;

/** The gateway's daemon whose failure the router detects. */
export type SpokenDaemon = Extract<FrrDaemon, 'bfdd' | 'bgpd'>;

/** A client, the router and a gateway with only FRR and the announcer, for one group of cases. */
export class Rig {
  readonly world: World;
  readonly gateway: Machine;
  readonly frr: Frr;
  readonly daemon: SpokenDaemon;
  readonly #group: CaseGroup;
  readonly #clocks: Clocks;
  #upstream: LabProcess | undefined;
  #method: WithdrawalMethod | undefined;

  private constructor(world: World, gateway: Machine, frr: Frr, clocks: Clocks, group: CaseGroup) {
    this.world = world;
    this.gateway = gateway;
    this.frr = frr;
    this.daemon = group.kind === 'static-bfd' ? 'bfdd' : 'bgpd';
    this.#group = group;
    this.#clocks = clocks;
  }

  /** Builds a world; the caller closes the rig. */
  static async open(program: GatewayFrr, neighbor: Neighbor, group: CaseGroup): Promise<Rig> {
    const world = await World.create();
    const clocks: Partial<Clocks> = {};
    try {
      const [client, router, gateway] = await Promise.all(
        ['client', 'router', 'gateway'].map((name) => world.machine(name)),
      );
      if (client === undefined || router === undefined || gateway === undefined) throw new Error('no machines');
      await wire(world, client, router, gateway);
      const frr = new Frr(gateway, SPACE, { inMainNamespace: true, tree: program.tree });
      clocks.sent = new PacketClock(router, ROUTER.lan, false);
      clocks.arrived = new PacketClock(gateway, GATEWAY.interface, true);
      await Promise.all([frr.start(gatewayDaemons(group)), startNeighbor(router, neighbor, group)]);
      const sender = new TrafficProgram(client, 'steady', [String(INTERVAL_MS), '64:ff9b::11.4.0.1,11.64.0.1']);
      await sender.next('ready', START_MS);
      return new Rig(world, gateway, frr, { sent: clocks.sent, arrived: clocks.arrived }, group);
    } catch (error) {
      const tails = world.tails(8);
      clocks.sent?.close();
      clocks.arrived?.close();
      await world.close();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
    }
  }

  /** Announces the upstream, with this withdrawal method, and waits until packets of both families arrive. */
  async announce(method: WithdrawalMethod | undefined): Promise<void> {
    if (this.#upstream === undefined || this.#method !== method) {
      await this.#upstream?.stop();
      this.#method = method;
      this.#upstream = this.gateway.start('upstream', [
        process.execPath,
        join(DIST, 'lab', 'drills', 'neighbors', 'upstream-main.js'),
        this.#group.kind,
        ...(method === undefined ? [] : [method]),
      ]);
      await this.#upstream.waitForLine(/^ready$/, START_MS);
    }
    await this.#say('announce');
    let before: SeenPackets | undefined;
    await waitFor(
      'packets of both families at the gateway',
      async () => {
        const now = this.arrived();
        const coming = before !== undefined && grewBy(before, now) >= COMING;
        before = now;
        return coming;
      },
      { ...WITHIN, everyMs: 100, diagnose: () => this.world.tails(6) },
    );
    // A BGP session is up before its BFD session.
    if (this.#group.kind !== 'bgp') await this.#untilBfdIsUp();
  }

  async #untilBfdIsUp(): Promise<void> {
    await waitFor(
      'the BFD sessions to be up',
      async () => {
        const peers = parseBfdPeers(await this.frr.vtysh('bfdd', 'show bfd peers json'));
        return peers.length > 0 && peers.every(({ status }) => status === 'up');
      },
      { ...WITHIN, everyMs: 100, diagnose: () => this.frr.vtysh('bfdd', 'show bfd peers brief') },
    );
  }

  /** @returns when the method was executed, or has failed; packets are observed meanwhile */
  async withdraw(): Promise<void> {
    const upstream = this.#upstream;
    if (upstream === undefined) return;
    const answer = answerOf(upstream);
    upstream.writeLine('withdraw');
    await answer;
  }

  /** Packets for the drill's prefixes at the gateway. */
  arrived(): SeenPackets {
    return this.#clocks.arrived.read();
  }

  /** Packets for them received by the router from the client. */
  sent(): SeenPackets {
    return this.#clocks.sent.read();
  }

  async close(): Promise<void> {
    this.#clocks.sent.close();
    this.#clocks.arrived.close();
    await this.world.close();
  }

  /** Restarts the daemon of the case. */
  async restartDaemon(): Promise<void> {
    const config = gatewayDaemons(this.#group).get(this.daemon);
    if (config !== undefined) await this.frr.start(new Map([[this.daemon, config]]));
  }

  /** The gateway sends nothing to the router any more, while its link stays up. */
  async silence(): Promise<void> {
    const rules = [
      'add table inet silent',
      'add chain inet silent out { type filter hook output priority 0; }',
      `add rule inet silent out oifname ${GATEWAY.interface} drop`,
      'add table arp silent',
      'add chain arp silent out { type filter hook output priority 0; policy drop; }',
    ];
    await this.gateway.run(['nft', '-f', '-'], { input: `${rules.join('\n')}\n` });
  }

  async unsilence(): Promise<void> {
    await this.gateway.run(['nft', '-f', '-'], { input: 'delete table inet silent\ndelete table arp silent\n' });
  }

  async #say(word: string): Promise<void> {
    const upstream = this.#upstream;
    if (upstream === undefined) return;
    await waitFor(
      `"${word}" to be done`,
      async () => {
        const answer = answerOf(upstream);
        upstream.writeLine(word);
        return (await answer) === 'done';
      },
      { ...WITHIN, everyMs: 200, diagnose: () => upstream.tail(5) },
    );
  }
}

interface Clocks {
  /** At the router, from the client. */
  sent: PacketClock;
  /** At the gateway, from the router. */
  arrived: PacketClock;
}

/** Minimum increase over both families. */
function grewBy(before: SeenPackets, now: SeenPackets): number {
  return Math.min(now.v4.packets - before.v4.packets, now.v6.packets - before.v6.packets);
}

async function answerOf(upstream: LabProcess): Promise<string> {
  return new Promise<string>((resolve) => {
    const end = upstream.onLine((line) => {
      if (!/^(done|failed)/.test(line)) return;
      end();
      resolve(line);
    });
  });
}

async function wire(world: World, client: Machine, router: Machine, gateway: Machine): Promise<void> {
  await router.enableForwarding();
  await connect(
    world,
    { machine: router, interface: ROUTER.lan, addresses: ['10.8.0.1/24', '2001:db8:8::1/64'] },
    { machine: client, interface: 'eth0', addresses: ['10.8.0.2/24', '2001:db8:8::2/64'] },
  );
  await client.ip(['route add default via 10.8.0.1', 'route add default via 2001:db8:8::1']);
  await connect(
    world,
    { machine: router, interface: ROUTER.interface, addresses: [`${ROUTER.v4}/24`, `${ROUTER.v6}/64`] },
    { machine: gateway, interface: GATEWAY.interface, addresses: [`${GATEWAY.v4}/24`, `${GATEWAY.v6}/64`] },
  );
  await gateway.waitForCarrier(GATEWAY.interface);
}

function gatewayDaemons(group: CaseGroup): ReadonlyMap<FrrDaemon, string> {
  const peers = [ROUTER.v4, ROUTER.v6].map(
    (peer) => ` peer ${peer} interface ${GATEWAY.interface}\n  profile lab\n  shutdown\n exit\n`,
  );
  const bfdd = group.kind === 'static-bfd' ? BFD_PROFILE.replace(/exit\n$/, `${peers.join('')}exit\n`) : BFD_PROFILE;
  return new Map<FrrDaemon, string>([
    ['zebra', ZEBRA],
    ['bfdd', bfdd],
    ...(group.kind === 'static-bfd' ? [] : ([['bgpd', gatewayBgp(group)]] as const)),
  ]);
}

async function startNeighbor(router: Machine, { program, tree }: Neighbor, group: CaseGroup): Promise<void> {
  if (program === 'bird') {
    await Bird.start(router, birdRouter(group), tree);
    return;
  }
  const frr = new Frr(router, SPACE, { inMainNamespace: true, tree });
  const routes =
    group.kind === 'static-bfd' ? (['staticd', FRR_STATIC] as const) : (['bgpd', frrRouterBgp(group)] as const);
  await frr.start(new Map<FrrDaemon, string>([['zebra', ZEBRA], ['bfdd', BFD_PROFILE], routes]));
}
