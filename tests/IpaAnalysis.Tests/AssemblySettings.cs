// Most tests wait for compilers or use one processor; fixtures run side by side, tests of one fixture in turn.
[assembly: Parallelizable(ParallelScope.Fixtures)]
