using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>Items whose metadata hold any text exactly, though MSBuild reads escapes and separators into item texts.</summary>
internal static class ItemMetadata
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("%*?@$();'\r\n");

    /// <summary>Makes an item whose identity stands for a text.</summary>
    public static ITaskItem2 Create(string identity) => new TaskItem(Escape(identity));

    /// <summary>Sets metadata to exactly a text.</summary>
    public static void Set(ITaskItem2 item, string name, string value) => item.SetMetadataValueLiteral(name, value);

    /// <summary>Metadata, or null where it is not set.</summary>
    public static string? Get(ITaskItem item, string name) =>
        item.GetMetadata(name) is { Length: > 0 } value ? value : null;

    /// <summary>Percent-encodes what MSBuild gives a meaning.</summary>
    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(s_special) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (s_special.Contains(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:x2}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }
}
