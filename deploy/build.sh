#!/usr/bin/env bash
# Compiles src/ to dist/. A running agent keeps its files: the new tree replaces the old one in one rename.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d .dist-XXXXXX)
trap 'rm -rf "$fresh"' EXIT
node_modules/.bin/tsc -p tsconfig.build.json --outDir "$fresh"
if [ -d src/gen ]; then
  mkdir -p "$fresh/gen"
  cp src/gen/*.js "$fresh/gen/"
fi
cp package.json "$fresh/package.json"
chmod 755 "$fresh" "$fresh/main.js"
rm -rf dist
mv "$fresh" dist
trap - EXIT
