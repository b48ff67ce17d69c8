using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Gating;

/// <summary>Finds what dumps show of single functions: one violation for each pass, object and function.</summary>
internal sealed class FunctionViolations(Acceptance acceptance)
{
    private readonly List<Violation> _violations = [];

    /// <summary>The violations, in no order.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Notes the copies of one kind in an object.</summary>
    /// <param name="unit">The object.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="forbidden">The pass that made them.</param>
    /// <param name="kind">The kind of copy.</param>
    public void AddCopies(GateUnit unit, ObjectSummary summary, ForbiddenPass forbidden, ClonePass kind) =>
        AddCopies(unit, summary, DiagnosticCatalog.ForbiddenCopy, forbidden, kind, static _ => true);

    /// <summary>Notes the functions with external linkage that were inlined in an object.</summary>
    public void AddExternalInlined(GateUnit unit, ObjectSummary summary, ForbiddenPass inlining) =>
        AddCopies(
            unit, summary, DiagnosticCatalog.ExternalInlined, inlining, ClonePasses.Inline,
            // GCC emits what other units may call, so a function without code of its own is none of those.
            original => (summary.Functions[original].Traits & (FunctionTraits.Emitted | FunctionTraits.Local)) == FunctionTraits.Emitted);

    /// <summary>Notes what the compiler recorded to have folded in an object.</summary>
    public void AddFoldings(GateUnit unit, ObjectSummary summary, ForbiddenPass forbidden)
    {
        foreach (var folding in summary.Foldings)
        {
            var evidence = string.Create(
                CultureInfo.InvariantCulture,
                $"{unit.FoldingRecordName}:{folding.Line}: {Symbol(summary, folding.Folded)} -> {Symbol(summary, folding.Kept)}");

            // Nothing tells where a function is declared that has lost its code; then it is where GCC reports the folding.
            var located = summary.Functions[folding.Folded].File < 0 ? folding.Kept : folding.Folded;
            Add(unit, summary, DiagnosticCatalog.ForbiddenFolding, forbidden, folding.Folded, located, evidence);
        }
    }

    private void AddCopies(
        GateUnit unit, ObjectSummary summary, DiagnosticDescriptor descriptor, ForbiddenPass forbidden, ClonePass kind, Func<int, bool> concerns)
    {
        // A clone may be copied in turn: by its symbol it is another function, in the source it is the same.
        var groups = new OrderedDictionary<(string Name, int File, int Line, int Column), Copies>();
        var edges = summary.CloneEdges;
        for (var start = 0; start < edges.Length;)
        {
            // Edges are sorted by their original.
            var original = edges[start].Original;
            var copies = default(Copies);
            for (; start < edges.Length && edges[start].Original == original; start++)
            {
                var edge = edges[start];
                if (edge.Copy != original && ClonePasses.FromReason(summary.Names[edge.Reason]) == kind)
                {
                    copies = copies.With(new Copies(edge, 1));
                }
            }

            if (copies.Count > 0 && concerns(original))
            {
                var entry = summary.Functions[original];
                var function = (SourceName(summary, entry), entry.File, entry.Line, entry.Column);
                groups[function] = groups.GetValueOrDefault(function).With(copies);
            }
        }

        foreach (var (_, copies) in groups)
        {
            Add(unit, summary, descriptor, forbidden, copies.First.Original, copies.First.Original, Evidence(unit, summary, copies));
        }
    }

    private static string Evidence(GateUnit unit, ObjectSummary summary, Copies copies)
    {
        var (edge, count) = copies;
        var place = edge.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{unit.DumpName}:{edge.Line}") : "symbol table";
        var reason = summary.Names.GetString(edge.Reason);
        var more = count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (and {count - 1} more)") : "";
        return $"{place}: {Symbol(summary, edge.Original)} -> {Symbol(summary, edge.Copy)} {(reason.Length > 0 ? reason : ClonePasses.Unknown.Name)}{more}";
    }

    private void Add(
        GateUnit unit, ObjectSummary summary, DiagnosticDescriptor descriptor, ForbiddenPass forbidden, int function, int located, string evidence)
    {
        var entry = summary.Functions[located];
        var raw = entry.File < 0 ? null : summary.Names.GetString(entry.File);
        var sourceFile = raw is null ? null : unit.Paths.Normalize(raw, unit.WorkingDirectory);
        var name = SourceName(summary, summary.Functions[function]);
        var known = new BaselineEntry(descriptor.Code, forbidden.Selector.Name, unit.Object, name, sourceFile);
        var (status, justification) = acceptance.Judge(forbidden.Selector, unit, name, Symbol(summary, function), sourceFile, known);
        _violations.Add(new Violation
        {
            Descriptor = descriptor,
            Pass = forbidden.Selector.Name,
            Severity = forbidden.Severity,
            Object = unit.Object,
            Function = name,
            SourceFile = sourceFile,
            SourcePath = raw is null || sourceFile is null ? null : unit.Openable(raw),
            Line = entry.Line,
            Column = entry.Column,
            Evidence = evidence,
            Objects = [unit.Object],
            Justification = justification ?? forbidden.Justification,
            Status = status,
        });
    }

    /// <summary>The source-level name; a clone that was copied once more has that of its original.</summary>
    private static string SourceName(ObjectSummary summary, FunctionEntry entry)
    {
        var name = summary.Names[entry.Name];
        while ((entry.Traits & FunctionTraits.Clone) != 0 && ClonePasses.TrySplitSuffix(name, out var length, out _))
        {
            name = name[..length];
        }

        return System.Text.Encoding.UTF8.GetString(name);
    }

    private static string Symbol(ObjectSummary summary, int function) => summary.Names.GetString(summary.Functions[function].Symbol);

    /// <summary>Copies of one function.</summary>
    /// <param name="First">The one whose dump line comes first.</param>
    /// <param name="Count">How many there are; those that only a symbol tells of count where no line does.</param>
    private readonly record struct Copies(CloneEdge First, int Count)
    {
        public Copies With(Copies other) =>
            Count == 0 || (First.Line == 0 && other.First.Line > 0) ? other
            : other.First.Line == 0 && First.Line > 0 ? this
            : new Copies(other.First.Line < First.Line ? other.First : First, Count + other.Count);
    }
}
