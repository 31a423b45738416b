#!/usr/bin/env bash
# The README's own two commands on a Debian machine that has just been installed: a tree of the release, a clone of what
# is committed here, `npm run demo`, and the tests.
# Usage: test-fresh.sh bookworm|trixie [--keep FOLDER] [--demo-only | what vitest shall run]
#
# Needs root. The tree stands in $ISTHMUS_TREES (/var/cache/isthmus-trees) and is removed at the end, whatever happened;
# the release's base and fetched packages stay there for the next time. With --keep it stands in FOLDER and is left
# there: the next call with the same FOLDER brings the clone up to date, and goes on in it without the demo, so that the
# tests can be run in pieces. Ended after two hours.
set -euo pipefail
cd "$(dirname "$0")/.."
usage() {
  echo "usage: test-fresh.sh bookworm|trixie [--keep FOLDER] [--demo-only | what vitest shall run]" >&2
  exit 2
}
release=${1:-}
case "$release" in
bookworm | trixie) shift ;;
*) usage ;;
esac
folder=""
if [ "${1:-}" = --keep ]; then
  [ $# -ge 2 ] || usage
  mkdir -p "$2"
  folder=$(realpath "$2")
  shift 2
fi
[ "$(id -u)" = 0 ] || {
  echo "test-fresh: root is needed" >&2
  exit 1
}
[ -x /usr/sbin/debootstrap ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; }

store=${ISTHMUS_TREES:-/var/cache/isthmus-trees}
mkdir -p "$store"
if [ -z "$folder" ]; then
  folder=$(mktemp -d "$store/fresh-$release-XXXXXX")
  # The tree's mounts live in namespaces that end with their programs: what is left is only files.
  trap 'rm -rf --one-file-system "$folder"' EXIT
fi
trap 'exit 130' INT TERM
tree=$folder/tree
inside() {
  timeout --kill-after=30 7200 bash deploy/debian-tree.sh run "$tree" sh -c "cd /root/isthmus && $1"
}
if [ -e "$folder/complete" ]; then
  git -C "$tree/root/isthmus" fetch --quiet "$PWD" HEAD
  git -C "$tree/root/isthmus" reset --quiet --hard FETCH_HEAD
else
  # One that was left half made is of no use.
  rm -rf --one-file-system "$tree"
  bash deploy/debian-tree.sh make "$release" "$tree"
  bash deploy/debian-tree.sh node "$tree"
  git clone --quiet --no-hardlinks . "$tree/root/isthmus"
  : >"$folder/complete"
  inside 'npm run demo'
fi
[ "${1:-}" = --demo-only ] || inside "npm test -- $*"
