#!/usr/bin/env bash
# The package, and docs/getting-started.md, on Debian machines with systemd as their first process, in root trees and
# namespaces of their own.
# Usage: test-systemd.sh [bookworm|trixie]… [-- what vitest shall be told]    both when none is named
#
# Needs root. The first run makes the trees in $ISTHMUS_TREES (some minutes for each), which later ones copy. A step
# begins where the one before it ended: -t picks a whole suite, as in `-- -t 'the package'`, not a step.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || {
  echo "test-systemd: skipped: root is needed"
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
[ -x /usr/sbin/debootstrap ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >/dev/null
export ISTHMUS_TREES=${ISTHMUS_TREES:-/var/cache/isthmus-trees}
export ISTHMUS_RELEASES=${releases:-bookworm trixie}
# A machine as its operator finds it, and what its router, clients and servers run.
machine="systemd systemd-sysv dbus udev ifupdown iproute2 procps iputils-ping openssh-server openssh-client"
machine="$machine logrotate man-db needrestart nftables frr ethtool"
around="unbound dns-root-data bird2 radvd bind9-dnsutils socat tcpdump"

for release in $ISTHMUS_RELEASES; do
  tree=$ISTHMUS_TREES/$release-systemd
  if [ "$(cat "$tree/etc/isthmus-complete" 2>/dev/null)" != "$machine $around" ]; then
    rm -rf --one-file-system "$tree"
    bash deploy/debian-tree.sh make "$release" "$tree"
    bash deploy/debian-tree.sh run "$tree" sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      $machine $around" >"$ISTHMUS_TREES/$release.log" 2>&1 || {
      tail -20 "$ISTHMUS_TREES/$release.log" >&2
      exit 1
    }
    # On the running machine daemons start.
    rm -f "$tree/usr/sbin/policy-rc.d"
    echo "$machine $around" >"$tree/etc/isthmus-complete"
  fi
done

# Packages, and copies of the trees that run: what is mounted in them goes with their namespaces.
ISTHMUS_RUNNING=$(mktemp -d "$ISTHMUS_TREES/running-XXXXXX")
export ISTHMUS_RUNNING
trap 'rm -rf --one-file-system "$ISTHMUS_RUNNING"' EXIT
trap 'exit 130' INT TERM
packages=$ISTHMUS_RUNNING/packages
mkdir "$packages"
bash deploy/prepare.sh package
arch=$(dpkg --print-architecture)
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --out "$packages"
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --build 2 --out "$packages"
status=0
node_modules/.bin/vitest run --project=systemd --reporter=verbose "$@" || status=$?
exit "$status"
