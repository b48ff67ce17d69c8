/* One small function for each way in which GCC copies or folds code. */
#include "kinds.h"

#define NOINLINE __attribute__((noinline))

/* inline, in a chain: leaf into middle, middle into both ends */
static int leaf(int value)
{
	return external(value) + shared_step(value);
}

static int middle(int value)
{
	return leaf(value) + leaf(value + 1);
}

int end_one(int value)
{
	return middle(value) - 1;
}

int end_two(int value)
{
	return middle(value) * external(2);
}

/* constprop */
static NOINLINE int scaled(int value, int scale)
{
	return external(value) * scale + external(scale);
}

int use_scaled(int value)
{
	return scaled(value, 12) + scaled(value + 1, 12);
}

/* isra: only one member of the structure is read */
struct pair {
	int first, second, unused[6];
};

static NOINLINE int first_of(struct pair *pair)
{
	return external(pair->first);
}

int use_first_of(struct pair *pair)
{
	return first_of(pair) + first_of(pair + 1);
}

/* constprop, then isra of the constprop clone */
static NOINLINE int both(struct pair *pair, int scale)
{
	return external(pair->second) * scale + external(scale);
}

int use_both(struct pair *pair)
{
	return both(pair, 5) + both(pair + 1, 5);
}

/* part: the cold half is split off, the hot one is inlined */
int log_it(const char *text, ...);

static int checked(int *value)
{
	if (__builtin_expect(value != 0, 1))
		return *value;
	log_it("%s %d %d %d", "nothing here", external(1), external(2), external(3));
	log_it("%s %d %d %d", "still nothing", external(4), external(5), external(6));
	log_it("%s %d %d %d", "giving up", external(7), external(8), external(9));
	return -1;
}

int use_checked_one(int *value)
{
	return checked(value) + 1;
}

int use_checked_two(int *value)
{
	return checked(value) + checked(value + 1);
}

int use_checked_three(int *value)
{
	return checked(value + 3) * 2;
}

/* recursive inlining: the copy made for it has no reason */
struct node {
	struct node *left, *right;
	int value;
};

int sum(struct node *node)
{
	if (!node)
		return 0;
	return sum(node->left) + sum(node->right) + node->value;
}

/* a name that is not the source's */
int renamed(int value) __asm__("other_name");
int renamed(int value)
{
	return scaled(value, 12);
}

/* UTF-8 */
static NOINLINE int größe(int value, int scale)
{
	return external(value) + scale;
}

int use_größe(int value)
{
	return größe(value, 3) + größe(value + 1, 3);
}

/* simdclone */
#pragma omp declare simd
int each(int value)
{
	return value * 3;
}

/* identical code folding: an alias, a wrapper, and one that GCC gives up */
static NOINLINE int twin_one(int *value)
{
	return external(*value) + 1000;
}

static NOINLINE int twin_two(int *value)
{
	return external(*value) + 1000;
}

int use_twins(int *value)
{
	return twin_one(value) + twin_two(value) * 3;
}

int same_one(int *value)
{
	return external(*value) + 2000;
}

int same_two(int *value)
{
	return external(*value) + 2000;
}

int variadic_one(int value, ...)
{
	return external(value) + 3000;
}

int variadic_two(int value, ...)
{
	return external(value) + 3000;
}

static const int table_one[3] = { 1, 2, 3 };
static const int table_two[3] = { 1, 2, 3 };

int use_tables(int i, int j)
{
	return table_one[i] + table_two[j];
}

/* calls: indirect, weak, and a frame with dynamic objects */
int indirect(int (*function)(int))
{
	return function(3) + external(4);
}

__attribute__((weak)) int weak_one(int value)
{
	return scaled(value, 12);
}

int dynamic(const char *text, int length)
{
	char buffer[length];

	__builtin_memcpy(buffer, text, length);
	return log_it(buffer);
}

#if defined(__x86_64__)
/* target_clones */
__attribute__((target_clones("avx2", "default"))) int dispatched(int value)
{
	return external(value) + 7;
}
#endif
