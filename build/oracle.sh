#!/usr/bin/env bash
# Measures how well the affected functions are predicted: over real code, one function at a time is hidden from the rest of
# its unit, and every other function whose machine code then differs is a true dependant. Prints a table; also in
# artifacts/oracle.
#   --units N       at most N units of each code base (default 8; 0: all)
#   --functions N   at most N functions of each code base (default 30; 0: all)
#   --attribute N   find the pass of the misses of at most N functions of each code base and predictor (default 5; 0: none)
#   --code-base A,B only these
#   --opened N      judge unsafe callees and folded variables of at most N functions of each code base (default 10; 0: none)
#   --flags "W W"   behind each unit's own flags: "-O3", "-flive-patching=inline-clone"
#   --compiler N    in place of gcc: another version, or a cross compiler for AArch64 (not for a kernel's tree)
#   --verbose       list every miss and every false alarm with the first instruction that differs
# IPA_ORACLE_SOURCES: a directory of unpacked Debian source packages. Without it they are fetched from where this system
#   gets its packages; without that, the project's own small sources are all there is.
# IPA_ORACLE_KERNEL: the O= tree of a kernel, built or in part, for x86-64. Its .cmd files give the commands; nothing is
#   written there.
#
# How to read the table. A pair is a patched function and a function that depends on it.
#   functions          those whose truth was found, of those that the units define
#   true pairs         pairs whose second differs when the first is hidden
#   recall             the share of true pairs that is predicted, for whatever reason: what is missing here is a stale
#                      function in a patched system
#   precision          the share of pairs predicted as a dependence that is true: what is missing here is patched for nothing
#   with decisions     the same, with the pairs that are predicted to differ only because the compiler inlined otherwise
#   routing            pairs predicted only because a clone of another function is called or an address is shared: their code
#                      may be the same, so they count in recall but not in precision
#   exact              functions for which the predictor vouches
#   median             time of one prediction
# "Found from the other side": a static function is unsafe to call if its code is another once anybody may call it; a static
# variable is folded if it is only read, or only written, and any code is another once anybody may use it.
# "dumps only" reads the clone dumps, as other tools do; "plain closure" adds final calls and symbols; "exact impact" also
# asks the compiler. "Called as such" are the functions that keep code of their own and are called in their own unit: there
# the dumps have least to tell. The truth is the compiler's: it counts as different what hiding a function changes, also where the
# compiler merely decided otherwise.
# The truth shares no code with what it judges: gcc -aux-info names the functions, a declaration behind everything else hides
# one, and objdump and a reader of ELF of the oracle's own tell the code. It sees no difference that only a special section
# of the kernel shows (alternatives, jump labels, exception tables).
# "Units in which unrelated code seems to change other functions" tests the oracle itself and should be none.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

oracle=$root/artifacts/oracle
program=$root/tests/Oracle/bin/Release/net10.0/IpaAnalysis.Oracle.dll

need_dotnet
have_gcc gcc || install_packages gcc libc6-dev
have objdump || install_packages binutils

# Standard output is for the table.
{
    say "Building"
    dotnet build "$root/tests/Oracle/IpaAnalysis.Oracle.csproj" -c Release -nodeReuse:false -tl:off -v:quiet
    arguments=(--directory "$oracle" --own "$root/tests/Oracle/Sources")
    sources=${IPA_ORACLE_SOURCES:-}
    if [[ -z $sources ]]; then
        sources=$oracle/sources
        if [[ ! -e $sources/.complete ]]; then
            say "Fetching sources"
            rm -rf "$sources"
            mkdir -p "$sources"
            mapfile -t packages < <(dotnet "$program" --list-packages)
            fetch_sources "$sources" "${packages[@]}" || {
                say "No source packages can be fetched: only the project's own sources are measured."
                sources=
            }
        fi
    fi
    [[ -z $sources ]] || arguments+=(--debian "$sources")
    [[ -z ${IPA_ORACLE_KERNEL:-} ]] || arguments+=(--kernel "$IPA_ORACLE_KERNEL")
    rm -rf "$oracle/work"
} >&2

dotnet "$program" "${arguments[@]}" "$@"
