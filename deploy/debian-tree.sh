#!/usr/bin/env bash
# A root tree of a Debian release, as on a machine that has just been installed, and programs with it as their root.
#
#   debian-tree.sh make RELEASE TREE          bookworm or trixie; the base of each is kept in $ISTHMUS_TREES
#   debian-tree.sh node TREE                  Node.js and npm as from their npm packages, in /usr/local
#   debian-tree.sh run TREE PROGRAM [WORD…]   in mount and process namespaces of its own, over this machine's network
#   debian-tree.sh boot TREE                  systemd as its first process, in namespaces of its own; the network too
#
# `make` is ended after 20 minutes. Nothing stays mounted: what is mounted goes with the namespace.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
store=${ISTHMUS_TREES:-/var/cache/isthmus-trees}

fail() {
  echo "debian-tree: $*" >&2
  exit 1
}

make_base() {
  local release=$1 work
  [ -x /usr/sbin/debootstrap ] || fail "debootstrap is missing: apt-get install debootstrap"
  mkdir -p "$store"
  work=$(mktemp -d "$store/making-XXXXXX")
  # A tree half made is of no use to anybody.
  trap 'rm -rf "$work"' EXIT
  timeout 1200 debootstrap --variant=minbase --include=ca-certificates "$release" "$work/tree" \
    http://deb.debian.org/debian >"$work/log" 2>&1 || {
    tail -20 "$work/log" >&2
    fail "debootstrap could not make $release"
  }
  tar -C "$work/tree" -cf "$work/base.tar" .
  mv "$work/base.tar" "$store/$release.tar"
  rm -rf "$work"
  trap - EXIT
}

make_tree() {
  local release=$1 tree=$2
  case "$release" in bookworm | trixie) ;; *) fail "no release: $release (bookworm or trixie)" ;; esac
  [ ! -e "$tree" ] || fail "$tree is there already"
  [ -e "$store/$release.tar" ] || make_base "$release"
  mkdir -p "$tree"
  tar -C "$tree" -xf "$store/$release.tar"
  # As this machine reaches its mirrors, so does the tree.
  cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
  cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
  find /etc/apt/apt.conf.d -type f -exec grep -liE 'proxy|https|cainfo' {} + 2>/dev/null |
    xargs -r cp -t "$tree/etc/apt/apt.conf.d"
  # Packages that several trees want are fetched once.
  mkdir -p "$store/packages/$release/partial"
  printf 'Dir::Cache::archives "/var/cache/apt/archives";\nBinary::apt-get::APT::Keep-Downloaded-Packages "true";\n' \
    >"$tree/etc/apt/apt.conf.d/90keep"
  rm -f "$tree/etc/apt/apt.conf.d/docker-clean"
  echo "$release" >"$tree/etc/isthmus-tree"
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod 755 "$tree/usr/sbin/policy-rc.d"
}

bring_node() {
  local tree=$1 work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  node "$here/package/node-runtime.mjs" "$(dpkg --print-architecture)" "$work/node"
  install -m 755 "$work/node" "$tree/usr/local/bin/node"
  (cd "$work" && npm pack --silent "npm@$(npm --version)" >/dev/null)
  mkdir -p "$tree/usr/local/lib/node_modules/npm"
  tar -C "$tree/usr/local/lib/node_modules/npm" --strip-components=1 -xzf "$work"/npm-*.tgz
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$tree/usr/local/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$tree/usr/local/bin/npx"
  printf 'cafile=/etc/ssl/certs/ca-certificates.crt\n' >"$tree/root/.npmrc"
  rm -rf "$work"
  trap - EXIT
}

# Runs inside the new mount namespace, before the tree becomes the root.
enter_script='
set -e
tree=$1; archives=$2; shift 2
mount --bind "$tree" "$tree"
cd "$tree"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /dev dev
mkdir -p run tmp old
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount --bind "$archives" var/cache/apt/archives
pivot_root . old
umount -l /old
mount -t proc proc /proc
cd /root
exec /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 CI="${CI-}" DEBIAN_FRONTEND=noninteractive \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
'

# As a container runs it: a cgroup tree of its own, a small /dev, no network but lo.
boot_script='
set -e
tree=$1
mount --make-rprivate /
mount --bind "$tree" "$tree"
cd "$tree"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
mkdir -p dev/pts dev/shm dev/net old
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
# Where this is not there and /dev is no devtmpfs, systemd listens to no udev, and knows of no device.
mkdir -p run/udev
: >run/udev/control
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
for name in null zero full random urandom tty net/tun; do
  : >dev/$name
  mount --bind /dev/$name dev/$name
done
pivot_root . old
umount -l /old
rmdir /old
exec env -i container=docker PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
  --log-target=journal --show-status=no
'

case "${1:-}" in
make) make_tree "$2" "$3" ;;
node) bring_node "$2" ;;
run)
  tree=$(realpath "$2")
  release=$(cat "$tree/etc/isthmus-tree")
  shift 2
  exec unshare --mount --propagation private --pid --fork --kill-child \
    sh -c "$enter_script" sh "$tree" "$store/packages/$release" "$@"
  ;;
boot)
  exec unshare --mount --pid --fork --uts --ipc --cgroup --net --kill-child --mount-proc \
    sh -c "$boot_script" sh "$(realpath "$2")"
  ;;
*) fail "usage: debian-tree.sh make RELEASE TREE | node TREE | run TREE PROGRAM [WORD…] | boot TREE" ;;
esac
