/* Assembly outside functions, and in functions that name strings in a section of their own, as the kernel's warnings do. */
extern int elsewhere(int);

__asm__(".pushsection .discard.oracle, \"a\"\n\t.long check - .\n\t.popsection\n");

static inline void set(int *cell, int value)
{
	*cell = value;
}

#define WARN(file, line) \
	__asm__ volatile("1: nop\n\t.pushsection .discard.table, \"aw\"\n2: .long 1b - .\n\t.long %c0 - .\n\t.word %c1\n\t.org 2b + 12\n\t.popsection" \
			 : : "i" (file), "i" (line))

int check(int value)
{
	if (value < 0)
		WARN("assembler.c", 21);
	return elsewhere(value);
}

int check_other(int *cell, int value)
{
	if (value > 9)
		WARN("assembler.c", 28);
	return elsewhere(*cell);
}

int change(int *cell, int value)
{
	set(cell, value);
	return elsewhere(value + 1);
}
