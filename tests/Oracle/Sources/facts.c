/* Callers that rely on what they know of a callee that stays a function of its own. */
extern int elsewhere(int);
extern void *get(unsigned long);
extern void leave(int) __attribute__((__noreturn__));
extern void take(int *);

static int total;

/* Its callers know which registers it leaves alone. */
static __attribute__((__noinline__)) int mix(int a, int b)
{
	return (a ^ b) * 31 + (a >> 3);
}

int mix_pairs(int a, int b, int c)
{
	int first = mix(a, b);
	int second = mix(b, c);
	return first - second + elsewhere(a + b + c);
}

int mix_in_loop(const int *values, int count)
{
	int sum = 0;
	for (int i = 0; i < count; i++)
		sum += mix(values[i], i);
	return sum;
}

/* Its callers know that it only reads. */
__attribute__((__noinline__)) int length(const char *text)
{
	int n = 0;
	while (text[n])
		n++;
	return n;
}

int twice_length(const char *text)
{
	return length(text) + length(text);
}

/* Its callers know that it always writes. */
__attribute__((__noinline__)) int fill(int *first, int *second, int seed)
{
	*first = seed;
	*second = seed ^ 85;
	return seed & 1;
}

int filled(int seed)
{
	int a = 7, b = 9;
	fill(&a, &b, seed);
	return a + b;
}

int filled_or_not(int seed)
{
	int a = 1, b = 2;
	if (fill(&a, &b, seed))
		take(&a);
	return a - b;
}

/* Its callers know that it does not come back. */
static __attribute__((__noinline__)) void fail(int code)
{
	total = code;
	leave(code + 1);
}

int checked(int value)
{
	if (value < 0)
		fail(value);
	return elsewhere(value);
}

int checked_twice(int value)
{
	if (value > 100)
		fail(100);
	if (value == 50)
		fail(50);
	return value * 3;
}

/* Its callers know that nothing else points to what it returns. */
static __attribute__((__noinline__)) int *allocate(int value)
{
	int *cell = get(sizeof *cell);
	*cell = value;
	return cell;
}

int allocated(int *other)
{
	int *cell = allocate(4);
	*other = 5;
	return *cell;
}

/* Its callers know which static variables it leaves alone. */
static __attribute__((__noinline__)) int count(int by)
{
	static int calls;
	calls += by;
	return calls;
}

int counted(int by)
{
	total = by * 3;
	int calls = count(by);
	return total + calls;
}

/* A chain: what is known of the end is known of all. */
static __attribute__((__noinline__)) int inner(int a)
{
	return a * a + 1;
}

static __attribute__((__noinline__)) int outer(int a)
{
	return inner(a) ^ inner(a + 1);
}

int chain(int a, int b)
{
	return outer(a) + a + b + outer(b);
}

int no_chain(int a)
{
	return elsewhere(a) + elsewhere(a);
}
