#!/bin/sh
# Gets a fresh clone ready on Linux or macOS: system libraries, virtual environment, locked packages, the project itself.
#
#   installer/set_up.sh --minimal    what it takes to run the program
#   installer/set_up.sh --develop    that, and what it takes to check and test it (the default)
#
# Safe to run again and again: it does only what is still to do, and nothing within a moment when all is done.
# It asks for no password. Set PYTHON to choose the Python it builds on (3.11, 3.12 or 3.13).
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
environment=.venv
stamp=$environment/.set-up
PATH=$PATH:/usr/sbin:/sbin # ldconfig lives there, and a plain user's path often leaves it out
export LC_ALL=C

case "${1:---develop}" in
    --minimal) kind=minimal locked=installer/locked/run.txt ;;
    --develop) kind=develop locked=installer/locked/develop.txt ;;
    *) echo "usage: installer/set_up.sh [--minimal | --develop]" >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*"; }
tell() { printf '%s\n' "$*" >&2; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# Runs a command with its output kept back, and shows the end of that output only if the command fails.
quietly() {
    "$@" >"$log" 2>&1 && return 0
    tail -n 15 "$log" | sed 's/^/    /' >&2
    return 1
}

# ----- What the system must bring: the shared library, and the Debian package it is in.

# Without these Qt does not start at all, not even without a screen.
needed_libraries='
libGL.so.1 libgl1
libEGL.so.1 libegl1
libglib-2.0.so.0 libglib2.0-0
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
'
# Without these there is no window on the screen (X11 or Wayland), and no printer but a PDF file.
screen_libraries='
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libX11-xcb.so.1 libx11-xcb1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libcups.so.2 libcups2
'

# Prints "library package" for each library of the list in $1 that the system's loader does not know.
missing_from() {
    [ "$(uname -s)" = Linux ] && command -v ldconfig >/dev/null 2>&1 || return 0
    known=$(ldconfig -p 2>/dev/null) || return 0
    printf '%s' "$1" | while read -r library package; do
        [ -n "$library" ] || continue
        case "$known" in
            *"	$library "*) ;;
            *) printf '%s %s\n' "$library" "$package" ;;
        esac
    done
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1
}

# Installs Debian packages, as root or through a sudo that asks for no password.
install_packages() {
    administrator=''
    [ "$(id -u)" -eq 0 ] || administrator='sudo -n'
    say "Installing from the system's packages: $*"
    # One broken extra source must not stop us: whether the packages are there is for the installation to say.
    # shellcheck disable=SC2086 # two words, or none
    quietly $administrator env DEBIAN_FRONTEND=noninteractive apt-get update -q || true
    # shellcheck disable=SC2086
    quietly $administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# ----- Python

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }

find_python() {
    for candidate in "${PYTHON:-python3.11}" python3.11 python3.12 python3.13 python3; do
        suits "$candidate" && { printf '%s' "$candidate"; return 0; }
    done
    return 1
}

can_make_environments() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
has_pip() { "$1" -c 'import pip, venv' >/dev/null 2>&1; }

# A virtual environment does not survive being moved: its commands name the place where it was made.
place=$environment/.made-in
environment_suits() {
    [ -x "$environment/bin/python" ] && suits "$environment/bin/python" || return 1
    [ ! -f "$place" ] || [ "$(cat "$place")" = "$root" ]
}

# ----- Is there anything to do?

wanted=$(cat pyproject.toml "$locked" | cksum)
missing_needed=$(missing_from "$needed_libraries")
missing_screen=$(missing_from "$screen_libraries")
# Libraries that were missing last time, when Qt started all the same, are not mentioned again, unless we may now install.
state_now() {
    printf '%s %s\n' "$kind" "$wanted"
    [ -n "$missing_needed$missing_screen" ] || return 0
    printf '%s\n' "$missing_needed" "$missing_screen" | sed '/^$/d'
    may_install && echo "may install" || echo "may not install"
}
state=$(state_now)

installed() {
    [ -f "$stamp-$kind" ] && environment_suits && [ "$(cat "$stamp-$kind")" = "$state" ]
}

installed && exit 0

# ----- The system's part

# Sets `packages` to the Debian packages that are still lacking, and `python` to what the environment can be made with.
look_for_what_is_missing() {
    missing_needed=$(missing_from "$needed_libraries")
    missing_screen=$(missing_from "$screen_libraries")
    python=$(find_python) || python=''
    packages=$(printf '%s\n%s\n' "$missing_needed" "$missing_screen" | sed -n 's/^[^ ]* //p' | tr '\n' ' ')
    environment_suits && return 0
    if [ -z "$python" ]; then
        packages="python3 python3-venv $packages"
    elif ! can_make_environments "$python" && ! has_pip "$python"; then
        packages="python3-venv $packages"
    fi
}

names_of() { printf '%s\n' "$1" | sed 's/ .*//' | paste -s -d ' ' - | fold -s -w 100 | sed 's/^/        /; s/ *$//'; }

failed=''
look_for_what_is_missing
if [ -n "$packages" ] && may_install; then
    # shellcheck disable=SC2086 # one word for each package
    install_packages $packages || { tell "They could not be installed; going on with what is there."; failed=yes; }
    look_for_what_is_missing
fi

may_go_on() {
    environment_suits && return 0
    [ -n "$python" ] && { can_make_environments "$python" || has_pip "$python"; }
}

if [ -n "$packages" ]; then
    tell "This computer lacks something the program needs, and it could not be installed from here:"
    [ -n "$python" ] || environment_suits || tell "    Python 3.11, 3.12 or 3.13"
    [ -z "$python" ] || may_go_on || tell "    Python's own modules venv and ensurepip"
    [ -z "$missing_needed" ] || { tell "    to start at all:"; names_of "$missing_needed" >&2; }
    [ -z "$missing_screen" ] || { tell "    to show windows on a screen, and for printers:"; names_of "$missing_screen" >&2; }
    if command -v apt-get >/dev/null 2>&1; then
        tell "Someone who may install software on this computer can bring it all with this one command:"
        tell "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages% }"
    else
        tell "Please install it with this system's own package tool. In Debian the packages are called:"
        tell "    ${packages% }"
    fi
    may_go_on || exit 1
fi
state=$(state_now)

# ----- The virtual environment

if ! environment_suits; then
    say "Making the virtual environment in $environment ($("$python" --version 2>&1))"
    if can_make_environments "$python"; then
        quietly "$python" -m venv --clear "$environment" || exit 1
    else
        # Its pip fills the environment from outside.
        quietly "$python" -m venv --clear --without-pip "$environment" || exit 1
    fi
    printf '%s\n' "$root" >"$place"
fi

if "$environment/bin/python" -m pip --version >/dev/null 2>&1; then
    pip() { "$environment/bin/python" -m pip "$@"; }
else
    pip() { "$python" -m pip --python "$environment/bin/python" "$@"; }
fi
options='--disable-pip-version-check --no-input --progress-bar off'

# ----- The packages and the project

say "Fetching the packages it needs (the first time this takes a few minutes)"
rm -f "$stamp-minimal" "$stamp-develop"
# shellcheck disable=SC2086 # several words, on purpose
if ! quietly pip install $options --require-hashes -r "$locked"; then
    tell "The packages could not be installed; the lines above say why. Most often it is the network, or a certificate"
    tell "that the network uses and pip does not know. Nothing is lost: put it right and run the same again."
    exit 1
fi
# shellcheck disable=SC2086
quietly pip install $options --no-deps --no-build-isolation --no-index --editable . || exit 1

# ----- Does Qt start? Only that proves the libraries are all there.

if ! QT_QPA_PLATFORM=offscreen quietly "$environment/bin/python" -c '
from PySide6.QtWidgets import QApplication
from PySide6 import QtPrintSupport, QtSvg
QApplication([])'; then
    tell "Everything is installed, but Qt does not start on this computer; the lines above say which library it lacks."
    exit 1
fi

say "Ready."
[ -z "$failed" ] || exit 0 # to be tried again next time
printf '%s\n' "$state" >"$stamp-$kind"
if [ "$kind" = develop ]; then
    # What develops also runs.
    wanted=$(cat pyproject.toml installer/locked/run.txt | cksum)
    printf '%s\n' "$state" | sed "1s/.*/minimal $wanted/" >"$stamp-minimal"
fi
