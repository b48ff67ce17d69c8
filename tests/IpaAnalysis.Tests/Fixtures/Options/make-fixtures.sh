#!/bin/sh
# Makes the tables in this directory: run it here, with gcc-12 and gcc-11 installed.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

table() {
	output=$1 compiler=$2
	shift 2
	"$compiler" "$@" -S -o /dev/null -Q --help=optimizers --help=common >"$output" </dev/null
}

table gcc-12-O2.txt gcc-12 -O2
table gcc-11-O2-live-patching.txt gcc-11 -O2 -flive-patching=inline-clone
