using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Tests.Harness;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>How tasks log, fail and are cancelled.</summary>
internal sealed class DiagnosticTests
{
    [Test]
    public void An_error_has_code_place_and_help_and_fails_the_task()
    {
        var (succeeded, log) = Run(t => t.Say(DiagnosticCatalog.CompilerError.At("src/a.c", 3, "{0} is } not { a format %s") with { Column = 7 }));
        Assert.That(succeeded, Is.False);
        var error = log.Errors.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Code, Is.EqualTo("IPA2001"));
            Assert.That(error.Message, Is.EqualTo("{0} is } not { a format %s"));
            Assert.That(error.File, Does.StartWith("/").And.EndsWith("/project/src/a.c"));
            Assert.That((error.LineNumber, error.ColumnNumber), Is.EqualTo((3, 7)));
            Assert.That(error.HelpLink, Does.StartWith("file:///").And.EndsWith("/README.md#ipa2001"));
        }
    }

    [Test]
    public void A_warning_does_not_fail_the_task_and_names_the_project()
    {
        var (succeeded, log) = Run(t => t.Say(DiagnosticCatalog.KbuildWarning.At("{a warning}")));
        Assert.That(succeeded);
        var warning = log.Warnings.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(warning.Code, Is.EqualTo("IPA2006"));
            Assert.That(warning.Message, Is.EqualTo("{a warning}"));
            Assert.That(warning.File, Does.EndWith("/project/test.csproj"));
            Assert.That(warning.HelpLink, Does.EndWith("/README.md#ipa2006"));
        }
    }

    [Test]
    public void An_information_is_a_message_with_a_code()
    {
        var row = new DiagnosticDescriptor("IPA9999", "test", DiagnosticSeverity.Info);
        var (succeeded, log) = Run(t => t.Say(row.At("a.c", 2, "{told}")));
        var message = log.Messages.Single(m => m.Code == "IPA9999");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded);
            Assert.That(message.Message, Is.EqualTo("{told}"));
            Assert.That(message.LineNumber, Is.EqualTo(2));
            Assert.That(log.Coded, Is.Empty);
        }
    }

    [Test]
    public void A_file_name_that_cannot_be_one_does_not_lose_the_message()
    {
        var (_, log) = Run(t => t.Say(DiagnosticCatalog.CompilerError.At("a\0b.c", 1, "text")));
        Assert.That(log.Coded, Is.EqualTo(["IPA2001 text"]));
    }

    [Test]
    public void Nothing_that_a_tree_names_forges_a_line_or_drives_the_terminal()
    {
        const string Hostile = "x\n/a.c(1,1): error CS0001: forged\u001b[2K\r\u202e\u009b";
        const string Shown = "x\\n/a.c(1,1): error CS0001: forged\\x1b[2K\\r\\u202e\\x9b";
        foreach (var severity in Enum.GetValues<DiagnosticSeverity>())
        {
            var row = new DiagnosticDescriptor("IPA9999", "test", severity);
            var (_, log) = Run(t => t.Say(row.At("dir/" + Hostile, 2, $"about {Hostile}")));
            var (file, message) = log.Errors.Select(e => (e.File, e.Message))
                .Concat(log.Warnings.Select(w => (w.File, w.Message)))
                .Concat(log.Messages.Where(static m => m.Code == "IPA9999").Select(m => (m.File, m.Message)))
                .Single();
            Assert.That(file, Does.EndWith("dir/" + Shown), severity.ToString());
            Assert.That(message, Is.EqualTo($"about {Shown}"), severity.ToString());
        }

        var fault = Run(_ => throw new InvalidOperationException(Hostile)).Log;
        Assert.That(fault.Coded.Single(), Does.Contain(Shown));
        Assert.That(fault.Messages.Select(static m => m.Message), Has.None.Contains("\u001b"));
        Assert.That(fault.Messages.Count(static m => m.Message!.Contains("\n/a.c", StringComparison.Ordinal)), Is.Zero);
    }

    [Test]
    public void A_fault_is_a_coded_error_and_its_trace_is_for_detailed_logs()
    {
        var (succeeded, log) = Run(_ => throw new InvalidOperationException("{0} broke"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Coded.Single(), Does.StartWith("IPA9001 ").And.Contain("{0} broke").And.Not.Contain("   at "));
            Assert.That(log.Messages.Where(m => m.Message!.Contains("   at ", StringComparison.Ordinal)).Select(m => m.Importance), Is.EqualTo([MessageImportance.Low]));
        }
    }

    [Test]
    public void A_file_that_cannot_be_written_is_a_coded_error()
    {
        var (succeeded, log) = Run(_ => throw new UnauthorizedAccessException("denied"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Coded.Single(), Does.StartWith("IPA9002 "));
        }
    }

    [Test]
    public void A_cancelled_task_fails_without_an_error()
    {
        var (succeeded, log) = Run(t =>
        {
            t.Cancel();
            t.Cancellation.ThrowIfCancellationRequested();
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Coded, Is.Empty);
        }
    }

    [Test]
    public void A_cancellation_nobody_asked_for_is_a_fault()
    {
        var (_, log) = Run(_ => throw new OperationCanceledException());
        Assert.That(log.Coded.Single(), Does.StartWith("IPA9001 "));
    }

    [Test]
    public void Cancelling_a_task_that_has_ended_is_harmless()
    {
        var task = new TestTask(_ => { });
        task.Dispose();
        Assert.That(task.Cancel, Throws.Nothing);
    }

    private static (bool Succeeded, MockEngine Log) Run(Action<TestTask> run)
    {
        using var directory = new TaskDirectory();
        using var task = new TestTask(run);
        return directory.Run(task);
    }

    private sealed class TestTask(Action<TestTask> run) : IpaTask
    {
        public new CancellationToken Cancellation => base.Cancellation;

        public void Say(Diagnostic diagnostic) => Report(diagnostic);

        private protected override void Run() => run(this);
    }
}
