#!/bin/sh
# Makes the dumps in this directory. No distribution has all compilers, so it makes those that are named:
#   make-fixtures.sh gcc-12 gcc-11 s390x    on Debian 12, with s390x-linux-gnu-gcc too; gcc-12 also makes those of old compilers
#   make-fixtures.sh gcc-13 gcc-14 gcc-15 gcc-16    on Debian's unstable distribution
# All paths are relative, so no machine is named in the files. The objects keep their symbols only.
set -eu
cd "$(dirname "$0")"

# A unit rich in clones: static functions that call those before them, with constants, structures, cold parts and recursion.
generate() {
	awk -v count="$1" -v seed="$2" '
	function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
	BEGIN {
		print "struct s { int a, b, c, d[9]; };\nint external(int); int trace(const char *, ...);"
		for (i = 0; i < count; i++) {
			kind = random(8)
			attribute = random(3) == 0 ? "__attribute__((noinline)) " : ""
			storage = (i > count - count / 8) ? "" : "static "
			printf "%s%sint f%d(struct s *p, int x, int y)\n{\n\tint r = p->%s + x;\n", storage, attribute, i, substr("abc", 1 + random(3), 1)
			if (kind == 0) printf "\tif (__builtin_expect(!y, 0)) {\n\t\ttrace(\"%%d %%d\", external(x), external(y));\n\t\ttrace(\"%%d %%d\", external(r), external(%d));\n\t\treturn -%d;\n\t}\n", i, i
			if (kind == 1) printf "\tif (x > %d)\n\t\tr += f%d(p + 1, x - 1, y) + f%d(p, x / 2, y);\n", random(9), i, i
			calls = i < 3 ? 0 : 1 + random(3)
			for (c = 0; c < calls; c++) {
				callee = i - 1 - random(i < 24 ? i : 24)
				printf "\tr += f%d(p%s, %s, %s);\n", callee, random(2) ? "" : " + 1", random(2) ? random(4) : "r", random(2) ? "y" : random(3)
			}
			printf "\treturn r * external(%d);\n}\n\n", random(40)
		}
	}'
}

# compile COMPILER DIRECTORY SOURCE OBJCOPY [FLAG...]
compile() {
	compiler=$1 directory=$2 source=$3 copy=$4
	shift 4
	object=$directory/${source%.c}.o
	mkdir -p "$directory"
	"$compiler" -O2 -Wno-psabi "$@" -c "$source" -o "$object" -fdump-ipa-clones -fcallgraph-info=su,da
	"$copy" --only-keep-debug "$object"
	chmod 644 "$object"
}

# make_for COMPILER DIRECTORY OBJCOPY
make_for() {
	rm -rf "$2"
	for source in kinds.c aliases.c; do
		compile "$1" "$2" "$source" "$3" -fopenmp-simd -fdump-ipa-icf-optimized
	done
	compile "$1" "$2" small.c "$3"
}

[ $# -gt 0 ] || { sed -n '2,4p' "$0"; exit 1; }
generate 60 11 > small.c
for directory; do
	case $directory in
	s390x) make_for s390x-linux-gnu-gcc "$directory" s390x-linux-gnu-objcopy ;;
	*) make_for "$directory" "$directory" objcopy ;;
	esac
	[ "$directory" = gcc-12 ] || continue

	generate 260 7 > generated.c
	compile gcc-12 gcc-12 generated.c objcopy
	rm generated.c

	# The form of patched GCC 4.8 to 6: 14 fields.
	rm -rf old
	mkdir old
	sed 's/^\(Callgraph clone;[^;]*;[^;]*;[^;]*;[^;]*;[^;]*;\)\(.*;\)\([^;]*\)$/\1<-;\2optimization:;\3/' \
		gcc-12/kinds.c.000i.ipa-clones > old/kinds.c.000i.ipa-clones
done
