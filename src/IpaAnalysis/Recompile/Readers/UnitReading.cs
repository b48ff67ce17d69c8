using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.ObjectCode.Images;
using IpaAnalysis.Recompile.Source;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>Reads the text of one unit for functions that it defines and of which its files hold no trace.</summary>
/// <param name="unit">The unit.</param>
/// <param name="compiler">Preprocesses it.</param>
internal sealed class UnitReading(Unit unit, UnitCompiler compiler)
{
    private ReadOnlyMemory<byte> _text;

    /// <summary>Whether it failed by something that may pass.</summary>
    public bool MayReadAgain { get; private set; }

    /// <summary>Absolute paths of the files that the text was made from.</summary>
    public IEnumerable<string> Files(string directory) => LineMarkers.FilesOf(_text.Span, directory);

    /// <summary>Finds the functions that the unit can rely on.</summary>
    /// <param name="functions">The functions.</param>
    /// <returns>What is to be asked about, and why nothing can be said: one of both is empty.</returns>
    public async Task<(ImmutableArray<(SoughtFunction Sought, AddedFunction Added)> Found, string? Cause)> Find(IReadOnlyList<SoughtFunction> functions)
    {
        var (text, failure) = await compiler.Preprocess().ConfigureAwait(false);
        if (text is null)
        {
            MayReadAgain = !failure!.IsOfText;
            return ([], InexactCauses.NotPreprocessed(failure.Message));
        }

        _text = text;
        if (MemoryImage.IsIn(text))
        {
            return ([], InexactCauses.MemoryImage);
        }

        var scanned = SourceScanner.Scan(text);
        var names = functions.Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (scanned.Gaps.FirstOrDefault(g => g.MayConcern(names)) is { } gap)
        {
            return ([], InexactCauses.SourceNotUnderstood(gap, unit));
        }

        var defined = functions.SelectMany(f => scanned.Definitions.Where(d => Is(d, f)).Select(d => (Function: f, Definition: d))).ToArray();
        if (defined.Length == 0)
        {
            return ([], null);
        }

        // What the user names and nothing else knows is a target, wherever it is defined.
        var reached = defined.All(static d => d.Function.File is null) ? null : ReachableDefinitions.Find(text, scanned, EmittedNames());
        return ([.. defined.Where(d => d.Function.File is null || reached!.Contains(d.Definition)).Select(d => (d.Function, Added(d.Function, d.Definition)))], null);
    }

    private AddedFunction Added(SoughtFunction function, Definition definition)
    {
        if (function.File is null)
        {
            return new AddedFunction(definition.Symbol, definition.Name, definition.File, definition.Line, definition.Column, definition.IsStatic);
        }

        // One header by two paths is one file: the function is the one that is sought.
        var file = IsNamed(definition.File!, function) ? definition.File : function.RealFiles.Order(StringComparer.Ordinal).First();
        return new AddedFunction(definition.Symbol, function.Name, file, function.Line, function.Column, definition.IsStatic);
    }

    /// <summary>A macro in front of the name moves its column, but not its line.</summary>
    private bool Is(Definition definition, SoughtFunction function) =>
        definition.Kind == DefinitionKind.Function
        && definition.BodyEnd > definition.BodyStart
        && (definition.Name == function.Name || (function.File is null && definition.Symbol == function.Name))
        && (function.File is null
            || (definition.Line == function.Line
                && definition.File is { } file
                && (IsNamed(file, function) || (UnixPath.Resolve(file, unit.WorkingDirectory) is { } path && function.RealFiles.Contains(RealPath.Of(path))))));

    private bool IsNamed(string file, SoughtFunction function) => unit.Paths.Normalize(file, unit.WorkingDirectory) == function.File;

    /// <summary>What the object's symbol table defines, without what the compiler appended; everything where that is not known.</summary>
    private Func<string, bool> EmittedNames()
    {
        try
        {
            if (unit.ObjectPath is { } path && ObjectImageReader.Read(InputFile.ReadAllBytes(path, FileRole.Object), out _) is { } image)
            {
                var names = image.Symbols
                    .Where(static s => s.IsDefined && s.Name.Length > 0)
                    .Select(static s => SymbolName.Origin(s.Name))
                    .ToHashSet(StringComparer.Ordinal);
                return names.Contains;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The question itself tells of it.
        }

        return static _ => true;
    }
}
