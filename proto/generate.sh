#!/usr/bin/env bash
# Writes src/gen/NAME.js and NAME.d.ts for each proto/isthmus/v1/NAME.proto and proto/etcd/NAME.proto: static code, no schema is read at run time.
# Usage: generate.sh [output directory]. Deterministic: the same schemas give the same bytes. Needs no install scripts.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-src/gen}
mkdir -p "$out"
cp proto/runtime.js "$out/runtime.js"
for schema in proto/isthmus/v1/*.proto proto/etcd/*.proto; do
  name=$(basename "$schema" .proto)
  # --force-number: 64-bit fields are numbers; none of ours reaches 2^53.
  node node_modules/protobufjs-cli/bin/pbjs --target static-module --wrap esm --es6 \
    --dependency protobufjs/minimal.js --root "isthmus-$name" --force-number \
    --no-verify --no-convert --no-delimited --no-typeurl \
    --out "$out/$name.js" --dts "$schema"
  sed -i 's#from "protobufjs/minimal.js"#from "./runtime.js"#' "$out/$name.js"
done
