#!/usr/bin/env bash
# The package, and docs/getting-started.md, on Debian machines with systemd as their first process, in root trees and
# namespaces of their own.
# Usage: test-systemd.sh [bookworm|trixie]… [-- what vitest shall be told]    both when none is named
#
# Needs root. The first run makes the trees in $ISTHMUS_TREES (some minutes for each), which later ones copy. A step
# begins where the one before it ended: -t picks a whole suite, as in `-- -t 'the package'`, not a step.
#
# The trees have 20 minutes, and each suite of a release as well. In continuous integration one that failed is run once more from its
# beginning. What is no fault of the project's, the archive out of reach or a machine that lets nothing boot in
# namespaces, is said in a line that begins with "test-systemd: skipped", and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
suite_seconds=${ISTHMUS_SUITE_SECONDS:-1200}
trees_seconds=1200

skip() {
  echo "test-systemd: skipped: $*"
}
[ "$(id -u)" = 0 ] || {
  skip "root is needed"
  exit 0
}
releases=""
while [ $# -gt 0 ]; do
  case "$1" in
  bookworm | trixie) releases="$releases $1" ;;
  --)
    shift
    break
    ;;
  *)
    echo "usage: test-systemd.sh [bookworm|trixie]… [-- what vitest shall be told]" >&2
    exit 2
    ;;
  esac
  shift
done
export ISTHMUS_TREES=${ISTHMUS_TREES:-/var/cache/isthmus-trees}
mkdir -p "$ISTHMUS_TREES"
# A machine as its operator finds it, and what its router, clients and servers run.
machine="systemd systemd-sysv dbus udev ifupdown iproute2 procps iputils-ping openssh-server openssh-client"
machine="$machine logrotate man-db needrestart nftables frr ethtool"
around="unbound dns-root-data bird2 radvd bind9-dnsutils socat tcpdump"

unshare --mount --pid --fork --uts --ipc --cgroup --net mount -t cgroup2 cgroup2 /sys/fs/cgroup || {
  skip "this machine mounts no control groups in namespaces, without which systemd does not boot"
  exit 0
}

# Whether the log of apt or debootstrap tells of an archive that did not give what it has.
out_of_reach() {
  grep -qE "Failed (to fetch|getting)|Could(n't| not) (download|resolve|connect)|Unable to (fetch|connect)|timed out" "$1"
}

# What fetches from the archive, in the time that is left for all of it. Status 124: not finished.
fetch() {
  timeout --kill-after=30 "$((trees_seconds > SECONDS ? trees_seconds - SECONDS : 1))" "$@"
}
make_tree() {
  local release=$1 tree=$2
  rm -rf --one-file-system "$tree"
  fetch bash deploy/debian-tree.sh make "$release" "$tree" || return
  fetch bash deploy/debian-tree.sh run "$tree" sh -c "
    apt-get update -qq --error-on=any && apt-get install -y -qq --no-install-recommends $machine $around" || return
  # On the running machine daemons start.
  rm -f "$tree/usr/sbin/policy-rc.d"
  echo "$machine $around" >"$tree/etc/isthmus-complete"
}

# Leaves only the releases that there is a tree of.
have=""
for release in ${releases:-bookworm trixie}; do
  tree=$ISTHMUS_TREES/$release-systemd
  log=$ISTHMUS_TREES/$release.log
  if [ "$(cat "$tree/etc/isthmus-complete" 2>/dev/null)" = "$machine $around" ]; then
    have="$have $release"
    continue
  fi
  status=0
  if [ ! -x /usr/sbin/debootstrap ]; then
    fetch sh -c "apt-get update -qq --error-on=any && apt-get install -y -qq --no-install-recommends debootstrap"
  fi >"$log" 2>&1 || status=$?
  [ "$status" != 0 ] || make_tree "$release" "$tree" >>"$log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then
    have="$have $release"
  elif [ "$status" = 124 ] || out_of_reach "$log"; then
    tail -5 "$log"
    skip "$release: the archive did not give its packages"
  else
    tail -20 "$log" >&2
    exit 1
  fi
done
[ -n "$have" ] || exit 0

# Packages, and copies of the trees that run: what is mounted in them goes with their namespaces.
ISTHMUS_RUNNING=$(mktemp -d "$ISTHMUS_TREES/running-XXXXXX")
export ISTHMUS_RUNNING
pid=""
trap '[ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid"; } || true; rm -rf --one-file-system "$ISTHMUS_RUNNING"' EXIT
trap 'exit 130' INT TERM
packages=$ISTHMUS_RUNNING/packages
mkdir "$packages"
bash deploy/prepare.sh package
arch=$(dpkg --print-architecture)
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --out "$packages"
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --build 2 --out "$packages"

run_suite() {
  local suite=$1 begun status=0
  shift
  begun=$SECONDS
  timeout --kill-after=30 "$suite_seconds" \
    node_modules/.bin/vitest run --project=systemd --reporter=verbose "$suite" "$@" </dev/null &
  pid=$!
  wait "$pid" || status=$?
  pid=""
  # What a suite that was ended has left.
  rm -rf --one-file-system "$ISTHMUS_RUNNING"/machine-*
  local result=passed
  [ "$status" = 0 ] || result="failed ($status)"
  [ "$status" != 124 ] || result="not finished after $suite_seconds s"
  echo "test-systemd: $ISTHMUS_RELEASES, $suite: $result, $((SECONDS - begun)) s"
  return "$status"
}

status=0
for release in $have; do
  export ISTHMUS_RELEASES=$release
  for suite in test/systemd/package.test.ts test/systemd/getting-started.test.ts; do
    run_suite "$suite" "$@" && continue
    if [ -n "${CI-}" ]; then
      echo "test-systemd: $release, $suite: once more"
      run_suite "$suite" "$@" && continue
    fi
    status=1
  done
done
exit "$status"
