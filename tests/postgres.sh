#!/usr/bin/env bash
# tests/postgres.sh COMMAND...: run a command with DATABASE_URL naming a private PostgreSQL that is made for
# it and removed after it. It listens on a socket in its own directory only, so any number can run at once.
# POSTGRES_KEEP=DIR makes it there and keeps it, or takes the one that is there; POSTGRES_OPTIONS are the server's.
set -euo pipefail

programs() {
    local found
    found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1) || true
    dirname "${found:-$(command -v initdb)}"
}

as_owner() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups env HOME="$home" "$@"
    else
        "$@"
    fi
}

remove() {
    status=$?
    trap - EXIT
    trap '' INT TERM HUP
    if [ -n "$command" ]; then
        kill "$command" 2>/dev/null && wait "$command" 2>/dev/null || true
    fi
    if [ -f "$home/data/postmaster.pid" ]; then
        (cd "$home" && as_owner "$bin/pg_ctl" -D "$home/data" -m "$stop" -w stop >/dev/null 2>&1) || true
    fi
    [ -n "${POSTGRES_KEEP:-}" ] || rm -rf "$home"
    exit "$status"
}

command=""
bin=$(programs)
owner=$(id -un)
if [ -n "${POSTGRES_KEEP:-}" ]; then
    mkdir -p "$POSTGRES_KEEP"
    home=$(cd "$POSTGRES_KEEP" && pwd)
    stop=fast
else
    home=$(mktemp -d /tmp/memorial-postgres.XXXXXXXX)
    stop=immediate
fi
trap remove EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$home"
fi

fast="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=4GB"
(
    cd "$home"
    { [ -f "$home/data/PG_VERSION" ] || as_owner "$bin/initdb" -D "$home/data" -U memorial -A trust -E UTF8 \
        --locale=C.UTF-8 --no-sync >"$home/initdb.log" 2>&1; } &&
        as_owner "$bin/pg_ctl" -D "$home/data" -l "$home/server.log" -w -t 60 \
            -o "-k $home -c listen_addresses='' -c shared_buffers=128MB $fast ${POSTGRES_OPTIONS:-}" start >/dev/null
) || { cat "$home"/*.log >&2; exit 1; }

# In the background, because bash answers a signal at once only while it waits.
DATABASE_URL="postgres://memorial@/$home/postgres" "$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=""
exit "$status"
