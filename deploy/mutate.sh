#!/usr/bin/env bash
# Changes one thing at a time in the source of a folder, and runs the folder's tests against each change: how many of
# them notice. Usage: mutate.sh FOLDER [options of StrykerJS], for instance mutate.sh frr, mutate.sh translator/nat64/ports
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-}
[ -n "$folder" ] && [ -d "src/$folder" ] || {
  echo "usage: npm run mutate -- FOLDER, one of src/: $(cd src && ls -d */ | tr -d / | tr '\n' ' ')" >&2
  exit 2
}
shift
tests="test/unit/$folder/**/*.test.ts"
case "$folder/" in
translator/*) tests="$tests test/property/**/*.test.ts test/conformance/**/*.test.ts" ;;
replication/*) tests="$tests test/sim/**/*.test.ts" ;;
esac
MUTATION_TESTS=$tests exec node_modules/.bin/stryker run test/mutation/stryker.config.mjs \
  --mutate "src/$folder/**/*.ts" "$@"
