#!/usr/bin/env bash
# Measures the library and whole builds on the corpus that IPA_CORPUS names (without it, on a stand-in compiled with gcc)
# and on ten renamed copies of it. Prints a table; also in artifacts/bench.
#   --s-only      only the corpus as it is
#   --rows A,B    only these rows (a wrong name lists them)
#   --keep        leave the trees for the next run
# IPA_PEER: a command that takes a file with a list of dumps; its time is shown beside ours.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

bench=$root/artifacts/bench
packages=$bench/packages

need_dotnet
own_temporary_directory
if [[ -z ${IPA_CORPUS:-} ]]; then
    have_gcc gcc || install_packages gcc libc6-dev
fi

# Standard output is for the table.
{
    say "Building"
    dotnet build "$root/tests/Benchmarks/IpaAnalysis.Benchmarks.csproj" -c Release -nodeReuse:false -tl:off -v:quiet
    rm -rf "$packages"
    mkdir -p "$packages"
    # A new version each time: NuGet never looks again at a version it has seen.
    dotnet pack "$root/nuget/IpaAnalysis.MSBuild.csproj" -p:Version="0.1.0-bench.$(date -u +%Y%m%d%H%M%S).$$" \
        -o "$packages" -nodeReuse:false -tl:off -v:quiet
} >&2

dotnet "$root/tests/Benchmarks/bin/Release/net10.0/IpaAnalysis.Benchmarks.dll" \
    --directory "$bench" --packages "$packages" "$@"
