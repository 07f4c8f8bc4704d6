#!/bin/sh
# Renews the locked requirements: every package the project uses, its exact version, and the hash of each of its files.
# Run by `make lock`. Names of packages to renew may follow; without any, all are renewed.
set -eu
cd "$(dirname "$0")/.."
locked=installer/locked
compile=.venv/bin/pip-compile
[ -x "$compile" ] || { echo "Run 'make set-up' first: it brings pip-compile." >&2; exit 1; }

renew=--upgrade
for package in "$@"; do
    [ "$renew" = --upgrade ] && renew=
    renew="$renew --upgrade-package=$package"
done

# A lock that names a host or a folder would tie every computer to the one it was made on.
# PIP_FIND_LINKS is emptied so that the hashes are those of the published files, not of a local copy.
lock() {
    output=$1
    shift
    # shellcheck disable=SC2086 # several words, on purpose
    PIP_FIND_LINKS='' "$compile" --quiet --no-config --no-header --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --newline lf \
        $renew "$@" --output-file "$output"
    # pip-compile sees only the system it runs on and leaves these conditions out.
    sed -i.before -E \
        -e 's/^((colorama|pywin32-ctypes)==[^ ;]+)( ; [^\\]*)? \\$/\1 ; sys_platform == "win32" \\/' \
        -e 's/^((jeepney|secretstorage)==[^ ;]+)( ; [^\\]*)? \\$/\1 ; sys_platform == "linux" \\/' \
        -e '/^# The following packages are considered to be unsafe/d' \
        "$output"
    rm -f "$output.before"
}

lock "$locked/run.txt" pyproject.toml "$locked/also.in"
lock "$locked/develop.txt" --extra dev --constraint "$locked/run.txt" pyproject.toml "$locked/also.in"
lock "$locked/package.txt" --extra package --constraint "$locked/run.txt" pyproject.toml "$locked/also.in"
lock "$locked/bench.txt" "$locked/bench.in"

if grep -n -E '^-|^[^#]*(://|file:| @ )' "$locked"/*.txt; then
    echo "The lines above name a host, a folder or an option: nothing of the kind belongs in a lock." >&2
    exit 1
fi
echo "Renewed run.txt, develop.txt, package.txt and bench.txt in $locked."
