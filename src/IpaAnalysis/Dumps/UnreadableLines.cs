using System.Globalization;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Dumps;

/// <summary>Reports the lines of one file that cannot be understood: the first ones each, the rest as a count.</summary>
internal struct UnreadableLines(DiagnosticDescriptor descriptor, string file, DiagnosticBag diagnostics)
{
    /// <summary>How many lines of one file get a diagnostic of their own.</summary>
    public const int Limit = 20;

    private int _count;
    private int _firstUnlisted;

    /// <summary>Reports one line.</summary>
    /// <param name="line">1-based line.</param>
    /// <param name="message">Cause and remedy.</param>
    public void Report(int line, string message)
    {
        if (_count++ < Limit)
        {
            diagnostics.Add(descriptor.At(file, line, message));
        }
        else if (_firstUnlisted == 0)
        {
            _firstUnlisted = line;
        }
    }

    /// <summary>Reports the count of the lines that got no diagnostic of their own; to be called at the end of the text.</summary>
    public void Finish()
    {
        if (_firstUnlisted != 0)
        {
            var more = (_count - Limit).ToString(CultureInfo.InvariantCulture);
            diagnostics.Add(descriptor.At(file, _firstUnlisted,
                $"From here on {more} more lines of this file cannot be understood. Compile the unit again, with no other process writing the file."));
            _firstUnlisted = 0;
        }
    }
}
