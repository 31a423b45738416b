#!/usr/bin/env bash
# Compiles src/ to a fresh tree and exchanges it with dist/ in one system call: dist/ is there at any time, and each file
# in it whole. A process that runs finds the new tree from then on, also for what it loads on demand (a command's part, a
# worker's code): restart the agent after a build.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d .dist-XXXXXX)
trap 'rm -rf "$fresh"' EXIT
node_modules/.bin/tsc -p tsconfig.build.json --outDir "$fresh"
if [ -d src/gen ]; then
  mkdir -p "$fresh/gen"
  cp src/gen/*.js "$fresh/gen/"
fi
node deploy/page.mjs "$fresh/observe/page"
commit=$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
node -e '
  const fs = require("node:fs");
  const manifest = { ...JSON.parse(fs.readFileSync("package.json", "utf8")), build: { commit: process.argv[1] } };
  fs.writeFileSync(process.argv[2], `${JSON.stringify(manifest, null, 2)}\n`);
' "$commit" "$fresh/package.json"
chmod 755 "$fresh" "$fresh/main.js"

# renameat2(2) with RENAME_EXCHANGE, which mv of coreutils has only since 9.5.
exchange() {
  node --input-type=module - "$1" "$2" <<'SCRIPT'
import koffi from 'koffi';
const renameat2 = koffi.load('libc.so.6').func('int renameat2(int, const char *, int, const char *, unsigned int)');
const AT_FDCWD = -100;
const RENAME_EXCHANGE = 2;
const [one, other] = process.argv.slice(2);
if (renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) !== 0) {
  console.error(`cannot exchange ${one} with ${other}: errno ${koffi.errno()}; ${other} is as it was`);
  process.exit(1);
}
SCRIPT
}

if [ -d dist ]; then
  exchange "$fresh" dist
else
  mv -T "$fresh" dist
fi
