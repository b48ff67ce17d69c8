using System.Globalization;

namespace IpaAnalysis.MSBuild.Tests.Harness;

/// <summary>Does to a tree <c>tree</c> with its sources in <c>src</c> what people, compilers and archives do, at random but repeatably.</summary>
internal sealed class TreeEditor(TaskDirectory directory, int seed)
{
    private static readonly string[] s_directories = ["tree", "tree/net", "tree/net/core", "tree/fs", "tree/fs/ext", "outside", "outside/deep"];
    private static readonly string[] s_stems = ["a", "b", "main", "ü x"];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    /// <summary>Changes something and says what.</summary>
    public string Edit()
    {
        var file = AnyFile();
        switch (_random.Next(20))
        {
            case <= 4:
                return Compile();
            case 5 when file is not null:
                File.Delete(file);
                return $"delete {file}";
            case 6 when file is not null:
                var target = Path.Combine(Made(Pick(s_directories)), Pick(s_stems) + Pick([".o", ".c.000i.ipa-clones", ".ci", ".ko", ".s", ".txt", ".lo"]));
                File.Move(file, target, overwrite: true);
                return $"move {file} to {target}";
            case 7 when file is not null:
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(_random.Next(-500, 500)));
                return $"touch {file}";
            case 8 or 9 when file is not null:
                return Replace(file);
            case 10 when file is not null:
                File.WriteAllText(file, "");
                return $"empty {file}";
            case 11:
                return Link(s_directories);
            case 12 when file is not null:
                return Link([file]);
            case 13:
                return Remove(Pick(s_directories[1..]));
            case 14:
                var source = directory.Write($"src/{Pick(["", "net/", "fs/"])}{Pick(s_stems)}.c", "int x;\n");
                return $"write {source}";
            case 15:
                return Database();
            case 16:
                Remove("src/net");
                return "remove src/net";
            case 17:
                var from = directory.At(Pick(s_directories[1..]));
                var to = directory.At("tree/moved" + _random.Next(3).ToString(CultureInfo.InvariantCulture));
                if (Directory.Exists(from) && !Path.Exists(to))
                {
                    Directory.Move(from, to);
                    return $"move {from} to {to}";
                }

                return Compile();
            default:
                return Compile();
        }
    }

    /// <summary>An object with some of the files that a compile leaves.</summary>
    private string Compile()
    {
        var where = Pick(s_directories);
        var stem = Pick(s_stems);
        var path = Path.Combine(Made(where), stem);
        var relative = where.StartsWith("tree/", StringComparison.Ordinal) ? where[5..] + "/" : "";
        File.WriteAllText(path + ".o", _random.Next(100).ToString(CultureInfo.InvariantCulture));
        if (_random.Next(5) > 0)
        {
            File.WriteAllText(path + Pick([".c.000i.ipa-clones", ".c.000i.ipa-clones", ".o.c.084i.ipa-clones"]), "x");
        }

        if (_random.Next(3) > 0)
        {
            File.WriteAllText(path + ".ci", $"graph: {{ title: \"{relative}{stem}.c\"\n}}\n");
        }

        if (_random.Next(3) == 0)
        {
            File.WriteAllText(
                Path.Combine(Path.GetDirectoryName(path)!, $".{stem}.o.cmd"),
                $"{Pick(["cmd_", "savedcmd_"])}{relative}{stem}.o := gcc {Pick(["-O2", "-O2 -fno-ipa-ra", "-O3 -flto", "-pg"])} -D__KERNEL__ {Pick(["", "-fdump-ipa-clones"])} -c -o {relative}{stem}.o {relative}{stem}.c{Pick(["", " \"broken"])}\n\nsource_x := y\n");
        }

        return $"compile {path}";
    }

    /// <summary>Other content of equal size and time, in place or through another file.</summary>
    private string Replace(string file)
    {
        var content = File.ReadAllBytes(file);
        var time = File.GetLastWriteTimeUtc(file);
        if (content.Length > 0)
        {
            content[_random.Next(content.Length)] ^= 1;
        }

        var inPlace = _random.Next(2) == 0;
        var written = inPlace ? file : file + ".new";
        File.WriteAllBytes(written, content);
        File.SetLastWriteTimeUtc(written, time);
        if (!inPlace)
        {
            File.Move(written, file, overwrite: true);
        }

        return $"replace {file} {(inPlace ? "in place" : "by another")}";
    }

    private string Link(string[] targets)
    {
        var target = directory.At(Pick(targets));
        var link = Path.Combine(Made("tree"), "link" + _random.Next(3).ToString(CultureInfo.InvariantCulture) + Pick(["", ".o"]));
        if (File.Exists(link) || new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        if (!Path.Exists(link))
        {
            File.CreateSymbolicLink(link, target);
        }

        return $"link {link} to {target}";
    }

    private string Remove(string path)
    {
        if (new FileInfo(directory.At(path)).LinkTarget is null && Directory.Exists(directory.At(path)))
        {
            Directory.Delete(directory.At(path), recursive: true);
        }

        return $"remove {path}";
    }

    private string Database()
    {
        var path = Path.Combine(Made("tree"), "compile_commands.json");
        if (_random.Next(4) == 0)
        {
            File.Delete(path);
            return "delete the database";
        }

        var entries = Enumerable.Range(0, _random.Next(4)).Select(_ =>
        {
            var (where, stem) = (Pick(["", "net/", "fs/ext/"]), Pick(s_stems));
            return $$"""{ "directory": "{{directory.At("tree")}}", "file": "{{where}}{{stem}}.c", "arguments": ["gcc", "-O{{_random.Next(3)}}", "-c", "{{where}}{{stem}}.c", "-o", "{{where}}{{stem}}.o"] }""";
        });
        File.WriteAllText(path, $"[{string.Join(',', entries)}{Pick(["", "", ", 7"])}]");
        return "write the database";
    }

    private string? AnyFile()
    {
        string[] files = [.. new[] { "tree", "src", "outside" }
            .Where(d => Directory.Exists(directory.At(d)))
            .SelectMany(d => Directory.EnumerateFiles(directory.At(d), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? Pick(files) : null;
    }

    private string Made(string path) => Directory.CreateDirectory(directory.At(path)).FullName;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
