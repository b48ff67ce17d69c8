using System.Globalization;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Dying;

/// <summary>A program that PATH calls <c>gcc</c>, and that is GCC but for chosen runs in which it dies.</summary>
internal sealed class DyingCompiler
{
    private readonly string _directory;

    /// <summary>Makes it.</summary>
    /// <param name="directory">An absolute directory for it and its counter.</param>
    public DyingCompiler(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        var real = Compiler.Find("gcc") ?? throw new InvalidOperationException("gcc is not installed");

        // Only runs that read or make something of the unit count: questions about versions and options do not. A full disk is
        // /dev/full, to which nothing can be written (man 4 full); a limit of the size of files ends cc1 or as by SIGXFSZ.
        File.WriteAllText(Program, $$"""
            #!/bin/bash
            case " $* " in
                *" -o "*/unit.*) ;;
                *) exec {{real}} "$@" ;;
            esac
            here='{{_directory}}'
            n=$(( $(< "$here/count") + 1 )); echo $n > "$here/count"
            read first last way < "$here/dies"
            if [ $n -ge $first ] && [ $n -le $last ]; then
                case $way in
                    kill) kill -9 $$ ;;
                    exit) exit 1 ;;
                    message) echo "unit.i:1:1: fatal error: error writing to unit.s: No space left on device" >&2; exit 1 ;;
                    crash) printf 'unit.i: In function ‘g’:\nunit.i:3:5: internal compiler error: Segmentation fault\n' >&2; exit 1 ;;
                    disk|record)
                        words=()
                        for word in "$@"; do
                            case $way$word in
                                disk*/unit.s|disk*/unit.o) [ "$last_word" = -o ] && word=/dev/full ;;
                                disk*/unit.i) [ "$last_word" = -o ] && word=/dev/full ;;
                                record-fdump-*=*) word=${word%%=*}=/dev/full ;;
                            esac
                            words+=("$word"); last_word=$word
                        done
                        exec {{real}} "${words[@]}" ;;
                    size) ulimit -c 0 -f 0 ;;
                esac
            fi
            exec {{real}} "$@"
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Dies(0, 0, "exit");
    }

    /// <summary>How it may die.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["kill", "exit", "message", "disk", "record", "size", "crash"];

    /// <summary>How often it ran since <see cref="Dies"/>.</summary>
    public int Runs => int.Parse(File.ReadAllText(Path.Combine(_directory, "count")), CultureInfo.InvariantCulture);

    private string Program => Path.Combine(_directory, "gcc");

    /// <summary>The value of PATH with which it is found first.</summary>
    public string SearchPath => _directory + Path.PathSeparator + Compiler.SearchPath;

    /// <summary>In which runs it dies from now on.</summary>
    public void Dies(int first, int last, string way)
    {
        File.WriteAllText(Path.Combine(_directory, "count"), "0\n");
        File.WriteAllText(Path.Combine(_directory, "dies"), string.Create(CultureInfo.InvariantCulture, $"{first} {last} {way}\n"));
    }
}
