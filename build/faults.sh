#!/usr/bin/env bash
# Runs the programs of faults: what an untrusted tree, its sources, its files, an environment or another build may do, damaged
# dumps, and a compiler that dies or a disk that is full. Each case has a directory of its own; the analysis runs in a process of its own, with default settings and without trust. Prints
# a table; also in artifacts/faults. Exit status 1 if anything failed.
#   --only A,B   only these programs
#   --seed N     another order of the cases, and another share (default 1)
#   --share N    one of N cases of each program (default 1: all, which takes hours)
#   --case TEXT  only cases whose name holds the text
#   --list       lists the programs with their numbers of cases, and runs nothing
#
# How to read the table. A case is one thing that was tried, such as one spelling of one option. Below the table is what
# failed, in words:
#   ran or loaded PATH    a program, plugin or spec file of the tree left its mark
#   wrote PATH, removed   something outside the intermediate directory changed: in the tree, HOME, TMPDIR, the directory in
#                         which the build was started, or where the case's words point to (paths are relative to the case)
#   not exact, and the cause does not name it   IPA6001 is to say which option it was
#   exact, though …       a wrong promise
#   with a healthy compiler again, with space again
#                         what a dying compiler or a full disk left is believed by the next build
#   it did not end within, its processes used   a wait or a growth without bound
#   the case could not be tried                 a fault of the harness or of this system
# Directories of cases that failed stay in artifacts/faults/work/PROGRAM/N.
# Needs gcc, for "space" also the right to mount a tmpfs, and tries gcc-11 too if it is installed. The program "pairs" needs the packed package, which is made first.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

faults=$root/artifacts/faults

need_dotnet
have_gcc gcc || install_packages gcc libc6-dev

# Standard output is for the table.
{
    say "Building"
    dotnet build "$root/tests/Faults/IpaAnalysis.Faults.csproj" -c Release -nodeReuse:false -tl:off -v:quiet
    rm -rf "$faults"
    mkdir -p "$faults/packages" "$faults/work"
    if [[ " $* " != *" --list "* && ( " $* " != *" --only "* || " $* " == *pairs* ) ]]; then
        # A new version each time: NuGet never looks again at a version it has seen.
        dotnet pack "$root/nuget/IpaAnalysis.MSBuild.csproj" -p:Version="0.1.0-faults.$(date -u +%Y%m%d%H%M%S).$$" \
            -o "$faults/packages" -nodeReuse:false -tl:off -v:quiet
    fi
} >&2

dotnet "$root/tests/Faults/bin/Release/net10.0/IpaAnalysis.Faults.dll" \
    --directory "$faults/work" --packages "$faults/packages" "$@"
