[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
