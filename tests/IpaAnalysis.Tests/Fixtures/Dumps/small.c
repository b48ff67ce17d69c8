struct s { int a, b, c, d[9]; };
int external(int); int trace(const char *, ...);
static int f0(struct s *p, int x, int y)
{
	int r = p->c + x;
	return r * external(3);
}

static int f1(struct s *p, int x, int y)
{
	int r = p->a + x;
	return r * external(9);
}

static int f2(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(2));
		return -2;
	}
	return r * external(20);
}

static int f3(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f1(p, r, 2);
	r += f1(p, 1, 2);
	r += f0(p + 1, r, y);
	return r * external(30);
}

static int f4(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f0(p, 3, y);
	return r * external(2);
}

static int f5(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f3(p + 1, r, y);
	r += f4(p + 1, r, y);
	return r * external(7);
}

static int f6(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f0(p, 0, y);
	r += f2(p + 1, 0, 2);
	r += f2(p, r, y);
	return r * external(0);
}

static __attribute__((noinline)) int f7(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f1(p + 1, 3, 1);
	r += f0(p, 3, y);
	r += f6(p + 1, r, y);
	return r * external(30);
}

static int f8(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f3(p + 1, r, 0);
	r += f3(p + 1, 3, y);
	r += f2(p, 1, 0);
	return r * external(15);
}

static __attribute__((noinline)) int f9(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f0(p + 1, r, 2);
	return r * external(39);
}

static __attribute__((noinline)) int f10(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f0(p + 1, 3, y);
	return r * external(3);
}

static int f11(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f5(p, r, 1);
	r += f3(p, 3, y);
	return r * external(17);
}

static int f12(struct s *p, int x, int y)
{
	int r = p->b + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(12));
		return -12;
	}
	r += f4(p + 1, 1, 1);
	return r * external(11);
}

static int f13(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f10(p, r, 0);
	r += f2(p + 1, 0, 2);
	r += f6(p, r, 1);
	return r * external(16);
}

static __attribute__((noinline)) int f14(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f3(p, 1, y);
	r += f4(p, 3, 1);
	return r * external(1);
}

static int f15(struct s *p, int x, int y)
{
	int r = p->b + x;
	if (x > 6)
		r += f15(p + 1, x - 1, y) + f15(p, x / 2, y);
	r += f5(p + 1, r, 0);
	return r * external(19);
}

static int f16(struct s *p, int x, int y)
{
	int r = p->a + x;
	if (x > 8)
		r += f16(p + 1, x - 1, y) + f16(p, x / 2, y);
	r += f7(p + 1, r, y);
	r += f4(p + 1, 2, 2);
	return r * external(34);
}

static int f17(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f8(p, 1, y);
	r += f6(p, 2, 1);
	return r * external(17);
}

static int f18(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f17(p, 3, 1);
	return r * external(32);
}

static __attribute__((noinline)) int f19(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f5(p, 0, 0);
	r += f3(p, 0, 0);
	r += f14(p, 0, 0);
	return r * external(26);
}

static int f20(struct s *p, int x, int y)
{
	int r = p->a + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(20));
		return -20;
	}
	r += f17(p + 1, r, y);
	return r * external(10);
}

static int f21(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(21));
		return -21;
	}
	r += f14(p + 1, r, y);
	r += f8(p, r, y);
	return r * external(20);
}

static int f22(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f6(p + 1, r, 2);
	return r * external(34);
}

static __attribute__((noinline)) int f23(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f14(p + 1, 1, 1);
	r += f19(p, 1, y);
	return r * external(0);
}

static __attribute__((noinline)) int f24(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (x > 4)
		r += f24(p + 1, x - 1, y) + f24(p, x / 2, y);
	r += f23(p, 3, 1);
	r += f3(p, r, y);
	return r * external(3);
}

static int f25(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f8(p + 1, 0, 1);
	r += f16(p, 2, 1);
	return r * external(38);
}

static int f26(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f7(p + 1, r, y);
	r += f2(p, 3, 2);
	return r * external(18);
}

static int f27(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f9(p + 1, r, 2);
	r += f10(p + 1, r, y);
	return r * external(21);
}

static int f28(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f20(p + 1, 0, 0);
	r += f23(p + 1, r, 1);
	r += f19(p + 1, r, y);
	return r * external(8);
}

static int f29(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f6(p + 1, r, 1);
	r += f27(p + 1, r, y);
	r += f13(p + 1, 1, 2);
	return r * external(33);
}

static __attribute__((noinline)) int f30(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f9(p + 1, 2, y);
	r += f7(p + 1, 0, 1);
	return r * external(37);
}

static int f31(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f16(p, r, y);
	r += f18(p, r, y);
	r += f24(p + 1, r, 2);
	return r * external(4);
}

static __attribute__((noinline)) int f32(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (x > 2)
		r += f32(p + 1, x - 1, y) + f32(p, x / 2, y);
	r += f14(p, r, y);
	return r * external(21);
}

static __attribute__((noinline)) int f33(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f17(p + 1, 2, 2);
	return r * external(22);
}

static int f34(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f10(p + 1, r, y);
	return r * external(4);
}

static __attribute__((noinline)) int f35(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f22(p, r, y);
	r += f30(p + 1, 0, y);
	r += f19(p, r, y);
	return r * external(8);
}

static int f36(struct s *p, int x, int y)
{
	int r = p->a + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(36));
		return -36;
	}
	r += f21(p + 1, 1, 1);
	r += f17(p, 2, 1);
	r += f29(p, 2, y);
	return r * external(15);
}

static int f37(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f31(p, r, y);
	r += f28(p + 1, r, y);
	return r * external(38);
}

static __attribute__((noinline)) int f38(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f15(p + 1, r, 2);
	r += f37(p + 1, r, y);
	r += f15(p, r, y);
	return r * external(30);
}

static int f39(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f26(p + 1, r, 0);
	r += f30(p, 2, 2);
	return r * external(0);
}

static int f40(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f36(p, 2, 0);
	return r * external(22);
}

static int f41(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (x > 0)
		r += f41(p + 1, x - 1, y) + f41(p, x / 2, y);
	r += f33(p + 1, 1, 2);
	r += f17(p, 0, y);
	r += f37(p, 1, y);
	return r * external(19);
}

static __attribute__((noinline)) int f42(struct s *p, int x, int y)
{
	int r = p->b + x;
	if (x > 1)
		r += f42(p + 1, x - 1, y) + f42(p, x / 2, y);
	r += f34(p + 1, r, y);
	return r * external(3);
}

static int f43(struct s *p, int x, int y)
{
	int r = p->a + x;
	if (x > 5)
		r += f43(p + 1, x - 1, y) + f43(p, x / 2, y);
	r += f22(p, 2, 2);
	r += f25(p, r, 2);
	r += f28(p + 1, r, y);
	return r * external(1);
}

static int f44(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f37(p, 1, y);
	r += f21(p + 1, 0, y);
	r += f27(p + 1, r, 1);
	return r * external(18);
}

static int f45(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f39(p + 1, 3, 1);
	r += f40(p, 1, 1);
	r += f21(p + 1, r, y);
	return r * external(37);
}

static __attribute__((noinline)) int f46(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f44(p + 1, r, y);
	return r * external(39);
}

static int f47(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f32(p, 2, 1);
	r += f39(p, 3, 1);
	r += f31(p, 1, y);
	return r * external(5);
}

static int f48(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f34(p, 3, y);
	r += f26(p, r, 0);
	r += f36(p, r, 0);
	return r * external(6);
}

static int f49(struct s *p, int x, int y)
{
	int r = p->c + x;
	r += f43(p, r, y);
	r += f38(p, r, y);
	r += f48(p, 2, 0);
	return r * external(7);
}

static int f50(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f41(p + 1, 1, 2);
	r += f47(p + 1, 2, y);
	return r * external(14);
}

static __attribute__((noinline)) int f51(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f33(p + 1, r, 2);
	r += f33(p + 1, r, y);
	return r * external(27);
}

static int f52(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f29(p, 2, 1);
	return r * external(11);
}

int f53(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f48(p, r, y);
	return r * external(36);
}

int f54(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f31(p + 1, r, y);
	return r * external(31);
}

int f55(struct s *p, int x, int y)
{
	int r = p->a + x;
	r += f34(p, 1, 1);
	r += f31(p, r, y);
	return r * external(20);
}

int f56(struct s *p, int x, int y)
{
	int r = p->c + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(56));
		return -56;
	}
	r += f55(p + 1, r, 1);
	r += f41(p + 1, 3, 2);
	r += f34(p, 0, 1);
	return r * external(10);
}

int f57(struct s *p, int x, int y)
{
	int r = p->a + x;
	if (x > 5)
		r += f57(p + 1, x - 1, y) + f57(p, x / 2, y);
	r += f52(p, 1, y);
	r += f48(p + 1, r, y);
	r += f48(p + 1, 3, 2);
	return r * external(6);
}

int f58(struct s *p, int x, int y)
{
	int r = p->b + x;
	if (__builtin_expect(!y, 0)) {
		trace("%d %d", external(x), external(y));
		trace("%d %d", external(r), external(58));
		return -58;
	}
	r += f53(p + 1, r, y);
	r += f37(p, r, 0);
	return r * external(25);
}

__attribute__((noinline)) int f59(struct s *p, int x, int y)
{
	int r = p->b + x;
	r += f51(p + 1, 1, y);
	r += f53(p, r, 1);
	r += f38(p, r, 1);
	return r * external(33);
}

