#!/bin/sh
# Brings the other PDF engine that `make bench` compares with, in an environment of its own: build/bench.
# It is no part of the program. Where it cannot be had, the bench says so and measures the rest.
set -eu
cd "$(dirname "$0")/.."
environment=build/bench
wanted=$(cksum <installer/locked/bench.txt)
[ -f "$environment/.locked" ] && [ "$(cat "$environment/.locked")" = "$wanted" ] && exit 0

echo "Fetching WeasyPrint to compare with"
# Pango sets its text, and comes from the system.
if ! ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    apt-get install -y -q --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 >/dev/null || true
fi
mkdir -p build
.venv/bin/python -m venv --clear "$environment" &&
    "$environment/bin/python" -m pip install --disable-pip-version-check --quiet --require-hashes \
        -r installer/locked/bench.txt &&
    "$environment/bin/python" -c 'import weasyprint' && echo "$wanted" >"$environment/.locked" && exit 0
echo "WeasyPrint is not there (it needs Pango from the system): the rest is measured without it." >&2
