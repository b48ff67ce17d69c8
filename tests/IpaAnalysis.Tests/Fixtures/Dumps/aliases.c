/* Names without code of their own: GCC 15 and later write each into the call graph, with an edge that is no call. */
#include "kinds.h"

#define NOINLINE __attribute__((noinline))

/* as the kernel's module_init() and module_exit() declare them */
static int start(void)
{
	return external(1);
}

int init_module(void) __attribute__((alias("start")));

static void stop(void)
{
	external(2);
}

void cleanup_module(void) __attribute__((alias("stop")));

/* an alias of an alias, a weak one, one under another symbol, and calls of them */
int body(int value)
{
	return external(value) + shared_step(value);
}

int weak_body(int value) __attribute__((weak, alias("body")));
int third_body(int value) __attribute__((alias("weak_body")));
int renamed_body(int value) __asm__("other_body") __attribute__((alias("body")));

int use_bodies(int value)
{
	return weak_body(value) + third_body(value);
}

/* identical code folding: an alias that the compiler makes, of functions and of their clones */
static NOINLINE int fold_one(int value)
{
	return external(value) * 5 + 1000;
}

static NOINLINE int fold_two(int value)
{
	return external(value) * 5 + 1000;
}

int use_folds(int value)
{
	return fold_one(value) + fold_two(value) * 3;
}

static NOINLINE int scaled_one(int value, int scale)
{
	return external(value) * scale + external(scale);
}

static NOINLINE int scaled_two(int value, int scale)
{
	return external(value) * scale + external(scale);
}

int use_scaled(int value)
{
	return scaled_one(value, 12) + scaled_two(value, 12);
}

/* a variable's alias is none of a function */
int counter = 3;
extern int counter_alias __attribute__((alias("counter")));

int use_counter(void)
{
	return external(counter_alias);
}

#if defined(__x86_64__)
/* what a resolver stands behind */
static int (*choose(void))(int)
{
	return body;
}

int chosen(int value) __attribute__((ifunc("choose")));

__attribute__((target_clones("avx2", "arch=haswell", "default"))) int dispatched(int value)
{
	return external(value) + 7;
}

int use_chosen(int value)
{
	return chosen(value) + dispatched(value);
}
#endif
