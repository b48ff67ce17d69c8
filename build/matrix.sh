#!/usr/bin/env bash
# Tries the packed package on several distributions and compilers: in a chroot of each, the samples and a short run of the
# oracle, with flags as kernels have them. Prints a table; also in artifacts/matrix. Exit status 1 if a row failed.
#   --only A,B        only these distributions (bookworm, trixie, sid), in this order
#   --compilers A,B   only these compilers (gcc-12, …); others are skipped
#   --flags A,B       only these sets of flags (plain, kasan, kcov, ubsan, mfentry, stackleak)
#   --functions N     how many functions the oracle hides for each row (default 6; 0: no oracle)
#   --keep            leave the chroots for the next run
# IPA_MATRIX_CHROOTS: where the chroots are or are to be made (default artifacts/matrix/chroots). One that is there is used.
# Needs root, debootstrap and the place that this system gets its packages from. A distribution that cannot be had is a row that
# says "skipped".
#
# How to read the table
#   complete, exact    of the manifest: whether it is complete, and how many of the patched functions are exact
#   recall, precision  of the oracle (build/oracle.sh says what they mean), for exact impact
#   seconds            of the whole build, with the restore
# A sample that has a recorded command of its own (ObjectTree) is compiled by its own makefile with these flags. KernelModule is built
# with the compiler that the distribution's kernel asks for, against its headers.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

matrix=$root/artifacts/matrix
chroots=${IPA_MATRIX_CHROOTS:-$matrix/chroots}
distributions=(bookworm trixie sid)
only=
only_compilers=
only_flags=
functions=6
keep=false
status=0

while [[ $# -gt 0 ]]; do
    case $1 in
        --only) only=${2:?}; shift ;;
        --compilers) only_compilers=${2:?}; shift ;;
        --flags) only_flags=${2:?}; shift ;;
        --functions) functions=${2:?}; shift ;;
        --keep) keep=true ;;
        *) fail "$1 is no option: see the head of build/matrix.sh" ;;
    esac
    shift
done

# The stackleak plugin is the kernel's own; these are the options that such a kernel has beside it.
declare -A flag_sets=(
    [plain]="-O2"
    [kasan]="-O2 -fsanitize=kernel-address -fasan-shadow-offset=0xdffffc0000000000 --param asan-globals=1 --param asan-stack=1"
    [kcov]="-O2 -fsanitize-coverage=trace-pc"
    [ubsan]="-O2 -fsanitize=bounds-strict -fsanitize=shift -fsanitize=bool -fsanitize=enum"
    [mfentry]="-O2 -pg -mfentry -mrecord-mcount -mnop-mcount -fno-pic -fno-pie"
    [stackleak]="-O2 -fstack-protector-strong -fzero-call-used-regs=used-gpr -ftrivial-auto-var-init=zero -fstack-clash-protection"
)
flag_order=(plain kasan kcov ubsan mfentry stackleak)

# wanted WORD LIST: whether a list is empty or has the word.
wanted() { [[ -z $2 || ,$2, == *,$1,* ]]; }

table=$matrix/matrix-$(date -u +%Y%m%d-%H%M%S).md

row() { printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$@" | tee -a "$table"; }

# The place that this system gets its packages from.
mirror() {
    local codename
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(CREATED_BY) $(REPO_URI) $(RELEASE) $(COMPONENT)' |
        awk -v codename="$codename" '$1 == "Packages" && $3 == codename && $4 == "main" { print $2; exit }'
}

mounted=()

# The youngest first; what cannot be unmounted is told, and then nothing below it is removed.
unmount_all() {
    local i
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do
        umount "${mounted[i]}" || { say "${mounted[i]} stays mounted"; keep=true; }
    done
    mounted=()
}
trap unmount_all EXIT
trap 'exit 143' INT TERM

# bind SOURCE CHROOT TARGET
bind() {
    mkdir -p "$2$3"
    mount --bind "$1" "$2$3"
    mounted+=("$2$3")
}

in_chroot() {
    local chroot=$1
    shift
    chroot "$chroot" /usr/bin/env -u TMPDIR HOME=/root LC_ALL=C.UTF-8 DOTNET_CLI_HOME=/matrix/home NUGET_PACKAGES=/matrix/nuget-packages \
        DOTNET_ROOT="$sdk" PATH="$sdk:/usr/sbin:/usr/bin:/sbin:/bin" "$@"
}

# make_chroot DISTRIBUTION: makes it with compilers, headers and what .NET needs; status 1 if it cannot be had.
make_chroot() {
    local distribution=$1 chroot=$chroots/$1 package packages=() offers
    if [[ ! -e $chroot/.ipa-matrix ]]; then
        if [[ ! -e $chroot/usr/bin/apt-get ]]; then
            debootstrap --variant=minbase --include=ca-certificates "$distribution" "$chroot" "$(mirror)" || return 1
        fi
        mountpoint -q "$chroot/proc" || { mount -t proc proc "$chroot/proc" && mounted+=("$chroot/proc"); } || return 1
        # How packages are fetched, and which certificates are believed, is this system's affair.
        cp -R /etc/apt/apt.conf.d/. "$chroot/etc/apt/apt.conf.d/"
        cp -L /etc/resolv.conf /etc/hosts "$chroot/etc/"
        cp -RL /etc/ssl/certs/. "$chroot/etc/ssl/certs/" 2>/dev/null || true
        # An earlier run may have been interrupted while it installed.
        in_chroot "$chroot" dpkg --configure -a || return 1
        in_chroot "$chroot" apt-get update -q || return 1
        offers=$(in_chroot "$chroot" apt-cache pkgnames)
        for package in gcc gcc-11 gcc-12 gcc-13 gcc-14 gcc-15 gcc-16 libc6-dev make binutils xz-utils "linux-headers-$(dpkg --print-architecture)" \
            libicu72 libicu76 libicu78 libssl3 libssl3t64 libstdc++6; do
            ! grep -qx "$package" <<<"$offers" || packages+=("$package")
        done
        in_chroot "$chroot" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" || return 1
        : > "$chroot/.ipa-matrix"
    fi
    mountpoint -q "$chroot/proc" || { mount -t proc proc "$chroot/proc" && mounted+=("$chroot/proc"); }
}

# read_manifest FILE: prints "complete exact/patched".
read_manifest() {
    awk '
        /^  "complete":/ { complete = /true/ ? "yes" : "no" }
        /^      "exact": true/ { exact++; all++ }
        /^      "exact": false/ { all++ }
        END { print complete, exact + 0 "/" all + 0 }' "$1"
}

# try_sample DISTRIBUTION CHROOT COMPILER FLAGSET SAMPLE ARGUMENT...: builds a copy of a sample, prints its row.
try_sample() {
    local distribution=$1 chroot=$2 compiler=$3 flags=$4 sample=$5 place=$2/matrix/$1/$3/$4 inside=/matrix/$1/$3/$4 start complete exact manifest seconds version
    shift 5
    rm -rf "${place:?}/$sample"
    mkdir -p "$place"
    cp -R "$root/tests/Samples/$sample" "$root/tests/Samples/Directory.Build.props" "$root/tests/Samples/Directory.Build.targets" "$place/"
    cp "$matrix/work/nuget.config" "$place/"
    rm -rf "$place/$sample/bin" "$place/$sample/obj"
    version=$(in_chroot "$chroot" "$compiler" -dumpfullversion)
    start=$SECONDS
    if [[ $sample == ObjectTree ]]; then
        in_chroot "$chroot" make -s -C "$inside/$sample/tree" CC="$compiler" CFLAGS="${flag_sets[$flags]}" >>"$log" 2>&1 || status=1
    fi
    if in_chroot "$chroot" dotnet build "$inside/$sample/$sample.csproj" -p:IpaAnalysisVersion="$package_version" \
        -nodeReuse:false -tl:off "$@" >>"$log" 2>&1; then
        manifest=$(find "$place/$sample/bin" -name affected-functions.json -print -quit)
        read -r complete exact < <(read_manifest "$manifest")
    else
        complete=failed exact=-
        status=1
    fi
    seconds=$((SECONDS - start))
    row "$distribution" "$version" "$flags" "$sample" "$complete" "$exact" - - "$seconds"
}

# try_oracle DISTRIBUTION CHROOT COMPILER FLAGSET
try_oracle() {
    local distribution=$1 chroot=$2 compiler=$3 flags=$4 start=$SECONDS output found
    output=$(in_chroot "$chroot" dotnet /matrix/oracle/IpaAnalysis.Oracle.dll --directory "/matrix/$distribution/$compiler/$flags/oracle" --own /matrix/sources \
        --code-base own --compiler "$compiler" --flags "${flag_sets[$flags]}" --units 4 --functions "$functions" --attribute 0 2>>"$log") || true
    printf '%s\n' "$output" >>"$log"
    found=$(awk -F ' *[|] *' '$2 == "own" && $7 == "exact impact" { split($4, f, "/"); print $8 "|" $9 "|" $13 "/" f[1] }' <<<"$output")
    if [[ -z $found ]]; then
        status=1
        found="failed|failed|-"
    fi
    IFS='|' read -r recall precision exact <<<"$found"
    row "$distribution" "$(in_chroot "$chroot" "$compiler" -dumpfullversion)" "$flags" oracle - "$exact" "$recall" "$precision" "$((SECONDS - start))"
}

# try_distribution DISTRIBUTION
try_distribution() {
    local distribution=$1 chroot=$chroots/$1 flags compiler module
    say "$distribution" >&2
    if ! make_chroot "$distribution" >>"$log" 2>&1; then
        row "$distribution" - - - "skipped: it cannot be had here (see $log)" - - - -
        return
    fi
    bind "$sdk" "$chroot" "$sdk"
    bind "$matrix/work" "$chroot" /matrix
    mkdir -p "$chroot/root/.nuget" "$chroot/root/.config"
    [[ ! -d ~/.nuget/NuGet ]] || cp -R ~/.nuget/NuGet "$chroot/root/.nuget/"
    for compiler in gcc-11 gcc-12 gcc-13 gcc-14 gcc-15 gcc-16; do
        wanted "$compiler" "$only_compilers" && [[ -x $chroot/usr/bin/$compiler ]] || continue
        for flags in "${flag_order[@]}"; do
            wanted "$flags" "$only_flags" || continue
            # shellcheck disable=SC2086
            if ! in_chroot "$chroot" "$compiler" ${flag_sets[$flags]} -x c -c -o /dev/null /dev/null >>"$log" 2>&1; then
                row "$distribution" "$(in_chroot "$chroot" "$compiler" -dumpfullversion)" "$flags" - "skipped: this compiler has not all of these flags" - - - -
                continue
            fi
            try_sample "$distribution" "$chroot" "$compiler" "$flags" QuickStart -p:IpaCompiler="$compiler" -p:IpaCompilerFlags="${flag_sets[$flags]}"
            if [[ $flags == plain ]]; then
                try_sample "$distribution" "$chroot" "$compiler" "$flags" Consumer -p:IpaCompiler="$compiler" -p:IpaCompilerFlags="${flag_sets[$flags]}"
                try_sample "$distribution" "$chroot" "$compiler" "$flags" ObjectTree -p:IpaCompiler="$compiler"
            fi
            [[ $functions -eq 0 ]] || try_oracle "$distribution" "$chroot" "$compiler" "$flags"
        done
    done
    module=$(find "$chroot/lib/modules" -mindepth 2 -maxdepth 2 -name build -print -quit 2>/dev/null || true)
    if [[ -n $module ]]; then
        for flags in "${flag_order[@]}"; do
            wanted "$flags" "$only_flags" || continue
            # A module has its kernel's own flags; only what makes it instrumented is added.
            local added=${flag_sets[$flags]#-O2}
            [[ $flags != mfentry ]] || added=" -pg -mfentry"
            # The distribution's kernel does not export what instrumented code calls.
            KBUILD_MODPOST_WARN=1 KCFLAGS=$added try_sample "$distribution" "$chroot" gcc "$flags" KernelModule
        done
    else
        row "$distribution" - - KernelModule "skipped: no kernel headers" - - - -
    fi
    unmount_all
}

as_root true && [[ $EUID -eq 0 ]] || fail "This needs root, for chroots: sudo build/matrix.sh"
need_dotnet
have debootstrap || install_packages debootstrap
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
rm -rf "$matrix/work"
mkdir -p "$matrix/work/packages" "$matrix/work/home" "$chroots"
log=$matrix/matrix.log
: > "$log"

# Standard output is for the table.
{
    say "Building"
    dotnet build "$root/tests/Oracle/IpaAnalysis.Oracle.csproj" -c Release -nodeReuse:false -tl:off -v:quiet
    package_version=0.1.0-matrix.$(date -u +%Y%m%d%H%M%S).$$
    dotnet pack "$root/nuget/IpaAnalysis.MSBuild.csproj" -p:Version="$package_version" -o "$matrix/work/packages" \
        -nodeReuse:false -tl:off -v:quiet
    cp -R "$root/tests/Oracle/bin/Release/net10.0" "$matrix/work/oracle"
    cp -R "$root/tests/Oracle/Sources" "$matrix/work/sources"
    cat >"$matrix/work/nuget.config" <<'CONFIG'
<configuration>
  <packageSources>
    <add key="ipa-analysis-matrix" value="/matrix/packages" />
  </packageSources>
</configuration>
CONFIG
} >&2

printf '| distribution | GCC | flags | what | complete | exact | recall | precision | seconds |\n|---|---|---|---|---|--:|--:|--:|--:|\n' | tee "$table"
[[ -z $only ]] || IFS=, read -ra distributions <<<"$only"
for distribution in "${distributions[@]}"; do
    try_distribution "$distribution"
done
if [[ $keep == false && -z ${IPA_MATRIX_CHROOTS:-} ]]; then
    rm -rf --one-file-system "${chroots:?}"
fi
say "The table is in $table, the output of all builds in $log" >&2
exit "$status"
