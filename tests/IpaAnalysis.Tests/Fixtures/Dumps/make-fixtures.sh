#!/bin/sh
# Makes the dumps in this directory: run it here, with gcc-12, gcc-11 and s390x-linux-gnu-gcc installed.
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

rm -rf gcc-12 gcc-11 s390x old
generate 260 7 > generated.c
generate 60 11 > small.c
for version in 12 11; do
	compile "gcc-$version" "gcc-$version" kinds.c objcopy -fopenmp-simd -fdump-ipa-icf-optimized
	compile "gcc-$version" "gcc-$version" small.c objcopy
done
compile gcc-12 gcc-12 generated.c objcopy
compile s390x-linux-gnu-gcc s390x kinds.c s390x-linux-gnu-objcopy -fopenmp-simd -fdump-ipa-icf-optimized
compile s390x-linux-gnu-gcc s390x small.c s390x-linux-gnu-objcopy
rm generated.c

# The form of patched GCC 4.8 to 6: 14 fields.
mkdir old
sed 's/^\(Callgraph clone;[^;]*;[^;]*;[^;]*;[^;]*;[^;]*;\)\(.*;\)\([^;]*\)$/\1<-;\2optimization:;\3/' \
	gcc-12/kinds.c.000i.ipa-clones > old/kinds.c.000i.ipa-clones
