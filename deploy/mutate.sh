#!/usr/bin/env bash
# Changes one thing at a time in the source of a folder, and runs the tests of its layer against each change: how many
# of them notice. Usage: mutate.sh FOLDER [--every N] [--without NAME], for instance mutate.sh translator/nat64/ports
set -euo pipefail
cd "$(dirname "$0")/.."
exec node test/mutation/mutate.mjs "$@"
