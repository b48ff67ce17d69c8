using IpaAnalysis.Collection.Snapshots;

namespace IpaAnalysis.Tests.Collection;

internal sealed class SnapshotTests
{
    [Test]
    public void Every_kind_of_question_is_read_again() => Assert.That(Enum.GetValues<QuestionKind>().Max(), Is.EqualTo(Question.LastKind));
}
