#!/usr/bin/env bash
# Prepares the machine and runs every test but the long ones (`npm run test:long`) and those that boot systemd
# (`npm run test:systemd`). Usage: test.sh [what vitest shall be told, and then it runs once with that]
#
# Unit tests run beside what only computes, which has the lowest priority; its output is shown at the end. Then the lab
# runs alone: its agents and daemons have times to keep. In continuous integration a failed test of units or of the lab
# is run once more, and the report says so.
set -euo pipefail
cd "$(dirname "$0")/.."
bash deploy/prepare.sh test
vitest=node_modules/.bin/vitest
[ $# -gt 0 ] && exec "$vitest" run "$@"
computing="--project=architecture --project=conformance --project=fuzz --project=property --project=sim"

# Files of its own: the lab's tests look at what else comes and goes in /tmp.
beside=$(mktemp -d)
TMPDIR=$beside nice -n 19 "$vitest" run $computing >"$beside/output" 2>&1 &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$beside"' EXIT
trap 'exit 130' INT TERM
status=0
"$vitest" run --project=unit ${CI:+--retry=1} || status=$?
wait "$pid" || status=$?
cat "$beside/output"
"$vitest" run --project=lab ${CI:+--retry=1} || status=$?
exit "$status"
