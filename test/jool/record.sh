#!/usr/bin/env bash
# Runs as root on a machine with Jool's kernel modules: records what they make of the packets of packets.py.
# Usage: record.sh DIRECTORY, which holds packets.py, record.py, nat64.json and siit.json; NAME.out.pcap come there, and
# NAME.MODE.csv: what the display commands print of the instance.
set -euo pipefail
cd "$1"
python3 packets.py .
jool --version

# record MODULE CLIENT NAME: an instance in a namespace of its own, between two interfaces that answer nothing.
record() {
  local module=$1 client=$2 name=$3
  modprobe "$module"
  ip netns add nat; ip netns add out
  for side in 6 4; do
    ip link add "n$side" netns nat type veth peer name "p$side" netns out
    ip netns exec out sysctl -qw "net.ipv6.conf.p$side.disable_ipv6=1"
    ip -n out link set "p$side" up
    for end in nat:n out:p; do ip netns exec "${end%:*}" ethtool -K "${end#*:}$side" gro off gso off tso off tx off >/dev/null; done
  done
  ip netns exec nat sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  ip netns exec nat sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
  ip netns exec nat sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
  ip -n nat addr add 2001:db8:1:ffff::1/64 dev n6 nodad
  ip -n nat addr add 10.99.0.1/24 dev n4
  ip -n nat link set lo up; ip -n nat link set n6 up; ip -n nat link set n4 up
  ip -n nat neigh add 2001:db8:1:ffff::2 lladdr "$(mac out p6)" dev n6 nud permanent
  ip -n nat neigh add 10.99.0.2 lladdr "$(mac out p4)" dev n4 nud permanent
  ip -n nat -6 route add default via 2001:db8:1:ffff::2
  ip -n nat route add default via 10.99.0.2
  ip netns exec nat "$client" file handle "$name.json"
  displays "$client" "$name"
  sleep 2
  ip netns exec out python3 record.py . "$name" p6 "$(mac nat n6)" p4 "$(mac nat n4)"
  ip netns exec nat "$client" -i "$name" stats display --all 2>/dev/null | grep -vw 0 | tail -40 || true
  ip netns exec nat "$client" instance remove "$name"
  ip netns del nat; ip netns del out
}

# displays CLIENT NAME: as docs/from-jool.md has it.
displays() {
  local mode modes=(global eamt denylist4)
  [ "$1" = jool_siit ] || modes=(global pool4 bib)
  for mode in "${modes[@]}"; do
    case $mode in
      bib) for protocol in tcp udp icmp; do ip netns exec nat "$1" -i "$2" bib display "--$protocol" --csv --numeric; done ;;
      pool4) for protocol in tcp udp icmp; do ip netns exec nat "$1" -i "$2" pool4 display "--$protocol" --csv; done ;;
      *) ip netns exec nat "$1" -i "$2" "$mode" display --csv ;;
    esac >"$2.$mode.csv"
  done
}

mac() { ip -n "$1" -br link show "$2" | awk '{print $3}'; }

record jool jool nat64
record jool_siit jool_siit siit
