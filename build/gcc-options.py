"""Reads GCC's option tables and prints one row per option, as gcc-options.tsv has them. Called by gcc-options.sh."""

import os
import re
import sys

# What the C drivers know on Linux. Of other systems and other languages nothing is taken.
SHARED = {
    "common.opt": "common",
    "params.opt": "common",
    "analyzer/analyzer.opt": "common",
    "c-family/c.opt": "c",
    "lto/lang.opt": "lto",
    "config/linux.opt": "linux",
    "config/gnu-user.opt": "linux",
    "config/linux-android.opt": "linux",
    "config/fused-madd.opt": "linux",
}
TARGETS = {
    "i386": ["i386/i386.opt"],
    "aarch64": ["aarch64/aarch64.opt"],
    "s390": ["s390/s390.opt"],
    "rs6000": ["rs6000/rs6000.opt", "rs6000/sysv4.opt", "rs6000/linux64.opt", "rs6000/476.opt"],
    "arm": ["arm/arm.opt"],
    "riscv": ["riscv/riscv.opt", "riscv/riscv-ext.opt"],
    "mips": ["mips/mips.opt", "g.opt"],
    "loongarch": ["loongarch/loongarch.opt"],
}
NONE = "."
NO_OPTION = {
    "Language", "TargetSave", "Variable", "Enum", "EnumValue", "HeaderInclude", "SourceInclude", "TargetVariable",
}


def records(path):
    """Each record of a file: its lines without comments."""
    record = []
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith(";"):
                continue
            if line.strip():
                record.append(line)
            elif record:
                yield record
                record = []
    if record:
        yield record


def properties(text):
    """The properties of a record, each with the text in its parentheses or None."""
    found = {}
    for match in re.finditer(r"([A-Za-z+_\-]+)(?:\(((?:[^()]|\([^()]*\))*)\))?", text):
        found.setdefault(match.group(1), match.group(2))
    return found


class Option:
    def __init__(self):
        self.joined = self.separate = self.missing_ok = self.rejects_driver = False
        self.no_driver_argument = False
        self.arguments = 1
        self.rejects_negative = True
        self.aliases = set()
        self.negated_alias = False
        self.versions = set()
        self.where = set()
        self.kinds = set()

    def add(self, found, where, version):
        self.joined |= "Joined" in found or "JoinedOrMissing" in found
        self.separate |= "Separate" in found
        self.missing_ok |= "JoinedOrMissing" in found
        self.no_driver_argument |= "NoDriverArg" in found
        self.rejects_driver |= "RejectDriver" in found
        if "Args" in found:
            self.arguments = max(self.arguments, int(found["Args"]))
        self.rejects_negative &= "RejectNegative" in found
        alias = found.get("Alias") if "Target" not in found else None
        self.aliases.add(tuple(part.strip() for part in alias.split(",")) if alias else None)
        self.negated_alias |= "NegativeAlias" in found
        self.versions.add(version)
        if "Driver" in found:
            self.where.add("driver")
        if "Common" in found:
            self.where.add("common")
        elif where in ("c", "common"):
            self.where |= {"c"} if "C" in found else {"c++"} if "C++" in found or "ObjC" in found else set()
        elif where not in ("c", "common"):
            self.where.add(where)
        self.kinds |= {kind for kind in ("Warning", "Optimization", "Ignore", "WarnRemoved") if kind in found}

    @property
    def alias(self):
        """What it stands for, if every version and target says the same; targets' own aliases do the same as what they stand for."""
        return next(iter(self.aliases)) if len(self.aliases) == 1 else None

    def form(self):
        if self.joined and self.separate:
            return "joined-or-separate"
        if self.joined:
            return "joined-or-missing" if self.missing_ok else "joined"
        if self.separate:
            return "separate" if self.arguments == 1 else f"separate-{self.arguments}"
        return "alone"

    def notes(self):
        notes = []
        if self.rejects_negative:
            notes.append("no-negative")
        if self.rejects_driver:
            notes.append("not-for-driver")
        if self.no_driver_argument:
            notes.append("alone-for-driver")
        if self.negated_alias and self.alias:
            notes.append("alias-negates")
        return ",".join(notes) or NONE


def read(directory, major, options):
    gcc = os.path.join(directory, "gcc")
    files = [(name, where) for name, where in SHARED.items()]
    files += [("config/" + name, target) for target, names in TARGETS.items() for name in names]
    for name, where in files:
        path = os.path.join(gcc, name)
        if not os.path.exists(path):
            continue
        for record in records(path):
            if record[0] in NO_OPTION or len(record) < 2 or " " in record[0]:
                continue
            option = options.setdefault("-" + record[0], Option())
            option.add(properties(record[1]), where, major)


def load(directory):
    """Every option of the versions that DIRECTORY holds as gcc-MAJOR, and the majors."""
    options = {}
    majors = sorted(int(name[4:]) for name in os.listdir(directory) if re.fullmatch(r"gcc-\d+", name))
    for major in majors:
        read(os.path.join(directory, f"gcc-{major}"), major, options)
    return options, majors


def plain(name):
    """A name as GCC's enumeration of options writes it, which some aliases use."""
    return re.sub(r"[^A-Za-z0-9]", "_", name)


def rows(options, majors, effects):
    plain_names = {plain(name): name for name in options}

    def target_of(option):
        name = "-" + option.alias[0]
        name = name if name in options else plain_names[plain(name)]
        return target_of(options[name]) if options[name].alias else name

    for name in sorted(options, key=lambda n: n.encode()):
        option = options[name]
        effect = ("=", "=") if option.alias else effects.get(name, ("unknown", "no"))
        yield "\t".join([
            name,
            option.form(),
            option.notes(),
            target_of(option) if option.alias else NONE,
            ",".join(option.alias[1:]) if option.alias and option.alias[1:] else NONE,
            NONE if min(option.versions) == majors[0] else str(min(option.versions)),
            NONE if max(option.versions) == majors[-1] else str(max(option.versions)),
            ",".join(sorted(option.where)) or NONE,
            *effect,
        ])


def main():
    directory, table = sys.argv[1:]
    effects = {}
    header = []
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                header.append(line)
            else:
                cells = line.rstrip("\n").split("\t")
                effects[cells[0]] = (cells[-2], cells[-1])
    options, majors = load(directory)
    sys.stdout.write("".join(header))
    for row in rows(options, majors, effects):
        print(row)


if __name__ == "__main__":
    main()
