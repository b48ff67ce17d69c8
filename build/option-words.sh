#!/usr/bin/env bash
# Makes tests/IpaAnalysis.Tests/Fixtures/Options/real-build-words.txt again: the options that compiles of C have in real
# builds. A tree that nobody trusts must be answered for with each of them (OptionWordsTests).
#   build/option-words.sh [DIRECTORY]    DIRECTORY (default artifacts/option-words) takes what is fetched and built
# Where they come from:
#   corpus   a whole kernel's .cmd files, which IPA_CORPUS names (without it the words of the last time are kept)
#   kernel   Debian's kernel flags: a small module built against the distribution's headers
#   dkms     modules of Debian's *-dkms packages, those that build against these headers
#   user     user-space trees with Debian's flags (dpkg-buildflags, with and without all hardening)
# Needs Debian or what is like it, with its package sources reachable. Packages are unpacked below DIRECTORY, not installed;
# the tools that builds need are installed as for build/test.sh. Nothing of what is built runs, but its makefiles do.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

work=$(realpath -m "${1:-$root/artifacts/option-words}")
list=$root/tests/IpaAnalysis.Tests/Fixtures/Options/real-build-words.txt
jobs=$(nproc)

modules=(
    v4l2loopback-dkms acpi-call-dkms bbswitch-dkms evdi-dkms jool-dkms lime-forensics-dkms nat-rtsp-dkms tp-smapi-dkms
    rtpengine-kernel-dkms ddcci-dkms digimend-dkms apfs-dkms gost-crypto-dkms rapiddisk-dkms vpoll-dkms dm-writeboost-dkms
    openrazer-driver-dkms librem-ec-acpi-dkms falcosecurity-scap-dkms openvpn-dco-dkms west-chamber-dkms dpdk-kmods-dkms
)
trees=(zlib lz4 nghttp2 lighttpd hiredis dav1d libyaml)

have python3 || fail "python3 is needed"
missing=()
have gcc || missing+=(gcc libc6-dev)
have make || missing+=(make)
have meson || missing+=(meson)
have cmake || missing+=(cmake)
have ninja || missing+=(ninja-build)
have dpkg-buildflags || missing+=(dpkg-dev)
compgen -G '/lib/modules/*/build/Makefile' >/dev/null || missing+=("linux-headers-$(dpkg --print-architecture)")
install_packages "${missing[@]}" >&2

headers=$(compgen -G '/lib/modules/*/build' | head -n 1)
rm -rf "$work/calls" "$work/bin" "$work/module"
mkdir -p "$work/calls" "$work/bin" "$work/module" "$work/dkms" "$work/sources" "$work/logs"
: > "$work/records"

# A compiler in front of the compiler, which writes down how it was called: one file per process, so that calls never mix.
for name in gcc cc "$(gcc -dumpmachine)-gcc"; do
    real=$(command -v "$name") || continue
    cat > "$work/bin/$name" <<SCRIPT
#!/bin/sh
{ printf '%s\\0' gcc "\$@"; printf '\\0'; } >> "\$IPA_CALLS/\$\$"
exec '$real' "\$@"
SCRIPT
    chmod +x "$work/bin/$name"
done

# keep_records TAG DIRECTORY: the .cmd files below a directory count for a tag.
keep_records() {
    find "$2" -name '.*.o.cmd' -printf "$1\t%p\n" >> "$work/records"
}

build_kernel_module() {
    printf 'obj-m := words.o\n' > "$work/module/Makefile"
    cat > "$work/module/words.c" <<'SOURCE'
#include <linux/module.h>
static int __init words_init(void) { return 0; }
module_init(words_init);
MODULE_LICENSE("GPL");
SOURCE
    make -C "$headers" M="$work/module" modules > "$work/logs/kernel" 2>&1
    keep_records kernel "$work/module"
}

# build_dkms PACKAGE: as dkms would; status 1 if it does not build here.
build_dkms() {
    local package=$1 directory=$work/dkms/$1 source
    if [[ ! -d $directory ]]; then
        (cd "$work/dkms" && apt-get download -q "$package" && dpkg -x "$package"_*.deb "$directory.part" && mv "$directory.part" "$directory") || return 1
    fi
    source=$(find "$directory/usr/src" -name dkms.conf -printf '%h\n' | head -n 1)
    [[ -n $source ]] || return 1
    rm -rf "$directory/var"
    (
        unset MAKEFLAGS
        kernelver=$(basename "$(dirname "$headers")") kernel_source_dir=$headers arch=x86_64
        dkms_tree=$directory/var source_tree=$directory/usr/src
        MAKE=()
        set +eu
        # shellcheck source=/dev/null
        source "$source/dkms.conf"
        # A copy where dkms has it: recipes name it.
        mkdir -p "$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION"
        cp -r "$source" "$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build"
        cd "$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build"
        eval "${MAKE[0]:-make -C $headers M=$PWD modules}"
        find . -name '*.ko' | grep -q .
    ) </dev/null || return 1
    keep_records dkms "$directory/var"
}

# build_tree PACKAGE: with the flags that Debian gives it; status 1 if it does not build here.
build_tree() {
    local source hardening
    source=$(find "$work/sources" -mindepth 1 -maxdepth 1 -type d -name "$1-*" | sort | head -n 1)
    [[ -n $source ]] || return 1
    for hardening in "" hardening=+all; do
        (
            cd "$source"
            export DEB_BUILD_MAINT_OPTIONS=$hardening
            eval "$(dpkg-buildflags --export=sh)"
            export CC=gcc PATH=$work/bin:$PATH IPA_CALLS=$work/calls
            rm -rf ipa-build
            case $1 in
                dav1d) meson setup ipa-build -Denable_asm=false -Denable_tools=false -Denable_tests=false && ninja -C ipa-build -j "$jobs" ;;
                libyaml) cmake -S . -B ipa-build -G Ninja && ninja -C ipa-build -j "$jobs" ;;
                nghttp2) cmake -S . -B ipa-build -DENABLE_LIB_ONLY=ON && make -C ipa-build -j "$jobs" ;;
                lighttpd) mkdir ipa-build && cd ipa-build && ../configure --without-pcre --without-pcre2 --without-zlib && make -j "$jobs" ;;
                zlib) ./configure && make -j "$jobs" ;;
                *) make -j "$jobs" ;;
            esac
        ) </dev/null || return 1
        (cd "$source" && { make distclean || make clean || true; }) > /dev/null 2>&1 </dev/null
    done
}

{
    say "Debian's kernel flags"
    build_kernel_module
    built=()
    for package in "${modules[@]}"; do
        if build_dkms "$package" > "$work/logs/$package" 2>&1; then
            built+=("$package")
            say "$package"
        else
            say "$package does not build here (see $work/logs/$package)"
        fi
    done
    [[ ${#built[@]} -ge 10 ]] || fail "Only ${#built[@]} modules were built; ten are wanted."
    if [[ ! -e $work/sources/.complete ]]; then
        fetch_sources "$work/sources" "${trees[@]}" || fail "No source packages can be fetched."
    fi
    made=()
    for tree in "${trees[@]}"; do
        if build_tree "$tree" > "$work/logs/$tree" 2>&1; then
            made+=("$tree")
            say "$tree"
        else
            say "$tree does not build here (see $work/logs/$tree)"
        fi
    done
    [[ ${#made[@]} -ge 5 ]] || fail "Only ${#made[@]} user-space trees were built; five are wanted."
    find "$work/calls" -type f -printf 'user\t%p\n' >> "$work/records"
    if [[ -n ${IPA_CORPUS:-} ]]; then
        keep_records corpus "$IPA_CORPUS"
    fi
} >&2

{
    printf '# Options of compiles of C in real builds, one a line with its argument; then where it occurs. Made by build/option-words.sh.\n'
    printf '# kernel: %s; dkms: %s; user: %s\n' "$(basename "$(dirname "$headers")")" "${built[*]}" "${made[*]}"
    python3 "$root/build/option-words.py" < "$work/records"
} > "$list.new"
if [[ -z ${IPA_CORPUS:-} && -e $list ]]; then
    grep -P '\t.*corpus' "$list" | sed 's/\t.*/\tcorpus/' >> "$list.new"
fi
mv "$list.new" "$list"
say "$(grep -vc '^#' "$list") options in $list"
