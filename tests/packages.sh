#!/usr/bin/env bash
# tests/packages.sh PACKAGE...: install Debian packages, where we may. Otherwise say why not and fail.
set -euo pipefail

if [ "$(id -u)" -ne 0 ]; then
    echo "not root, so $* cannot be installed" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null; then
    echo "no apt-get here, so $* cannot be installed" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
lock=(-o DPkg::Lock::Timeout=300)
apt-get "${lock[@]}" update -qq >/dev/null
apt-get "${lock[@]}" install -qq -y --no-install-recommends "$@" >/dev/null </dev/null
