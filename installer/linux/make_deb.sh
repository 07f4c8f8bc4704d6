#!/bin/sh
# Makes dist/eolc-desktop_VERSION_ARCHITECTURE.deb from dist/eolc-desktop (installer/build.sh makes that).
#
#   installer/linux/make_deb.sh [VERSION]      another version than the program's own: only to try an upgrade
#
# The program goes to /opt/eolc-desktop, a command to /usr/bin, the menu entry and the icon where they belong. Nothing
# runs at installation; removing the package never touches anybody's record.
set -eu
cd "$(dirname "$0")/../.."
version=${1:-$(sed -n 's/^__version__ = "\(.*\)"/\1/p' eolc_desktop/__init__.py)}
architecture=$(dpkg --print-architecture)
root=build/deb/eolc-desktop_${version}_$architecture
rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/opt" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/metainfo" \
    "$root/usr/share/doc/eolc-desktop" "$root/usr/share/icons/hicolor/scalable/apps" "$root/etc/eolc-desktop"
cp -r dist/eolc-desktop "$root/opt/eolc-desktop"
ln -s /opt/eolc-desktop/eolc-desktop "$root/usr/bin/eolc-desktop"
cp installer/linux/eolc-desktop.desktop "$root/usr/share/applications/"
cp installer/linux/org.eolc_desktop.EoLCDesktop.metainfo.xml "$root/usr/share/metainfo/"
cp resources/eolc-desktop.svg "$root/usr/share/icons/hicolor/scalable/apps/eolc-desktop.svg"
{
    echo "EoLC Desktop is free software under the MIT licence:"
    echo
    cat LICENSE
    echo
    echo "The libraries in it, each under its own licence (the texts are in /opt/eolc-desktop/_internal/notices):"
    echo
    cat build/notices/THIRD-PARTY.txt
} >"$root/usr/share/doc/eolc-desktop/copyright"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/eolc-desktop/changelog.gz"
size=$(du -sk "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    installer/linux/control.in >"$root/DEBIAN/control"
cp installer/linux/postrm "$root/DEBIAN/postrm"
chmod 755 "$root/DEBIAN/postrm"
find "$root" -type d -exec chmod 755 {} +
find "$root/opt" -type f -exec chmod go+rX,go-w {} +
mkdir -p dist
dpkg-deb --root-owner-group "-Z${COMPRESSION:-xz}" --build "$root" dist >/dev/null
rm -rf "$root"
ls -l "dist/eolc-desktop_${version}_$architecture.deb" | awk '{ printf "Made: %s (%.0f MB)\n", $9, $5 / 1e6 }'
