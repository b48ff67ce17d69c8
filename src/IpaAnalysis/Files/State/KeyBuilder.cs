using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Files.State;

/// <summary>Hashes what a result depends on, one part after another; each with its length, as a name may hold any character.</summary>
internal sealed class KeyBuilder : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private KeyBuilder(Guid package) => _hash.AppendData(package.ToByteArray());

    /// <summary>Starts with this very package: another version may find something else.</summary>
    public KeyBuilder()
        : this(typeof(KeyBuilder).Module.ModuleVersionId)
    {
    }

    /// <summary>A builder for what was found, which may be the same in another version.</summary>
    public static KeyBuilder OfResult() => new(Guid.Empty);

    /// <summary>Adds texts; null is another than an empty one.</summary>
    public KeyBuilder Add(params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            if (part is null)
            {
                Add(-1);
            }
            else
            {
                Add(Encoding.UTF8.GetBytes(part));
            }
        }

        return this;
    }

    /// <summary>Adds texts and their number.</summary>
    public KeyBuilder AddList(IReadOnlyCollection<string?> parts) => Add(parts.Count).Add([.. parts]);

    /// <summary>Adds a number.</summary>
    public KeyBuilder Add(int number)
    {
        _hash.AppendData(BitConverter.GetBytes(number));
        return this;
    }

    /// <summary>Adds bytes, such as another key.</summary>
    public KeyBuilder Add(byte[] bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>The key in hexadecimal; the builder starts anew.</summary>
    public string ToText() => Convert.ToHexString(ToKey());

    /// <summary>The key; the builder starts anew.</summary>
    public byte[] ToKey() => _hash.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
