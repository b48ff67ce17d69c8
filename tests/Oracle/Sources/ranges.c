/* Functions compiled for the arguments they happen to get, and static variables that are as good as constants. */
extern int elsewhere(int);

static int limit = 40;
static int last_written;

static __attribute__((__noinline__, __noclone__)) int clamp(int value, unsigned int bound)
{
	if (bound > 300)
		return elsewhere(value);
	return value > (int)bound ? (int)bound : value;
}

int clamp_bytes(int value, unsigned char bound)
{
	return clamp(value, bound);
}

int clamp_some(int value, unsigned char bound)
{
	return clamp(value + 1, bound + 1u);
}

static __attribute__((__noinline__, __noclone__)) int aligned(unsigned long address)
{
	if (address & 7)
		return elsewhere(1);
	return (int)(address >> 3);
}

int aligned_twice(unsigned long address)
{
	return aligned(address << 4) + aligned(address & ~15ul);
}

int below_limit(int value)
{
	return value < limit;
}

int remember(int value)
{
	last_written = value;
	return value + limit;
}

static __attribute__((__noinline__)) int classify(int value)
{
	last_written = value + 1;
	if (value < 0)
		return -1;
	return value < limit ? 1 : 2;
}

int classify_both(int a, int b)
{
	return classify(a) * 4 + classify(b);
}

int classify_known(void)
{
	return classify(12);
}
