#!/usr/bin/env bash
# Makes src/IpaAnalysis/CommandLines/Options/gcc-options.tsv again from GCC's sources.
#   gcc-options.sh DIRECTORY    DIRECTORY holds gcc-11, gcc-12, …: the sources of one version each, at least their *.opt files
# Debian's packages gcc-NN-source bring them; the last table was made from gcc-11 11.3.0, gcc-12 12.2.0, gcc-13 13.5.0,
# gcc-14 14.4.0, gcc-15 15.3.0 and gcc-16 16.2.0. What an option does is decided by hand and kept; a new option gets the
# effect "unknown", which nothing lets run and a test finds.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

[[ $# -eq 1 && -d $1 ]] || fail "Give the directory that holds gcc-11, gcc-12, …"
have python3 || fail "python3 is not installed."

table=$root/src/IpaAnalysis/CommandLines/Options/gcc-options.tsv
python3 "$root/build/gcc-options.py" "$1" "$table" >"$table.new"
mv "$table.new" "$table"
