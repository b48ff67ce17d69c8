namespace IpaAnalysis.Archives;

/// <summary>The checksum of zip archives (ISO 3309, polynomial 0xEDB88320), which the framework's reader does not compare.</summary>
internal sealed class Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(static i => Entry((uint)i))];

    private uint _state = uint.MaxValue;

    /// <summary>The checksum of all that was added.</summary>
    public uint Value => ~_state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _state = s_table[(byte)(_state ^ value)] ^ (_state >> 8);
        }
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
