namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>Turns the titles of a call graph into assembler names.</summary>
/// <remarks>
/// GCC makes the title of a static or weak definition unique with the main file in front, with the double quotes of that
/// file name left out.
/// </remarks>
internal readonly ref struct CallGraphTitles(ReadOnlySpan<byte> mainFile)
{
    private readonly ReadOnlySpan<byte> _mainFile = mainFile;
    private readonly bool _hasQuotes = mainFile.Contains((byte)'"');

    /// <summary>The assembler name of a title, and whether the main file was in front of it.</summary>
    public ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> title, out bool qualified)
    {
        var prefix = _hasQuotes ? PrefixWithoutQuotes(title) : title.StartsWith(_mainFile) ? _mainFile.Length : -1;
        qualified = !_mainFile.IsEmpty && prefix >= 0 && prefix < title.Length && title[prefix] == (byte)':';
        return DumpText.AssemblerName(qualified ? title[(prefix + 1)..] : title);
    }

    private int PrefixWithoutQuotes(ReadOnlySpan<byte> title)
    {
        var length = 0;
        foreach (var character in _mainFile)
        {
            if (character == (byte)'"')
            {
                continue;
            }

            if (length >= title.Length || title[length] != character)
            {
                return -1;
            }

            length++;
        }

        return length;
    }
}
