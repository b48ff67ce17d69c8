using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Collection;

namespace IpaAnalysis.MSBuild;

/// <summary>Hashes texts one after another; each with its length, as a name may hold any character.</summary>
internal sealed class KeyBuilder : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Starts with this very package: another version may find something else.</summary>
    public KeyBuilder()
    {
        _hash.AppendData(typeof(Collection.TreeCollector).Module.ModuleVersionId.ToByteArray());
        _hash.AppendData(typeof(KeyBuilder).Module.ModuleVersionId.ToByteArray());
    }

    public void Add(string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        _hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
        _hash.AppendData(bytes);
    }

    public byte[] ToKey() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
