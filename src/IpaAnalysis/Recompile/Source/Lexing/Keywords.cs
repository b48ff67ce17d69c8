namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>The keywords of GNU C in all their spellings; see GCC, <c>c-family/c-common.cc</c>, <c>c_common_reswords</c>.</summary>
/// <remarks>Words that only newer standards reserve are left out where a program of an older one may use them as names.</remarks>
internal static class Keywords
{
    private static readonly Dictionary<string, Keyword>.AlternateLookup<ReadOnlySpan<byte>> s_table = Table().GetAlternateLookup<ReadOnlySpan<byte>>();

    public static Keyword Of(ReadOnlySpan<byte> word) => s_table.TryGetValue(word, out var keyword) ? keyword : Keyword.None;

    private static Dictionary<string, Keyword> Table()
    {
        var table = new Dictionary<string, Keyword>(Utf8NameComparer.Instance);
        Add(Keyword.Static, "static");
        Add(Keyword.Extern, "extern");
        Add(Keyword.Typedef, "typedef");
        Add(Keyword.Inline, "inline __inline __inline__");
        Add(Keyword.Register, "register");
        Add(Keyword.Storage, "auto _Noreturn __thread _Thread_local");
        Add(Keyword.Extension, "__extension__");
        Add(Keyword.Qualifier, "const __const __const__ volatile __volatile __volatile__ restrict __restrict __restrict__ "
            // Named address spaces (GCC manual, "Named Address Spaces"): those of x86 and AVR.
            + "__seg_fs __seg_gs __flash __flash1 __flash2 __flash3 __flash4 __flash5 __flashx __memx");
        Add(Keyword.Atomic, "_Atomic");
        Add(Keyword.Type, "void char short int long float double signed __signed __signed__ unsigned _Bool _Complex __complex __complex__ "
            + "_Imaginary __int128 __auto_type _Sat _Fract _Accum _Float16 _Float32 _Float64 _Float128 _Float32x _Float64x _Float128x "
            + "__float80 __float128 __ibm128 _Decimal32 _Decimal64 _Decimal128 __fp16 __bf16 __builtin_va_list");
        Add(Keyword.TypeWithArgument, "_BitInt");
        Add(Keyword.Alignas, "_Alignas alignas");
        Add(Keyword.Typeof, "typeof __typeof __typeof__ typeof_unqual __typeof_unqual __typeof_unqual__");
        Add(Keyword.Tag, "struct union enum");
        Add(Keyword.Attribute, "__attribute__ __attribute");
        Add(Keyword.Asm, "asm __asm __asm__");
        Add(Keyword.StaticAssert, "_Static_assert static_assert");
        Add(Keyword.Goto, "goto");
        Add(Keyword.Other, "if else while do for switch case default break continue return sizeof _Alignof __alignof __alignof__ "
            + "_Generic __label__ __real __real__ __imag __imag__ __func__ __FUNCTION__ __PRETTY_FUNCTION__ __builtin_offsetof __builtin_va_arg");
        return table;

        void Add(Keyword keyword, string words)
        {
            foreach (var word in words.Split(' '))
            {
                table.Add(word, keyword);
            }
        }
    }
}
