#!/usr/bin/env bash
# tests/run.sh PART...: run lint, sqlite, postgres. Every part runs even if one before it failed; what could
# not run is named at the end; the closing line of the last suite (of the failed one, if any) is printed last.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
notes=()
closing=""
broken="" # whether a suite failed
failed="" # whether anything did
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The suite says itself what it wants from the environment.
unset MEMORIAL_MODE DATABASE_URL SECRET_KEY ALLOWED_HOSTS CONN_MAX_AGE CACHE_URL EMAIL_URL LOG_LEVEL LOG_FORMAT \
    DEFAULT_FROM_EMAIL CSRF_TRUSTED_ORIGINS TRUST_PROXY_HEADERS SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS \
    SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD STATIC_ROOT

need() { # need WHAT-IT-IS-FOR PROGRAM PACKAGE...: have a program, installing its packages where we may
    local purpose=$1 program=$2 reason
    shift 2
    compgen -G "$program" >/dev/null || command -v "$program" >/dev/null && return
    if reason=$(tests/packages.sh "$@" 2>&1); then return; fi
    notes+=("SKIPPED: $purpose: ${reason##*$'\n'}")
    return 1
}

step() { # step NAME COMMAND...
    local name=$1
    shift
    echo "== $name"
    "$@" </dev/null || { notes+=("FAILED: $name"); failed=yes; }
}

suite() { # suite NAME PERCENT COMMAND...: where the tests must end by a time, with so much of what is left of it
    local name=$1 percent=$2 status line now seconds=3600 end_by=""
    shift 2
    echo "== the suite on $name"
    if [ -n "${TESTS_END_BY:-}" ]; then
        now=$(date +%s)
        end_by=$((now + (TESTS_END_BY - now) * percent / 100))
        seconds=$((end_by > now ? end_by - now + 100 : 100))
    fi
    TESTS_END_BY=$end_by timeout --foreground --kill-after=30 "$seconds" "$@" </dev/null 2>&1 | tee "$scratch/log"
    status=${PIPESTATUS[0]}
    line=$(grep -E '^=+ .* in [0-9.]+s' "$scratch/log" | tail -1)
    if [ "$status" -eq 0 ]; then
        [ -n "$broken" ] || closing=$line
    else
        notes+=("FAILED: the suite on $name (exit status $status)")
        closing=${line:-the suite on $name did not finish}
        broken=yes
        failed=yes
    fi
}

lint() {
    step "ruff" $python -m ruff check .
    step "migrations are complete" env DATABASE_URL=sqlite://:memory: $python manage.py makemigrations --check --dry-run
}

tools() {
    need "browser tests" chromium chromium fonts-dejavu-core || true
    need "checks of the translations" msgfmt gettext || true
}

for part in "$@"; do
    case $part in
        lint) lint ;;
        sqlite)
            tools
            suite SQLite "$([[ " $* " == *" postgres "* ]] && echo 55 || echo 100)" $python -m pytest -n 2 --dist worksteal
            ;;
        postgres)
            tools
            if need "the suite on PostgreSQL" '/usr/lib/postgresql/*/bin/initdb' postgresql; then
                # Where both engines run, what touches no database or judges how pages are drawn runs once.
                [[ " $* " == *" sqlite "* ]] && export ONLY_DATABASE=yes
                suite PostgreSQL 100 tests/postgres.sh $python -m pytest -n 2 --dist worksteal
            fi
            ;;
        *) echo "no such part: $part" >&2; exit 2 ;;
    esac
done

echo
printf '%s\n' "${notes[@]}" | sort -u | sed '/^$/d'
[ -z "$closing" ] || echo "$closing"
[ -z "$failed" ]
