extern int external(int);
static int level;
static __attribute__((noinline)) int scaled(int x) { level++; return x > 3 ? external(x) * STEP : x + level; }
int first(int x) { return scaled(x) + scaled(x + 1); }
int second(int x, int y) { switch (x) { case 0: return y; case 1: return scaled(y); case 2: return y && external(x) ? 3 : 4; default: return level; } }
