namespace IpaAnalysis.Faults.Options;

/// <summary>Words that no list of options has, or whose danger is in how they are put together.</summary>
internal static class DriverWords
{
    private static readonly string[] s_words =
    [
        // Programs, plugins, spec files, more options.
        "-wrapper {script}", "-wrapper {script},x", "--wrapper {script}", "-specs={specs}", "-specs {specs}", "--specs={specs}", "--specs {specs}",
        "-B{bin}/", "-B {bin}/", "-B{bin}", "--prefix={bin}/", "--prefix {bin}/", "-prefix={bin}/", "-iplugindir={directory}", "-iplugindir {directory}",
        "-fplugin={plugin}", "--plugin={plugin}", "-fplugin {plugin}", "--plugin {plugin}", "-iplugindir={directory} -fplugin=plugin",
        "-fplugin={plugin} -fplugin-arg-plugin-x=y", "--plugin-arg-plugin-x", "@{response}", "-Wp,@{response}", "-Wa,@{response}", "-Xpreprocessor @{response}",
        "-Xassembler @{response}", "-Wp,-fplugin={plugin}", "-Wp,-dD,-fplugin={plugin}", "-Wp,--plugin={plugin}", "-Wp,-P,-fplugin={plugin},-C",
        "--warn-p,-fplugin={plugin}", "--warn-p,-dD,-fplugin={plugin}", "--for-assembler=@{response}", "--for-assembler @{response}",
        "-Xpreprocessor -fplugin={plugin}", "-Xpreprocessor -dD -Xpreprocessor -fplugin={plugin}", "-no-canonical-prefixes", "--no-canonical-prefixes",
        "-fmodule-mapper=|{script}", "--module-mapper=|{script}", "-fmodules-ts -fmodule-mapper=|{script}", "-fuse-linker-plugin", "-fuse-ld={script}",
        "-fopenacc -foffload=x86_64-none-linux-gnu", "-foffload={script}", "-foffload-options={script}", "-fauto-profile={out}", "-fprofile-use={out}",
        "-fbranch-probabilities", "--profile-use={out}", "--branch-probabilities", "-fprofile-use", "-fprofile-dir={out} -fprofile-generate",

        // Other inputs and outputs.
        "-o {out}", "-o{out}", "--output={out}", "--output {out}", "-output={out}", "-E", "-S", "-M", "-MM", "-MD", "-MMD", "-MD -MF {out}", "-MMD -MF{out}", "-MF {out}",
        "-MD -MT x -MQ y", "--dependencies", "--user-dependencies", "--write-dependencies", "--write-user-dependencies", "-###", "--version", "--help",
        "--target-help", "-fsyntax-only", "--syntax-only", "-dumpversion", "-dumpspecs", "--print-search-dirs", "-v", "-Q", "-pipe", "--pipe",
        "-x c", "-x none", "-xc", "--language=c", "--language c", "-x assembler", "-x c-header", "-", "{source}", "{object}", "--include {source}",
        "--imacros {source}", "-include {source}", "-imacros {source}", "-include-pch {source}", "--include={source}", "--imacros={source}",
        "-dumpbase {out}", "-dumpbase={out}", "--dumpbase {out}", "-dumpbase-ext .x", "--dumpbase-ext .x", "-dumpdir {out}", "-dumpdir={out}", "--dumpdir {out}",
        "-save-temps", "-save-temps=cwd", "-save-temps=obj", "--save-temps", "--save-temps=cwd", "-save-temps={out}", "-time", "-time={out}", "--time={out}", "-time {out}",
        "-aux-info {out}", "-aux-info={out}", "--aux-info {out}", "--aux-info={out}", "-fcompare-debug", "-fcompare-debug=-O1", "--compare-debug=-fplugin={plugin}",
        "-fcompare-debug=-fplugin={plugin}", "-fcompare-debug-second", "-fdump-final-insns={out}", "-fdump-final-insns", "--dump-final-insns={out}",
        "-fdump-tree-all", "-fdump-rtl-all", "-fdump-ipa-all", "-da", "-dP", "-dA", "-dD", "-dx", "-dH", "--dump=a", "-fdump-tree-optimized={out}",
        "--dump-tree-optimized={out}", "-fdump-go-spec={out}", "--dump-go-spec={out}", "-fdump-ada-spec", "--dump-ada-spec", "-fdump-ada-spec-slim",
        "--dump-ada-spec-slim", "-fada-spec-parent=x -fdump-ada-spec", "-fdump-passes", "-fdump-statistics", "-fdump-earlydebug", "-fdump-unnumbered",
        "-fopt-info={out}", "-fopt-info-all={out}", "--opt-info-all={out}", "-fopt-info-vec-missed={out}", "-fstack-usage", "--stack-usage",
        "-fcallgraph-info=su,da", "--callgraph-info", "-fsave-optimization-record", "--save-optimization-record", "-ftest-coverage", "--test-coverage",
        "--coverage", "-fprofile-arcs -ftest-coverage -fprofile-note={out}", "--profile-note={out} -ftest-coverage", "-fprofile-note={out}", "-fprofile-arcs",
        "-gsplit-dwarf", "--debug=split-dwarf", "-fmem-report", "-ftime-report", "-fdiagnostics-format=json-file", "-fdiagnostics-format=sarif-file",
        "-fdiagnostics-add-output=sarif:file={out}", "-fdiagnostics-generate-patch", "-fdiagnostics-plain-output", "-fdeps-file={out}", "-fdeps-target=x",
        "-fdeps-format=p1689r5 -fdeps-file={out}", "-fpch-deps", "-fpch-preprocess", "--pch-preprocess", "-fpreprocessed", "--preprocessed",
        "-Wp,-fpch-preprocess", "-Wp,-fpreprocessed", "-fdirectives-only", "-fanalyzer -fdump-analyzer={out}", "-fdump-analyzer", "-fdump-analyzer-json",
        "-fdump-analyzer-callgraph", "-fanalyzer", "-fverbose-asm", "-frecord-gcc-switches", "-fmax-errors=1", "-fltrans-output-list={out}", "-fresolution={out}",

        // Lists for the preprocessor.
        "-Wp,-MD,{out}", "-Wp,-MMD,{out}", "-Wp,-MD,{out},-MT,x", "-Wp,-MMD,{out},-MP", "-Wp,-o,{out}", "-Wp,-o{out}", "-Wp,-MF,{out},-MD", "-Wp,-D_FORTIFY_SOURCE=2",
        "-Wp,-DX=1,-UX", "-Wp,-I,{directory}", "-Wp,-dD", "-Wp,-dM", "-Wp,-P", "-Wp,-include,{source}", "-Wp,-imacros,{source}", "-Wp,-aux-info,{out}",
        "-Wp,-dumpbase,{out}", "-Wp,-dumpdir,{out}", "-Wp,-fdump-tree-all={out}", "-Wp,-fopt-info={out}", "-Wp,-quiet,-o,{out}", "-Wp,-E", "-Wp,",
        "-Wp,{out}", "-Wp,-,{out}", "-Wp,-fdump-ada-spec", "-Xpreprocessor -MD -Xpreprocessor {out}", "-Xpreprocessor -o -Xpreprocessor {out}",
        "-Xpreprocessor -aux-info -Xpreprocessor {out}", "--warn-p,-MD,{out}", "--warn-p,-o,{out}", "-Wno-p,-MD,{out}",

        // Lists for the assembler and the linker.
        "-Wa,-al={out}", "-Wa,-a={out}", "-Wa,-ahls={out}", "-Wa,--noexecstack,-al={out}", "-Wa,-MD,{out}", "-Wa,--MD,{out}", "-Wa,--MD={out}", "-Wa,-o,{out}",
        "-Wa,-o{out}", "-Wa,-a", "-Wa,-alh", "-Wa,--noexecstack", "-Wa,-I,{directory}", "-Wa,--defsym,x=1", "-Wa,--gdwarf-5", "-Wa,-Z", "-Wa,--statistics",
        "-Wa,{source}", "-Wa,--64", "-Wa,--fatal-warnings", "-Wa,-W", "--for-assembler=-al={out}", "--for-assembler -al={out}", "--for-assembler=-MD,{out}",
        "-Xassembler -al={out}", "-Xassembler -MD -Xassembler {out}", "-Xassembler -o -Xassembler {out}", "--warn-a,-al={out}", "--warn-a,-MD,{out}",
        "-Wl,-Map={out}", "-Wl,-plugin,{plugin}", "-Xlinker -Map={out}", "--for-linker=-Map={out}", "--warn-l,-Map={out}", "-T {out}", "-L{directory}", "-lx",

        // Harmless or decisive, in unusual spellings.
        "--optimize", "--optimize=3", "--optimize=s", "-O", "-O3", "-Os", "-Og", "-Ofast", "-O0", "--debug", "--debug=3", "-g", "-g3", "-ggdb", "-gdwarf-5", "--std=gnu11", "--std gnu11",
        "-std=gnu99", "--ansi", "-ansi", "--pedantic", "--all-warnings", "--extra-warnings", "--no-warnings", "--warn-all", "--warn-error", "-Werror", "-Wall", "-w",
        "-Wno-not-known-to-any", "-Wnot-known-to-any", "-fnot-known-to-any", "--not-known-to-any", "-mnot-known-to-any", "-fno-not-known-to-any", "-Znot",
        "--define-macro X", "--define-macro=X=1", "--undefine-macro X", "--assert=x(y)", "--include-directory {directory}", "--include-directory={directory}",
        "--include-directory-after {directory}", "--include-prefix {directory}", "--include-with-prefix x", "--sysroot={directory}", "--sysroot {directory}",
        "--no-sysroot-suffix", "-isysroot {directory}", "-imultilib x", "-imultiarch x", "--no-standard-includes", "--trigraphs", "--traditional-cpp", "-traditional-cpp",
        "--param ipa-cp-eval-threshold=1", "--param=ipa-cp-eval-threshold=1", "--param not-known=1", "--parameter=x", "-pg", "-p", "--profile", "-mrecord-mcount -pg -mfentry",
        "-march=native", "--machine=avx2", "--machine-avx2", "--machine-no-sse4", "-mavx2", "-m64", "-m32", "-mx32", "-mdump-tune-features", "-mtune=native", "-flto", "--lto",
        "-fno-lto", "-fwhole-program", "-fuse-linker-plugin", "-frandom-seed=x", "-ffile-prefix-map=a=b", "-fmacro-prefix-map=a=b", "-fdebug-prefix-map=a=b",
        "-fsanitize=address", "-fsanitize=undefined", "-fsanitize-blacklist={out}", "-fdbg-cnt=ipa_sra:0", "-fdbg-cnt-list", "-fdisable-ipa-inline", "-fenable-tree-vrp",
        "-fworking-directory", "-ffreestanding", "-fstack-limit-symbol=x", "-fdebug-cpp", "-ftrack-macro-expansion=0", "-remap", "-H", "-C", "-CC", "-P", "-undef",
        "-fexec-charset=ascii", "-finput-charset=ascii", "-fself-test={directory}", "-pass-exit-codes", "--pass-exit-codes", "-tno-android-cc", "-R {directory}", "-Q -v",
    ];

    /// <summary>The words.</summary>
    public static IEnumerable<OptionWord> All { get; } = [.. s_words.Select(w => new OptionWord(w.Split(' ')))];
}
