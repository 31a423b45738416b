#!/usr/bin/env bash
# The README's own two commands on a Debian machine that has just been installed: a tree of the release, a clone of what
# is committed here, `npm run demo`, and the tests. Usage: test-fresh.sh bookworm|trixie [what vitest shall run]
#
# Needs root. The tree stands in $ISTHMUS_TREES (/var/cache/isthmus-trees) and is removed at the end, whatever happened;
# the release's base and fetched packages stay there for the next time. Ended after two hours.
set -euo pipefail
cd "$(dirname "$0")/.."
release=${1:-}
case "$release" in
bookworm | trixie) shift ;;
*)
  echo "usage: test-fresh.sh bookworm|trixie [what vitest shall run]" >&2
  exit 2
  ;;
esac
[ "$(id -u)" = 0 ] || {
  echo "test-fresh: root is needed" >&2
  exit 1
}
[ -x /usr/sbin/debootstrap ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; }

store=${ISTHMUS_TREES:-/var/cache/isthmus-trees}
mkdir -p "$store"
folder=$(mktemp -d "$store/fresh-$release-XXXXXX")
# The tree's mounts live in namespaces that end with their programs: what is left is only files.
trap 'rm -rf --one-file-system "$folder"' EXIT
trap 'exit 130' INT TERM
tree=$folder/tree
bash deploy/debian-tree.sh make "$release" "$tree"
bash deploy/debian-tree.sh node "$tree"
git clone --quiet --no-hardlinks . "$tree/root/isthmus"

inside() {
  timeout --kill-after=30 7200 bash deploy/debian-tree.sh run "$tree" sh -c "cd /root/isthmus && $1"
}
inside 'npm run demo'
inside "npm test -- $*"
