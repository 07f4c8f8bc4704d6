#!/bin/sh
# Makes dist/EoLC-Desktop-VERSION.dmg on macOS. To sign and notarise, set DEVELOPER_ID to the name of the certificate and
# NOTARY_PROFILE to a profile kept by `xcrun notarytool store-credentials`.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' eolc_desktop/__init__.py)
mkdir -p build
python3 -m venv build/environment
build/environment/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes -r installer/locked/package.txt
build/environment/bin/python installer/icons.py build/icons
installer/build.sh
app="dist/EoLC Desktop.app"
"$app/Contents/MacOS/eolc-desktop" --self-test
if [ -n "${DEVELOPER_ID:-}" ]; then
    # From the inside out: what is signed last vouches for what is in it.
    find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -exec codesign --force --timestamp --options runtime --sign "$DEVELOPER_ID" {} +
    codesign --force --timestamp --options runtime --entitlements installer/macos/entitlements.plist --sign "$DEVELOPER_ID" "$app"
fi
dmg="dist/EoLC-Desktop-$version.dmg"
rm -rf build/dmg "$dmg"
mkdir -p build/dmg
cp -R "$app" build/dmg/
ln -s /Applications build/dmg/Applications
hdiutil create -volname "EoLC Desktop" -srcfolder build/dmg -ov -format UDZO "$dmg"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
fi
echo "Made: $dmg"
