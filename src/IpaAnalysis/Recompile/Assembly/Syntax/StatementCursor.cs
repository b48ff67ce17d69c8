namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>Walks over the statements of an assembly text: labels, directives and instructions, without comments.</summary>
internal ref struct StatementCursor(ReadOnlySpan<byte> text, AssemblySyntax syntax, int start, int end, int line, bool inlineAssembly)
{
    private readonly ReadOnlySpan<byte> _text = text[..end];
    private readonly AssemblySyntax _syntax = syntax;
    private int _next = start;
    private int _nextLine = line;
    private bool _lineStart = true;

    /// <summary>Offset of the statement's first byte.</summary>
    public int Start { get; private set; }

    /// <summary>Offset after the statement's last byte.</summary>
    public int End { get; private set; }

    /// <summary>1-based line of the statement's start.</summary>
    public int Line { get; private set; } = line;

    public StatementKind Kind { get; private set; }

    /// <summary>Whether the statement stands between GCC's marks of inline assembly.</summary>
    public bool IsInlineAssembly { get; private set; } = inlineAssembly;

    /// <summary>The label's name, the directive, the assigned symbol or the mnemonic.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What follows <see cref="Name"/>, without blanks around it.</summary>
    public readonly ReadOnlySpan<byte> Operands => Kind == StatementKind.Label ? default : OperandText.Trim(_text[(Start + Name.Length)..End]);

    public bool MoveNext()
    {
        SkipToStatement();
        if (_next >= _text.Length)
        {
            return false;
        }

        Start = _next;
        Line = _nextLine;
        _lineStart = false;
        var word = OperandText.WordLength(_text[_next..]);
        if (word > 0 && _next + word < _text.Length && _text[_next + word] == (byte)':'
            && !(_next + word + 1 < _text.Length && _text[_next + word + 1] == (byte)':'))
        {
            Kind = StatementKind.Label;
            Name = _text.Slice(_next, word);
            _next += word + 1;
            End = _next;
            return true;
        }

        SkipStatement();
        Name = _text.Slice(Start, Math.Max(word, 1));
        Kind = word == 0 ? StatementKind.Instruction
            : IsAssignment(OperandText.Trim(_text[(Start + word)..End])) ? StatementKind.Assignment
            : Name[0] == (byte)'.' ? StatementKind.Directive
            : StatementKind.Instruction;
        return true;
    }

    private static bool IsAssignment(ReadOnlySpan<byte> rest) => rest.Length > 0 && rest[0] == (byte)'=';

    private void SkipToStatement()
    {
        while (_next < _text.Length)
        {
            var b = _text[_next];
            if (b == (byte)'\n')
            {
                _next++;
                _nextLine++;
                _lineStart = true;
            }
            else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)';' or (byte)'\f' or (byte)'\v')
            {
                _next++;
            }
            else if (OperandText.StartsBlockComment(_text[_next..]))
            {
                SkipBlockComment();
            }
            else if ((b == (byte)'#' && _lineStart) || StartsLineComment(_next))
            {
                TakeComment();
            }
            else
            {
                return;
            }
        }
    }

    private readonly bool StartsLineComment(int at) =>
        (_syntax.HashIsComment && _text[at] == (byte)'#')
        || (_syntax.SlashesAreComment && _text[at] == (byte)'/' && at + 1 < _text.Length && _text[at + 1] == (byte)'/');

    private void TakeComment()
    {
        var comment = _text[_next..];
        var length = comment.IndexOf((byte)'\n');
        comment = length < 0 ? comment : comment[..length];

        // GCC puts these around every asm statement.
        if (comment.StartsWith("#APP"u8))
        {
            IsInlineAssembly = true;
        }
        else if (comment.StartsWith("#NO_APP"u8))
        {
            IsInlineAssembly = false;
        }

        _next += comment.Length;
    }

    private void SkipBlockComment()
    {
        var rest = _text[_next..];
        var length = rest[2..].IndexOf("*/"u8);
        var skipped = length < 0 ? rest.Length : length + 4;
        _nextLine += rest[..skipped].Count((byte)'\n');
        _next += skipped;
    }

    private void SkipStatement()
    {
        var end = _next;
        while (_next < _text.Length)
        {
            var b = _text[_next];
            if (b is (byte)'\n' or (byte)';' || StartsLineComment(_next))
            {
                break;
            }

            if (OperandText.StartsBlockComment(_text[_next..]))
            {
                SkipBlockComment();
                continue;
            }

            _next += OperandText.LiteralLength(_text[_next..]) is > 0 and var literal ? literal : 1;
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                end = _next;
            }
        }

        End = end;
    }
}
