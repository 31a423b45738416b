#!/usr/bin/env bash
# Tests beside the real kernel modules of Jool. Usage: test-jool.sh [--update] [displays] [packets] [takeover]; all
# without a word.
#
#   displays   what the display commands print of two configurations, once more; with --update the fixtures of
#              test/unit/cluster/import are replaced by that
#   packets    the modules translate the packets of test/jool/packets.py once more, and this project is compared with
#              that; with --update the recordings of test/conformance/jool are replaced by the new ones
#   takeover   connections go through Jool, then through an Isthmus node that has heard its joold, then through a Jool
#              that the node has told them (test/jool/takeover.sh)
#
#   JOOL_VM    a directory with a program run.sh that runs `SCRIPT ARGUMENT...` as root on a machine with the modules and
#              programs of Jool 4.1.9, Node 20, iproute2, ethtool and python3, where the directory LAB_SHARE of this
#              machine is /share
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${JOOL_VM:-}" ]; then
  echo "test-jool: JOOL_VM is not set; it names the directory of a machine that runs Jool (see $0)" >&2
  exit 2
fi
if [ ! -r "$JOOL_VM/run.sh" ]; then
  echo "test-jool: there is no $JOOL_VM/run.sh; JOOL_VM names the directory of a machine that runs Jool (see $0)" >&2
  exit 2
fi
update=
parts=()
for word in "$@"; do
  case $word in
    --update) update=1 ;;
    displays | packets | takeover) parts+=("$word") ;;
    *)
      echo "test-jool: $word is none of --update, displays, packets and takeover" >&2
      exit 2
      ;;
  esac
done
[ "${#parts[@]}" -gt 0 ] || parts=(displays packets takeover)
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
npm run -s build

displays() {
  local fixtures=test/unit/cluster/import/fixtures
  cp "$fixtures"/*.json "$share/"
  LAB_SHARE=$share bash "$JOOL_VM/run.sh" test/jool/displays.sh /share
  JOOL_DISPLAYS=$share npx vitest run --project unit test/unit/cluster/import/jool-displays.test.ts
  [ -z "$update" ] || (cd "$share" && cp lower-*.csv siit-*.csv instance.csv stats.csv "$OLDPWD/$fixtures/")
}

packets() {
  cp test/jool/*.py test/conformance/jool/*.json "$share/"
  LAB_SHARE=$share bash "$JOOL_VM/run.sh" test/jool/record.sh /share
  JOOL_RECORDINGS=$share npx vitest run --project conformance test/conformance/jool.test.ts
  [ -z "$update" ] || for name in nat64 siit; do
    cp "$share/$name".{sent.pcap,out.pcap,steps.json} "$share/$name".*.csv test/conformance/jool/
  done
}

takeover() {
  local needed
  mapfile -t needed < <(npm ls --omit=dev --all --parseable | grep -o 'node_modules/.*')
  tar -cf "$share/isthmus.tar" dist proto package.json "${needed[@]}"
  cp test/jool/*.py "$share/"
  LAB_SHARE=$share bash "$JOOL_VM/run.sh" test/jool/takeover.sh /share
}

for part in "${parts[@]}"; do "$part"; done
