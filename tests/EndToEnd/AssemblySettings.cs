// Each test runs builds and compilers of its own; fixtures run side by side, tests of one fixture in turn.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
