namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Where an object records the options that it was compiled with.</summary>
internal enum ProducerOrigin
{
    /// <summary><c>DW_AT_producer</c> of a compile unit (<c>-g</c>, with GCC's default <c>-grecord-gcc-switches</c>).</summary>
    Producer,

    /// <summary>The section <c>.GCC.command.line</c> (<c>-frecord-gcc-switches</c>).</summary>
    CommandLineSection,
}
