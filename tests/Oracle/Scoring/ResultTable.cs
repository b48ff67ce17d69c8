using System.Globalization;
using System.Text;
using IpaAnalysis.Oracle.Truth;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>Writes the results as Markdown.</summary>
internal static class ResultTable
{
    public static string Write(IReadOnlyList<CodeBaseResult> results, bool isVerbose)
    {
        var text = new StringBuilder();
        Line(text, "| code base | units | functions | with dependants | true pairs | predictor | recall | precision | with decisions | decisions | routing | exact | median |");
        Line(text, "|---|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var result in results)
        {
            foreach (var predictor in result.Predictors)
            {
                Row(text, result.Name, $"{result.Units.Count}/{result.AllUnits}", $"{result.Truths.Count}/{result.AllFunctions}", predictor.Name, predictor.Results);
            }
        }

        foreach (var predictor in results.SelectMany(r => r.Predictors).GroupBy(p => p.Name))
        {
            List<PredictedTruth> all = [.. predictor.SelectMany(p => p.Results)];
            var units = $"{results.Sum(r => r.Units.Count)}/{results.Sum(r => r.AllUnits)}";
            Row(text, "all", units, $"{all.Count}/{results.Sum(r => r.AllFunctions)}", predictor.Key, all);
            all.RemoveAll(r => !r.Truth.IsCalledInItsUnit);
            Row(text, "of them called as such in their unit", units, $"{all.Count}", predictor.Key, all);
        }

        Line(text, "");
        Line(text, $"Functions that cannot be hidden, as they must be inlined: {results.Sum(r => r.NotCompiled)}.");
        Line(text, $"Units in which unrelated code seems to change other functions (should be none): {results.Sum(r => r.NullDifferences.Length)}.");
        Opened(text, results, isVerbose);
        foreach (var predictor in results.SelectMany(r => r.Predictors).GroupBy(p => p.Name))
        {
            var misses = predictor.Sum(p => p.Results.Sum(r => r.Misses.Length));
            var known = predictor.SelectMany(p => p.MissedPasses).ToList();
            Line(text, "");
            Line(text, $"Misses of {predictor.Key}: {misses}; {known.Count} of them looked into:");
            Line(text, "");
            Line(text, "| pass | misses |");
            Line(text, "|---|--:|");
            foreach (var pass in known.CountBy(p => p).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal))
            {
                Line(text, $"| {pass.Key} | {pass.Value} |");
            }
        }

        if (isVerbose)
        {
            Details(text, results);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string codeBase, string units, string functions, string predictor, IReadOnlyCollection<PredictedTruth> results)
    {
        var score = Score.Of(results);
        Line(text, string.Create(
            CultureInfo.InvariantCulture,
            $"| {codeBase} | {units} | {functions} | {results.Count(r => r.Truth.Dependants.Length > 0)} | {score.True} | {predictor} | {Percent(score.Recall)} | {Percent(score.Precision)} | {Percent(score.PrecisionWithDecisions)} | {score.Decisions} | {score.Routing} | {score.Exact} | {score.MedianTime.TotalSeconds:0.00} s |"));
    }

    private static void Opened(StringBuilder text, IReadOnlyList<CodeBaseResult> results, bool isVerbose)
    {
        List<OpenedResult> all = [.. results.SelectMany(r => r.Opened)];
        Line(text, "");
        Line(text, $"Of {all.Count} functions:");
        Line(text, "");
        Line(text, "| found from the other side | true | recall | precision |");
        Line(text, "|---|--:|--:|--:|");
        Row("unsafe callees", static n => n.Callees);
        Row("folded variables", static n => n.Variables);
        Line(text, "");
        foreach (var result in all.Where(_ => isVerbose))
        {
            var where = $"{result.Function.Unit.Source.Name}: {result.Function.Function.Name}";
            foreach (var (what, name) in result.Misses.Select(m => ("missed", m)).Concat(result.FalseAlarms.Select(a => ("false alarm", a))))
            {
                Line(text, $"- {what} {where} ↔ {name}");
            }
        }

        void Row(string what, Func<OpenedNames, IReadOnlySet<string>> names)
        {
            var (known, predicted) = (all.Sum(r => names(r.Truth).Count), all.Sum(r => names(r.Predicted).Count));
            double right = all.Sum(r => names(r.Truth).Intersect(names(r.Predicted)).Count());
            Line(text, $"| {what} | {known} | {Percent(right / known)} | {Percent(right / predicted)} |");
        }
    }

    private static string Percent(double share) => double.IsNaN(share) ? "–" : share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static void Details(StringBuilder text, IReadOnlyList<CodeBaseResult> results)
    {
        foreach (var (unit, differences) in results.SelectMany(r => r.NullDifferences))
        {
            Line(text, $"- unrelated code changed {unit.Source.Name}: {string.Join("; ", differences.Select(d => $"{d.Origin}: `{d.Evidence}`"))}");
        }

        foreach (var (codeBase, predictor) in results.SelectMany(r => r.Predictors, (r, p) => (r.Name, p)))
        {
            Line(text, "");
            Line(text, $"{predictor.Name} on {codeBase}:");
            Line(text, "");
            foreach (var result in predictor.Results)
            {
                var where = $"{result.Truth.Unit.Source.Name}: {result.Truth.Function.Name}";
                if (result.Prediction is { Cause.Length: > 0 })
                {
                    Line(text, $"- not exact {where}: {result.Prediction.Cause}");
                }

                foreach (var miss in result.Misses)
                {
                    Line(text, $"- missed {where} → {miss.Origin}: `{miss.Evidence}`");
                }

                foreach (var alarm in result.FalseAlarms)
                {
                    Line(text, $"- false alarm {where} → {alarm}: `{result.Prediction?.Evidence.GetValueOrDefault(alarm, "by the dumps")}`");
                }
            }
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
