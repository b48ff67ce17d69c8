namespace IpaAnalysis.Tests;

/// <summary>A kernel's source tree in small, with a Makefile that does what matters of kbuild. Test projects link this file.</summary>
internal static class FakeKernel
{
    /// <summary>A configuration that has everything.</summary>
    public const string Config = "CONFIG_MODULES=y\nCONFIG_NEW=y\n";

    /// <summary>The sources, one of which makes gcc warn.</summary>
    public const string Time =
        """
        #include "version.h"
        static int scale(int x) { return x * version(); }
        int time_get(int x);
        int time_get(int x) { int in_time; return scale(x) + scale(x + 1); }

        """;

    // Like kbuild it goes to O=, refuses a source tree that is configured itself, compiles again when the command
    // differs, keeps the command in a .cmd file, asks for options that .config lacks, and has no modules without MODULES.
    private const string Makefile =
        """
        ifndef in_output
        export in_output := 1
        export srctree := $(if $(O),$(CURDIR),.)
        goals := $(or $(MAKECMDGOALS),vmlinux)
        .PHONY: $(goals) sub-make
        $(goals): sub-make ;
        sub-make:
        	@if [ -n "$(O)" ] && [ -f .config ]; then printf '%s\n' '***' "*** The source tree is not clean, please run 'make mrproper'" '*** in $(CURDIR)' '***' >&2; exit 1; fi
        	@$(MAKE) -C $(or $(O),$(CURDIR)) -f $(CURDIR)/Makefile $(goals)
        else
        CC := gcc
        objects := init/main.o kernel/time/time.o kernel/time/tick.o
        .PHONY: vmlinux modules kernel/time/ listnewconfig FORCE
        listnewconfig:
        	@grep -q '^CONFIG_NEW=' .config || printf '%s\n' CONFIG_NEW=n CONFIG_LATER=y
        vmlinux: $(objects)
        	@ld -r -o $@ $^
        modules:
        	@grep -q '^CONFIG_MODULES=y' .config || { printf '%s\n' '***' '*** The present kernel configuration has modules disabled.' '***' >&2; exit 1; }
        kernel/time/: $(filter kernel/time/%,$(objects))
        include/config/auto.conf: .config
        	@grep -q '^CONFIG_NEW=' .config || if [ -n "$$KCONFIG_NOSILENTUPDATE" ]; then printf '\n*** The configuration requires explicit update.\n\n' >&2; exit 1; else read answer; echo CONFIG_NEW=y >> .config; fi
        	@mkdir -p $(@D) include/generated
        	@echo 'static inline int version(void) { return 6; }' > include/generated/version.h
        	@cp .config $@
        $(objects): %.o: $(srctree)/%.c include/config/auto.conf FORCE
        	@command='$(CC) -D__KERNEL__ -O2 -Wall -Iinclude/generated $(KCFLAGS) -c -o $@ $<'; record=$(@D)/.$(@F).cmd; \
        	if ! [ -f $@ ] || [ $< -nt $@ ] || [ "cmd_$@ := $$command" != "$$(head -n 1 $$record 2>/dev/null)" ]; then \
        	mkdir -p $(@D); echo '  CC      $@'; $$command && echo "cmd_$@ := $$command" > $$record; fi
        endif

        """;

    /// <summary>Writes the tree.</summary>
    /// <param name="write">Writes a file, whose path is relative to the tree.</param>
    public static void Write(Action<string, string> write)
    {
        write("Makefile", Makefile);
        write("Kbuild", "# the top of a kernel\n");
        write("kernel/time/time.c", Time);
        write("kernel/time/tick.c", "int tick(int x);\nint tick(int x) { return x; }\n");
        write("init/main.c", "int start(void);\nint start(void) { return 0; }\n");
    }
}
