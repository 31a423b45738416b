import type { BootedTree } from './booted-tree.ts';

/*
 * A machine that is one node, as its operator sets it up: namespace and FRR of the data plane, an uplink, and a router
 * (BIRD, in a namespace of its own) behind it, which has a client's IPv6 address and a server's IPv4 address.
 */

export const CLIENT6 = '2001:db8:6::1';
export const SERVER4 = '203.0.113.80';
const PREFIX6 = '64:ff9b::/96';

const CLUSTER_FILE = `
cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes:
  gw1: { slot: 1 }
instances:
  internet:
    kind: nat64
    namespace: nat64
    pool6: 64:ff9b::/96
    pool4:
      - { prefix: 192.0.2.0/28, ports: 1024-65535 }
    icmp: { source4: 192.0.2.17, source6: "2001:db8:64::1" }
upstreams:
  core:
    nodes: [gw1]
    frr: { pathspace: nat64 }
    bfd:
      - { peer: "2001:db8:a::1", interface: up0, detectMultiplier: 10 }
`;

const FRR_DAEMONS = `zebra=yes
bfdd=yes
vtysh_enable=yes
watchfrr_options="--netns"
zebra_options=" -A 127.0.0.1 -s 90000000"
bfdd_options=" -A 127.0.0.1"
staticd_options="-A 127.0.0.1"
mgmtd_options=" -A 127.0.0.1"
`;

const FRR_CONF = `frr defaults traditional
hostname gw1
!
bfd
 peer 2001:db8:a::1 interface up0
  shutdown
 exit
exit
`;

const BIRD_CONF = `
router id 10.0.0.1;
protocol device {}
protocol direct { ipv4; ipv6; }
protocol kernel kernel4 { ipv4 { import none; export where source = RTS_STATIC; }; }
protocol kernel kernel6 { ipv6 { import none; export where source = RTS_STATIC; }; }
protocol bfd { interface "down0" { interval 100 ms; idle tx interval 100 ms; multiplier 5; }; }
protocol static { ipv6; route ${PREFIX6} via 2001:db8:a::2 bfd; }
`;

const UPLINK = `set -e
ip netns add router
ip -n router link set lo up
ip link add up0 netns nat64 type veth peer name down0 netns router
ip -n nat64 addr add 2001:db8:a::2/64 dev up0 nodad
ip -n nat64 addr add 10.0.0.2/24 dev up0
ip -n nat64 link set up0 up
ip -n router addr add 2001:db8:a::1/64 dev down0 nodad
ip -n router addr add 10.0.0.1/24 dev down0
ip -n router addr add ${CLIENT6}/128 dev lo
ip -n router addr add ${SERVER4}/32 dev lo
ip -n router link set down0 up
ip -n router route add 192.0.2.0/28 via 10.0.0.2
ip -n nat64 route add default via 10.0.0.1
ip -n nat64 -6 route add default via 2001:db8:a::1
`;

function oneshot(script: string, order: string): string {
  return `[Unit]
${order}
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${script}
[Install]
WantedBy=multi-user.target
`;
}

const ROUTER = `[Unit]
After=uplink.service
Requires=uplink.service
[Service]
ExecStart=/usr/bin/ip netns exec router /usr/sbin/bird -f -c /etc/router.conf -s /run/router.ctl
[Install]
WantedBy=multi-user.target
`;

/** Writes what the operator writes, but for the secret. */
export function configure(machine: BootedTree): void {
  machine.write('etc/hostname', 'gw1\n');
  machine.write('etc/isthmus/cluster.yaml', CLUSTER_FILE, 0o640);
  machine.write('etc/frr/nat64/daemons', FRR_DAEMONS);
  machine.write('etc/frr/nat64/frr.conf', FRR_CONF);
  machine.write('etc/frr/nat64/vtysh.conf', 'service integrated-vtysh-config\n');
  machine.write('etc/router.conf', BIRD_CONF);
  machine.write('etc/uplink.sh', UPLINK);
  machine.write('etc/systemd/system/router.service', ROUTER);
  setUplink(machine, 'Requires=isthmus-netns@nat64.service\nAfter=isthmus-netns@nat64.service');
}

/** How the uplink comes up: with the network, or much later. */
export function setUplink(machine: BootedTree, order: string, delay = ''): void {
  machine.write('etc/systemd/system/uplink.service', oneshot(`-c '${delay} . /etc/uplink.sh'`, order));
}

/** Whether the router sends packets to pool6 to the gateway. */
export async function announced(machine: BootedTree): Promise<boolean> {
  const { stdout } = await machine.run(['ip', '-n', 'router', '-6', 'route', 'show', PREFIX6]);
  return stdout.includes('2001:db8:a::2');
}

/** Whether a packet of the client's comes to the server and back. */
export async function translates(machine: BootedTree): Promise<boolean> {
  const ping = ['ping', '-6', '-c', '1', '-W', '2', '-I', CLIENT6, `64:ff9b::${SERVER4}`];
  return (await machine.run(['ip', 'netns', 'exec', 'router', ...ping])).code === 0;
}
