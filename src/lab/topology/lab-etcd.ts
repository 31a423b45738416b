import { agentOf } from '../gateway/agent.ts';
import type { SiteWithoutRouting } from './site.ts';
import type { LabProcess } from '../world/lab-process.ts';
import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';

const MEMBERS = ['one', 'two', 'three'];

/** The client's address in the management network, for measurements from there. */
export const CLIENT_MANAGEMENT = '2001:db8:99:ff::2';

/**
 * A real etcd of three members on a separate machine, with a management link to each gateway's main namespace; it
 * forwards between them.
 */
export class LabEtcd {
  readonly #machine: Machine;
  readonly #processes: LabProcess[] = [];

  private constructor(machine: Machine) {
    this.#machine = machine;
  }

  static async join(site: SiteWithoutRouting): Promise<LabEtcd> {
    const machine = await site.world.machine('store');
    await machine.ip(['addr add 10.99.0.1/32 dev lo']);
    await machine.enableForwarding();
    for (const [index, gateway] of site.gateways.entries()) {
      const [net, net6] = [`10.99.${index + 1}`, `2001:db8:99:${index + 1}::`];
      const there = agentOf(gateway).machine;
      await connect(
        site.world,
        { machine, interface: `gw${index}`, addresses: [`${net}.1/24`, `${net6}1/64`] },
        { machine: there, interface: 'mgmt0', addresses: [`${net}.2/24`, `${net6}2/64`] },
      );
      await there.waitForCarrier('mgmt0');
      await there.ip([`route add 10.99.0.1 via ${net}.1`, `route add 2001:db8:99::/48 via ${net6}1`]);
    }
    return new LabEtcd(machine);
  }

  /** Connects the client to the management network, where a gateway queries its measurements. */
  async joinClient({ world, client6 }: SiteWithoutRouting): Promise<void> {
    const net6 = CLIENT_MANAGEMENT.replace(/2$/, '');
    await connect(
      world,
      { machine: this.#machine, interface: 'client6', addresses: [`${net6}1/64`] },
      { machine: client6, interface: 'mgmt0', addresses: [`${CLIENT_MANAGEMENT}/64`] },
    );
    await client6.waitForCarrier('mgmt0');
    await client6.ip([`route add 2001:db8:99::/48 via ${net6}1`]);
  }

  /** In the notation of a cluster file. */
  get endpoints(): string[] {
    return MEMBERS.map((_, index) => `10.99.0.1:${2379 + 10 * index}`);
  }

  start(): void {
    const peers = MEMBERS.map((name, index) => `${name}=http://127.0.0.1:${2380 + 10 * index}`).join(',');
    for (const [index, name] of MEMBERS.entries()) {
      const peer = `http://127.0.0.1:${2380 + 10 * index}`;
      const argv = [
        '/usr/bin/etcd',
        `--name=${name}`,
        `--data-dir=/run/etcd-${name}`,
        `--listen-client-urls=http://10.99.0.1:${2379 + 10 * index}`,
        `--advertise-client-urls=http://10.99.0.1:${2379 + 10 * index}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=${peers}`,
        '--heartbeat-interval=100',
        '--election-timeout=1000',
      ];
      this.#processes.push(this.#machine.start(`etcd ${name}`, argv));
    }
  }

  /** Simulates a cut network: neither answers nor rejections. */
  async freeze(): Promise<void> {
    for (const member of this.#processes) await member.signal('SIGSTOP');
  }

  async thaw(): Promise<void> {
    for (const member of this.#processes) await member.signal('SIGCONT');
  }

  async kill(): Promise<void> {
    for (const member of this.#processes) {
      await member.signal('SIGKILL');
      await member.exited;
    }
  }
}
