# shellcheck shell=bash
# What the scripts here share. Sourced, never run.

# A build node that outlives the script would hold the repository's files.
export MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '==> %s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

need_dotnet() {
    have dotnet || fail "The .NET SDK is not installed (see global.json for its version)."
}

# as_root COMMAND...: runs it as root; status 1 if that is not possible.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif have sudo && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 1
    fi
}

# own_temporary_directory: what this script and all that it starts put into the temporary directory goes with it, however it ends.
# .NET, NuGet and the tests' runner leave empty directories and sockets behind.
own_temporary_directory() {
    TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/ipa-XXXXXX")
    export TMPDIR

    # Some tests run as another user.
    chmod 711 "$TMPDIR"
    trap 'rm -rf "$TMPDIR"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

apt_index_read=false

# Reads the package index, once. A source that cannot be reached is apt's warning, not our failure.
read_apt_index() {
    if [[ $apt_index_read == true ]]; then
        return
    fi
    as_root true 2>/dev/null || return 0
    as_root apt-get update -q || say "apt-get update failed; trying with the index that is there"
    apt_index_read=true
}

# offered PACKAGE: whether the distribution has it. Without an index, and no way to read one, say yes: the
# command that is printed then tells.
offered() {
    read_apt_index
    apt-cache show "$1" >/dev/null 2>&1 || [[ -z $(find /var/lib/apt/lists -name '*_Packages*' -print -quit) ]]
}

# have_gcc COMPILER: whether it is there and finds the libc headers, which Debian packs apart.
have_gcc() {
    have "$1" && printf '#include <stdio.h>\n' | "$1" -E -x c - >/dev/null 2>&1
}

# install_packages PACKAGE...: installs them, or says how to and stops.
install_packages() {
    [[ $# -gt 0 ]] || return 0
    have apt-get || fail "These packages are missing and there is no apt to install them: $*." \
        "Install what this system calls them, then run this again."
    as_root true || fail "These packages are missing and need root to install. Run:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    read_apt_index
    say "Installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" ||
        fail "apt-get could not install: $*"
}

# fetch_sources DIRECTORY PACKAGE...: gets source packages from where the system gets packages, without touching its lists.
fetch_sources() {
    local sources=$1 apt=$1/.apt package codename
    shift
    have apt-get && have tar || return 1
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(CREATED_BY) $(REPO_URI) $(RELEASE) $(COMPONENT)' |
        awk -v codename="$codename" '
            $1 == "Packages" && $3 == codename && $4 == "main" && !seen[$2]++ { print "deb-src", $2, $3, $4 }' > "$apt/sources.list"
    [[ -s $apt/sources.list ]] || return 1
    local options=(
        -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root -q
    )
    apt-get "${options[@]}" update || return 1
    (
        cd "$sources"
        for package in "$@"; do
            apt-get "${options[@]}" source --download-only "$package" || exit 1
        done
        for archive in *.orig.tar.*; do
            [[ $archive == *.asc ]] || tar xf "$archive"
        done
    ) || return 1
    : > "$sources/.complete"
}
