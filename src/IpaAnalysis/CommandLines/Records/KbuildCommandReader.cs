using System.Buffers;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>
/// Reads the command that kbuild writes as the first line of <c>.NAME.cmd</c> beside the target
/// (<c>make-cmd</c> in the kernel's <c>scripts/Kbuild.include</c>): <c>cmd_PATH := …</c>, since Linux 6.2 <c>savedcmd_PATH := …</c>.
/// </summary>
internal static class KbuildCommandReader
{
    /// <summary>Longest line that is read, in bytes; Linux refuses a longer command line by far.</summary>
    private const int LongestLine = 64 << 20;

    /// <summary>Reads a file's first line.</summary>
    /// <param name="path">Absolute path of the <c>.cmd</c> file.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.FileUnreadable"/> and <see cref="DiagnosticCatalog.KbuildCommand"/>.</param>
    /// <returns>Null when there is a diagnostic.</returns>
    public static KbuildCommand? Read(string path, DiagnosticBag diagnostics) => Read(path, diagnostics, null);

    /// <summary>Reads the text of a first line.</summary>
    /// <param name="line">The line in UTF-8, without its end.</param>
    /// <param name="path">Absolute path of the <c>.cmd</c> file: tells the working directory.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.KbuildCommand"/>.</param>
    /// <returns>Null when there is a diagnostic.</returns>
    public static KbuildCommand? Parse(ReadOnlySpan<byte> line, string path, DiagnosticBag diagnostics) => Parse(line, path, diagnostics, null);

    internal static KbuildCommand? Read(string path, DiagnosticBag diagnostics, WordPool? pool)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            using var file = InputFile.Open(path, FileRole.KbuildRecord);
            var length = 0;
            var end = -1;
            while (file.Read(length, buffer.AsSpan(length)) is var read and > 0)
            {
                end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    end += length;
                    break;
                }

                length += read;
                if (length > LongestLine)
                {
                    diagnostics.Add(Bad(path, "its first line is longer than 64 MiB"));
                    return null;
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            var line = buffer.AsSpan(0, end < 0 ? length : end);
            return line.StartsWith("#"u8)
                ? Parse(CommandAfterComment(InputFile.ReadAllBytes(path, FileRole.KbuildRecord)), path, diagnostics, pool)
                : Parse(line, path, diagnostics, pool);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(DiagnosticCatalog.FileUnreadable.At(path, 0, $"The recorded command cannot be read: {FileProblem.Describe(e)}. Check the file's permissions."));
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// The kernel's tools (<c>tools/build/Build.include</c>), as long as they have no fixdep, write a comment and the
    /// dependencies before the command.
    /// </summary>
    private static ReadOnlySpan<byte> CommandAfterComment(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.StartsWith("cmd_"u8) || line.StartsWith("savedcmd_"u8))
            {
                return line;
            }
        }

        return text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;
    }

    private static KbuildCommand? Parse(ReadOnlySpan<byte> line, string path, DiagnosticBag diagnostics, WordPool? pool)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var text = Encoding.UTF8.GetString(line);
        var variable = text.StartsWith("cmd_", StringComparison.Ordinal) ? 4 : text.StartsWith("savedcmd_", StringComparison.Ordinal) ? 9 : -1;
        var assign = text.IndexOf(":=", StringComparison.Ordinal);
        if (variable < 0 || assign < variable || text.AsSpan(variable..assign).IsWhiteSpace())
        {
            diagnostics.Add(Bad(path, "it does not start with cmd_TARGET := as kbuild writes it"));
            return null;
        }

        if (!ShellWords.TrySplit(ShellWords.UnescapeMake(text[(assign + 2)..]), pool, out var commands))
        {
            diagnostics.Add(Bad(path, "a quote is not closed"));
            return null;
        }

        var target = ShellWords.UnescapeMake(text[variable..assign].Trim());
        var command = CommandLine.Read(commands, target, out var changed, out var isForTarget);
        var directory = WorkingDirectoryOf(target, path);
        return new KbuildCommand(command)
        {
            Target = target,
            Kind = command.Kind == CommandKind.CCompile && !isForTarget ? CommandKind.Host : command.Kind,
            WorkingDirectory = changed is null ? directory : UnixPath.Resolve(changed, directory),
        };
    }

    /// <summary>kbuild runs in one directory and puts the record beside the target: what precedes the target's own directories is where it ran.</summary>
    private static string? WorkingDirectoryOf(string target, string path)
    {
        var recordEnd = path.LastIndexOf('/');
        if (target.StartsWith('/') || recordEnd < 0)
        {
            return null;
        }

        var directory = path.AsSpan(0, recordEnd).TrimEnd('/');
        var targetEnd = target.LastIndexOf('/');
        var parts = target[..Math.Max(targetEnd, 0)].Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] is "" or ".")
            {
                continue;
            }

            if (parts[i] is ".." || !directory.EndsWith(parts[i], StringComparison.Ordinal) || directory.Length == parts[i].Length
                || directory[^(parts[i].Length + 1)] != '/')
            {
                return null;
            }

            directory = directory[..^(parts[i].Length + 1)];
        }

        return directory.Length == 0 ? "/" : directory.ToString();
    }

    private static Diagnostic Bad(string path, string cause) => DiagnosticCatalog.KbuildCommand.At(
        path,
        1,
        $"The recorded command is not used: {cause}. Remove the file's target and build it again.");
}
