using System.Diagnostics;
using System.Text;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>Runs a program in an environment that the outer test run has not coloured.</summary>
internal static class ChildProcess
{
    // Set by the MSBuild or test host that runs us, or by the caller of the tests, and read by the builds we start.
    private static readonly string[] InheritedPrefixes =
        ["MSBUILD", "DOTNET_HOST", "DOTNET_CLI_", "VSTEST_", "TESTINGPLATFORM_", "COREHOST_", "IPA", "NUGET_PACKAGES", "MAKE", "KBUILD"];

    private static readonly string[] InheritedNames =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "KCFLAGS", "CFLAGS", "CC", "ARCH", "CROSS_COMPILE", "MFLAGS", "DOTNET_STARTUP_HOOKS",
         "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "Configuration", "Platform", "Version"];

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">A name on PATH or a path.</param>
    /// <param name="arguments">One per element; nothing is split or quoted.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="environment">Variables to add; null removes one.</param>
    /// <param name="timeout">After this it is killed and the test fails; five minutes unless told.</param>
    public static ProcessResult Run(
        string program,
        IEnumerable<string> arguments,
        string directory,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null)
    {
        var start = StartInfo(program, arguments, directory, environment);
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(output, e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var limit = timeout ?? TimeSpan.FromMinutes(5);
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end within {limit}:\n{output}");
        }

        process.WaitForExit();
        lock (output)
        {
            return new ProcessResult(process.ExitCode, output.ToString());
        }
    }

    /// <summary>Runs it and fails the test if it fails.</summary>
    public static string MustRun(string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var result = Run(program, arguments, directory, environment);
        Assert.That(result.ExitCode, Is.Zero, $"{program} failed:\n{result.Output}");
        return result.Output;
    }

    /// <summary>Starts it without waiting for its end; its output goes nowhere.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string?>? environment)
    {
        var process = new Process { StartInfo = StartInfo(program, arguments, directory, environment) };
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        Clean(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.ToList())
        {
            if (InheritedNames.Contains(name) || InheritedPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
            {
                environment.Remove(name);
            }
        }

        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
