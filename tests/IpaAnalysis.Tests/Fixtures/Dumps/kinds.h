/* A header function has one instance per object; both units of the fixtures inline it. */
static inline int shared_step(int value)
{
	return value * 7 + 3;
}

int external(int value);
