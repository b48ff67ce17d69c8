#!/bin/sh
# Makes the objects in this directory: one unit with the records of -fprofile-arcs, compiled in two directories and once with other code.
#   make-fixtures.sh gcc-13 gcc-14 gcc-15 gcc-16    on Debian's unstable distribution
# The records hold the path of the file of counts, so it is made in a place that is no machine's.
set -eu
cd "$(dirname "$0")"

work=/tmp/coverage
rm -rf "$work"
mkdir -p "$work/one" "$work/the-other"
cp cover.c "$work"

# compile COMPILER PLACE OBJECT STEP
compile() {
	flags=-fprofile-arcs
	"$1" -fcondition-coverage -E -x c /dev/null >/dev/null 2>&1 && flags="$flags -fcondition-coverage"
	(cd "$work/$2" && "$1" -O2 $flags -DSTEP="$4" -c ../cover.c -o cover.o)
	cp "$work/$2/cover.o" "$1/$3"
	chmod 644 "$1/$3"
}

[ $# -gt 0 ] || { sed -n '2,4p' "$0"; exit 1; }
for compiler; do
	rm -rf "$compiler"
	mkdir "$compiler"
	compile "$compiler" one one.o 3
	compile "$compiler" the-other the-other.o 3
	compile "$compiler" one changed.o 5
done
rm -rf "$work"
