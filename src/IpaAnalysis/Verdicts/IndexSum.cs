using System.Buffers.Binary;
using System.Collections;
using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Verdicts;

/// <summary>Adds up the indices of units (see <see cref="UnitIndex"/>): a function of a header has a row in each unit that includes it.</summary>
internal sealed class IndexSum(GraphSource source)
{
    private readonly SlotTable _slots = new();
    private readonly PackedWriter _names = new();
    private readonly List<string> _files = [];
    private readonly Dictionary<string, int> _fileNumbers = new(StringComparer.Ordinal);
    private readonly List<string> _withoutCalls = [];
    private readonly List<string> _clonesWithAddress = [];
    private readonly List<string> _clonesInDoubt = [];
    private readonly List<(int Unit, int Row)> _withoutSymbols = [];
    private Sum[] _sums = new Sum[1024];
    private int[] _filesOfUnit = [];
    private int _unitCount;

    /// <summary>The number of functions that were added.</summary>
    public int Count => _slots.Count;

    /// <summary>Adds the index of the next unit.</summary>
    /// <param name="index">The index.</param>
    /// <param name="functions">Receives the function that each row is of; empty when nobody wants to know.</param>
    /// <exception cref="FormatException">It is no index.</exception>
    public void Add(ReadOnlySpan<byte> index, Span<int> functions = default)
    {
        var unit = _unitCount++;
        var facts = source.FactsOf(unit);
        var reader = new PackedReader(index);
        if (reader.ReadUnsigned() != 0 && !facts.HasCallGraph)
        {
            _withoutCalls.Add(source.ObjectOf(unit));
        }

        ReadClones(ref reader, unit, _clonesWithAddress);
        ReadClones(ref reader, unit, _clonesInDoubt);
        var files = ReadFiles(ref reader);
        var rows = reader.ReadCount(UnitIndex.RowFields);
        for (var row = 0; row < rows; row++)
        {
            var sum = AddRow(unit, ref reader, files);
            if (!functions.IsEmpty)
            {
                functions[row] = sum;
            }

            if (!facts.HasSymbolTable && (_withoutSymbols.Count == 0 || _withoutSymbols[^1] != (unit, sum)))
            {
                _withoutSymbols.Add((unit, sum));
            }
        }
    }

    private void ReadClones(ref PackedReader reader, int unit, List<string> clones)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            clones.Add(BlindSpots.Clone(TextOf(ref reader), source.ObjectOf(unit)));
        }
    }

    /// <summary>The functions that something depends on, in the manifest's order.</summary>
    /// <param name="diagnostics">Receives what the inputs could not show of these.</param>
    public IReadOnlyList<IndexRow> Finish(DiagnosticBag diagnostics) => new Rows(this, Sort(diagnostics));

    /// <summary>The same as numbers for <see cref="WordsOf"/>.</summary>
    public int[] Sort(DiagnosticBag diagnostics)
    {
        string[] withoutSymbols = [.. _withoutSymbols.Where(r => _sums[r.Row].Affected > 0).Select(r => r.Unit).Distinct().Select(source.ObjectOf)];
        BlindSpots.Report(diagnostics, _withoutCalls, withoutSymbols, _clonesWithAddress, _clonesInDoubt);
        var (keys, rows) = (new ulong[_slots.Count], new int[_slots.Count]);
        var count = 0;
        for (var row = 0; row < _slots.Count; row++)
        {
            if (_sums[row].Affected > 0)
            {
                (keys[count], rows[count]) = (FirstBytes(NameOf(_sums[row])), row);
                count++;
            }
        }

        // Most names differ in their first eight bytes.
        Array.Sort(keys, rows, 0, count);
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && keys[end] == keys[start])
            {
                end++;
            }

            rows.AsSpan(start, end - start).Sort(Compare);
            start = end;
        }

        return rows[..count];
    }

    private static ulong FirstBytes(ReadOnlySpan<byte> name)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        first.Clear();
        name[..Math.Min(name.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    /// <summary>How many instances, dependants and functions to patch a function has.</summary>
    public (int Instances, int Affected, int ToPatch) CountsOf(int function) =>
        (_sums[function].Instances, _sums[function].Affected, _sums[function].ToPatch);

    /// <summary>What is known of a function.</summary>
    public SourceFunctionWords WordsOf(int function)
    {
        ref readonly var sum = ref _sums[function];
        return new SourceFunctionWords(NameOf(sum), FileOf(sum), sum.Line, sum.Column);
    }

    private int ReadFiles(ref PackedReader reader)
    {
        var count = reader.ReadCount();
        if (_filesOfUnit.Length < count)
        {
            _filesOfUnit = new int[count * 2];
        }

        for (var i = 0; i < count; i++)
        {
            var file = TextOf(ref reader);
            if (!_fileNumbers.TryGetValue(file, out _filesOfUnit[i]))
            {
                _fileNumbers[file] = _filesOfUnit[i] = _files.Count;
                _files.Add(file);
            }
        }

        return count;
    }

    private static string TextOf(ref PackedReader reader) => reader.ReadText() ?? throw new FormatException("A text is missing.");

    private int AddRow(int unit, ref PackedReader reader, int files)
    {
        var name = reader.ReadBytes(reader.ReadCount());
        var row = new Sum { NameOffset = _names.Written.Length, NameLength = name.Length };
        var file = reader.ReadIndex(files);
        row.File = file == UnitIndex.NoFile ? UnitIndex.NoFile : _filesOfUnit[file];
        row.Object = reader.ReadUnsigned() == 0 ? -1 : unit;
        row.Line = reader.ReadNumber();
        row.Column = reader.ReadNumber();
        var place = Find(name, row, out var hash, out var known);
        if (known < 0)
        {
            known = _slots.Insert(hash, place);
            if (known == _sums.Length)
            {
                Array.Resize(ref _sums, known * 2);
            }

            _sums[known] = row;
            _names.WriteBytes(name);
        }

        ref var sum = ref _sums[known];
        sum.Instances += reader.ReadNumber();
        sum.Affected += reader.ReadNumber();
        sum.ToPatch += reader.ReadNumber();
        return known;
    }

    private int Find(ReadOnlySpan<byte> name, in Sum row, out uint hash, out int known)
    {
        var place = ((ulong)(uint)row.File << 32) | (uint)row.Object;
        hash = (uint)StableHash.Of(name, StableHash.Of(place, ((ulong)(uint)row.Line << 32) | (uint)row.Column));
        var slot = _slots.Start(hash);
        while ((known = _slots.Next(hash, ref slot)) >= 0)
        {
            ref readonly var sum = ref _sums[known];
            if (sum.File == row.File && sum.Line == row.Line && sum.Column == row.Column && sum.Object == row.Object && NameOf(sum).SequenceEqual(name))
            {
                break;
            }
        }

        return slot;
    }

    private ReadOnlySpan<byte> NameOf(in Sum sum) => _names.Written.Slice(sum.NameOffset, sum.NameLength);

    /// <summary>As <see cref="SourceFunctionOrder"/> has it; the order of units is that of their objects' names.</summary>
    private int Compare(int x, int y)
    {
        ref readonly var a = ref _sums[x];
        ref readonly var b = ref _sums[y];
        var order = NameOf(a).SequenceCompareTo(NameOf(b));
        order = order != 0 ? order : a.File == b.File ? 0 : Utf8Order.Instance.Compare(FileOf(a), FileOf(b));
        order = order != 0 ? order : a.Line.CompareTo(b.Line);
        order = order != 0 ? order : a.Column.CompareTo(b.Column);
        return order != 0 ? order : a.Object.CompareTo(b.Object);
    }

    private string? FileOf(in Sum sum) => sum.File < 0 ? null : _files[sum.File];

    private IndexRow ToRow(int row)
    {
        ref readonly var sum = ref _sums[row];
        var function = new SourceFunction(
            Encoding.UTF8.GetString(NameOf(sum)), FileOf(sum), sum.Line, sum.Column, sum.Object < 0 ? null : source.ObjectOf(sum.Object));
        return new IndexRow(function, sum.Instances, sum.Affected, sum.ToPatch);
    }

    /// <summary>The rows as they are asked for: all of them at once would be half a million objects for a large kernel.</summary>
    private sealed class Rows(IndexSum sum, int[] rows) : IReadOnlyList<IndexRow>
    {
        public int Count => rows.Length;

        public IndexRow this[int index] => sum.ToRow(rows[index]);

        public IEnumerator<IndexRow> GetEnumerator()
        {
            foreach (var row in rows)
            {
                yield return sum.ToRow(row);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private struct Sum
    {
        public int NameOffset;
        public int NameLength;
        public int File;
        public int Line;
        public int Column;
        public int Object;
        public int Instances;
        public int Affected;
        public int ToPatch;
    }
}
