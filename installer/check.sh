#!/bin/bash
# Builds the package and tries it as an IT department would: into a clean Debian 12 with nothing of ours, as root.
#
#   installer/check.sh        (make installer-check)
#
# Installs, runs the self-test as an ordinary user, makes a caseload, upgrades over it, removes the program, and looks
# whether the record is still there. Prints the sizes, and how long the start takes beside the source run.
set -euo pipefail
cd "$(dirname "$0")/.."
root=build/clean-debian
user=nurse
say() { printf '%s\n' "$*"; }
fail() { printf 'FAIL  %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "This needs root: it installs into a clean Debian of its own (in $root)."

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
command -v debootstrap >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap; } >/dev/null

installer/build.sh
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' eolc_desktop/__init__.py)
older="$version~before"
architecture=$(dpkg --print-architecture)
COMPRESSION=gzip installer/linux/make_deb.sh "$older" # quick to make: it is only upgraded from
installer/linux/make_deb.sh
installer/linux/make_archive.sh
installed=$(du -sm dist/eolc-desktop | cut -f1)

# A clean Debian, kept packed between two checks: making it takes the most time.
leave() { for place in proc dev/shm dev; do umount -q "$root/$place" 2>/dev/null || true; done; }
trap leave EXIT
if [ ! -f build/clean-debian.tar ]; then
    say "Making a clean Debian 12"
    rm -rf "$root"
    debootstrap --variant=minbase bookworm "$root" >build/debootstrap.log 2>&1 || { tail -n 5 build/debootstrap.log; exit 1; }
    tar -C "$root" -cf build/clean-debian.tar .
fi
leave
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xf build/clean-debian.tar
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" # as every Debian has it: the worker process needs it
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp -r /etc/apt/. "$root/etc/apt/"
cp "dist/eolc-desktop_${older}_$architecture.deb" "$root/older.deb"
cp "dist/eolc-desktop_${version}_$architecture.deb" "$root/newer.deb"
within() { chroot "$root" /usr/bin/env -i HOME="/root" PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() {
    chroot --userspec="$user:$user" "$root" /usr/bin/env -i HOME="/home/$user" LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"
}

say "Installing"
within useradd --create-home "$user"
within apt-get update -q >build/apt.log 2>&1 || true
within apt-get install -y -q --no-install-recommends /older.deb >>build/apt.log 2>&1 || { tail -n 15 build/apt.log; fail "it did not install"; }
as_user eolc-desktop --version | grep -q "EoLC Desktop" || fail "the command does not run"

say "Testing itself, as an ordinary user"
as_user eolc-desktop --self-test | sed 's/^/    /'
[ "${PIPESTATUS[0]}" -eq 0 ] || fail "the self-test"

say "A visit, driven in its windows as the nurse would: import, conversation, printed plan"
as_user eolc-desktop demo --out "/home/$user/visit" >build/visit.log 2>&1 || { tail -n 5 build/visit.log; fail "the visit"; }
as_user eolc-desktop guide --out "/home/$user/visit/guide.pdf" >/dev/null || fail "the guide could not be written"
pictures=$(find "$root/home/$user/visit" -name '*.png' | wc -l) pages=$(find "$root/home/$user/visit" -name '*.pdf' | wc -l)
[ "$pictures" -gt 0 ] && [ "$pages" -gt 1 ] || fail "the visit left no pictures or no documents"
say "    $pictures pictures of its windows, $pages documents"

say "Making a caseload, then upgrading"
as_user eolc-desktop demo --make "/home/$user/.local/share/eolc-desktop" >/dev/null || fail "a caseload could not be made"
before=$(sha256sum "$root/home/$user/.local/share/eolc-desktop/keys.json" | cut -c1-64)
within apt-get install -y -q --no-install-recommends /newer.deb >>build/apt.log 2>&1 || fail "it did not upgrade"
within dpkg-query -W -f '${Version}' eolc-desktop | grep -qx "$version" || fail "the upgrade left the older version"
printf 'longest_idle_minutes = 4\nmay_save_pdfs = false\n' >"$root/etc/eolc-desktop/policy.toml"
checked() { printf 'a made-up record to look at\n' | as_user eolc-desktop check --passphrase-fd 0; }
checked | sed 's/^/    /'
checked | grep -q "people" || fail "the caseload is not there after the upgrade"
checked | grep -q "locks after at most 4 minutes" || fail "the policy of the computer is not in force"

say "Removing it"
within apt-get purge -y -q eolc-desktop >build/purge.log 2>&1 || fail "it did not come off"
grep -q "left where they are" build/purge.log || fail "removing does not say where the records are"
[ ! -e "$root/opt/eolc-desktop" ] || fail "removing left the program behind"
after=$(sha256sum "$root/home/$user/.local/share/eolc-desktop/keys.json" | cut -c1-64)
[ "$before" = "$after" ] && [ -s "$root/home/$user/.local/share/eolc-desktop/record.db" ] || fail "removing touched the record"
say "The record is still there."

say "Sizes: installed $installed MB; package $(du -m "dist/eolc-desktop_${version}_$architecture.deb" | cut -f1) MB"
.venv/bin/python -m tests.bench --only package || fail "the packaged program starts too slowly"
say "The installer check passed."
