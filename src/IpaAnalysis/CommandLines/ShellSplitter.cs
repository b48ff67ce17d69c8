using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>One pass over shell text; see POSIX, Shell Command Language, 2.2 and 2.3.</summary>
internal ref struct ShellSplitter(ReadOnlySpan<char> text, WordPool? pool)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly ImmutableArray<ImmutableArray<string>>.Builder _commands = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
    private readonly ImmutableArray<string>.Builder _words = ImmutableArray.CreateBuilder<string>();
    private readonly char[] _word = new char[text.Length];
    private int _length;
    private bool _inWord;
    private bool _quoted;
    private bool _isRedirection;
    private int _at;

    public readonly ImmutableArray<ImmutableArray<string>> Commands => _commands.ToImmutable();

    public bool Run()
    {
        var closed = true;
        while (closed && _at < _text.Length)
        {
            closed = Step(_text[_at++]);
        }

        EndCommand();
        return closed;
    }

    private bool Step(char c)
    {
        switch (c)
        {
            case ' ' or '\t' or '\r':
                EndWord();
                return true;
            case ';' or '\n' or '|' or '&' or '(' or ')':
                EndCommand();
                return true;
            case '<' or '>':
                Redirect();
                return true;
            case '#' when !_inWord:
                var end = _text[_at..].IndexOf('\n');
                _at = end < 0 ? _text.Length : _at + end;
                return true;
            case '\\':
                Escape();
                return true;
            case '\'':
                return CopyTo('\'');
            case '"':
                return DoubleQuoted();
            case '`':
                Append('`');
                return CopyTo('`', keep: true);
            case '$' when _at < _text.Length && _text[_at] is '(' or '{':
                return Substitution();
            default:
                Append(c);
                return true;
        }
    }

    private void Append(char c)
    {
        _word[_length++] = c;
        _inWord = true;
    }

    private void Escape()
    {
        if (_at == _text.Length)
        {
            Append('\\');
        }
        else if (_text[_at++] is var c and not '\n')
        {
            Append(c);
            _quoted = true;
        }
    }

    private bool CopyTo(char quote, bool keep = false)
    {
        _inWord = true;
        _quoted = true;
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == quote && !keep)
            {
                return true;
            }

            Append(c);
            if (c == quote)
            {
                return true;
            }
        }

        return false;
    }

    private bool DoubleQuoted()
    {
        _inWord = true;
        _quoted = true;
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '"')
            {
                return true;
            }

            if (c == '\\' && _at < _text.Length && _text[_at] is '$' or '`' or '"' or '\\' or '\n')
            {
                if (_text[_at++] is var escaped and not '\n')
                {
                    Append(escaped);
                }

                continue;
            }

            Append(c);
        }

        return false;
    }

    /// <summary>Copies <c>$(…)</c> or <c>${…}</c> as one piece, so that what separates commands inside does not split the word.</summary>
    private bool Substitution()
    {
        var open = _text[_at];
        var close = open == '(' ? ')' : '}';
        var depth = 0;
        Append('$');
        _quoted = true;
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            Append(c);
            depth += c == open ? 1 : c == close ? -1 : 0;
            if (depth == 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Redirect()
    {
        // "2>file": the digits belong to the operator.
        if (_inWord && !_quoted && _word.AsSpan(0, _length).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            _length = 0;
            _inWord = false;
        }

        EndWord();
        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or '|')
        {
            _at++;
        }

        _isRedirection = true;
    }

    private void EndWord()
    {
        if (!_inWord)
        {
            return;
        }

        if (!_isRedirection)
        {
            var word = _word.AsSpan(0, _length);
            _words.Add(pool is null ? word.ToString() : pool.Intern(word));
        }

        _length = 0;
        _inWord = false;
        _quoted = false;
        _isRedirection = false;
    }

    private void EndCommand()
    {
        EndWord();
        _isRedirection = false;
        if (_words.Count > 0)
        {
            _commands.Add(_words.ToImmutable());
            _words.Clear();
        }
    }
}
