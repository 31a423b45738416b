#!/usr/bin/env bash
# Runs as root on a machine with Jool's kernel module and its joold: connections go through Jool, its sessions move to an
# Isthmus node that hears joold, and back to a Jool that the node tells them. Usage: takeover.sh DIRECTORY, which holds
# isthmus.tar (the built program with what it needs) and takeover.py.
#
#   client ─ br6 ─┬─ jool ─┬─ br4 ─ server      jool and node: network namespaces with one translator each, the same
#                 └─ node ─┘                    pools, and sync between them
set -euo pipefail
share=$1
cd "$(mktemp -d)"
tar -xf "$share/isthmus.tar"
isthmus() { node dist/main.js "$@"; }
in_jool() { ip netns exec jool "$@"; }
check() { python3 "$share/takeover.py" "$@"; }

modprobe jool
for name in client jool node server; do
  ip netns add "$name"
  ip -n "$name" link set lo up
  ip netns exec "$name" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
done
ip -n client link add br6 type bridge
ip -n server link add br4 type bridge
ip link add sync netns jool type veth peer name sync netns node
number=0
for name in jool node; do
  number=$((number + 1))
  ip link add in6 netns "$name" type veth peer name "$name" netns client
  ip link add out4 netns "$name" type veth peer name "$name" netns server
  ip -n client link set "$name" master br6 up
  ip -n server link set "$name" master br4 up
  ip netns exec "$name" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  ip -n "$name" addr add "2001:db8:1::$number/64" dev in6
  ip -n "$name" addr add "11.4.0.$number/24" dev out4
  ip -n "$name" addr add "2001:db8:ff::$number/64" dev sync
  for interface in in6 out4 sync; do ip -n "$name" link set "$interface" up; done
  # Jool 4.1 translates no merged packets well.
  for interface in in6 out4; do ip netns exec "$name" ethtool -K "$interface" gro off gso off tso off >/dev/null; done
done
ip -n client link set br6 up
ip -n server link set br4 up
ip -n client addr add 2001:db8:1::100/64 dev br6
ip -n server addr add 11.4.0.100/24 dev br4
ip netns exec client ethtool -K br6 gso off tso off >/dev/null
ip netns exec server ethtool -K br4 gso off tso off >/dev/null

# route NAME: traffic of both families goes through this translator.
route() {
  ip -n client -6 route replace 64:ff9b::/96 via "2001:db8:1::$1"
  ip -n server route replace 11.64.0.1 via "11.4.0.$1"
}
start_jool() {
  in_jool jool instance add nat --netfilter --pool6 64:ff9b::/96
  for protocol in tcp udp icmp; do in_jool jool -i nat pool4 add "--$protocol" 11.64.0.1 20000-40000; done
  in_jool jool -i nat global update ss-enabled true
}
table() {
  for protocol in tcp udp icmp; do
    in_jool jool -i nat session display "--$protocol" --csv --numeric --no-headers
  done >jool.csv
}

start_jool
route 1
cat >netsocket.json <<'JSON'
{ "multicast address": "ff08::db8:64:64", "multicast port": "6464", "in interface": "sync", "out interface": "sync" }
JSON
echo '{ "instance": "nat" }' >modsocket.json
in_jool joold netsocket.json modsocket.json &

cat >cluster.yaml <<YAML
cluster: takeover
secretFile: $PWD/cluster.key
nodes: { gw: { slot: 1 } }
slots: 1
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4: [{ prefix: 11.64.0.1/32, ports: 20000-40000 }]
    icmp: { source4: 11.64.0.129, source6: "2001:db8:64::1" }
    adopt: { joold: { group: "ff08::db8:64:64", port: 6464, interface: sync, from: ["2001:db8:ff::1"] } }
    export: { joold: { group: "ff08::db8:64:64", port: 6464, interface: sync, format: 4.1.9 } }
YAML
isthmus config init-secret cluster.key >/dev/null
mkdir run
ip netns exec node node dist/main.js agent --config cluster.yaml --node gw --run-dir run >agent.log 2>&1 &
agent=$!
asks() { isthmus "$@" --node gw --run-dir run; }

ip netns exec server python3 "$share/takeover.py" serve &
mkfifo orders
ip netns exec client python3 "$share/takeover.py" connect <orders >answers &
exec 7>orders
# flows WORD: has the client do so, and fails where a connection has not gone on.
flows() {
  local seen
  seen=$(wc -l <answers)
  echo "$1" >&7
  for _ in $(seq 600); do
    [ "$(wc -l <answers)" -gt "$seen" ] && break
    sleep 0.2
  done
  tail -n +"$((seen + 1))" answers
  [ "$(tail -n +"$((seen + 1))" answers)" = "$1: all" ]
}
# until WORDS: runs a command until it succeeds.
until_done() {
  for _ in $(seq 120); do
    "$@" && return
    sleep 0.5
  done
  echo "takeover: never came about: $*" >&2
  tail -5 agent.log >&2
  return 1
}
until_done grep -q 'starting → active' agent.log

echo "Jool $(jool --version)"
flows open
flows ask
sleep 3
table
asks sessions --json --limit 0 >own.json
check heard jool.csv own.json
asks joold load jool.csv
until_done sh -c "node dist/main.js sessions --json --limit 0 --node gw --run-dir run >own.json &&
  python3 $share/takeover.py equal jool.csv own.json"
asks joold status

echo "--- to Isthmus"
route 2
flows ask
# Jool may send what it has queued seconds after its last packet: the takeover waits for a later one.
owned() {
  flows ask >/dev/null && asks events --json >events.json && grep -q sessions-adopted events.json
}
until_done owned
flows ask
flows more
asks joold status

echo "--- to a Jool that has been told"
in_jool jool instance remove nat
start_jool
asks joold advertise
told() {
  table
  asks sessions --json --limit 0 >own.json
  check equal own.json jool.csv
}
until_done told
route 1
flows ask
kill "$agent"
wait "$agent" || true
in_jool jool -i nat stats display --all | grep -E 'JOOLD|SESSIONS' | grep -vw 0 || true
