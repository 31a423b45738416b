#!/usr/bin/env bash
# Has Jool's kernel modules translate the packets of test/jool/packets.py once more, and compares this project with that.
# With --update the recordings of test/conformance/jool are replaced by the new ones.
#
#   JOOL_VM   a directory with a program run.sh that runs `SCRIPT ARGUMENT...` as root on a machine with the modules and
#             programs of Jool 4.1.9, iproute2, ethtool and python3, where the directory LAB_SHARE of this machine is /share
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
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
cp test/jool/*.py test/conformance/jool/*.json "$share/"
LAB_SHARE=$share bash "$JOOL_VM/run.sh" test/jool/record.sh /share
npm run -s build
JOOL_RECORDINGS=$share npx vitest run --project conformance test/conformance/jool.test.ts
if [ "${1:-}" = --update ]; then
  for name in nat64 siit; do cp "$share/$name".{sent.pcap,out.pcap,steps.json} test/conformance/jool/; done
fi
