#!/bin/sh
# Makes the tables in this directory. No distribution has all compilers, so it makes those that are named:
#   make-fixtures.sh gcc-11 gcc-12                  on Debian 12
#   make-fixtures.sh gcc-13 gcc-14 gcc-15 gcc-16    on Debian's unstable distribution
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

table() {
	output=$1 compiler=$2
	shift 2
	"$compiler" "$@" -S -o /dev/null -Q --help=optimizers --help=common >"$output" </dev/null
}

# levels COMPILER: one row for each option that is on or off: its name, then + or - for each level and policy of the first row.
levels() {
	rows=$(mktemp)
	for flags in -O0 -O1 -Og -O2 -Os -O3 "-O2 -flive-patching=inline-clone" "-O2 -flive-patching=inline-only-static"; do
		# shellcheck disable=SC2086
		"$1" $flags -S -o /dev/null -Q --help=optimizers --help=common </dev/null |
			awk '/^ +-f.*\[(enabled|disabled)\]/ { print $1, /\[enabled\]/ ? "+" : "-" }' | sort -u >>"$rows"
	done
	{
		echo "option -O0 -O1 -Og -O2 -Os -O3 inline-clone inline-only-static"
		awk '{ row[$1] = row[$1] " " $2 } END { for (name in row) print name row[name] }' "$rows" | sort
	} >"$1-levels.txt"
	rm "$rows"
}

[ $# -gt 0 ] || { sed -n '2,4p' "$0"; exit 1; }
for compiler; do
	levels "$compiler"
	case $compiler in
	gcc-12) table gcc-12-O2.txt gcc-12 -O2 ;;
	gcc-11) table gcc-11-O2-live-patching.txt gcc-11 -O2 -flive-patching=inline-clone ;;
	esac
done
