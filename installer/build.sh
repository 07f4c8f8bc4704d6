#!/bin/sh
# Makes the program with its Python, one folder, in dist/eolc-desktop (Linux) or dist/EoLC Desktop.app (macOS).
#
#   installer/build.sh            builds, if nothing that goes in has changed since the last time it does nothing
#
# What it needs comes from installer/locked/package.txt, into an environment of its own.
set -eu
cd "$(dirname "$0")/.."
environment=build/environment
stamp=build/.built
mkdir -p build

# All that goes in: the code, what it reads, this recipe and the locked packages.
state=$(git ls-files -z eolc_desktop resources installer LICENSE CHANGELOG.md pyproject.toml | xargs -0 cksum | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && [ -d dist/eolc-desktop ]; then
    exit 0
fi

python=$(for candidate in "${PYTHON:-python3.11}" python3.13 python3.12 python3.11 python3; do
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { echo "$candidate"; break; }
done)
[ -n "$python" ] || { echo "Python 3.11, 3.12 or 3.13 is needed." >&2; exit 1; }
wanted=$(cksum <installer/locked/package.txt)
if [ ! -f "$environment/.locked" ] || [ "$(cat "$environment/.locked")" != "$wanted" ]; then
    echo "Fetching what builds the program"
    "$python" -m venv --clear "$environment"
    "$environment/bin/python" -m pip install --disable-pip-version-check --quiet --require-hashes -r installer/locked/package.txt
    echo "$wanted" >"$environment/.locked"
fi

echo "Building the program"
rm -rf dist/eolc-desktop build/notices
"$environment/bin/python" installer/notices.py build/notices
"$environment/bin/python" installer/sbom.py build/sbom.cdx.json
QT_QPA_PLATFORM=offscreen "$environment/bin/python" -m PyInstaller --noconfirm --log-level WARN \
    --distpath dist --workpath build/work installer/eolc-desktop.spec
cp build/sbom.cdx.json dist/
echo "$state" >"$stamp"
du -sh dist/eolc-desktop | sed 's/^/Built: /'
