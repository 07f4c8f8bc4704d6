#!/bin/sh
# Makes dist/eolc-desktop-VERSION-linux-MACHINE.tar.xz from dist/eolc-desktop: to unpack anywhere and run, without root.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' eolc_desktop/__init__.py)
name=eolc-desktop-$version-linux-$(uname -m)
rm -rf "build/archive/$name"
mkdir -p build/archive dist
cp -r dist/eolc-desktop "build/archive/$name"
cp LICENSE CHANGELOG.md installer/linux/eolc-desktop.desktop resources/eolc-desktop.svg "build/archive/$name/"
XZ_OPT=-T0 tar -C build/archive --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cJf "dist/$name.tar.xz" "$name"
rm -rf "build/archive/$name"
ls -l "dist/$name.tar.xz" | awk '{ printf "Made: %s (%.0f MB)\n", $9, $5 / 1e6 }'
