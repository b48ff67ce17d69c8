using System.Reflection;
using System.Xml.Linq;
using IpaAnalysis.Recompile.ObjectCode.Images;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What the targets and the tasks say of each other agrees, and the tasks are what -mt wants.</summary>
internal sealed class DefinitionTests
{
    private static readonly Type[] s_tasks = [.. typeof(IpaTask).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(ITask)) && !t.IsAbstract)];

    private static readonly XDocument s_targets =
        XDocument.Load(Path.Combine(TestContext.CurrentContext.TestDirectory, "IpaAnalysis.MSBuild.targets"));

    [TestCaseSource(nameof(s_tasks))]
    public void Runs_in_the_process_of_a_multithreaded_build(Type task)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.IsSealed);
            Assert.That(task.GetCustomAttributes<MSBuildMultiThreadableTaskAttribute>(inherit: false).Count(), Is.EqualTo(1));
            Assert.That(task.IsAssignableTo(typeof(IMultiThreadableTask)));
            Assert.That(task.IsAssignableTo(typeof(ICancelableTask)));
        }
    }

    [TestCaseSource(nameof(s_tasks))]
    public void Targets_use_every_parameter_and_no_other(Type task)
    {
        var calls = s_targets.Descendants(task.Name).ToArray();
        Assert.That(calls, Is.Not.Empty);
        var own = task.GetProperties().Where(p => p.DeclaringType!.Namespace == typeof(IpaTask).Namespace && p.Name != nameof(IpaTask.TaskEnvironment)).ToArray();
        var inputs = own.Where(p => p.GetSetMethod() is not null).Select(p => p.Name).ToArray();
        var required = own.Where(p => p.IsDefined(typeof(RequiredAttribute))).Select(p => p.Name).ToArray();
        var outputs = own.Where(p => p.IsDefined(typeof(OutputAttribute))).Select(p => p.Name).ToArray();
        using (Assert.EnterMultipleScope())
        {
            foreach (var call in calls)
            {
                var given = call.Attributes().Select(a => a.Name.LocalName).Where(n => n != "Condition").ToArray();
                Assert.That(given, Is.SubsetOf(inputs));
                Assert.That(given, Is.SupersetOf(required));
                Assert.That(call.Elements("Output").Select(o => o.Attribute("TaskParameter")!.Value), Is.EquivalentTo(outputs));
            }

            Assert.That(calls.SelectMany(c => c.Attributes()).Select(a => a.Name.LocalName), Is.SupersetOf(inputs));
        }
    }

    [Test]
    public void Every_task_is_declared_once_and_runs_on_dotnet()
    {
        var declared = s_targets.Descendants("UsingTask").ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(declared.Select(u => u.Attribute("TaskName")!.Value), Is.EquivalentTo(s_tasks.Select(t => t.FullName)));
            Assert.That(declared.Select(u => u.Attribute("Runtime")!.Value), Is.All.EqualTo("NET"));
        }
    }
}
