"""Reduces recorded compile commands to the distinct option words that they hold.

Usage: option-words.py < LIST
LIST holds lines of `TAG TAB FILE`: the name of a kind of build and a file that records commands of it, either kbuild's
`.cmd` (`cmd_FILE := COMMAND`) or a record of calls (each argument ends in NUL, each call in an empty argument).
Prints one line for each option with its argument, then a tab and the tags, sorted by bytes. Only compiles of C count,
and not those with which configure scripts try the compiler.
Paths, file names and macros become placeholders, so that the list is small and tells of no machine.
"""
import collections
import os
import re
import shlex
import sys

SEPARATE = {
    "-I": "DIR", "-L": "DIR", "-D": "NAME=VALUE", "-U": "NAME", "-A": "NAME=VALUE", "-o": "FILE", "-x": None, "-include": "FILE", "-imacros": "FILE",
    "-isystem": "DIR", "-iquote": "DIR", "-idirafter": "DIR", "-isysroot": "DIR", "-MF": "FILE", "-MT": "NAME", "-MQ": "NAME",
    "--param": None, "-Xassembler": None, "-Xpreprocessor": None, "-Xlinker": None, "-aux-info": "FILE", "-dumpbase": "FILE", "-dumpdir": "DIR",
}
JOINED = {"-I": "DIR", "-L": "DIR", "-iquote": "DIR", "-isystem": "DIR", "-idirafter": "DIR", "-include": "FILE", "-MF": "FILE", "-MT": "NAME", "-MQ": "NAME"}
WRAPPERS = re.compile(r"(^|/)(ccache|distcc|env)$")
COMPILER = re.compile(r"(^|/)([a-z0-9_]+-)*(gcc|cc)(-[0-9]+)?$")


def macro(text):
    name = text.split("=", 1)[0]
    if name in ("_FORTIFY_SOURCE", "FORTIFY_SOURCE"):
        return text
    return "NAME=VALUE" if "=" in text else "NAME"


def placeholder(word):
    if word.startswith(("-D", "-U")) and len(word) > 2:
        return word[:2] + macro(word[2:])
    for option, text in sorted(JOINED.items(), key=lambda pair: -len(pair[0])):
        if word.startswith(option) and len(word) > len(option):
            return option + text
    if word.startswith(("-Wp,", "-Wa,", "-Wl,")):
        parts = word.split(",")
        kept, i = [parts[0]], 1
        while i < len(parts):
            kept.append(placeholder(parts[i]))
            if parts[i] in SEPARATE or parts[i] in ("-MD", "-MMD"):
                if i + 1 < len(parts):
                    i += 1
                    kept.append(SEPARATE.get(parts[i - 1]) or "FILE")
            i += 1
        return ",".join(kept)
    if re.match(r"-f[a-z]+-prefix-map=", word):
        return word.split("=", 1)[0] + "=DIR=."
    if "=" in word and "/" in word.split("=", 1)[1]:
        return word.split("=", 1)[0] + "=FILE"
    return word


def options(words):
    i = 1
    while i < len(words):
        word = words[i]
        if word in SEPARATE and i + 1 < len(words):
            value = words[i + 1]
            yield word + " " + (macro(value) if word in ("-D", "-U") else SEPARATE[word] or value)
            i += 1
        elif word.startswith("-") and len(word) > 1:
            yield placeholder(word)
        i += 1


# Files that configure scripts, CMake and meson try the compiler with.
PROBE = re.compile(r"(^|/)(conftest|ztest[0-9]*|testfile|sanitycheckc|CMakeCCompilerId|CMakeCCompilerABI|CheckIncludeFile|src)\.c$|CMakeScratch|CMakeTmp|meson-private")


def is_compile(words):
    return (
        bool(words)
        and bool(COMPILER.search(words[0]))
        and "-c" in words
        and any(os.path.splitext(w)[1] == ".c" for w in words[1:] if not w.startswith("-"))
        and not any(PROBE.search(w) for w in words[1:])
    )


def commands(file):
    with open(file, "rb") as stream:
        text = stream.read()
    if b"\0" in text:
        for call in text.split(b"\0\0"):
            yield [w.decode(errors="replace") for w in call.split(b"\0") if w]
        return
    for line in text.decode(errors="replace").splitlines():
        found = re.match(r"(saved)?cmd_\S+ := (.*)", line)
        if found:
            for command in found.group(2).split(" ; "):
                try:
                    words = shlex.split(command.replace("$$", "$").replace("\\#", "#"))
                except ValueError:
                    continue
                while words and (WRAPPERS.search(words[0]) or re.match(r"[A-Z_]+=", words[0])):
                    words = words[1:]
                yield words


def main():
    tags = collections.defaultdict(set)
    compiles = collections.Counter()
    for line in sys.stdin:
        tag, file = line.rstrip("\n").split("\t", 1)
        for words in commands(file):
            if is_compile(words):
                compiles[tag] += 1
                for option in options(words):
                    tags[option].add(tag)
    for tag, count in sorted(compiles.items()):
        print(f"# {tag}: {count} compiles of C")
    for option, where in sorted(tags.items(), key=lambda pair: pair[0].encode()):
        print(f"{option}\t{' '.join(sorted(where))}")


main()
