using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Oracle;

/// <summary>Takes some of many, always the same and without regard to their order.</summary>
internal static class Sample
{
    /// <summary>At most so many; 0 for all.</summary>
    public static List<T> Of<T>(IEnumerable<T> all, int count, Func<T, string> name)
    {
        var mixed = all.Select(item => (Item: item, Hash: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name(item))))))
            .OrderBy(p => p.Hash, StringComparer.Ordinal)
            .Select(p => p.Item);
        return [.. count == 0 ? mixed : mixed.Take(count)];
    }
}
