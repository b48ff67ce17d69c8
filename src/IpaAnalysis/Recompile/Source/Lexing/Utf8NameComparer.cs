using System.Text;

namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>Lets a table of names be asked with the bytes of the text.</summary>
internal sealed class Utf8NameComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static Utf8NameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => x == y;

    public bool Equals(ReadOnlySpan<byte> alternate, string other)
    {
        if (alternate.Length == other.Length)
        {
            for (var i = 0; i < alternate.Length; i++)
            {
                if (alternate[i] != other[i] || alternate[i] >= 0x80)
                {
                    return false;
                }
            }

            return true;
        }

        // A name of the same length in bytes and characters is ASCII, so the rest is rare.
        return alternate.Length > other.Length && Create(alternate) == other;
    }

    public int GetHashCode(string obj)
    {
        var hash = 0u;
        foreach (var c in obj)
        {
            hash = c < 0x80 ? (hash * 31) + c : hash * 31;
        }

        return (int)hash;
    }

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 0u;
        foreach (var b in alternate)
        {
            if (b >= 0x80)
            {
                return GetHashCode(Create(alternate));
            }

            hash = (hash * 31) + b;
        }

        return (int)hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
}
