#!/usr/bin/env bash
# Records what a TAYGA makes of the packets that a Jool is asked to translate (test/conformance/jool/siit.sent.pcap), in
# test/conformance/tayga/siit.out.pcap. Needs root, tayga and python3; all of it happens in network namespaces of its own.
# Usage: unshare --net --mount bash test/tayga/record.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns && mount -t tmpfs none /run/netns; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp test/conformance/jool/siit.sent.pcap "$work/"
(cat test/conformance/tayga/tayga.conf && echo "data-dir $work") >"$work/tayga.conf"

ip netns add out
for side in 6 4; do
  ip link add "n$side" type veth peer name "p$side" netns out
  ip netns exec out sysctl -qw "net.ipv6.conf.p$side.disable_ipv6=1"
  ip -n out link set "p$side" up
done
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
mac() { ip -n out -br link show "$1" | awk '{print $3}'; }
own() { ip -br link show "$1" | awk '{print $3}'; }
ip link set lo up
ip addr add 2001:db8:a::1/64 dev n6 nodad
ip addr add 10.99.0.1/24 dev n4
ip link set n6 up
ip link set n4 up
ip neigh add 2001:db8:a::2 lladdr "$(mac p6)" dev n6 nud permanent
ip neigh add 10.99.0.2 lladdr "$(mac p4)" dev n4 nud permanent
ip -6 route add default via 2001:db8:a::2
ip route add default via 10.99.0.2
tayga -c "$work/tayga.conf" --mktun
ip link set tayga0 up
ip route add 192.0.2.0/24 dev tayga0
ip route add 203.0.113.0/24 dev tayga0
ip -6 route add 2001:db8:64::/96 dev tayga0
tayga -c "$work/tayga.conf" --nodetach >"$work/log" 2>&1 &
tayga=$!
sleep 1
ip netns exec out python3 test/jool/record.py "$work" siit p6 "$(own n6)" p4 "$(own n4)"
kill "$tayga"
cp "$work/siit.out.pcap" test/conformance/tayga/
cat "$work/log"
