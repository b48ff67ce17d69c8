using System.Collections.Immutable;

namespace IpaAnalysis.Oracle.Objects;

/// <summary>One instruction in a form that two objects share.</summary>
/// <param name="Text">Mnemonic and operands.</param>
/// <param name="Places">What it refers to: each with every name it may have, as where one variable ends another begins.</param>
internal sealed record Token(string Text, ImmutableArray<ImmutableArray<string>> Places)
{
    public bool Means(Token other) =>
        Text == other.Text
        && Places.Length == other.Places.Length
        && Places.Zip(other.Places).All(p => p.First.Intersect(p.Second, StringComparer.Ordinal).Any());

    public override string ToString() =>
        Places.IsEmpty ? Text : $"{Text} → {string.Join(", ", Places.Select(p => string.Join('|', p)))}";
}
