#!/usr/bin/env bash
# Makes a fresh Debian machine ready for the demo, the tests, the benchmarks or to build the package: Debian packages,
# npm packages, build.
# Usage: prepare.sh demo|test|bench|package [--list]. Does nothing that is done already, so a second call takes a second or two.
# --list prints the Debian packages and does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

# What the lab runs; benchmarks compare with tayga; tests judge by programs of others.
lab="etcd-server iproute2 iputils-ping procps util-linux frr keepalived bird2 unbound iperf3 curl ethtool nftables socat"
bench="$lab tayga nfdump rsyslog chromium prometheus"
test="$bench rsyslog-gnutls tshark wireshark-common tcpdump etcd-client openssl libfaketime lintian git fish zsh"
# From Debian 13 on, promtool is a package of its own.
version=$(. "${ISTHMUS_OS_RELEASE:-/etc/os-release}" 2>/dev/null && [ "$ID" = debian ] && echo "${VERSION_ID:-}" || true)
[ "${version:-0}" -lt 13 ] || test="$test promtool"

case "${1:-}" in
demo) packages="$lab" ;;
test) packages="$test" ;;
bench) packages="$bench" ;;
# The version has the commit.
package) packages="git" ;;
*)
  echo "usage: prepare.sh demo|test|bench|package [--list]" >&2
  exit 2
  ;;
esac
if [ "${2:-}" = --list ]; then
  printf '%s\n' $packages
  exit 0
fi

major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
if [ "$major" -lt 20 ]; then
  echo "prepare: Node.js 20 or newer is needed; found: $(node --version 2>/dev/null || echo none)" >&2
  exit 1
fi

missing=""
for package in $packages; do
  case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" in
  installed) ;;
  *) missing="$missing $package" ;;
  esac
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    if [ "$1" = test ]; then
      echo "prepare: not root, so these Debian packages stay missing and the lab tests are skipped:$missing"
    else
      echo "prepare: root is needed to install:$missing" >&2
      exit 1
    fi
  else
    echo "prepare: installing$missing"
    # policy-rc.d keeps Debian from starting the daemons: the lab starts its own, in its own namespaces.
    policy=/usr/sbin/policy-rc.d
    made_policy=""
    if [ ! -e "$policy" ]; then
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
      made_policy=yes
    fi
    log=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
      [ -n "$made_policy" ] && rm -f "$policy"
      cat "$log" >&2
      echo "prepare: apt could not install:$missing" >&2
      exit 1
    fi
    [ -n "$made_policy" ] && rm -f "$policy"
    rm -f "$log"
  fi
fi

# npm keeps a copy of the lock file in node_modules; when ours is newer the packages are not the ones asked for.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "prepare: npm ci"
  npm ci --no-audit --no-fund --loglevel=error
fi

if [ ! -e dist/main.js ] || [ -n "$(find src package.json tsconfig.json tsconfig.build.json -newer dist/main.js -print -quit)" ]; then
  echo "prepare: building"
  bash deploy/build.sh
fi
