#!/usr/bin/env bash
# The package on Debian machines with systemd as their first process, in root trees and namespaces of their own.
# Usage: test-systemd.sh [bookworm|trixie]…    both when none is named. Needs root; some minutes for each.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || {
  echo "test-systemd: skipped: root is needed"
  exit 0
}
[ -x /usr/sbin/debootstrap ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >/dev/null
export ISTHMUS_TREES=${ISTHMUS_TREES:-/var/cache/isthmus-trees}
export ISTHMUS_RELEASES=${*:-bookworm trixie}
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
export ISTHMUS_PACKAGES_BUILT=$packages
arch=$(dpkg --print-architecture)
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --out "$packages"
node deploy/package/package.mjs --arch "$arch" --compression 0 --formats deb --build 2 --out "$packages"
for release in $ISTHMUS_RELEASES; do
  tree=$ISTHMUS_TREES/$release-systemd
  if [ ! -e "$tree/etc/isthmus-complete" ]; then
    rm -rf "$tree"
    bash deploy/debian-tree.sh make "$release" "$tree"
    bash deploy/debian-tree.sh run "$tree" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      systemd systemd-sysv dbus iproute2 procps frr unbound iputils-ping bird2 logrotate man-db' >"$ISTHMUS_TREES/$release.log" 2>&1 || {
      tail -20 "$ISTHMUS_TREES/$release.log" >&2
      exit 1
    }
    # On the running machine daemons start.
    rm -f "$tree/usr/sbin/policy-rc.d"
    : >"$tree/etc/isthmus-complete"
  fi
done
exec_status=0
node_modules/.bin/vitest run --project=systemd || exec_status=$?
exit "$exec_status"
