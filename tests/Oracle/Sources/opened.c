/* Static functions whose code relies on who calls them, and static variables that are folded. */

extern void report(const char *what, long value);
extern int more(int *at);

static int limit = 7;
static int last;
static int counts[4];
static const char *const names[] = { "none", "some", "many" };

/* All callers pass the same: the value becomes a part of the code. */
static __attribute__((noinline)) long scaled(long value, long by)
{
    return value * by + value / by;
}

/* The second argument is not read: callers stop passing it. */
static __attribute__((noinline)) long without(long value, int unused)
{
    (void)unused;
    return value * value + 1;
}

/* Everyone passes what is not null. */
static __attribute__((noinline)) int first_of(const int *values, int count)
{
    if (!values || count < 1) {
        return -1;
    }
    return values[0] + count;
}

static __attribute__((noinline)) void noted(int value)
{
    report(names[value & 1], value);
}

static __attribute__((noinline)) int stepped(int value)
{
    return value > limit ? limit : value + 1;
}

long use_scaled(long value)
{
    last = (int)value;
    return scaled(value, 5) + without(value, 1);
}

long use_both(long value)
{
    return scaled(value + 3, 5) - without(value - 3, 2);
}

int use_first(void)
{
    int values[3] = { 1, 2, 3 };
    more(values);
    return first_of(values, 3) + stepped(values[1]);
}

int use_first_again(int value)
{
    int values[2] = { value, 2 };
    more(values);
    noted(value);
    return first_of(values, 2);
}

int counted(int which)
{
    counts[which & 3]++;
    noted(which);
    return counts[0] + stepped(which);
}
