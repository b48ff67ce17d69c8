/* Functions whose code or a copy of it is in others. */
extern int elsewhere(int);
extern void report(const char *, int);

static int square(int a)
{
	return a * a;
}

static int cube(int a)
{
	return square(a) * a;
}

int powers(int a)
{
	return cube(a) + square(a + 1);
}

/* The only caller holds it. */
static int once(const int *values, int count)
{
	int sum = 0;
	for (int i = 0; i < count; i++)
		sum += elsewhere(values[i]) * i;
	return sum;
}

int all(const int *values, int count)
{
	report("all", count);
	return once(values, count);
}

/* A copy for the constant that every caller passes. */
static __attribute__((__noinline__)) int scale(int value, int factor, int shift)
{
	int result = elsewhere(value) * factor;
	if (shift > 2)
		result += elsewhere(result) << shift;
	return result;
}

int scaled(int value)
{
	return scale(value, 3, 4);
}

int scaled_again(int value)
{
	return scale(value + 1, 3, 4) - 1;
}

/* A copy that takes the member instead of the pointer. */
struct pair {
	int first, second, third;
};

static __attribute__((__noinline__)) int sum(const struct pair *pair, int unused)
{
	return elsewhere(pair->first) + pair->second;
}

int sum_of(const struct pair *pair)
{
	return sum(pair, 1);
}

int sum_of_both(const struct pair *one, const struct pair *other)
{
	return sum(one, 1) + sum(other, 2);
}

/* Callers hold the test and call the rest. */
int slow(int *cell, int value)
{
	if (!cell)
		return -1;
	report("slow", *cell);
	report("slower", value);
	for (int i = 0; i < value; i++)
		*cell += elsewhere(i);
	report("slowest", *cell);
	return *cell;
}

int slow_twice(int *one, int *other)
{
	return slow(one, 3) + slow(other, 5);
}

/* Two that are the same. */
static __attribute__((__noinline__)) int same_one(int a)
{
	return elsewhere(a * 5) + 11;
}

static __attribute__((__noinline__)) int same_other(int a)
{
	return elsewhere(a * 5) + 11;
}

int same(int a)
{
	return same_one(a) - same_other(a + 1);
}

/* Recursion. */
int steps(int a)
{
	return a < 2 ? a : steps(a - 1) + steps(a - 2);
}

int many_steps(int a)
{
	return steps(a) + elsewhere(a);
}

/* A table that the compiler makes of a switch, and jumps. */
static int weight(int kind)
{
	switch (kind) {
	case 0: return 12;
	case 1: return 7;
	case 2: return 31;
	case 3: return 5;
	case 4: return 19;
	default: return -1;
	}
}

int weigh(int kind, int value)
{
	switch (value) {
	case 1: return elsewhere(weight(kind));
	case 2: report("two", value); return 2;
	case 3: return weight(value) + elsewhere(kind);
	case 4: report("four", kind); return elsewhere(4);
	case 5: return elsewhere(5) + 1;
	case 6: return elsewhere(kind) - 1;
	}
	return weight(kind);
}
