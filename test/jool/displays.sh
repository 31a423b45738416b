#!/usr/bin/env bash
# Runs as root on a machine with Jool's kernel modules: writes what their display commands print as CSV.
# Usage: displays.sh DIRECTORY, which holds lower.json (NAT64) and siit.json, the configurations of two instances.
set -euo pipefail
cd "$1"
modprobe jool
modprobe jool_siit
jool file handle lower.json
jool_siit file handle siit.json
jool -i lower global display --csv >lower-global.csv
for protocol in tcp udp icmp; do
  jool -i lower pool4 display --csv "--$protocol" >"lower-pool4-$protocol.csv"
  jool -i lower bib display --csv --numeric "--$protocol" >"lower-bib-$protocol.csv"
done
for table in global eamt denylist4; do
  jool_siit -i siit "$table" display --csv >"siit-$table.csv"
done
jool instance display --csv >instance.csv
jool -i lower stats display --csv --all | sed -n '1,3p; /^JSTAT64/{p;q}' >stats.csv
