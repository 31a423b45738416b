import { BootedTree, type TreePlaces } from './booted-tree.ts';

/*
 * The site of docs/getting-started.md: gw1 and gw2, which the page sets up, and a router with a client and a server
 * behind it in namespaces of their own. Management links lead from each gateway to the router.
 */

export const CLIENT6 = '2001:db8:6::1';
export const ROUTER6 = '2001:db8:6::ff';
export const SERVER4 = '203.0.113.80';
export const SERVER6 = '64:ff9b::cb00:7150';
const NUMBERS = { gw1: 1, gw2: 2 };
export type Gateway = keyof typeof NUMBERS;

const ROUTER_LINKS = `set -e
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip netns add client
ip netns add server
ip link add lan type veth peer name eth0 netns client
ip link add wan type veth peer name eth0 netns server
ip addr add ${ROUTER6}/64 dev lan nodad
ip addr add 203.0.113.1/24 dev wan
ip link set lan up
ip link set wan up
ip -n client link set lo up
ip -n client addr add ${CLIENT6}/64 dev eth0 nodad
ip -n client link set eth0 up
ip -n client route add default via ${ROUTER6}
ip -n server link set lo up
ip -n server addr add ${SERVER4}/24 dev eth0
ip -n server addr add 9.9.9.9/32 dev lo
ip -n server link set eth0 up
ip -n server route add default via 203.0.113.1
ip route add 9.9.9.9/32 via ${SERVER4}
`;

/** What a router has that is one already; the page's block comes after it. */
export const BIRD_BEGINNING = `router id 203.0.113.1;
protocol device {}
protocol kernel { ipv4 { import none; export where source = RTS_STATIC; }; }
protocol kernel { ipv6 { import none; export where source = RTS_STATIC; }; }
`;

const MANAGEMENT_NETWORKD = `[Match]
Name=mgmt0
[Network]
Address=10.9.1.2/24
Gateway=10.9.1.1
`;

const MANAGEMENT_IFUPDOWN = `allow-hotplug mgmt0
iface mgmt0 inet static
  address 10.9.2.2/24
  gateway 10.9.2.1
`;

/** Standing in for a network: names of the machines. */
const HOSTS = '127.0.0.1 localhost\n10.9.1.2 gw1\n10.9.2.2 gw2\n';

export class PairSite {
  readonly router: BootedTree;
  readonly gw1: BootedTree;
  readonly gw2: BootedTree;

  /** gw1 has systemd-networkd, gw2 ifupdown. */
  constructor(places: TreePlaces) {
    [this.router, this.gw1, this.gw2] = [new BootedTree(places), new BootedTree(places), new BootedTree(places)];
    this.router.write('etc/hostname', 'router\n');
    for (const name of ['gw1', 'gw2'] as const) {
      this[name].write('etc/hostname', `${name}\n`);
      this[name].write('etc/hosts', HOSTS);
    }
    this.gw1.write('etc/systemd/network/05-management.network', MANAGEMENT_NETWORKD);
    this.gw2.write('etc/network/interfaces.d/management', MANAGEMENT_IFUPDOWN);
    this.gw1.write('root/.ssh/config', 'StrictHostKeyChecking accept-new\n', 0o600);
  }

  /** Boots all three and plugs every cable; on the gateways nothing is configured but management. */
  async boot(): Promise<void> {
    await Promise.all([this.router.boot(), this.gw1.boot(), this.gw2.boot()]);
    await this.router.shell(ROUTER_LINKS);
    await this.gw1.shell('systemctl disable --now networking; systemctl enable --now systemd-networkd');
    for (const name of ['gw1', 'gw2'] as const) {
      await this.plugManagement(name);
      await this.plugUplink(name);
    }
    this.plugRing();
    // So that the one can copy to the other.
    const key = await this.gw1.shell(
      "ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; cat .ssh/id_ed25519.pub",
    );
    this.gw2.write('root/.ssh/authorized_keys', `${key}\n`, 0o600);
    await this.gw1.until('management to work', async () => (await this.gw1.run(['ssh', 'gw2', 'true'])).code === 0);
  }

  async plugManagement(name: Gateway): Promise<void> {
    const number = NUMBERS[name];
    this[name].plug('mgmt0', this.router, `mgmt${number}`);
    await this.router.shell(`ip addr add 10.9.${number}.1/24 dev mgmt${number}; ip link set mgmt${number} up`);
  }

  async plugUplink(name: Gateway): Promise<void> {
    const number = NUMBERS[name];
    this[name].plug('enp1s0', this.router, name);
    await this.router.shell(`ip addr add 10.0.${number}.1/24 dev ${name}
      ip addr add 2001:db8:a${number}::1/64 dev ${name} nodad
      ip link set ${name} up`);
  }

  /** Both cables between the gateways, which are on. */
  plugRing(): void {
    for (const link of ['ring0', 'ring1']) this.gw1.plug(link, this.gw2, link);
  }

  /** The cables of a gateway whose neighbour is off: no carrier. */
  plugDeadRing(name: Gateway): void {
    for (const link of ['ring0', 'ring1']) this[name].plug(link, this.router, `off-${link}`);
  }

  /** The gateway that the router sends packets to the server's address in pool6 to, and those to pool4. */
  async chosen(): Promise<readonly string[]> {
    const ways = await this.router.run(['sh', '-c', `ip -6 route get ${SERVER6}; ip route get 192.0.2.1`]);
    return [...ways.stdout.matchAll(/ dev (\S+)/g)].map(([, name = '']) => name);
  }

  async untilChosen(name: Gateway): Promise<void> {
    await this.router.until(`the router to send to ${name}`, async () => {
      return (await this.chosen()).join() === `${name},${name}`;
    });
  }

  /**
   * An operator's command, by the shell. A drain is in force at once; where the disk of a busy machine has not taken it
   * in time, the command says so and fails, and whoever reads that drains once more.
   */
  async operate(name: Gateway, command: string): Promise<void> {
    await this[name].until(command, async () => {
      const { code, stdout, stderr } = await this[name].run(['sh', '-ec', `cd /root; ${command}`]);
      if (code === 0 || stderr.includes('but a restart drains it again')) return true;
      if (stderr.includes('but a restart undrains it')) return false;
      throw new Error(`${command}: status ${code ?? 'unknown'}\n${stdout}\n${stderr}`);
    });
  }

  async untilHealthy(...names: readonly Gateway[]): Promise<void> {
    for (const name of names) {
      await this[name].until(`${name} to be healthy`, async () => {
        return (await this[name].run(['isthmus', 'status'])).code === 0;
      });
    }
  }

  /** Runs a program at the client. */
  async atClient(...argv: readonly string[]): Promise<string> {
    const { stdout } = await this.router.run(['ip', 'netns', 'exec', 'client', ...argv]);
    return stdout;
  }

  async shutDown(): Promise<void> {
    const machines = [this.router, this.gw1, this.gw2];
    await Promise.all(machines.map((machine) => machine.cutPower()));
    for (const machine of machines) machine.remove();
  }
}
