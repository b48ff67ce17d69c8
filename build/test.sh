#!/usr/bin/env bash
# The README's test command: builds, packs and tests everything. The last line is `N passed, N failed`.
# Arguments go to dotnet test: build/test.sh --filter Category!=EndToEnd
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

results=$root/artifacts/test-results
packages=$root/artifacts/test-packages
status=0

# Adds up the counters of every result file: passed, failed, skipped.
count_results() {
    find "$results" -name '*.trx' -exec grep -ho '<Counters [^>]*>' {} + 2>/dev/null | awk '
        function counter(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
        {
            passed += counter("passed")
            failed += counter("failed") + counter("error") + counter("timeout") + counter("aborted")
            skipped += counter("total") - counter("executed")
        }
        END { print passed + 0, failed + 0, skipped + 0 }'
}

finish() {
    local passed failed skipped
    read -r passed failed skipped < <(count_results)
    if [[ $failed -gt 0 || $passed -eq 0 ]]; then
        status=1
    fi
    [[ $status -eq 0 ]] || say "Something failed: see above and $results"
    printf '%s skipped\n' "$skipped"
    printf '%s passed, %s failed\n' "$passed" "$failed"
    exit "$status"
}

# Runs one step; if it fails there is nothing to go on with.
step() {
    say "$1"
    shift
    "$@" || {
        status=1
        finish
    }
}

kernel_headers() {
    local build
    for build in /lib/modules/*/build; do
        [[ -e $build/Makefile ]] && return
    done
    return 1
}

# first_offered WHAT PACKAGE...: the first that the distribution has; without any, its tests are skipped (CI: a failure).
first_offered() {
    local what=$1 package
    shift
    have apt-get || { missing+=("$1"); return; }
    for package in "$@"; do
        if offered "$package"; then
            missing+=("$package")
            return
        fi
    done
    say "This distribution does not offer $what ($*): the tests that need it are skipped."
    if [[ ${CI:-} == true ]]; then
        status=1
    fi
}

install_tools() {
    missing=()
    have_gcc gcc || missing+=(gcc libc6-dev)
    have make || missing+=(make)
    have gcc-11 || first_offered "GCC 11" gcc-11
    if ! have_gcc s390x-linux-gnu-gcc; then
        first_offered "a big-endian compiler" gcc-s390x-linux-gnu
        first_offered "a big-endian compiler's libc headers" libc6-dev-s390x-cross
    fi
    have aarch64-linux-gnu-gcc || first_offered "an AArch64 compiler" gcc-aarch64-linux-gnu
    if ! kernel_headers; then
        local arch=amd64
        have dpkg && arch=$(dpkg --print-architecture)
        first_offered "kernel headers" "linux-headers-$arch" linux-headers-generic
    fi
    # A part of a real kernel is built from its sources.
    [[ -e /usr/src/linux-source-6.1.tar.xz ]] || first_offered "a kernel's sources" linux-source-6.1
    local tool
    for tool in flex bison bc; do
        have "$tool" || first_offered "$tool" "$tool"
    done
    have xz || first_offered xz xz-utils
    [[ -e /usr/include/libelf.h ]] || first_offered "libelf's headers" libelf-dev
    install_packages "${missing[@]}"
}

# Thousands of short .NET processes: profiling for later optimisation costs each a fifth of its time.
export DOTNET_TieredPGO=0

need_dotnet
own_temporary_directory
rm -rf "$results" "$packages"
mkdir -p "$results" "$packages"
install_tools
cd "$root"

step "Building" dotnet build IpaAnalysis.sln -nodeReuse:false -tl:off -v:quiet

# The end-to-end tests use this package. A new version each time: NuGet never looks again at a version it has seen.
step "Packing" dotnet pack nuget/IpaAnalysis.MSBuild.csproj -p:Version="0.1.0-test.$(date -u +%Y%m%d%H%M%S).$$" \
    -o "$packages" -nodeReuse:false -tl:off -v:quiet
export IPA_PACKAGE_DIR=$packages

# -m:1: one test project at a time, as each runs tests side by side that start compilers and builds of their own.
say "Testing"
dotnet test IpaAnalysis.sln --no-build -m:1 -nodeReuse:false -tl:off \
    --logger "console;verbosity=normal" --logger trx --results-directory "$results" "$@" || status=1
finish
