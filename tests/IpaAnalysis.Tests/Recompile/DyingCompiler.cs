using System.Globalization;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>A compiler that does what GCC does, but for chosen runs in which it dies.</summary>
internal sealed class DyingCompiler
{
    private readonly RecompiledUnit _unit;

    public DyingCompiler(RecompiledUnit unit, string compiler)
    {
        _unit = unit;

        // Only runs that read or make something count: questions about versions do not.
        Tools.WriteProgram(unit.Tree["bin/gcc"], $$"""
            #!/bin/sh
            case " $* " in
                *" -o "*unit.*) ;;
                *) exec {{Tools.Require(compiler)}} "$@" ;;
            esac
            here='{{unit.Tree.Path}}'
            n=$(cat "$here/count" 2>/dev/null || echo 0); n=$((n + 1)); echo $n > "$here/count"
            read first last way < "$here/dies"
            if [ $n -ge $first ] && [ $n -le $last ]; then
                case $way in
                    kill) kill -9 $$ ;;
                    exit) exit 1 ;;
                    space) echo "unit.i:1:1: fatal error: error writing to unit.s: No space left on device" >&2; exit 1 ;;
                    record)
                        words=; for word in "$@"; do case $word in -fdump-ipa-*=*) word=${word%%=*}=/dev/full;; esac; words="$words '$word'"; done
                        eval exec {{Tools.Require(compiler)}} "$words" ;;
                    crash) echo "unit.i:3:5: internal compiler error: Segmentation fault" >&2; exit 1 ;;
                esac
            fi
            exec {{Tools.Require(compiler)}} "$@"
            """);

        var command = RecordedCommand.Of(unit.Unit.Command!.Words.SetItem(0, unit.Tree["bin/gcc"]), unit.Tree.Path);
        unit.Unit = unit.Unit with { Command = command, Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true) };
        Dies(0, 0, "exit");
    }

    /// <summary>How often it ran since <see cref="Dies"/>.</summary>
    public int Runs => int.Parse(File.ReadAllText(_unit.Tree["count"]), CultureInfo.InvariantCulture);

    /// <summary>In which runs it dies from now on.</summary>
    public void Dies(int first, int last, string way)
    {
        _unit.Tree.Write("count", "0\n");
        _unit.Tree.Write("dies", string.Create(CultureInfo.InvariantCulture, $"{first} {last} {way}\n"));
    }
}
