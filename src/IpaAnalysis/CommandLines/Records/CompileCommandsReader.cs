using System.Collections.Immutable;
using System.Text.Json;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>Reads <c>compile_commands.json</c> (Clang's "JSON Compilation Database Format Specification").</summary>
internal static class CompileCommandsReader
{
    private const string Remedy = "Generate the file again with the build system.";

    /// <summary>
    /// Reads a file's entries, in their order; what libtool makes of its own commands stands behind them (see <see cref="LibtoolCommand"/>).
    /// </summary>
    /// <param name="path">Absolute path of the file; relative directories in it are taken from its directory.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.FileUnreadable"/>, and <see cref="DiagnosticCatalog.CompileCommands"/> per bad entry.</param>
    public static ImmutableArray<CompileCommand> Read(string path, DiagnosticBag diagnostics) => Read(path, diagnostics, null);

    /// <summary>Reads entries from a stream, as from a file.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="path">Absolute path for diagnostics and relative directories.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.CompileCommands"/> per bad entry.</param>
    public static ImmutableArray<CompileCommand> Read(Stream stream, string path, DiagnosticBag diagnostics) => Read(stream, path, diagnostics, null);

    internal static ImmutableArray<CompileCommand> Read(string path, DiagnosticBag diagnostics, WordPool? pool)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            using var stream = InputFile.OpenStream(path, FileRole.CompileCommands);
            return Read(stream, path, diagnostics, pool);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(DiagnosticCatalog.FileUnreadable.At(path, 0, $"The compile commands cannot be read: {FileProblem.Describe(e)}. Check the file's path and permissions."));
            return [];
        }
    }

    private static ImmutableArray<CompileCommand> Read(Stream stream, string path, DiagnosticBag diagnostics, WordPool? pool)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var entries = ImmutableArray.CreateBuilder<CompileCommand>();
        var byLibtool = new List<CompileCommand>();
        var scanner = new JsonEntryScanner(stream);
        if (!scanner.TryOpen())
        {
            diagnostics.Add(DiagnosticCatalog.CompileCommands.At(path, scanner.Line, $"The file holds no JSON array, so no command is known. {Remedy}"));
            return [];
        }

        while (scanner.TryNext(out var text))
        {
            if (scanner.HasStray)
            {
                diagnostics.Add(Stray(path, scanner.Line));
            }

            if (TryReadEntry(text, scanner.Line, path, pool, out var entry, out var cause))
            {
                if (LibtoolCommand.Is(entry!))
                {
                    byLibtool.AddRange(LibtoolCommand.CompilesOf(entry!));
                }
                else
                {
                    entries.Add(entry!);
                }
            }
            else
            {
                diagnostics.Add(DiagnosticCatalog.CompileCommands.At(path, scanner.Line, $"The entry is not used: {(scanner.EndsInside ? "the file ends inside it" : cause)}. {Remedy}"));
            }
        }

        if (scanner.HasStray)
        {
            diagnostics.Add(Stray(path, scanner.Line));
        }
        else if (!scanner.IsClosed && !scanner.EndsInside)
        {
            diagnostics.Add(DiagnosticCatalog.CompileCommands.At(path, scanner.Line, $"The file ends before its array does; entries may be missing. {Remedy}"));
        }

        entries.AddRange(byLibtool);
        return entries.ToImmutable();
    }

    private static Diagnostic Stray(string path, int line) =>
        DiagnosticCatalog.CompileCommands.At(path, line, $"Something before this line is no entry and is not used. {Remedy}");

    private static bool TryReadEntry(ReadOnlySpan<byte> text, int line, string path, WordPool? pool, out CompileCommand? entry, out string cause)
    {
        entry = null;
        Fields fields;
        try
        {
            fields = Fields.Read(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string holds bytes that are no UTF-8 or half a surrogate pair.
            cause = "it is not valid JSON";
            return false;
        }

        if (string.IsNullOrEmpty(fields.Directory) || string.IsNullOrEmpty(fields.File))
        {
            cause = "\"directory\" or \"file\" is missing or no string";
            return false;
        }

        ImmutableArray<ImmutableArray<string>> commands = fields.Arguments.IsDefaultOrEmpty ? [] : [fields.Arguments];
        if (commands.IsEmpty && (fields.Command is null || !ShellWords.TrySplit(fields.Command, pool, out commands)))
        {
            cause = fields.Command is null ? "it has neither \"command\" nor \"arguments\"" : "a quote in \"command\" is not closed";
            return false;
        }

        entry = Build(fields, CommandLine.Read(commands, fields.Output, out var changed, out _), changed, line, UnixPath.DirectoryOf(path));
        cause = entry is null ? "a path in it cannot name a file" : "";
        return entry is not null;
    }

    private static CompileCommand? Build(Fields fields, RecordedCommand command, string? changed, int line, string home)
    {
        var directory = UnixPath.Resolve(fields.Directory, home);
        var workingDirectory = changed is null ? directory : UnixPath.Resolve(changed, directory);
        var source = UnixPath.Resolve(fields.File, directory);
        var output = string.IsNullOrEmpty(fields.Output) ? command.Output : fields.Output;
        var objectFile = source is null ? null
            : UnixPath.Resolve(output ?? UnixPath.StemOf(UnixPath.NameOf(source)) + ".o", string.IsNullOrEmpty(fields.Output) ? workingDirectory : directory);
        return source is null || objectFile is null ? null : new CompileCommand(command)
        {
            File = source,
            ObjectFile = objectFile,
            Line = line,
            Source = command.Source ?? fields.File,
            WorkingDirectory = workingDirectory,
        };
    }

    /// <summary>The members of one entry, of which unknown ones and ones of another type are passed over.</summary>
    private struct Fields
    {
        public string? Directory;
        public string? File;
        public string? Command;
        public string? Output;
        public ImmutableArray<string> Arguments;

        public static Fields Read(ReadOnlySpan<byte> text)
        {
            var fields = default(Fields);
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                switch (name)
                {
                    case "directory":
                        fields.Directory = value;
                        break;
                    case "file":
                        fields.File = value;
                        break;
                    case "command":
                        fields.Command = value;
                        break;
                    case "output":
                        fields.Output = value;
                        break;
                    case "arguments" when reader.TokenType == JsonTokenType.StartArray:
                        fields.Arguments = ReadArguments(ref reader);
                        continue;
                }

                reader.Skip();
            }

            return fields;
        }

        private static ImmutableArray<string> ReadArguments(ref Utf8JsonReader reader)
        {
            var arguments = ImmutableArray.CreateBuilder<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                arguments.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException());
            }

            return arguments.ToImmutable();
        }
    }
}
